/**
 * Routes over the network that the page carries: the same states, the same weights and the same lengths as `geo.route`.
 *
 * A state is a node together with what carries the load there: a wagon of one gauge, a lorry, a ship, a ferry. States and arcs hold
 * the edges of all days and gauges; a day, a gauge, a choice of modes are weights over them.
 */
import * as geodesic from '../core/geodesic.js';

const TIE_H = 1e-6;
const TIE = 1e-8;
const OPERATING = 'operating';
const PLANNED = ['planned', 'proposed', 'under_construction'];
const FIRST_ORDINAL = 719163; // of 1 January 1970, counted from 1 January of the year 1
const DAY_MS = 86400000;

/** Number of a day "2014-11-24", counted as the network counts. */
const ordinal = (day) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS) + FIRST_ORDINAL;

/** First and last day of a date of any precision. */
function span(date) {
  const [year, month, day] = date.split('-');
  const last = new Date(Date.UTC(Number(year), Number(month || 12), 0)).getUTCDate();
  return [ordinal(`${year}-${month || '01'}-${day || '01'}`), ordinal(`${year}-${month || '12'}-${day || last}`)];
}

/** Status and gauges on a day: of the last state that has begun. */
function stateOn(states, day) {
  let found = states[0];
  for (const state of states) {
    if (state[0] > day) break;
    found = state;
  }
  return { status: found[1] === 'absent' ? '' : found[1], gauges: found[2] };
}

const isRail = (carrier) => carrier.startsWith('rail:');

/** A heap of [cost, state], the least cost first. */
class Heap {
  constructor() { this.items = []; }

  push(item) {
    const { items } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (items[up][0] <= item[0]) break;
      items[at] = items[up];
      at = up;
    }
    items[at] = item;
  }

  pop() {
    const { items } = this;
    const first = items[0];
    const last = items.pop();
    if (!items.length) return first;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= items.length) break;
      if (down + 1 < items.length && items[down + 1][0] < items[down][0]) down += 1;
      if (items[down][0] >= last[0]) break;
      items[at] = items[down];
      at = down;
    }
    items[at] = last;
    return first;
  }
}

/** Edges and transfers of the block, one plain object each. */
function read(block) {
  const { nodes, edges, lists, states } = block;
  const shelved = (column) => column.rows.map((row) => column.words[row]);
  const words = Object.fromEntries(['mode', 'line', 'method'].map((key) => [key, shelved(edges[key])]));
  return {
    nodes: nodes.id.map((id, n) => ({ number: n, id, at: [nodes.lons[n], nodes.lats[n]], accuracy: nodes.accuracy_m[n], country: nodes.country[n] })),
    edges: edges.from.map((from, n) => ({
      from, to: edges.to[n], mode: words.mode[n], line: words.line[n], method: words.method[n],
      length: edges.length_m[n], uncertainty: edges.uncertainty_m[n], systematic: edges.systematic_m[n], rate: edges.rate[n], loads: lists[edges.loads[n]],
      hours: edges.hours[n] ?? edges.length_m[n] / 1000 / block.speeds[words.mode[n]],
      chainages: lists[edges.chainages_km[n]], countries: lists[edges.countries[n]], sources: lists[edges.sources[n]],
      labels: lists[edges.labels[n]], states: states[edges.states[n]], packed: edges.lines[n], checks: [],
    })),
    transfers: block.transfers.filter(({ kind }) => kind !== 'border_crossing'),
    checks: block.transfers.filter(({ kind }) => kind === 'border_crossing'),
  };
}

/** Transfers that take a load from one carrier to another; the others are reversals, and quays where a route begins or ends. */
const isChange = ({ from, to }) => Boolean(from && to);
const isQuay = ({ kind, from, to }) => kind === 'port_handling' && Boolean(from) !== Boolean(to);

/** States of a carrier that has come to a place by an edge. */
const coming = (place, carrier) => [place.arrived.get(carrier), ...place.moving.filter((one) => one.carrier === carrier).map(({ at }) => at)];

