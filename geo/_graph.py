"""The compiled form of a network: the one place that knows rustworkx."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .edge import Edge


class Graph:
    """Edges compiled for shortest ways; of parallel edges only the shortest counts.

    Nodes and edges go in sorted, so that ties fall the same way whatever the order in
    which they were given.
    """

    __slots__ = ("_best", "_graph", "_ids", "_index")

    def __init__(self, node_ids: Iterable[str], edges: Iterable[Edge]) -> None:
        import rustworkx  # 40 ms; only routing pays for it

        self._best: dict[tuple[str, str], Edge] = {}
        for edge in sorted(edges, key=lambda edge: (edge.length_m, edge.id)):
            self._best.setdefault(edge.ends, edge)
        self._ids = sorted(node_ids)
        self._index = {node_id: index for index, node_id in enumerate(self._ids)}
        self._graph: rustworkx.PyGraph[str, float] = rustworkx.PyGraph()
        self._graph.add_nodes_from(self._ids)
        self._graph.add_edges_from(
            [(self._index[low], self._index[high], edge.length_m) for (low, high), edge in self._best.items()]
        )

    def path(self, start: str, end: str) -> list[Edge] | None:
        """Return the edges of the shortest way in order, or None where there is none."""
        from rustworkx import dijkstra_shortest_paths

        source, target = self._index[start], self._index[end]
        found = dijkstra_shortest_paths(self._graph, source, target, weight_fn=float)
        if target not in found:
            return None
        ids = [self._ids[index] for index in found[target]]
        return [self._best[min(a, b), max(a, b)] for a, b in pairwise(ids)]

    def lengths(self, start: str) -> dict[str, float]:
        """Return the metres of the shortest way to every node that can be reached, the start included."""
        from rustworkx import dijkstra_shortest_path_lengths

        source = self._index[start]
        found = dijkstra_shortest_path_lengths(self._graph, source, float)
        return {start: 0.0} | {self._ids[index]: float(metres) for index, metres in found.items()}

    def reachable(self, start: str) -> frozenset[str]:
        """Return the ids of all nodes that can be reached, the start included."""
        from rustworkx import node_connected_component

        found = node_connected_component(self._graph, self._index[start])
        return frozenset(self._ids[index] for index in found)
