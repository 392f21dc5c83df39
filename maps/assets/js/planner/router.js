/**
 * Routes over the network that the page carries: the same states, the same weights and the same lengths as `geo.route`.
 */
import * as geodesic from '../core/geodesic.js';
import { legs, once, steps, total } from './legs.js';
import { isChange, isInForce, OPERATING, ordinal, PLANNED, read, stateOn } from './network.js';
import { search, weigh } from './search.js';
import { statesAt, topology } from './topology.js';

/**
 * The cheapest states after a place on the route: unchanged, or after handling where required, with the arc used.
 * @param {Map<number, {cost: number}>} found
 * @param {Tumen.Arc[]} handlings
 * @param {number[]} weights
 */
function handled(found, handlings, weights) {
  const reached = new Map([...found].map(([state, { cost }]) => [state, cost]));
  /** @type {Map<number, Tumen.Arc>} */
  const entered = new Map();
  if (!handlings.length) return { costs: reached, entered };
  /** @type {Map<number, number>} */
  const costs = new Map();
  for (const arc of handlings) {
    const cost = (reached.get(arc.tail) ?? Infinity) + weights[arc.link];
    if (cost < (costs.get(arc.head) ?? Infinity)) {
      costs.set(arc.head, cost);
      entered.set(arc.head, arc);
    }
  }
  return { costs, entered };
}

export class Router {
  /** @param {Tumen.Planner} block  the block of `planner.py` */
  constructor(block) {
    this.block = block;
    this.net = read(block);
    this.net.checks.forEach((check) => this.net.edges[check.at].checks.push(check));
    this.graph = topology(this.net);
    this.nodes = this.net.nodes;
    this.modes = once(this.net.edges.map(({ mode }) => mode));
    this.gauges = once(this.net.edges.flatMap(({ states }) => states.flatMap(([, , laid]) => laid))).sort((a, b) => a - b);
  }

  /** Nodes at which something ends on a day, and every station. @param {string} day */
  nodesOn(day) {
    const used = new Set();
    const number = ordinal(day);
    for (const { from, to, states } of this.net.edges) {
      if (stateOn(states, number).status) [from, to].forEach((end) => used.add(end));
    }
    return this.nodes.filter((node) => used.has(node.number) || node.id.startsWith('station/'));
  }

  /** A place as a terminal: a node by its id, or the node nearest to a position and the connector. @param {string|Tumen.Position} place @param {string} day @returns {Tumen.Terminal|Tumen.Failure} */
  terminal(place, day) {
    if (typeof place === 'string') {
      const node = this.nodes.find(({ id }) => id === place);
      return node ? { node, gap: 0, at: node.at } : { error: 'unknown' };
    }
    const near = this.nodesOn(day).map((node) => ({ node, gap: geodesic.distance(place, node.at) }));
    const { gap, node } = near.reduce((a, b) => (b.gap < a.gap || (b.gap === a.gap && b.node.id < a.node.id) ? b : a));
    return gap > this.block.max_connector_m ? { error: 'off_network', node, gap } : { node, gap, at: place };
  }

  /** The starting state of a route: a wagon of the requested gauge, where there is track. @param {Tumen.Node} node @param {Tumen.Question} question @param {Tumen.Weighed} weighed */
  startOf(node, { gauge }, { edgeStates }) {
    const place = this.graph.places[node.number];
    if (!gauge) return place.start;
    const hasTrack = this.net.edges.some((edge, n) => edge.mode === 'rail' && edgeStates[n].status && [edge.from, edge.to].includes(node.number));
    return hasTrack ? place.arrived.get(`rail:${gauge}`) : place.start;
  }

  /** Arcs by which a load goes from land to sea, or back, at a port on the route, where it is handled once. @param {Tumen.Node} node @returns {Tumen.Arc[]} */
  handlings(node) {
    if (!node.id.startsWith('port/')) return [];
    const first = this.net.edges.length;
    const arcs = statesAt(this.graph.places[node.number]).flatMap((state) => this.graph.out[state].map((number) => this.graph.arcs[number]));
    return arcs.filter(({ link }) => {
      const transfer = this.net.transfers[link - first];
      return transfer !== undefined && transfer.kind === 'port_handling' && isChange(transfer);
    });
  }