/** By node, and by the edge that a train comes by: the link of its reversal, and the edges that are closed to it before. */
function reversals(transfers, first) {
  const found = new Map();
  transfers.forEach(({ at, pairs }, n) => {
    for (const [one, other] of pairs.flatMap(([a, b]) => [[a, b], [b, a]])) {
      if (!found.has(at)) found.set(at, new Map());
      const turn = found.get(at).get(one) || { link: first + n, blocked: new Set([one]) };
      turn.blocked.add(other);
      found.get(at).set(one, turn);
    }
  });
  for (const turns of found.values()) for (const turn of turns.values()) turn.key = `${turn.link} ${[...turn.blocked].sort((a, b) => a - b)}`;
  return found;
}

/** States and arcs: what `Topology` is in `geo`. */
function topology({ nodes, edges, transfers }) {
  const gauges = new Set(edges.flatMap(({ states }) => states.flatMap(([, , laid]) => laid)));
  const rails = [...gauges].sort((a, b) => a - b).map((gauge) => `rail:${gauge}`);
  const carriers = edges.map(({ mode, states }) => {
    if (mode !== 'rail') return [mode];
    const unknown = states.some(([, status, laid]) => status && status !== 'absent' && !laid.length);
    return unknown ? rails : [...new Set(states.flatMap(([, , laid]) => laid.map((gauge) => `rail:${gauge}`)))];
  });
  const offered = nodes.map(() => new Set());
  edges.forEach(({ from, to }, n) => carriers[n].forEach((carrier) => [from, to].forEach((end) => offered[end].add(carrier))));
  const changing = transfers.filter(isChange);
  changing.forEach(({ at, from, to }) => [from, to].forEach((carrier) => carrier !== 'rail' && offered[at].add(carrier)));
  const turns = reversals(transfers, edges.length);
  const quays = new Map(transfers.map((one, n) => [one, n]).filter(([one]) => isQuay(one)).map(([{ at, from, to }, n]) => [`${at} ${from || to}`, edges.length + n]));
  const state = [];
  const out = [];
  const arcs = [];
  const add = (node, carrier) => {
    out.push([]);
    return state.push({ node, carrier }) - 1;
  };
  const join = (tail, head, link, carrier) => out[tail].push(arcs.push({ tail, head, link, carrier }) - 1);
  const hub = edges.length + transfers.length;
  const hubOf = (node, carrier) => quays.get(`${node} ${carrier}`) ?? (isRail(carrier) ? hub + 1 : hub);
  const places = nodes.map((_, node) => {
    const arrived = new Map([...offered[node]].sort().map((carrier) => [carrier, add(node, carrier)]));
    // From a second state of lorry and ship there is no way back to rail: a break of gauge has its own transfer.
    const several = [...arrived.keys()].filter(isRail).length > 1;
    const loaded = new Map(several ? [...arrived.keys()].filter((one) => !isRail(one)).map((one) => [one, add(node, one)]) : []);
    // Where a train cannot run on by every edge, it comes into a state of its own and reverses into the standing one.
    const moving = [...(turns.get(node) || new Map()).values()].filter(({ key }, n, all) => all.findIndex((one) => one.key === key) === n)
      .flatMap((turn) => [...arrived.keys()].filter(isRail).map((carrier) => ({ ...turn, carrier, at: add(node, carrier) })));
    const place = { arrived, loaded, moving, start: add(node, ''), end: add(node, '') };
    for (const { at, carrier, link } of moving) join(at, arrived.get(carrier), link, '');
    for (const [carrier, at] of arrived) {
      join(place.start, at, hubOf(node, carrier), '');
      for (const came of coming(place, carrier)) join(came, place.end, hubOf(node, carrier), '');
      if (loaded.has(carrier)) join(loaded.get(carrier), place.end, hubOf(node, carrier), '');
    }
    return place;
  });
  edges.forEach(({ from, to }, link) => {
    for (const carrier of carriers[link]) {
      for (const [start, end] of [[from, to], [to, from]]) {
        const [here, there] = [places[start], places[end]];
        const turn = turns.get(end)?.get(link);
        const goal = there.moving.find((one) => one.carrier === carrier && one.key === turn?.key)?.at ?? there.arrived.get(carrier);
        for (const known of [here.arrived, here.loaded]) if (known.has(carrier)) join(known.get(carrier), goal, link, carrier);
        for (const one of here.moving) if (one.carrier === carrier && !one.blocked.has(link)) join(one.at, goal, link, carrier);
      }
    }
  });
  const ends = (carrier, place) => (carrier === 'rail' ? [...place.arrived.keys()].filter(isRail) : [carrier]);
  const change = (place, one, other, link) => {
    const goal = place.arrived.get(other);
    if (isRail(one)) {
      for (const came of coming(place, one)) join(came, place.loaded.get(other) ?? goal, link, '');
      return;
    }
    join(place.arrived.get(one), goal, link, '');
    if (place.loaded.has(one) && !isRail(other)) join(place.loaded.get(one), place.loaded.get(other), link, '');
  };
  transfers.forEach((transfer, n) => {
    if (!isChange(transfer)) return;
    const place = places[transfer.at];
    for (const one of ends(transfer.from, place)) {
      for (const other of ends(transfer.to, place)) {
        if (one === other) continue;
        change(place, one, other, edges.length + n);
        if (transfer.both_ways) change(place, other, one, edges.length + n);
      }
    }
  });
  return { state, arcs, out, places, hub };
}

