/**
 * Legs from the arcs of a path.
 */

/**
 * @typedef {{edge: Tumen.Edge, start: number, end: number, status: string, gauges: number[], carrier: string, forward: boolean,
 *   chainages: (number|null)[], same: string, change?: undefined}} Run  an edge in the direction of travel
 * @typedef {{change: Tumen.Transfer, at: number, hours: number, from?: string, to?: string, same: string}} Change
 * @typedef {Run|Change} Step
 */

/** @param {number[]} values */
export const total = (values) => values.reduce((sum, value) => sum + value, 0);
/**
 * @template T
 * @param {T[]} values
 */
export const once = (values) => [...new Set(values)];

/**
 * Steps along arcs: an edge in the direction of travel, or a change of carrier.
 * @param {Tumen.Network} net
 * @param {Pick<Tumen.Graph, 'state'>} graph
 * @param {Tumen.Weighed} weighed
 * @param {(numbers: number[]) => number[]} labelsOf
 * @param {Tumen.Arc[]} way
 * @returns {Step[]}
 */
export function steps(net, { state }, { edgeStates, checks, hoursOf }, labelsOf, way) {
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

/** Published length of a run of edges; null where an end has no chainage or counting restarts. @param {Run[]} runs */
function chainage(runs) {
  const [begin, end] = [runs[0].chainages[0], runs[runs.length - 1].chainages[1]];
  if (begin === null || end === null) return null;
  const unbroken = runs.slice(1).every((run, n) => runs[n].chainages[1] === run.chainages[0]);
  return unbroken ? Math.abs(end - begin) * 1000 : null;
}

/** Uncertainty of several edges: systematic errors add up linearly, independent ones in quadrature. @param {Tumen.Edge[]} edges */
function spread(edges) {
  const systematic = total(edges.map((edge) => edge.systematic));
  return { systematic, uncertainty: Math.hypot(systematic, ...edges.map(({ uncertainty }) => uncertainty)) };
}

/** Legs of steps: steps that differ only in place are one leg. @param {Step[]} all @returns {Tumen.Leg[]} */
export function legs(all) {
  /** @type {Step[][]} */
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
    const runs = /** @type {Run[]} */ (group);
    const edges = runs.map(({ edge }) => edge);
    return {
      mode: first.edge.mode, line: first.edge.line, from: first.start, to: runs[runs.length - 1].end,
      length: total(edges.map(({ length }) => length)), ...spread(edges),
      hours: total(edges.map(({ hours }) => hours)), chainage: chainage(runs), gauges: first.gauges, status: first.status,
      method: first.edge.method, labels: first.edge.labels, sources: once(edges.flatMap(({ sources }) => sources)),
      countries: once(edges.flatMap(({ countries }) => countries)), carrier: first.carrier,
      lines: runs.map(({ edge, forward }) => ({ packed: edge.packed, forward })),
    };
  });
}
