"""Shortest paths by customizable contraction hierarchies; the only module that imports pyroutingkit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from ._dijkstra import Search, Section, grow
from ._options import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyroutingkit import CCHMetric, CCHTopology

    from geo.geodesic._engine import FloatArray

    from ._options import WeightKey
    from ._states import Arc, Topology
    from ._weights import Weighing

_INF: Final = 2**31 - 1  # of the engine: what costs as much is closed
_MARGIN: Final = 1.01
_SEVERAL_CARRIERS: Final = 4  # a way may pass an edge again in another carrier


class Hierarchy:
    """A topology in contracted form; built once, then weighted at will."""

    def __init__(self, topology: Topology) -> None:
        import numpy as np
        from pyroutingkit import CCHTopology

        self.topology = topology
        self._units: dict[object, float] = {}
        self._spanning: list[Arc] | None = None
        arcs = np.array(topology.arcs, dtype=np.uint32).reshape(-1, 3)
        self.links = arcs[:, 2].astype(np.intp)
        lonlats = np.array(
            [(node.lonlat.lon, node.lonlat.lat) for node in topology.state_nodes], dtype=np.float32
        ).reshape(-1, 2)
        self.contracted: CCHTopology = CCHTopology()
        self.contracted.build(
            np.ascontiguousarray(arcs[:, 0]),
            np.ascontiguousarray(arcs[:, 1]),
            np.ascontiguousarray(lonlats[:, 1]),
            np.ascontiguousarray(lonlats[:, 0]),
            len(topology.state_nodes),
        )

    def search(self, weighing: Weighing, options: WeightKey) -> CchSearch:
        """Return the search under some options."""
        unit_key = options.cost, options.load
        if unit_key not in self._units:
            weights = weighing.base(options)
            if not self._units:  # the shortest ways span the network for every cost, whichever is asked for first
                self._spanning = _spanning(self.topology, weighing.base(DEFAULT.weight_key))
            longest = _longest_way(self._spanning, weights, len(self.topology.state_nodes)) + _standing(
                self.topology, weights
            )
            self._units[unit_key] = longest * _MARGIN / _INF or 1.0
        return CchSearch(self, weighing.weights(options), self._units[unit_key])


class CchSearch(Search):
    """Shortest ways over a hierarchy customized to one set of weights.

    Notes
    -----
    The engine counts in whole units of 31 bits. The unit is the finest with which no way of the
    network overflows while everything is open; the cost of a way is summed again from exact
    weights. Closed edges may lengthen a way beyond that, so what seems out of reach is searched
    once more without the engine.
    """

    name = "cch"

    def __init__(self, hierarchy: Hierarchy, weights: list[float], unit: float) -> None:
        import numpy as np
        from pyroutingkit import CCHMetric

        super().__init__(hierarchy.topology, weights)
        exact = np.array(weights)
        self.unit = unit
        units = np.minimum(np.rint(exact / unit), _INF)
        # a change of carrier for nothing still loses against none
        changes = slice(len(self.topology.edges), None)
        units[changes] = np.maximum(units[changes], 1)
        units[self.topology.hub] = 0
        self._metric: CCHMetric = CCHMetric(hierarchy.contracted)
        self._metric.customize(units.astype(np.uint32)[hierarchy.links])

    def way(self, source: int, target: int) -> list[int] | None:
        """Return the arcs of the best way, None where there is none."""
        cost, _, arcs = self._metric.query(source, target)
        return super().way(source, target) if cost >= _INF else arcs

    def sections(self, sources: Mapping[int, float], targets: Sequence[int]) -> dict[int, Section]:
        """Return the best way to each target that can be reached, whatever source it leaves."""
        sections: dict[int, Section] = {}
        weights = self.arc_weights
        for source, before in sources.items():
            for target in targets:
                cost, _, arcs = self._metric.query(source, target)
                if cost >= _INF:
                    return super().sections(sources, targets)
                cost = before + math.fsum([weights[arc] for arc in arcs])
                if target not in sections or cost < sections[target].cost:
                    sections[target] = Section(cost, source, arcs)
        return sections

    def table(self, sources: Sequence[int], targets: Sequence[int]) -> FloatArray:
        """Return the least cost from each source to each target, exact to a unit for each edge of the way."""
        import numpy as np

        if not (len(sources) and len(targets)):
            return np.empty((len(sources), len(targets)))
        starts, goals = (np.array(states, dtype=np.uint32) for states in (sources, targets))
        counted = self._metric.distances_many_to_many(starts, goals).reshape(len(starts), len(goals))
        table = np.where(counted >= _INF, math.inf, counted * self.unit)
        parts = _parts(self.topology, self.weights) if (counted >= _INF).any() else []
        for row in np.flatnonzero((counted >= _INF).any(axis=1)).tolist():
            own = parts[sources[row]]
            columns = [
                column for column in np.flatnonzero(counted[row] >= _INF).tolist() if parts[targets[column]] == own
            ]
            if columns:
                costs = self.costs(sources[row])
                table[row, columns] = [costs.get(targets[column], math.inf) for column in columns]
        return table


def _parts(topology: Topology, weights: list[float]) -> list[int]:
    """Return for each state the first one of its part of the network."""
    parts = list(range(len(topology.state_nodes)))

    def first(state: int) -> int:
        while parts[state] != state:
            parts[state] = parts[parts[state]]
            state = parts[state]
        return state

    for tail, head, link in topology.arcs:
        if weights[link] < math.inf:
            one, other = first(tail), first(head)
            parts[max(one, other)] = min(one, other)
    return [first(state) for state in parts]


def _spanning(topology: Topology, weights: list[float]) -> list[Arc] | None:
    """Return arcs that lead to every state from the first one of its part, in the order of the way; None where there are none.

    A transfer that leads one way spoils that.
    """
    if any(not transfer.both_ways for transfer in topology.transfers):
        return None
    arcs: list[Arc] = []
    seen: set[int] = set()
    for state, carrier in enumerate(topology.carriers):
        if carrier is not None and state not in seen:  # hubs are dead ends
            tree = grow(topology.outgoing, weights, {state: 0.0})
            arcs += [topology.arcs[tree.arcs[head]] for head in tree.costs if head in tree.arcs]
            seen |= tree.costs.keys()
    return arcs


def _standing(topology: Topology, weights: list[float]) -> float:
    """Return what reversals, and loading at both ends, may add to a path in the direction that no arc spans."""
    links = range(len(topology.edges), topology.hub)
    transfers = list(zip(links, topology.transfers, strict=True))
    reversals = math.fsum(2 * weights[link] for link, transfer in transfers if transfer.kind == "reversal")
    quays = [weights[link] for link, transfer in transfers if transfer.quay_carrier is not None]
    return reversals + 2 * max([weights[topology.wagon_hub], *quays])


def _longest_way(spanning: list[Arc] | None, weights: list[float], size: int) -> float:
    """Return what no shortest way exceeds.

    Where every arc has its way back, no two states of a part lie farther apart than twice the
    farthest state along the arcs that span it. Without these the sum of all weights must do.
    """
    if spanning is None:
        return math.fsum(weight for weight in weights if weight < math.inf) * _SEVERAL_CARRIERS
    costs = [0.0] * size
    for tail, head, link in spanning:
        costs[head] = costs[tail] + weights[link]
    return 2 * max(costs)
