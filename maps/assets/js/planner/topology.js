/**
 * States and arcs of a network, as `geo` has them.
 *
 * A state is a node together with the carrier of the load there: a wagon of one gauge, a lorry, a ship, a ferry.
 */
import { isChange, isQuay, isRail } from './network.js';

/**
 * Carriers of each edge: wagons of every gauge that it ever had, or the carrier of its mode.
 * @param {Tumen.Edge[]} edges
 */
function carriersOf(edges) {
  const gauges = new Set(edges.flatMap(({ states }) => states.flatMap(([, , laid]) => laid)));
  const rails = [...gauges].sort((a, b) => a - b).map((gauge) => `rail:${gauge}`);
  return edges.map(({ mode, states }) => {
    if (mode !== 'rail') return [mode];
    const unknown = states.some(([, status, laid]) => status && status !== 'absent' && !laid.length);
    return unknown ? rails : [...new Set(states.flatMap(([, , laid]) => laid.map((gauge) => `rail:${gauge}`)))];
  });
}

/** Carriers that come to each node. @param {Tumen.Network} network @param {string[][]} carriers @returns {Set<string>[]} */
function offers({ nodes, edges, transfers }, carriers) {
  const offered = nodes.map(() => new Set());
  edges.forEach(({ from, to }, n) => carriers[n].forEach((carrier) => [from, to].forEach((end) => offered[end].add(carrier))));
  transfers.filter(isChange).forEach(({ at, from, to }) => [from, to].forEach((carrier) => carrier !== 'rail' && offered[at].add(carrier)));
  return offered;
}

/** The state of a carrier that can reach a node. @param {Map<string, number>} states @param {string} carrier */
function state(states, carrier) {
  const number = states.get(carrier);
  if (number === undefined) throw new Error(`no state of ${carrier}`);
  return number;
}

/** States of a carrier that reached a place by an edge. @param {Tumen.Station} place @param {string} carrier */
const coming = (place, carrier) => [state(place.arrived, carrier), ...place.moving.filter((passing) => passing.carrier === carrier).map(({ at }) => at)];

/** Every state in which a load can reach a place. @param {Tumen.Station} place */
export const statesAt = ({ arrived, loaded, moving }) => [...arrived.values(), ...loaded.values(), ...moving.map(({ at }) => at)];

/**
 * By node, and by the edge that a train comes by: the link of its reversal, and the edges that are closed to it before.
 * @param {Tumen.Transfer[]} transfers
 * @param {number} first  link of the first transfer
 */
function reversals(transfers, first) {
  /** @type {Map<number, Map<number, Tumen.Turn>>} */
  const turnsByNode = new Map();
  transfers.forEach(({ at, pairs }, n) => {
    for (const [edgeIn, edgeOut] of pairs.flatMap(([a, b]) => [[a, b], [b, a]])) {
      const turns = turnsByNode.get(at) ?? new Map();
      const turn = turns.get(edgeIn) ?? { link: first + n, blocked: new Set([edgeIn]), key: '' };
      turn.blocked.add(edgeOut);
      turnsByNode.set(at, turns.set(edgeIn, turn));
    }
  });
  for (const turns of turnsByNode.values()) for (const turn of turns.values()) turn.key = [...turn.blocked].sort((a, b) => a - b).join(' ');
  return turnsByNode;
}

/** By node and carrier, the link by which a ship is loaded or unloaded where a route begins or ends. @param {Tumen.Transfer[]} transfers @param {number} first @returns {Map<string, number>} */
function quaysOf(transfers, first) {
  const quays = transfers.map((transfer, n) => ({ transfer, link: first + n })).filter(({ transfer }) => isQuay(transfer));
  return new Map(quays.map(({ transfer: { at, from, to }, link }) => [`${at} ${from || to}`, link]));
}

class Topology {
  /** @param {Tumen.Network} network */
  constructor(network) {
    const carriers = carriersOf(network.edges);
    this.turns = reversals(network.transfers, network.edges.length);
    this.quays = quaysOf(network.transfers, network.edges.length);
    /** @type {{node: number, carrier: string}[]} */
    this.state = [];
    /** @type {number[][]} */
    this.out = [];
    /** @type {Tumen.Arc[]} */
    this.arcs = [];
    /** The link of arcs that cost nothing: into the network, and out of it; the next one loads and unloads wagons. */
    this.hub = network.edges.length + network.transfers.length;
    this.places = offers(network, carriers).map((offered, node) => this.place(node, offered));
    network.edges.forEach((edge, link) => this.joinEdge(edge, link, carriers[link]));
    network.transfers.forEach((transfer, n) => this.joinTransfer(transfer, network.edges.length + n));
  }

