/**
 * The network in the page: nodes, edges and transfers, and their state on a day.
 */
import { firstDay, lastDay, sinceEpoch } from '../core/day.js';

export const OPERATING = 'operating';
export const PLANNED = ['planned', 'proposed', 'under_construction'];
const FIRST_ORDINAL = 719163; // of 1 January 1970, counted from 1 January of the year 1

/** Number of a day "2014-11-24", counted as the network counts. @param {string} text */
export const ordinal = (text) => sinceEpoch(text) + FIRST_ORDINAL;

/** Whether a label is in force on a day, given as its number. @param {Pick<Tumen.Label, 'from'|'to'>} label @param {number} number */
export const isInForce = ({ from, to }, number) => ordinal(firstDay(from)) <= number && (!to || number <= ordinal(lastDay(to) ?? to));

/** Status and gauges on a day: those of the latest state. @param {Tumen.State[]} states @param {number} day @returns {Tumen.OnDay} */
export function stateOn(states, day) {
  let current = states[0];
  for (const state of states) {
    if (state[0] > day) break;
    current = state;
  }
  return { status: current[1] === 'absent' ? '' : current[1], gauges: current[2] };
}

/** Whether a transfer takes a load from one carrier to another; others are reversals, or quays. @param {Tumen.Transfer} transfer */
export const isChange = ({ from, to }) => Boolean(from && to);
/** Whether a load can begin or end its route there, as at a port. @param {Tumen.Transfer} transfer */
export const isQuay = ({ kind, from, to }) => kind === 'port_handling' && Boolean(from) !== Boolean(to);

/** @param {string} carrier */
export const isRail = (carrier) => carrier.startsWith('rail:');

/** Edges and transfers of the block, one plain object each. @param {Tumen.Planner} block @returns {Tumen.Network} */
export function read(block) {
  const { nodes, edges, lists, states } = block;
  /** @param {Tumen.Column} column */
  const shelved = (column) => column.rows.map((row) => column.words[row]);
  const words = { mode: shelved(edges.mode), line: shelved(edges.line), method: shelved(edges.method) };
  return {
    nodes: nodes.id.map((id, n) => ({ number: n, id, at: [nodes.lons[n], nodes.lats[n]], accuracy: nodes.accuracy_m[n], country: nodes.country[n] })),
    edges: edges.from.map((from, n) => ({
      from, to: edges.to[n], mode: words.mode[n], line: words.line[n], method: words.method[n],
      length: edges.length_m[n], uncertainty: edges.uncertainty_m[n], systematic: edges.systematic_m[n],
      rate: edges.rate[n], loads: lists[edges.loads[n]],
      hours: edges.hours[n] ?? edges.length_m[n] / 1000 / block.speeds[words.mode[n]],
      chainages: lists[edges.chainages_km[n]], countries: lists[edges.countries[n]], sources: lists[edges.sources[n]],
      labels: lists[edges.labels[n]], states: states[edges.states[n]], packed: edges.lines[n], checks: [],
    })),
    transfers: block.transfers.filter(({ kind }) => kind !== 'border_crossing'),
    checks: block.transfers.filter(({ kind }) => kind === 'border_crossing'),
  };
}
