/**
 * States and arcs of a network, as `geo` has them.
 *
 * A state is a node together with what carries the load there: a wagon of one gauge, a lorry, a ship, a ferry.
 */
import { isRail } from './network.js';

/** What can travel on each edge: the wagons of every gauge that it ever had, or what its mode says. */
function carriersOf(edges) {
  const gauges = new Set(edges.flatMap(({ states }) => states.flatMap(([, , laid]) => laid)));
  const rails = [...gauges].sort((a, b) => a - b).map((gauge) => `rail:${gauge}`);
  return edges.map(({ mode, states }) => {
    if (mode !== 'rail') return [mode];
    const unknown = states.some(([, status, laid]) => status && status !== 'absent' && !laid.length);
    return unknown ? rails : [...new Set(states.flatMap(([, , laid]) => laid.map((gauge) => `rail:${gauge}`)))];
  });
}

/** Carriers that come to each node. */
function offers({ nodes, edges, transfers }, carriers) {
  const offered = nodes.map(() => new Set());
  edges.forEach(({ from, to }, n) => carriers[n].forEach((carrier) => [from, to].forEach((end) => offered[end].add(carrier))));
  transfers.forEach(({ at, from, to }) => [from, to].forEach((carrier) => carrier !== 'rail' && offered[at].add(carrier)));
  return offered;
}

class Topology {
  constructor(network) {
    const carriers = carriersOf(network.edges);
    this.state = [];
    this.out = [];
    this.arcs = [];
    /** The link of arcs that cost nothing: into the network, and out of it. */
    this.hub = network.edges.length + network.transfers.length;
    this.places = offers(network, carriers).map((offered, node) => this.place(node, offered));
    network.edges.forEach((edge, link) => this.joinEdge(edge, link, carriers[link]));
    network.transfers.forEach((transfer, n) => this.joinTransfer(transfer, network.edges.length + n));
  }

  add(node, carrier) {
    this.out.push([]);
    return this.state.push({ node, carrier }) - 1;
  }

  join(tail, head, link, carrier) {
    this.out[tail].push(this.arcs.push({ tail, head, link, carrier }) - 1);
  }

  /** The states of a node. */
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

  joinEdge({ from, to }, link, carriers) {
    const ends = [this.places[from], this.places[to]];
    for (const carrier of carriers) {
      for (const [here, there] of [ends, [ends[1], ends[0]]]) {
        for (const known of [here.arrived, here.loaded]) if (known.has(carrier)) this.join(known.get(carrier), there.arrived.get(carrier), link, carrier);
      }
    }
  }

  joinTransfer(transfer, link) {
    const place = this.places[transfer.at];
    const ends = (carrier) => (carrier === 'rail' ? [...place.arrived.keys()].filter(isRail) : [carrier]);
    for (const one of ends(transfer.from)) {
      for (const other of ends(transfer.to)) {
        if (one === other) continue;
        this.change(place, one, other, link);
        if (transfer.both_ways) this.change(place, other, one, link);
      }
    }
  }

  change(place, one, other, link) {
    const goal = place.arrived.get(other);
    if (isRail(one)) {
      this.join(place.arrived.get(one), place.loaded.get(other) ?? goal, link, '');
      return;
    }
    this.join(place.arrived.get(one), goal, link, '');
    if (place.loaded.has(one) && !isRail(other)) this.join(place.loaded.get(one), place.loaded.get(other), link, '');
  }
}

/**
 * States and arcs hold the edges of all days and gauges; a day, a gauge, a choice of modes are weights over them.
 * @param {Object} network  what `network.js` read
 */
export const topology = (network) => new Topology(network);
