"""Trees of shortest paths by Dijkstra's algorithm, with the standard library alone."""

from __future__ import annotations

import math
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geo.geodesic._engine import FloatArray

    Arcs: TypeAlias = Sequence[list[tuple[int, int, int]]]
    Weights: TypeAlias = list[float] | FloatArray


class Tree(NamedTuple):
    """Least cost of each state found, and the arc that leads to it."""

    costs: Mapping[int, float]
    arcs: Mapping[int, int]


def grow(
    arcs: Arcs,
    weights: Weights,
    sources: Mapping[int, float],
    targets: Collection[int] = (),
    limit: float = math.inf,
) -> Tree:
    """Return the tree of shortest paths; with targets, only until all of them are found.

    Parameters
    ----------
    arcs
        For each state (next state, link, number of the arc).
    weights
        For each link.
    sources
        What it costs to be in each first state.
    targets
        States that matter; none for all.
    limit
        What costs more is left out.
    """
    inf = math.inf
    best: dict[int, float] = dict(sources)
    costs: dict[int, float] = {}
    by: dict[int, int] = {}
    heap = sorted((cost, state) for state, cost in sources.items())
    left = set(targets)
    while heap:
        cost, state = heappop(heap)
        if state in costs:
            continue
        costs[state] = cost
        if state in left:
            left.remove(state)
            if not left:
                break
        for head, link, number in arcs[state]:
            reached = cost + weights[link]
            if reached < best.get(head, inf) and reached <= limit:
                best[head] = reached
                by[head] = number
                heappush(heap, (reached, head))
    return Tree(costs, by)