/** What the day and the options make of each link: its weight, and its state on that day. */
function weigh({ edges, transfers }, block, question) {
  const day = ordinal(question.day);
  const open = (status) => status === OPERATING || (question.planned && PLANNED.includes(status));
  const { load } = question;
  const cost = block.costs[load];
  const days = block.loads.map(([taken, from, to]) => (from && span(from)[0] > day) || (to && span(to)[1] < day) || taken.includes(load));
  const takes = (numbers) => question.anyLoad || numbers.every((n) => days[n]);
  const hoursOf = (transfer) => transfer.load_hours[load] ?? transfer.hours ?? 0;
  const fee = (transfer) => cost[transfer.kind] + hoursOf(transfer) * cost.per_hour;
  const edgeStates = edges.map(({ states }) => stateOn(states, day));
  const checks = edges.map((edge) => edge.checks.map((check) => ({ check, ...stateOn(check.states, day) })).filter(({ status }) => status));
  const weights = edges.map((edge, n) => {
    const { status } = edgeStates[n];
    if (!question.modes.includes(edge.mode)) return Infinity;
    if (!question.closed && !(open(status) && checks[n].every((one) => open(one.status)))) return Infinity;
    if (!status || !takes(edge.loads) || !checks[n].every(({ check }) => takes(check.loads))) return Infinity;
    const checked = total(checks[n].map(({ check }) => hoursOf(check)));
    if (question.cost === 'time') return edge.hours + checked;
    if (question.cost === 'generalized') return edge.length / 1000 * cost[edge.mode] * edge.rate + total(checks[n].map(({ check }) => fee(check)));
    return edge.length + (edge.hours + checked) * TIE_H;
  });
  transfers.forEach((transfer) => {
    const { status } = stateOn(transfer.states, day);
    const hours = hoursOf(transfer);
    const changesGauge = isRail(`${transfer.from}:`) && isRail(`${transfer.to}:`);
    if (!status || !open(status) || !takes(transfer.loads) || (changesGauge && !question.bogieChange)) weights.push(Infinity);
    else if (question.cost === 'time') weights.push(hours + TIE);
    else if (question.cost === 'generalized') weights.push(fee(transfer) + TIE);
    else weights.push(hours * TIE_H + TIE);
  });
  weights.push(0, question.cost === 'generalized' ? cost.wagon : 0);
  return { weights, edgeStates, checks, day, hoursOf };
}

/**
 * The cheapest ways from some states, each with what it cost to be there, to some others.
 * @returns {Map<number, {cost: number, source: number, arcs: Object[]}>} by state; without those that cannot be reached
 */
