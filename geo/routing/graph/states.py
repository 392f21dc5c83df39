"""States of a load on the network (node, carrier), and the arcs between them.

A state is a node together with what carries the load there. The states and the arcs between
them hold withheld edges too and never change; every question is a set of weights over them.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from geo.network.network import nearest_node
from geo.network.transfer import Carrier, quay_carriers

from .tree import grow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geo.geodesic._engine import FloatArray
    from geo.lonlat import LonLat
    from geo.network.edge import Edge, Node
    from geo.network.table import Profile
    from geo.network.transfer import Transfer

    from .tree import Arcs, Tree, Weights

_SEVERAL = 2


class Arc(NamedTuple):
    """A step from one state to another; the weight of its link is what it costs."""

    tail: int
    head: int
    link: int


class StatesAtNode:
    """The states at one node.

    `arrived` holds the state of each carrier. Where goods could come from a wagon of one gauge
    by lorry or ship to one of another without leaving the place, `loaded` holds a second state
    of lorry and ship, from which there is no way back to rail: a break of gauge has its own
    transfer.

    Where a train cannot run on from each track to each other, `arrived` holds it standing, free to
    leave in any direction, and `moving` one state for each set of edges that it cannot leave by:
    it reverses into the standing state.
    """

    __slots__ = ("arrived", "end", "loaded", "moving", "start")

    def __init__(self) -> None:
        self.start = self.end = -1
        self.arrived: dict[Carrier, int] = {}
        self.loaded: dict[Carrier, int] = {}
        self.moving: dict[tuple[Carrier, frozenset[str]], int] = {}

    @property
    def states(self) -> list[int]:
        """Every state in which a load may have come here."""
        return [*self.arrived.values(), *self.loaded.values(), *self.moving.values()] or [self.start]

    def coming(self, carrier: Carrier) -> list[int]:
        """Return the states of a carrier that has come by an edge."""
        return [self.arrived[carrier], *(state for (moved, _), state in self.moving.items() if moved == carrier)]

    def changes(self, before: Carrier, after: Carrier) -> Iterator[tuple[int, int]]:
        """Yield the pairs of states that a change of carrier joins."""
        goal = self.arrived[after]
        if before.mode == "rail":
            for state in self.coming(before):
                yield state, self.loaded.get(after, goal)
            return
        yield self.arrived[before], goal
        if before in self.loaded and after.mode != "rail":
            yield self.loaded[before], self.loaded[after]


class Topology:
    """States and arcs, in an order that does not depend on that of the network.

    Attributes
    ----------
    nodes, edges
        In the order of their numbers.
    transfers
        Those at nodes.
    crossings
        The checks on edges, by the id of the edge.
    links
        What has a weight: edges, then transfers, then `hub`, `wagon_hub`, `gauge_change`, `free_change`.
    is_free
        Whether carriers may change wherever they meet, as no transfer is known.
    state_nodes, carriers
        Node and carrier of each state.
    arcs
        All arcs; hubs included, which let a way begin and end in any carrier.
    places
        The states at each node, by its id.
    """

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    transfers: list[Transfer]
    crossings: dict[str, list[Transfer]]
    is_free: bool
    state_nodes: Sequence[Node]
    carriers: Sequence[Carrier | None]
    arcs: Sequence[Arc]
    places: Mapping[str, StatesAtNode]
    _rails: tuple[Carrier, ...]
    _of_edge: dict[tuple[object, ...], tuple[Carrier, ...]]

    def _set_links(self) -> None:
        self.hub = len(self.edges) + len(self.transfers)
        self.wagon_hub, self.gauge_change, self.free_change = self.hub + 1, self.hub + 2, self.hub + 3
        self.size = self.hub + 4

    @cached_property
    def outgoing(self) -> Arcs:
        """Arcs that leave each state, as (head, link, number of the arc)."""
        lists: list[list[tuple[int, int, int]]] = [[] for _ in self.state_nodes]
        for number, (tail, head, link) in enumerate(self.arcs):
            lists[tail].append((head, link, number))
        return lists

    @cached_property
    def incoming(self) -> Arcs:
        """Arcs that reach each state, as (tail, link, number of the arc)."""
        lists: list[list[tuple[int, int, int]]] = [[] for _ in self.state_nodes]
        for number, (tail, head, link) in enumerate(self.arcs):
            lists[head].append((tail, link, number))
        return lists

    @cached_property
    def is_plain(self) -> bool:
        """Whether every arc is an edge, as where no place has two carriers."""
        return len(self.state_nodes) == len(self.nodes) and not self.transfers

    @cached_property
    def arc_heads(self) -> Sequence[str]:
        """Id of the node that each arc leads to."""
        ids = [node.id for node in self.state_nodes]
        return [ids[head] for _, head, _ in self.arcs]

    @cached_property
    def arc_ids(self) -> Sequence[str]:
        """Id of the edge of each arc; empty for a change of carrier."""
        ids = [edge.id for edge in self.edges] + [""] * (self.size - len(self.edges))
        return [ids[link] for _, _, link in self.arcs]

    def columns(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """Return tails, heads and links of all arcs."""
        import numpy as np

        tails, heads, links = np.array(self.arcs, dtype=np.int32).reshape(-1, 3).T
        return tails, heads, links

    def state_positions(self) -> FloatArray:
        """Return longitude and latitude of each state, shape (n, 2)."""
        import numpy as np

        return np.array([tuple(node.lonlat) for node in self.state_nodes]).reshape(-1, 2)

    def tree(
        self,
        weights: Weights,
        sources: Mapping[int, float],
        targets: Collection[int] = (),
        *,
        limit: float = math.inf,
        backward: bool = False,
    ) -> Tree:
        """Return the tree of shortest ways from states, or to them; parameters as of `grow`."""
        return grow(self.incoming if backward else self.outgoing, weights, sources, targets, limit)

    def of_arcs(self, weights: Weights) -> Weights:
        """Return the weight of each arc."""
        return [weights[link] for _, _, link in self.arcs]

    def passing(self, ahead: Tree, back: Tree, weights: Weights, limit: float) -> list[tuple[float, int]]:
        """Return the arcs on ways of a cost within a limit, with the cost of the best way that passes each."""
        costs = (
            (ahead.costs[tail] + weights[link] + back.costs[head], arc)
            for arc, (tail, head, link) in enumerate(self.arcs)
            if tail in ahead.costs and head in back.costs
        )
        return [pair for pair in costs if pair[0] <= limit]

    def parts(self, weights: Weights) -> Sequence[int]:
        """Return for each state the number of its part: no path leads from one part to another."""
        parts = list(range(len(self.state_nodes)))

        def first(state: int) -> int:
            while parts[state] != state:
                parts[state] = parts[parts[state]]
                state = parts[state]
            return state

        for tail, head, link in self.arcs:
            if weights[link] < math.inf:
                tail_part, head_part = first(tail), first(head)
                parts[max(tail_part, head_part)] = min(tail_part, head_part)
        return [first(state) for state in parts]

    def farthest(self, weights: Weights) -> float | None:  # noqa: ARG002 - of columns
        """Return the cost to the farthest state from one state of each part; None where that takes too long."""
        return None

    def nearest(self, costs: Mapping[int, float], lonlat: LonLat) -> tuple[Node, float, int]:
        """Return of the nodes reached the one nearest to a position, its distance in metres, and how many they are."""
        reached = {node.id: node for node in (self.state_nodes[state] for state in costs)}
        return *nearest_node(reached.values(), lonlat), len(reached)

    def carriers_of(self, edge: Edge | Profile) -> tuple[Carrier, ...]:
        """Return what can run on an edge; where no gauge is known, a wagon of any."""
        key = (edge.mode, edge.gauges_mm)
        carriers = self._of_edge.get(key)
        if carriers is None:
            if edge.mode != "rail":
                carriers = (Carrier(edge.mode),)
            else:
                carriers = tuple(Carrier("rail", gauge) for gauge in edge.gauges_mm) or self._rails
            self._of_edge[key] = carriers
        return carriers

    def start(self, node_id: str, gauge_mm: int | None) -> int | None:
        """Return the state in which a way begins; None where the rails lack the gauge asked for.

        A place without rails begins with what it has.
        """
        place = self.places[node_id]
        if gauge_mm is None or not any(carrier.mode == "rail" for carrier in place.arrived):
            return place.start
        return place.arrived.get(Carrier("rail", gauge_mm))

    def end(self, node_id: str) -> int:
        """Return the state in which a way ends."""
        return self.places[node_id].end


class ObjectTopology(Topology):
    """States and arcs of nodes, edges and transfers that are objects."""

    def __init__(
        self, nodes: Iterable[Node], edges: Iterable[Edge], transfers: Sequence[Transfer], *, is_free: bool
    ) -> None:
        self.nodes = sorted(nodes, key=lambda node: node.id)
        self.edges = sorted(edges, key=lambda edge: edge.id)
        ordered = sorted(transfers, key=lambda transfer: transfer.id)
        self.transfers = [transfer for transfer in ordered if transfer.node_id]
        self.crossings = {}
        for transfer in ordered:
            if transfer.edge_id:
                self.crossings.setdefault(transfer.edge_id, []).append(transfer)
        self.is_free = is_free
        self._set_links()
        self._reversals = _reversals(self.transfers, len(self.edges))
        # A load comes onto a quay's carrier, or off it, where its route begins or ends: no arc from carrier to carrier.
        quays = quay_carriers(self.transfers)
        self._quays = {
            (transfer.node_id, carrier): link
            for link, (transfer, carrier) in enumerate(zip(self.transfers, quays, strict=True), len(self.edges))
            if carrier is not None
        }
        self._changes = {
            link: transfer
            for link, (transfer, carrier) in enumerate(zip(self.transfers, quays, strict=True), len(self.edges))
            if carrier is None and transfer.kind != "reversal"
        }
        self.state_nodes: list[Node] = []
        self.carriers: list[Carrier | None] = []
        self.arcs: list[Arc] = []
        gauges = {gauge for edge in self.edges for gauge in edge.gauges_mm}
        self._rails = tuple(Carrier("rail", gauge) for gauge in sorted(gauges)) or (Carrier("rail"),)
        self._of_edge = {}
        self.places = self._make_places()
        self._add_edges()
        self._add_transfers()
        if is_free:
            self._add_free_changes()

    def _make_places(self) -> dict[str, StatesAtNode]:
        offered: dict[str, set[Carrier]] = {node.id: set() for node in self.nodes}
        for edge in self.edges:
            carriers = self.carriers_of(edge)
            offered[edge.from_node].update(carriers)
            offered[edge.to_node].update(carriers)
        for transfer in self._changes.values():
            served = offered[transfer.node_id]
            served.update(self._ends(transfer.from_carrier, served), self._ends(transfer.to_carrier, served))
        return {node.id: self._make_place(node, sorted(offered[node.id])) for node in self.nodes}

    def _make_place(self, node: Node, carriers: list[Carrier]) -> StatesAtNode:
        place = StatesAtNode()
        for carrier in carriers:
            place.arrived[carrier] = self._add_state(node, carrier)
        self._add_reversals(place, node)
        if not self._needs_hub(node, carriers):
            place.start = place.end = self._add_state(node, None) if not carriers else place.arrived[carriers[0]]
            return place
        if sum(carrier.mode == "rail" for carrier in carriers) >= _SEVERAL:
            for carrier in carriers:
                if carrier.mode != "rail":
                    place.loaded[carrier] = self._add_state(node, carrier)
        place.start, place.end = self._add_state(node, None), self._add_state(node, None)
        for carrier, state in place.arrived.items():
            link = self._hub_of(node, carrier)
            self.arcs.append(Arc(place.start, state, link))
            ends = [*place.coming(carrier), *([place.loaded[carrier]] if carrier in place.loaded else [])]
            self.arcs += [Arc(end, place.end, link) for end in ends]
        return place

    def _add_reversals(self, place: StatesAtNode, node: Node) -> None:
        """Add a state for each way in which a train may come and cannot leave, and its reversal into the standing state."""
        turns = sorted(set(self._reversals.get(node.id, {}).values()), key=lambda turn: (turn[0], sorted(turn[1])))
        for link, blocked in turns:
            for carrier, standing in place.arrived.items():
                if carrier.mode == "rail" and (carrier, blocked) not in place.moving:
                    place.moving[carrier, blocked] = self._add_state(node, carrier)
                    self.arcs.append(Arc(place.moving[carrier, blocked], standing, link))

    def _needs_hub(self, node: Node, carriers: list[Carrier]) -> bool:
        """Tell whether beginning or ending there has states of its own: where carriers differ, or it costs something."""
        if len(carriers) >= _SEVERAL:
            return True
        return bool(carriers) and not self.is_free and self._hub_of(node, carriers[0]) != self.hub

    def _hub_of(self, node: Node, carrier: Carrier) -> int:
        """Return the link by which a load comes onto a carrier where its route begins, or off it where that ends."""
        quay = self._quays.get((node.id, carrier))
        if quay is not None:
            return quay
        return self.wagon_hub if carrier.mode == "rail" else self.hub

    def _add_state(self, node: Node, carrier: Carrier | None) -> int:
        self.state_nodes.append(node)
        self.carriers.append(carrier)
        return len(self.carriers) - 1

    def _ends(self, carrier: Carrier | None, carriers: Iterable[Carrier]) -> tuple[Carrier, ...]:
        """Return the carriers that an end of a transfer stands for: rail without a gauge, all wagons there."""
        if carrier is None:
            return ()
        if carrier.mode == "rail" and not carrier.gauge_mm:
            return tuple(sorted(carrier for carrier in carriers if carrier.mode == "rail"))
        return (carrier,)

    def _add_edges(self) -> None:
        for link, edge in enumerate(self.edges):
            ends = (edge.from_node, edge.to_node)
            for start, end in (ends,) if edge.one_way else (ends, ends[::-1]):
                here, there = self.places[start], self.places[end]
                _, blocked = self._reversals.get(end, {}).get(edge.id, (0, frozenset()))
                for carrier in self.carriers_of(edge):
                    goal = there.moving.get((carrier, blocked), there.arrived[carrier])
                    self.arcs.append(Arc(here.arrived[carrier], goal, link))
                    if carrier in here.loaded:
                        self.arcs.append(Arc(here.loaded[carrier], goal, link))
                    if here.moving:
                        self.arcs += [
                            Arc(state, goal, link)
                            for (moved, kept), state in here.moving.items()
                            if moved == carrier and edge.id not in kept
                        ]

    def _add_transfers(self) -> None:
        for link, transfer in self._changes.items():
            place = self.places[transfer.node_id]
            carriers = tuple(place.arrived)
            for end in self._ends(transfer.from_carrier, carriers):
                for other in self._ends(transfer.to_carrier, carriers):
                    self._join(place, end, other, link)
                    if transfer.both_ways:
                        self._join(place, other, end, link)

    def _add_free_changes(self) -> None:
        for place in self.places.values():
            for carrier in place.arrived:
                for other in place.arrived:
                    of_gauge = carrier.mode == other.mode == "rail"
                    self._join(place, carrier, other, self.gauge_change if of_gauge else self.free_change)

    def _join(self, place: StatesAtNode, before: Carrier, after: Carrier, link: int) -> None:
        if before != after:
            self.arcs += [Arc(tail, head, link) for tail, head in place.changes(before, after)]


def _reversals(transfers: Sequence[Transfer], first_link: int) -> dict[str, dict[str, tuple[int, frozenset[str]]]]:
    """Return by node, and by the edge that a train comes by, the link of its reversal and the edges closed to it before."""
    blocked: dict[str, dict[str, set[str]]] = {}
    links: dict[tuple[str, str], int] = {}
    for link, transfer in enumerate(transfers, first_link):
        for pair in transfer.between:
            for edge_in, edge_out in (pair, pair[::-1]):
                blocked.setdefault(transfer.node_id, {}).setdefault(edge_in, {edge_in}).add(edge_out)
                links.setdefault((transfer.node_id, edge_in), link)
    return {
        node_id: {edge: (links[node_id, edge], frozenset(kept)) for edge, kept in edges.items()}
        for node_id, edges in blocked.items()
    }
