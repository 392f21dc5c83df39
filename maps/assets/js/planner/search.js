/**
 * Weights of links on a day under the options, and the cheapest paths by them.
 */
import { Heap } from './heap.js';
import { total } from './legs.js';
import { isInForce, isRail, OPERATING, ordinal, PLANNED, stateOn } from './network.js';

const TIE_H = 1e-6;
const TIE = 1e-8;

/**
 * Values for a load: hours and cost of a transfer, and whether rules let it pass.
 * @param {Tumen.Planner} block
 * @param {Tumen.Question} question
 * @param {number} day
 */
function terms(block, { load, anyLoad }, day) {
  const cost = block.costs[load];
  const allowed = block.loads.map(([taken, from, to]) => !isInForce({ from: from ?? '0001', to }, day) || taken.includes(load));
  /** @param {Tumen.Transfer} transfer */
  const hoursOf = (transfer) => transfer.load_hours[load] ?? transfer.hours ?? 0;
  /** @param {Tumen.Transfer} transfer */
  const fee = (transfer) => cost[transfer.kind] + hoursOf(transfer) * cost.per_hour;
  /** @param {number[]} rules */
  const takes = (rules) => anyLoad || rules.every((n) => allowed[n]);
  return { cost, hoursOf, fee, takes };
}

/**
 * Each link on a day under the options: its weight and its state.
 * @param {Tumen.Network} network
 * @param {Tumen.Planner} block
 * @param {Tumen.Question} question
 * @returns {Tumen.Weighed}
 */
export function weigh({ edges, transfers }, block, question) {
  const day = ordinal(question.day);
  /** @param {string} status */
  const open = (status) => status === OPERATING || (question.planned && PLANNED.includes(status));
  const { cost, hoursOf, fee, takes } = terms(block, question, day);
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
 * The cheapest paths from some states, each with its initial cost, to some others.
 * @param {Tumen.Graph} graph
 * @param {Tumen.Weighed} weighed
 * @param {Map<number, number>} sources
 * @param {number[]} ends
 * @param {Set<number>} barred  links that are not to be used
 * @returns {Map<number, {cost: number, source: number, arcs: Tumen.Arc[]}>} by state; without those that cannot be reached
 */
export function search({ arcs, out }, { weights, edgeStates }, sources, ends, barred = new Set()) {
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
      const next = barred.has(arc.link) ? Infinity : cost + weights[arc.link];
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
