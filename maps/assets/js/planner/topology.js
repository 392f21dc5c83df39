/**
 * States and arcs of a network, as `geo` has them.
 *
 * A state is a node together with what carries the load there: a wagon of one gauge, a lorry, a ship, a ferry.
 */
import { isRail } from './network.js';

/**
 * What can travel on each edge: the wagons of every gauge that it ever had, or what its mode says.
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
  transfers.forEach(({ at, from, to }) => [from, to].forEach((carrier) => carrier !== 'rail' && offered[at].add(carrier)));
  return offered;
}

/** The state of a carrier that is known to come to a node. @param {Map<string, number>} states @param {string} carrier */
function state(states, carrier) {
  const number = states.get(carrier);
  if (number === undefined) throw new Error(`no state of ${carrier}`);
  return number;
}

class Topology {
  /** @param {Tumen.Network} network */
  constructor(network) {
    const carriers = carriersOf(network.edges);
    /** @type {{node: number, carrier: string}[]} */
    this.state = [];
    /** @type {number[][]} */
    this.out = [];
    /** @type {Tumen.Arc[]} */
    this.arcs = [];
    /** The link of arcs that cost nothing: into the network, and out of it. */
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
    // From a second state of lorry and ship there is no way back to rail: a break of gauge has its own transfer.
    const several = [...arrived.keys()].filter(isRail).length > 1;
    const loaded = new Map(several ? [...arrived.keys()].filter((one) => !isRail(one)).map((one) => [one, this.add(node, one)]) : []);
    const place = { arrived, loaded, start: this.add(node, ''), end: this.add(node, '') };
    for (const at of arrived.values()) this.join(place.start, at, this.hub, '');
    for (const at of [...arrived.values(), ...loaded.values()]) this.join(at, place.end, this.hub, '');
    return place;
  }

  /** @param {Tumen.Edge} edge @param {number} link @param {string[]} carriers */
  joinEdge({ from, to }, link, carriers) {
    const ends = [this.places[from], this.places[to]];
    for (const carrier of carriers) {
      for (const [here, there] of [ends, [ends[1], ends[0]]]) {
        for (const known of [here.arrived, here.loaded]) {
          const tail = known.get(carrier);
          if (tail !== undefined) this.join(tail, state(there.arrived, carrier), link, carrier);
        }
      }
    }
  }

  /** @param {Tumen.Transfer} transfer @param {number} link */
  joinTransfer(transfer, link) {
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
      this.join(state(place.arrived, one), place.loaded.get(other) ?? goal, link, '');
      return;
    }
    this.join(state(place.arrived, one), goal, link, '');
    const loaded = place.loaded.get(one);
    if (loaded !== undefined && !isRail(other)) this.join(loaded, state(place.loaded, other), link, '');
  }
}

/**
 * States and arcs hold the edges of all days and gauges; a day, a gauge, a choice of modes are weights over them.
 * @param {Tumen.Network} network  what `network.js` read
 */
export const topology = (network) => new Topology(network);
