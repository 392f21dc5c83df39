"""States and arcs of a network in columns: the same as those of objects, worked out for all places at once.

Such a network has no transfers: a load changes its carrier wherever two of them meet, as in any network of which no
transfer is known.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.network.rows import Made
from geo.network.table import UNITS
from geo.network.transfer import Carrier

from .states import Arc, StatesAtNode, Topology
from .table_tree import Costs, Graph

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.geodesic._engine import FloatArray
    from geo.lonlat import LonLat
    from geo.network.edge import Node
    from geo.network.table import EdgeTable, NodeTable

    from .tree import Tree, Weights

    Numbers = NDArray[np.int32]

_SEVERAL = 2
_NONE = -1
_SMALL = 2_000  # arcs: up to here a search that stops at its goal beats one over arrays


class TableTopology(Topology):
    """States and arcs of a table of edges.

    Attributes
    ----------
    table
        The edges.
    tails, heads, arc_links
        The arcs as columns.
    node_of, carrier_of
        Of each state the row of its node, and the number of its carrier in `kinds`; -1 where it is a hub.
    """

    def __init__(self, table: EdgeTable) -> None:
        self.table = table
        self.nodes: NodeTable = table.nodes
        self.edges = table
        self.transfers, self.crossings = [], {}
        self.is_free = True
        self._set_links()
        self._rails = tuple(Carrier("rail", gauge) for gauge in table.gauges_mm) or (Carrier("rail"),)
        self._of_edge = {}
        of_profile = [self.carriers_of(profile) for profile in table.profiles]
        self.kinds = sorted({carrier for profile in table.used for carrier in self.carriers_of(profile)})
        self._runs = np.array([[kind in carriers for kind in self.kinds] for carriers in of_profile], dtype=bool)
        self._add_states()
        empty = (np.empty(0, dtype=np.int32),) * 3
        parts = [empty, *self._hubs(), *self._runs_of_edges(), *self._changes()]
        self.tails, self.heads, self.arc_links = (np.concatenate(column) for column in zip(*parts, strict=True))
        self.state_nodes = Made(lambda state: table.nodes[int(self.node_of[state])], len(self.node_of))
        self.carriers = Made(self._carrier, len(self.node_of))
        self.arcs = Made(self._arc, len(self.tails))
        self.places = _Places(self)
        self._kept: tuple[Weights, bool, Graph] | None = None

    def columns(self) -> tuple[Numbers, Numbers, Numbers]:
        """Return tails, heads and links of all arcs."""
        return self.tails, self.heads, self.arc_links

    def state_positions(self) -> FloatArray:
        """Return longitude and latitude of each state, shape (n, 2)."""
        return np.asarray(self.nodes.positions[self.node_of] / UNITS)

    def tree(
        self,
        weights: Weights,
        sources: Mapping[int, float],
        targets: Collection[int] = (),
        *,
        limit: float = math.inf,
        backward: bool = False,
    ) -> Tree:
        """Return the tree of shortest paths; arrays do not pay on a small network."""
        if len(self.tails) <= _SMALL:
            return super().tree(weights, sources, targets, limit=limit, backward=backward)
        return self._graph(weights, backward=backward).tree(sources, limit)

    def _graph(self, weights: Weights, *, backward: bool = False) -> Graph:
        """Return the arcs in order; those of the last weights are kept."""
        kept = self._kept
        if kept is not None and kept[0] is weights and kept[1] == backward:
            return kept[2]
        ends = (self.heads, self.tails) if backward else (self.tails, self.heads)
        graph = Graph(*ends, self.of_arcs(weights), len(self.node_of))
        self._kept = (weights, backward, graph)
        return graph

    def of_arcs(self, weights: Weights) -> FloatArray:
        """Return the weight of each arc."""
        return np.asarray(np.asarray(weights)[self.arc_links])

    def passing(self, ahead: Tree, back: Tree, weights: Weights, limit: float) -> list[tuple[float, int]]:
        """Return the arcs on paths of a cost within a limit, with the cost of the best path through each."""
        to_tail, from_head = (_column(tree.costs, len(self.node_of)) for tree in (ahead, back))
        costs = to_tail[self.tails] + self.of_arcs(weights) + from_head[self.heads]
        arcs = np.flatnonzero(costs <= limit)
        return list(zip(costs[arcs].tolist(), arcs.tolist(), strict=True))

    def parts(self, weights: Weights) -> Sequence[int]:
        """Return for each state the number of its part."""
        return self._graph(weights).parts()  # type: ignore[return-value]  # numbers of numpy compare as numbers

    def farthest(self, weights: Weights) -> float:
        """Return the cost to the farthest state from one state of each part, in either direction."""
        return max(self._graph(weights, backward=backward).farthest() for backward in (True, False))

    def nearest(self, costs: Mapping[int, float], lonlat: LonLat) -> tuple[Node, float, int]:
        """Return of the nodes reached the one nearest to a position, its distance in metres, and how many they are."""
        among = np.zeros(len(self.nodes), dtype=bool)
        among[self.node_of[_column(costs, len(self.node_of)) < math.inf]] = True
        row, metres = self.table.nodes.nearest(lonlat, among)
        return self.nodes[row], metres, int(among.sum())

    def _carrier(self, state: int) -> Carrier | None:
        number = int(self.carrier_of[state])
        return self.kinds[number] if number >= 0 else None

    def _arc(self, number: int) -> Arc:
        return Arc(int(self.tails[number]), int(self.heads[number]), int(self.arc_links[number]))

    @cached_property
    def outgoing(self) -> Sequence[list[tuple[int, int, int]]]:
        """Arcs that leave each state, as (head, link, number of the arc)."""
        return _lists(self.tails, self.heads, self.arc_links, len(self.node_of))

    @cached_property
    def incoming(self) -> Sequence[list[tuple[int, int, int]]]:
        """Arcs that reach each state, as (tail, link, number of the arc)."""
        return _lists(self.heads, self.tails, self.arc_links, len(self.node_of))

    @cached_property
    def arc_heads(self) -> Sequence[str]:
        """Id of the node that each arc leads to."""
        return Made(lambda arc: self.nodes.id(int(self.node_of[self.heads[arc]])), len(self.heads))

    @cached_property
    def arc_ids(self) -> Sequence[str]:
        """Id of the edge of each arc; empty for a change of carrier."""
        count = len(self.table)
        return Made(
            lambda arc: self.table.id(int(self.arc_links[arc])) if self.arc_links[arc] < count else "", len(self.heads)
        )

    def _add_states(self) -> None:
        """Make the states: of each node one a carrier, then the hubs, then those of goods that came from a wagon."""
        table, kinds = self.table, self.kinds
        offered = np.zeros((len(table.nodes), max(len(kinds), 1)), dtype=bool)
        for number in range(len(kinds)):
            runs = self._runs[:, number][table.profile]
            offered[table.from_node[runs], number] = True
            offered[table.to_node[runs], number] = True
        count = offered.sum(axis=1)
        offered[count == 0, 0] = True  # a node without edges is a place all the same
        nodes, carriers = np.nonzero(offered)
        self.arrived = np.full(offered.shape, _NONE, dtype=np.int32)
        self.arrived[nodes, carriers] = np.arange(len(nodes), dtype=np.int32)
        several = np.flatnonzero(count >= _SEVERAL).astype(np.int32)
        is_rail = np.array([kind.mode == "rail" for kind in kinds] or [False])
        mixed = np.flatnonzero((offered[:, is_rail].sum(axis=1) >= _SEVERAL) & offered[:, ~is_rail].any(axis=1))
        loaded_at, loaded_in = np.nonzero(offered[mixed] & ~is_rail)
        hubs = len(nodes)
        self.hub_of = np.full(len(table.nodes), _NONE, dtype=np.int32)
        self.hub_of[several] = hubs + np.arange(len(several), dtype=np.int32) * 2
        self.mixed = mixed
        self.loaded = np.full((len(mixed), max(len(kinds), 1)), _NONE, dtype=np.int32)
        first = hubs + 2 * len(several)
        self.loaded[loaded_at, loaded_in] = np.arange(first, first + len(loaded_at), dtype=np.int32)
        self.node_of: Numbers = np.concatenate([nodes, np.repeat(several, 2), mixed[loaded_at]]).astype(np.int32)
        hub_carriers = np.full(2 * len(several), _NONE)
        self.carrier_of: Numbers = np.concatenate([carriers, hub_carriers, loaded_in]).astype(np.int32)
        self.carrier_of[np.flatnonzero(count[nodes] == 0)] = _NONE
        self._several = several

    def _hubs(self) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
        """Arcs by which a route begins and ends in any carrier, where there are several."""
        start = self.hub_of[self._several]
        for number, kind in enumerate(self.kinds):
            states = self.arrived[self._several, number]
            exists = states >= 0
            link = self.wagon_hub if kind.mode == "rail" else self.hub
            yield _arcs(start[exists], states[exists], link)
            yield _arcs(states[exists], start[exists] + 1, link)
            states = self.loaded[:, number]
            exists = states >= 0
            yield _arcs(states[exists], self.hub_of[self.mixed[exists]] + 1, link)

    def _runs_of_edges(self) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
        table = self.table
        one_way = np.array([profile.one_way for profile in table.profiles], dtype=bool)[table.profile]
        for number, kind in enumerate(self.kinds):
            runs = self._runs[:, number][table.profile]
            loaded = None
            if kind.mode != "rail" and len(self.mixed):
                loaded = np.full(len(table.nodes), _NONE, dtype=np.int32)
                loaded[self.mixed] = self.loaded[:, number]
            for tail, head, chosen in (
                (table.from_node, table.to_node, runs),
                (table.to_node, table.from_node, runs & ~one_way),
            ):
                links = np.flatnonzero(chosen).astype(np.int32)
                goals = self.arrived[head[links], number]
                yield self.arrived[tail[links], number], goals, links
                if loaded is not None:
                    states = loaded[tail[links]]
                    yield states[states >= 0], goals[states >= 0], links[states >= 0]

    def _changes(self) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
        """Arcs between carriers that meet; as `StatesAtNode.changes` has them."""
        loaded = np.full((len(self._several), len(self.kinds)), _NONE, dtype=np.int32)
        loaded[np.searchsorted(self._several, self.mixed)] = self.loaded[:, : len(self.kinds)]
        states = self.arrived[self._several]
        for a, before in enumerate(self.kinds):
            for b, after in enumerate(self.kinds):
                if a == b:
                    continue
                link = self.gauge_change if before.mode == after.mode == "rail" else self.free_change
                both = (states[:, a] >= 0) & (states[:, b] >= 0)
                goals = states[:, b]
                if before.mode == "rail":
                    goals = np.where(loaded[:, b] >= 0, loaded[:, b], goals)
                yield _arcs(states[both, a], goals[both], link)
                if before.mode != "rail" and after.mode != "rail":
                    both_loaded = both & (loaded[:, a] >= 0)
                    yield _arcs(loaded[both_loaded, a], loaded[both_loaded, b], link)


class _Places(Mapping[str, StatesAtNode]):
    """The states at each node, by its id."""

    def __init__(self, topology: TableTopology) -> None:
        self._topology = topology

    def __getitem__(self, node_id: str) -> StatesAtNode:
        topology = self._topology
        row = topology.nodes.find(node_id)
        if row is None:
            raise KeyError(node_id)
        place = StatesAtNode()
        states = topology.arrived[row].tolist()
        if topology.carriers[max(states)] is not None:
            place.arrived = {kind: state for kind, state in zip(topology.kinds, states, strict=True) if state >= 0}
        hub = int(topology.hub_of[row])
        place.start, place.end = (hub, hub + 1) if hub >= 0 else (max(states), max(states))
        mixed = int(np.searchsorted(topology.mixed, row))
        if mixed < len(topology.mixed) and topology.mixed[mixed] == row:
            loaded = topology.loaded[mixed].tolist()
            place.loaded = {kind: state for kind, state in zip(topology.kinds, loaded, strict=True) if state >= 0}
        return place

    def __iter__(self) -> Iterator[str]:
        return (self._topology.nodes.id(row) for row in range(len(self)))

    def __len__(self) -> int:
        return len(self._topology.nodes)


def _column(costs: Mapping[int, float], size: int) -> FloatArray:
    """Return costs as a column, infinite where a state was not reached."""
    if isinstance(costs, Costs):
        return costs.array
    column = np.full(size, math.inf)
    column[list(costs)] = list(costs.values())
    return column


def _lists(ends: Numbers, others: Numbers, links: Numbers, count: int) -> Made[list[tuple[int, int, int]]]:
    """Return of each state its arcs, found by their order."""
    order = np.argsort(ends, kind="stable")
    begin = np.searchsorted(ends[order], np.arange(count + 1))

    def row(state: int) -> list[tuple[int, int, int]]:
        arcs = order[begin[state] : begin[state + 1]]
        return list(zip(others[arcs].tolist(), links[arcs].tolist(), arcs.tolist(), strict=True))

    return Made(row, count)


def _arcs(tails: Numbers, heads: Numbers, link: int) -> tuple[Numbers, Numbers, Numbers]:
    return tails, heads, np.full(len(tails), link, dtype=np.int32)