function search({ arcs, out }, { weights, edgeStates }, sources, ends, barred = new Set()) {
  const reached = new Map(sources);
  const by = new Map();
  const done = new Set();
  const heap = new Heap();
  for (const [state, cost] of sources) heap.push([cost, state]);
  const left = new Set(ends);
  const passes = ({ link, carrier }) => {
    if (!isRail(carrier)) return true;
    const { gauges } = edgeStates[link];
    return !gauges.length || gauges.includes(Number(carrier.slice(5)));
  };
  while (heap.items.length) {
    const [cost, at] = heap.pop();
    if (done.has(at)) continue;
    done.add(at);
    if (left.delete(at) && !left.size) break;
    for (const number of out[at]) {
      const arc = arcs[number];
      const next = barred.has(arc.link) ? Infinity : cost + weights[arc.link];
      if (next < (reached.get(arc.head) ?? Infinity) && passes(arc)) {
        reached.set(arc.head, next);
        by.set(arc.head, arc);
        heap.push([next, arc.head]);
      }
    }
  }
  return new Map(ends.filter((end) => done.has(end)).map((end) => {
    const passed = [];
    let at = end;
    for (; by.has(at); at = by.get(at).tail) passed.push(by.get(at));
    return [end, { cost: reached.get(end), source: at, arcs: passed.reverse() }];
  }));
}

const total = (values) => values.reduce((sum, value) => sum + value, 0);

/** Steps along arcs: an edge in the direction of travel, or a change of what carries the load. */
function steps(net, { state }, { edgeStates, checks, hoursOf }, labelsOf, way) {
  return way.flatMap(({ tail, head, link, carrier }) => {
    const [start, end] = [state[tail].node, state[head].node];
    if (link < net.edges.length) {
      const edge = net.edges[link];
      const { status, gauges } = edgeStates[link];
      const forward = edge.from === start;
      const run = {
        edge, start, end, status, gauges, carrier, forward, chainages: forward ? edge.chainages : [...edge.chainages].reverse(),
        same: JSON.stringify([edge.mode, edge.line, gauges, status, edge.method, labelsOf(edge.labels), carrier]),
      };
      return [run, ...checks[link].map(({ check }) => ({ change: check, at: end, hours: hoursOf(check), same: '' }))];
    }
    const transfer = net.transfers[link - net.edges.length];
    return transfer ? [{ change: transfer, at: start, from: state[tail].carrier, to: state[head].carrier, hours: hoursOf(transfer), same: '' }] : [];
  });
}

/** Published length of a run of edges; null where an end has no chainage or the count starts anew. */
function chainage(runs) {
  const [begin, end] = [runs[0].chainages[0], runs[runs.length - 1].chainages[1]];
  if (begin === null || end === null) return null;
  const unbroken = runs.slice(1).every((run, n) => runs[n].chainages[1] === run.chainages[0]);
  return unbroken ? Math.abs(end - begin) * 1000 : null;
}

/** What some edges may be off by together: independent errors in quadrature, systematic ones first added up. */
function spread(edges) {
  const systematic = total(edges.map((edge) => edge.systematic));
  return { systematic, uncertainty: Math.hypot(systematic, ...edges.map(({ uncertainty }) => uncertainty)) };
}

const once = (values) => [...new Set(values)];

/** Legs of steps: what does not change but in place is one leg. */
function legs(all) {
  const groups = [];
  for (const step of all) {
    const last = groups[groups.length - 1];
    if (last && !step.change && !last[0].change && last[0].same === step.same) last.push(step);
    else groups.push([step]);
  }
  return groups.map((group) => {
    const [first] = group;
    if (first.change) {
      const { kind, explanation, assumption, sources, labels } = first.change;
      return { mode: 'transfer', kind, from: first.at, to: first.at, length: 0, uncertainty: 0, systematic: 0, hours: first.hours, explanation, assumption, sources, labels, fromCarrier: first.from, toCarrier: first.to, lines: [] };
    }
    const edges = group.map(({ edge }) => edge);
    return {
      mode: first.edge.mode, line: first.edge.line, from: first.start, to: group[group.length - 1].end,
      length: total(edges.map(({ length }) => length)), ...spread(edges),
      hours: total(edges.map(({ hours }) => hours)), chainage: chainage(group), gauges: first.gauges, status: first.status,
      method: first.edge.method, labels: first.edge.labels, sources: once(edges.flatMap(({ sources }) => sources)),
      countries: once(edges.flatMap(({ countries }) => countries)), carrier: first.carrier,
      lines: group.map(({ edge, forward }) => ({ packed: edge.packed, forward })),
    };
  });
}