  /** Arcs through terminals in order: the load leaves each in the carrier in which it came, whichever is cheapest overall. @param {Tumen.Question} question @param {Tumen.Terminal[]} ends */
  way(question, ends) {
    const weighed = weigh(this.net, this.block, question);
    const start = this.startOf(ends[0].node, question, weighed);
    if (start === undefined) return null;
    /** @type {Map<number, number>} */
    let sources = new Map([[start, 0]]);
    const parts = ends.slice(1).map(({ node }, n) => {
      const place = this.graph.places[node.number];
      const isLast = n === ends.length - 2;
      const handlings = isLast ? [] : this.handlings(node);
      const barred = new Set([...handlings, ...(n ? this.handlings(ends[n].node) : [])].map(({ link }) => link));
      const found = search(this.graph, weighed, sources, isLast ? [place.end] : statesAt(place), barred);
      const { costs, entered } = handled(found, handlings, weighed.weights);
      sources = costs;
      return { found, entered };
    });
    if (!sources.size) return null;
    let [state] = sources.keys();
    const sections = parts.reverse().map(({ found, entered }) => {
      const handling = entered.get(state);
      const passed = found.get(handling ? handling.tail : state);
      state = passed?.source ?? state;
      return [...(passed?.arcs ?? []), ...(handling ? [handling] : [])];
    });
    return { weighed, sections: sections.reverse() };
  }

  /**
   * Changes that would open a route, in the order in which a reader can act on them.
   * @param {Tumen.Question} question
   * @param {Tumen.Terminal[]} ends
   */
  reason(question, ends) {
    const all = Object.keys(this.block.speeds);
    /** @type {[string, Partial<Tumen.Question>][]} */
    const tries = [
      ['gauge', { gauge: 0, bogieChange: true }], ['mode', { modes: all }], ['load', { anyLoad: true }], ['date', { closed: true }],
      ['mode', { modes: all, gauge: 0, bogieChange: true }], ['date', { modes: all, gauge: 0, bogieChange: true, anyLoad: true, closed: true }],
    ];
    for (const [error, change] of tries) {
      const found = this.way({ ...question, ...change }, ends);
      if (found) {
        const links = found.sections.flat().map(({ link }) => link);
        const modes = once(links.map((link) => this.net.edges[link]?.mode).filter(Boolean));
        return { error, modes, closed: error === 'date' ? this.closedOn(found.weighed, links, question) : [], load: question.load };
      }
    }
    return { error: 'disconnected' };
  }

  /** Edges of a path without traffic on the day. @param {Tumen.Weighed} weighed @param {number[]} links @param {Tumen.Question} question */
  closedOn({ edgeStates }, links, { planned }) {
    return links.filter((link) => link < this.net.edges.length).map((link) => ({ edge: this.net.edges[link], status: edgeStates[link].status }))
      .filter(({ status }) => status !== OPERATING && !(planned && PLANNED.includes(status)));
  }

  /** The leg between a position and its node; none where a node was given. @param {Tumen.Terminal} end @param {boolean} outward @returns {Tumen.Leg[]} */
  connectors({ at, gap, node }, outward) {
    if (!gap) return [];
    const given = { name: at };
    const [from, to] = outward ? [node.number, given] : [given, node.number];
    const line = outward ? [node.at, at] : [at, node.at];
    const hours = gap / 1000 / this.block.speeds.road;
    return [{ mode: 'connector', from, to, length: gap, uncertainty: node.accuracy, systematic: 0, hours, gauges: [], labels: [], sources: [], lines: [{ plain: line }] }];
  }

  /**
   * Find a route.
   * @param {Tumen.Question} question
   * @returns {Tumen.Route|Tumen.Failure} a failure names changes that would help
   */
  route(question) {
    const places = [question.from, question.via, question.to].filter((place) => place !== null && place !== undefined);
    /** @type {Tumen.Terminal[]} */
    const ends = [];
    for (const place of places) {
      const end = this.terminal(place, question.day);
      if ('error' in end) return end;
      ends.push(end);
    }
    const [from, to] = [ends[0], ends[ends.length - 1]];
    if (ends.every(({ node }) => node === from.node)) return { error: 'same', node: from.node };
    const answer = this.way(question, ends);
    if (!answer) return this.reason(question, ends);
    const { labels } = this.block;
    /** @param {number[]} numbers */
    const inForce = (numbers) => numbers.filter((n) => isInForce(labels[n], answer.weighed.day));
    const travelled = answer.sections.map((arcs) => legs(steps(this.net, this.graph, answer.weighed, inForce, arcs)));
    const all = travelled.flatMap((part, n) => [...this.connectors(ends[n], false), ...part, ...this.connectors(ends[n + 1], true)]);
    for (const leg of all) leg.labels = inForce(leg.labels).map((n) => labels[n]);
    const systematic = total(all.map((leg) => leg.systematic));
    const apart = all.map((leg) => Math.sqrt(Math.max(leg.uncertainty ** 2 - leg.systematic ** 2, 0)));
    const free = [from, to].filter(({ gap }) => !gap).map(({ node }) => node.accuracy);
    return {
      legs: all, length: total(all.map(({ length }) => length)), uncertainty: Math.hypot(systematic, ...apart, ...free),
      hours: total(all.map(({ hours }) => hours)), straight: geodesic.distance(from.at, to.at),
    };
  }
}

/**
 * Make the router of a page.
 * @param {Tumen.Planner} block  the block of `planner.py`
 */
export const make = (block) => new Router(block);
