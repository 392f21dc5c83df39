/**
 * What links cost on a day and under a choice, and the cheapest ways by them.
 */
import { Heap } from './heap.js';
import { isRail, OPERATING, ordinal, PLANNED, stateOn } from './network.js';

const TIE_H = 1e-6;
const TIE = 1e-8;

/**
 * What the day and the options make of each link: its weight, and its state on that day.
 * @param {Tumen.Network} network
 * @param {Tumen.Planner} block
 * @param {Tumen.Question} question
 * @returns {Tumen.Weighed}
 */
export function weigh({ edges, transfers }, block, question) {
  const day = ordinal(question.day);
  /** @param {string} status */
  const open = (status) => status === OPERATING || (question.planned && PLANNED.includes(status));
  const cost = block.cost;
  const edgeStates = edges.map(({ states }) => stateOn(states, day));
  const checks = edges.map((edge) => edge.checks.map((check) => ({ check, ...stateOn(check.states, day) })).filter(({ status }) => status));
  const weights = edges.map((edge, n) => {
    const { status } = edgeStates[n];
    if (!question.modes.includes(edge.mode)) return Infinity;
    if (!question.closed && !(open(status) && checks[n].every((one) => open(one.status)))) return Infinity;
    if (!status) return Infinity;
    const checked = checks[n].reduce((sum, one) => sum + (one.check.hours || 0), 0);
    if (question.cost === 'time') return edge.hours + checked;
    if (question.cost === 'generalized') return edge.length / 1000 * cost[edge.mode] + checked * cost.per_hour;
    return edge.length + (edge.hours + checked) * TIE_H;
  });
  transfers.forEach((transfer) => {
    const { status } = stateOn(transfer.states, day);
    const hours = transfer.hours || 0;
    const changesGauge = isRail(transfer.from + ':') && isRail(transfer.to + ':');
    if (!status || !open(status) || (changesGauge && !question.bogieChange)) weights.push(Infinity);
    else if (question.cost === 'time') weights.push(hours + TIE);
    else if (question.cost === 'generalized') weights.push(hours * cost.per_hour + TIE);
    else weights.push(hours * TIE_H + TIE);
  });
  weights.push(0);
  return { weights, edgeStates, checks, day };
}

/**
 * The cheapest ways from some states, each with what it cost to be there, to some others.
 * @param {Tumen.Graph} graph
 * @param {Tumen.Weighed} weighed
 * @param {Map<number, number>} sources
 * @param {number[]} ends
 * @returns {Map<number, {cost: number, source: number, arcs: Tumen.Arc[]}>} by state; without those that cannot be reached
 */
export function search({ arcs, out }, { weights, edgeStates }, sources, ends) {
  const reached = new Map(sources);
  /** @type {Map<number, Tumen.Arc>} */
  const by = new Map();
  const done = new Set();
  const heap = new Heap();
  for (const [state, cost] of sources) heap.push([cost, state]);
  const left = new Set(ends);
  /** @param {Tumen.Arc} arc */
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
      const next = cost + weights[arc.link];
      if (next < (reached.get(arc.head) ?? Infinity) && passes(arc)) {
        reached.set(arc.head, next);
        by.set(arc.head, arc);
        heap.push([next, arc.head]);
      }
    }
  }
  return new Map(ends.filter((end) => done.has(end)).map((end) => {
    /** @type {Tumen.Arc[]} */
    const passed = [];
    let at = end;
    for (let arc = by.get(at); arc; arc = by.get(at)) {
      passed.push(arc);
      at = arc.tail;
    }
    return [end, { cost: reached.get(end) ?? Infinity, source: at, arcs: passed.reverse() }];
  }));
}
