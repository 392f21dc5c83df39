"""Trees of shortest paths over arcs in columns, with scipy, which this module alone imports."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from .tree import Tree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.geodesic._engine import FloatArray

    Numbers = NDArray[np.int32]


class Costs(Mapping[int, float]):
    """The least cost of each state that was reached."""

    def __init__(self, costs: FloatArray) -> None:
        self.array = costs

    def __getitem__(self, state: int) -> float:
        """Return the cost of a state."""
        if state not in self:
            raise KeyError(state)
        return float(self.array[state])

    def __contains__(self, state: object) -> bool:
        """Tell whether a state was reached."""
        return isinstance(state, int) and 0 <= state < len(self.array) and self.array[state] < math.inf

    def __iter__(self) -> Iterator[int]:
        """Iterate over the states reached."""
        return iter(self.states.tolist())

    def __len__(self) -> int:
        """Count them."""
        return len(self.states)

    @property
    def states(self) -> NDArray[np.int64]:
        """The states reached."""
        return np.asarray(np.flatnonzero(self.array < math.inf))


class _Steps(Mapping[int, int]):
    """The arc that leads to each state, computed on first use."""

    def __init__(self, graph: Graph, before: Numbers) -> None:
        self._graph, self._before = graph, before

    def __getitem__(self, state: int) -> int:
        before = int(self._before[state])
        if before < 0 or before >= self._graph.size:
            raise KeyError(state)
        return self._graph.arc(before, state)

    def __iter__(self) -> Iterator[int]:
        return iter(np.flatnonzero((self._before >= 0) & (self._before < self._graph.size)).tolist())

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Graph:
    """Arcs in order of the states that they leave, without those that are closed.

    Parameters
    ----------
    tails, heads
        States of each arc.
    weights
        Of each arc; infinite where it is closed.
    size
        Number of states.
    """

    def __init__(self, tails: Numbers, heads: Numbers, weights: FloatArray, size: int) -> None:
        opened = np.flatnonzero(weights < math.inf)
        self.size = size
        self._arcs = opened[np.argsort(tails[opened], kind="stable")]
        self._heads, self._weights = heads[self._arcs], weights[self._arcs]
        counts = np.bincount(tails[self._arcs], minlength=size)
        self._begin = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32 if len(weights) < 2**31 else np.int64)

    def arc(self, tail: int, head: int) -> int:
        """Return the cheapest arc between two states, of equals the first."""
        row = slice(int(self._begin[tail]), int(self._begin[tail + 1]))
        near = np.flatnonzero(self._heads[row] == head)
        return int(self._arcs[row][near[np.argmin(self._weights[row][near])]])

    def tree(self, sources: Mapping[int, float], limit: float) -> Tree:
        """Return the tree of shortest paths from states with a cost each to start from."""
        if not sources:
            return Tree({}, {})
        if len(sources) == 1:
            ((source, cost),) = sources.items()
            costs, before = dijkstra(self._matrix(), indices=source, return_predecessors=True, limit=limit - cost)
            return Tree(Costs(costs + cost), _Steps(self, before))
        matrix = self._matrix(sources)
        costs, before = dijkstra(matrix, indices=self.size, return_predecessors=True, limit=limit)
        return Tree(Costs(costs[:-1]), _Steps(self, before[:-1]))

    def farthest(self) -> float:
        """Return the cost to the farthest state from one state of each part."""
        _, parts = connected_components(self._matrix(), directed=True, connection="weak")
        _, roots = np.unique(parts, return_index=True)
        costs = dijkstra(self._matrix(), indices=roots, min_only=True)
        return float(costs[costs < math.inf].max(initial=0.0))

    def parts(self) -> Numbers:
        """Return the number of the part of each state: no path leads from one part to another."""
        _, parts = connected_components(self._matrix(), directed=True, connection="weak")
        return np.asarray(parts)

    def _matrix(self, sources: Mapping[int, float] | None = None) -> csr_array:
        if sources is None:
            return csr_array((self._weights, self._heads, self._begin), shape=(self.size, self.size))
        # A state more, from which arcs lead to all sources.
        weights = np.concatenate([self._weights, list(sources.values())])
        heads = np.concatenate([self._heads, np.array(list(sources), dtype=self._heads.dtype)])
        begin = np.append(self._begin, self._begin.dtype.type(len(weights)))
        return csr_array((weights, heads, begin), shape=(self.size + 1, self.size + 1))