/**
 * Make the router of a page.
 * @param {Object} block  what `planner.py` wrote
 */
export function make(block) {
  const net = read(block);
  net.checks.forEach((check) => net.edges[check.at].checks.push(check));
  const graph = topology(net);
  const labels = block.labels.map((label) => ({ ...label, days: [span(label.from)[0], label.to ? span(label.to)[1] : Infinity] }));

  /** Nodes at which something ends on a day, and every station. */
  function nodesOn(day) {
    const used = new Set();
    const number = ordinal(day);
    for (const { from, to, states } of net.edges) {
      if (stateOn(states, number).status) [from, to].forEach((end) => used.add(end));
    }
    return net.nodes.filter((node) => used.has(node.number) || node.id.startsWith('station/'));
  }

  /** A place as a terminal: a node by its id, or the node nearest to a position and the way there. */
  function terminal(place, day) {
    if (typeof place === 'string') {
      const node = net.nodes.find(({ id }) => id === place);
      return node ? { node, gap: 0, at: node.at } : { error: 'unknown' };
    }
    const near = nodesOn(day).map((node) => [geodesic.distance(place, node.at), node]);
    const [gap, node] = near.reduce((best, one) => (one[0] < best[0] || (one[0] === best[0] && one[1].id < best[1].id) ? one : best));
    return gap > block.max_connector_m ? { error: 'off_network', node, gap } : { node, gap, at: place };
  }

  function startOf(terminalNode, { gauge }, { edgeStates }) {
    const place = graph.places[terminalNode.number];
    if (!gauge) return place.start;
    const laid = net.edges.filter((edge, n) => edge.mode === 'rail' && edgeStates[n].status
      && [edge.from, edge.to].includes(terminalNode.number)).length > 0;
    return laid ? place.arrived.get(`rail:${gauge}`) : place.start;
  }

  /** Arcs that take a load from land to sea, or back, at a port that is passed: there it is handled. */
  function handlings(node) {
    if (!node.id.startsWith('port/')) return [];
    const place = graph.places[node.number];
    const states = [...place.arrived.values(), ...place.loaded.values(), ...place.moving.map(({ at }) => at)];
    const isHandling = ({ link }) => net.transfers[link - net.edges.length]?.kind === 'port_handling' && isChange(net.transfers[link - net.edges.length]);
    return states.flatMap((state) => graph.out[state].map((number) => graph.arcs[number])).filter(isHandling);
  }

  /** Arcs by way of terminals in order: the load goes on from each in the carrier that it came in, whichever is cheapest in the end. */
  function way(question, ends) {
    const weighed = weigh(net, block, question);
    const start = startOf(ends[0].node, question, weighed);
    if (start === undefined) return null;
    let sources = new Map([[start, 0]]);
    const parts = ends.slice(1).map(({ node }, n) => {
      const place = graph.places[node.number];
      const isLast = n === ends.length - 2;
      const targets = isLast ? [place.end] : [...place.arrived.values(), ...place.loaded.values(), ...place.moving.map(({ at }) => at)];
      const handling = isLast ? [] : handlings(node);
      const barred = new Set([...handling, ...(n ? handlings(ends[n].node) : [])].map(({ link }) => link));
      const found = search(graph, weighed, sources, targets, barred);
      const costs = new Map([...found].map(([state, { cost }]) => [state, cost]));
      const entered = new Map();
      sources = handling.length ? new Map() : costs;
      for (const arc of handling) {
        const cost = (costs.get(arc.tail) ?? Infinity) + weighed.weights[arc.link];
        if (cost < (sources.get(arc.head) ?? Infinity)) {
          sources.set(arc.head, cost);
          entered.set(arc.head, arc);
        }
      }
      return { found, entered };
    });
    if (!sources.size) return null;
    let [state] = sources.keys();
    const sections = parts.reverse().map(({ found, entered }) => {
      const arc = entered.get(state);
      const { arcs, source } = found.get(arc ? arc.tail : state);
      state = source;
      return arc ? [...arcs, arc] : arcs;
    });
    return { weighed, sections: sections.reverse() };
  }

  /** What would open a way, in the order in which a reader can do something about it. */
  function reason(question, ends) {
    const all = Object.keys(block.speeds);
    const tries = [
      ['gauge', { gauge: 0, bogieChange: true }], ['mode', { modes: all }], ['load', { anyLoad: true }], ['date', { closed: true }],
      ['mode', { modes: all, gauge: 0, bogieChange: true }], ['date', { modes: all, gauge: 0, bogieChange: true, anyLoad: true, closed: true }],
    ];
    for (const [word, change] of tries) {
      const found = way({ ...question, ...change }, ends);
      if (found) {
        const links = found.sections.flat().map(({ link }) => link);
        return { error: word, modes: once(links.map((link) => net.edges[link]?.mode).filter(Boolean)), closed: word === 'date' ? closedOn(found.weighed, links, question) : [] };
      }
    }
    return { error: 'disconnected' };
  }

  /** Edges of a way that do not carry traffic on the day. */
  function closedOn(weighed, links, { planned }) {
    return links.filter((link) => link < net.edges.length).map((link) => ({ edge: net.edges[link], status: weighed.edgeStates[link].status }))
      .filter(({ status }) => status !== OPERATING && !(planned && PLANNED.includes(status)));
  }

  function connector(end, outward) {
    const given = { name: end.at };
    const [from, to] = outward ? [end.node.number, given] : [given, end.node.number];
    const line = outward ? [end.node.at, end.at] : [end.at, end.node.at];
    return { mode: 'connector', from, to, length: end.gap, uncertainty: end.node.accuracy, systematic: 0, hours: end.gap / 1000 / block.speeds.road, gauges: [], labels: [], sources: [], lines: [{ plain: line }] };
  }

  /**
   * Find a route.
   * @param {{from: string|[number, number], via: ?(string|[number, number]), to: string|[number, number], day: string, modes: string[], gauge: number, load: string,
   *   bogieChange: boolean, planned: boolean, cost: string}} question
   * @returns {Object} `legs`, `length`, `uncertainty`, `hours`, `straight`; or `error` and what would help
   */
  function route(question) {
    const ends = [question.from, question.via, question.to].filter((place) => place !== null && place !== undefined)
      .map((place) => terminal(place, question.day));
    const wrong = ends.find(({ error }) => error);
    if (wrong) return wrong;
    const [from, to] = [ends[0], ends[ends.length - 1]];
    if (ends.every(({ node }) => node === from.node)) return { error: 'same', node: from.node };
    const answer = way(question, ends);
    if (!answer) return reason(question, ends);
    const inForce = (numbers) => numbers.filter((n) => labels[n].days[0] <= answer.weighed.day && answer.weighed.day <= labels[n].days[1]);
    const travelled = answer.sections.map((arcs) => legs(steps(net, graph, answer.weighed, inForce, arcs)));
    const all = travelled.flatMap((part, n) => [
      ...(ends[n].gap ? [connector(ends[n], false)] : []), ...part, ...(ends[n + 1].gap ? [connector(ends[n + 1], true)] : []),
    ]);
    for (const leg of all) leg.labels = inForce(leg.labels).map((n) => labels[n]);
    const systematic = total(all.map((leg) => leg.systematic));
    const own = all.map((leg) => Math.sqrt(Math.max(leg.uncertainty ** 2 - leg.systematic ** 2, 0)));
    const free = [from, to].filter(({ gap }) => !gap).map(({ node }) => node.accuracy);
    return {
      legs: all, length: total(all.map(({ length }) => length)), uncertainty: Math.hypot(systematic, ...own, ...free),
      hours: total(all.map(({ hours }) => hours)), straight: geodesic.distance(from.at, to.at),
    };
  }

  return { route, nodes: net.nodes, nodesOn, modes: once(net.edges.map(({ mode }) => mode)), gauges: once(net.edges.flatMap(({ states }) => states.flatMap(([, , laid]) => laid))).sort((a, b) => a - b) };
}
