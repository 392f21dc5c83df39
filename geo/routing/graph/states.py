"""States of a load on the network (node, carrier), and the arcs between them.

A state is a node together with what carries the load there. The states and the arcs between
them hold withheld edges too and never change; every question is a set of weights over them.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from geo.network.network import nearest_node
from geo.network.transfer import Carrier

from .tree import grow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

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
    """A step from one state to another; the weight of its link is its cost."""

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
        All arcs; hubs included, which let a route begin and end in any carrier.
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
        """Return the tree of shortest paths from states, or to them; parameters as of `grow`."""
        return grow(self.incoming if backward else self.outgoing, weights, sources, targets, limit)

    def of_arcs(self, weights: Weights) -> Weights:
        """Return the weight of each arc."""
        return [weights[link] for _, _, link in self.arcs]

    def passing(self, ahead: Tree, back: Tree, weights: Weights, limit: float) -> list[tuple[float, int]]:
        """Return the arcs on paths of a cost within a limit, with the cost of the best path through each."""
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
        """Return the state in which a route begins; None where the rails lack the requested gauge.

        A place without rails begins with its own carriers.
        """
        place = self.places[node_id]
        if gauge_mm is None or not any(carrier.mode == "rail" for carrier in place.arrived):
            return place.start
        return place.arrived.get(Carrier("rail", gauge_mm))

    def end(self, node_id: str) -> int:
        """Return the state in which a route ends."""
        return self.places[node_id].end
