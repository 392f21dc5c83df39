"""Shortest paths over states by Dijkstra's algorithm; of objects, with the standard library alone.

Own code: rustworkx neither starts from several states with costs of their own nor stops once several targets are settled, and
its import takes longer than a query. It serves large tables.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.geodesic._engine import FloatArray

    from .graph.states import Topology
    from .graph.tree import Tree, Weights

_LARGE = 200_000  # arcs times origins: from here on rustworkx earns its import


class Section(NamedTuple):
    """The best path into one state: its cost from the start, the state it left, its arcs."""

    cost: float
    source: int
    arcs: list[int]


def trace(topology: Topology, tree: Tree, target: int) -> tuple[int, list[int]]:
    """Return the first state, and the arcs from there to the target."""
    arcs: list[int] = []
    state = target
    while state in tree.arcs:
        arcs.append(tree.arcs[state])
        state = topology.arcs[arcs[-1]].tail
    arcs.reverse()
    return state, arcs


class Search:
    """Shortest paths under one set of weights, each searched again."""

    name = "dijkstra"

    def __init__(self, topology: Topology, weights: Weights) -> None:
        self.topology = topology
        self.weights = weights

    def sections(self, sources: Mapping[int, float], targets: Sequence[int]) -> dict[int, Section]:
        """Return the best path to each target that can be reached, from any source."""
        tree = self.topology.tree(self.weights, sources, targets)
        ends = [target for target in targets if target in tree.costs]
        return {end: Section(tree.costs[end], *trace(self.topology, tree, end)) for end in ends}

    @cached_property
    def arc_weights(self) -> Weights:
        """Exact weight of each arc."""
        return self.topology.of_arcs(self.weights)

    def way(self, source: int, target: int) -> list[int] | None:
        """Return the arcs of the best path, None where there is none."""
        section = self.sections({source: 0.0}, [target]).get(target)
        return None if section is None else section.arcs

    def costs(self, source: int, limit: float = math.inf) -> Mapping[int, float]:
        """Return the least cost of every state that can be reached within a limit."""
        return self.topology.tree(self.weights, {source: 0.0}, limit=limit).costs

    def table(self, sources: Sequence[int], targets: Sequence[int]) -> FloatArray:
        """Return the least cost from each source to each target."""
        import numpy as np

        table = np.full((len(sources), len(targets)), math.inf)
        starts = sorted(set(sources))
        is_large = len(starts) * len(self.topology.arcs) > _LARGE and isinstance(self.weights, list)
        costs_of: Callable[[int], Mapping[int, float]] = _rust(self.topology, self.weights) if is_large else self.costs
        for start in starts:
            costs = costs_of(start)
            row = [costs.get(target, math.inf) for target in targets]
            for number, source in enumerate(sources):
                if source == start:
                    table[number] = row
        return table

    @cached_property
    def parts(self) -> Sequence[int]:
        """Number of the part of the network of each state: no path leads from one part to another."""
        return self.topology.parts(self.weights)


def _rust(topology: Topology, weights: Weights) -> Callable[[int], Mapping[int, float]]:
    """Return the costs from a state as rustworkx finds them: several times faster on large graphs."""
    import rustworkx

    graph: rustworkx.PyDiGraph[None, float] = rustworkx.PyDiGraph()
    graph.add_nodes_from([None] * len(topology.state_nodes))
    graph.add_edges_from(
        [(tail, head, weights[link]) for tail, head, link in topology.arcs if weights[link] < math.inf]
    )

    def costs(source: int) -> Mapping[int, float]:
        return {source: 0.0, **rustworkx.digraph_dijkstra_shortest_path_lengths(graph, source, float)}

    return costs