  /** @param {number} node @param {string} carrier */
  add(node, carrier) {
    this.out.push([]);
    return this.state.push({ node, carrier }) - 1;
  }

  /** @param {number} tail @param {number} head @param {number} link @param {string} carrier */
  join(tail, head, link, carrier) {
    this.out[tail].push(this.arcs.push({ tail, head, link, carrier }) - 1);
  }

  /** The states of a node. @param {number} node @param {Set<string>} offered */
  place(node, offered) {
    const arrived = new Map([...offered].sort().map((carrier) => [carrier, this.add(node, carrier)]));
    // From a second state of lorry and ship there is no return to rail: a break of gauge has its own transfer.
    const several = [...arrived.keys()].filter(isRail).length > 1;
    const loaded = new Map(several ? [...arrived.keys()].filter((carrier) => !isRail(carrier)).map((carrier) => [carrier, this.add(node, carrier)]) : []);
    const moving = this.moving(node, arrived);
    const place = { arrived, loaded, moving, start: this.add(node, ''), end: this.add(node, '') };
    for (const [carrier, at] of arrived) {
      const hub = this.quays.get(`${node} ${carrier}`) ?? this.hub + Number(isRail(carrier));
      const again = loaded.get(carrier);
      this.join(place.start, at, hub, '');
      for (const last of [...coming(place, carrier), ...(again === undefined ? [] : [again])]) this.join(last, place.end, hub, '');
    }
    return place;
  }

  /** States of trains that cannot leave by every edge; they reverse into the standing one. @param {number} node @param {Map<string, number>} arrived @returns {Tumen.Moving[]} */
  moving(node, arrived) {
    const turns = new Map([...(this.turns.get(node)?.values() ?? [])].map((turn) => [turn.key, turn]));
    const rails = [...arrived.keys()].filter(isRail);
    const states = [...turns.values()].flatMap((turn) => rails.map((carrier) => ({ ...turn, carrier, at: this.add(node, carrier) })));
    for (const { at, carrier, link } of states) this.join(at, state(arrived, carrier), link, '');
    return states;
  }

  /** @param {Tumen.Edge} edge @param {number} link @param {string[]} carriers */
  joinEdge({ from, to }, link, carriers) {
    for (const carrier of carriers) {
      for (const [start, end] of [[from, to], [to, from]]) {
        const [tailPlace, headPlace] = [this.places[start], this.places[end]];
        const key = this.turns.get(end)?.get(link)?.key;
        const goal = headPlace.moving.find((passing) => passing.carrier === carrier && passing.key === key)?.at ?? state(headPlace.arrived, carrier);
        for (const states of [tailPlace.arrived, tailPlace.loaded]) {
          const tail = states.get(carrier);
          if (tail !== undefined) this.join(tail, goal, link, carrier);
        }
        for (const passing of tailPlace.moving) if (passing.carrier === carrier && !passing.blocked.has(link)) this.join(passing.at, goal, link, carrier);
      }
    }
  }

  /** @param {Tumen.Transfer} transfer @param {number} link */
  joinTransfer(transfer, link) {
    if (!isChange(transfer)) return;
    const place = this.places[transfer.at];
    /** @param {string} carrier */
    const ends = (carrier) => (carrier === 'rail' ? [...place.arrived.keys()].filter(isRail) : [carrier]);
    for (const one of ends(transfer.from)) {
      for (const other of ends(transfer.to)) {
        if (one === other) continue;
        this.change(place, one, other, link);
        if (transfer.both_ways) this.change(place, other, one, link);
      }
    }
  }

  /** @param {Tumen.Station} place @param {string} one @param {string} other @param {number} link */
  change(place, one, other, link) {
    const goal = state(place.arrived, other);
    if (isRail(one)) {
      for (const came of coming(place, one)) this.join(came, place.loaded.get(other) ?? goal, link, '');
      return;
    }
    this.join(state(place.arrived, one), goal, link, '');
    const loaded = place.loaded.get(one);
    if (loaded !== undefined && !isRail(other)) this.join(loaded, state(place.loaded, other), link, '');
  }
}

/**
 * States and arcs hold the edges of all days and gauges; a day, a gauge, a choice of modes are weights over them.
 * @param {Tumen.Network} network  the result of `network.js`
 */
export const topology = (network) => new Topology(network);
