"""Shortest paths by customizable contraction hierarchies; the only module that imports pyroutingkit."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.errors import InvalidNetworkError

from ._dijkstra import Search, Section
from ._options import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyroutingkit import CCHMetric, CCHTopology

    from geo.geodesic._engine import FloatArray

    from ._options import WeightKey
    from .graph.states import Arc, Topology
    from .graph.tree import Weights
    from .graph.weights import Weighing

_INF: Final = 2**31 - 1  # of the engine: what costs as much is closed
_MARGIN: Final = 1.01
_SEVERAL_CARRIERS: Final = 4  # a path may pass an edge again in another carrier


class Hierarchy:
    """A topology in contracted form; built once, then weighted at will."""

    def __init__(self, topology: Topology, saved: str | None = None) -> None:
        import numpy as np
        from pyroutingkit import CCHTopology

        self.topology = topology
        self._units: dict[object, float] = {}
        self._spanning: list[Arc] | None = None
        tails, heads, links = topology.columns()
        self.links = links.astype(np.intp)
        self.contracted: CCHTopology = CCHTopology()
        if saved is not None:
            self._load(saved)
            return
        lons, lats = np.ascontiguousarray(topology.state_positions().T, dtype=np.float32)
        self.contracted.build(tails.astype(np.uint32), heads.astype(np.uint32), lats, lons, len(topology.state_nodes))

    def _load(self, saved: str) -> None:
        try:
            self.contracted.load(saved)
        except RuntimeError as error:
            raise InvalidNetworkError(f"{saved} holds no contracted network: {error}; contract it again") from None
        if (self.contracted.node_count, self.contracted.arc_count) != (len(self.topology.state_nodes), len(self.links)):
            raise InvalidNetworkError(f"{saved} is the contracted form of another network; contract it again")

    def save(self, path: str) -> None:
        """Write the contracted topology into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        self.contracted.save(path)

    def search(self, weighing: Weighing, options: WeightKey) -> CchSearch:
        """Return the search under some options."""
        unit_key = options.cost, options.load
        if unit_key not in self._units:
            weights = weighing.base(options)
            longest = self._longest(weighing, weights)
            self._units[unit_key] = longest * _MARGIN / _INF or 1.0
        return CchSearch(self, weighing.weights(options), self._units[unit_key])

    def _longest(self, weighing: Weighing, weights: Weights) -> float:
        """Return a bound that hardly any shortest path exceeds; one that does is searched without the engine."""
        topology = self.topology
        farthest = topology.farthest(weights)
        if farthest is not None:
            return 2 * farthest
        if not self._units:  # spanned by default weights, so that the unit does not depend on the first cost asked for
            self._spanning = _spanning(topology, weighing.base(DEFAULT.weight_key))
        return _longest_path(self._spanning, weights, len(topology.state_nodes)) + _standing(topology, weights)


class CchSearch(Search):
    """Shortest paths over a hierarchy customized to one set of weights.

    Notes
    -----
    The engine counts in whole units of 31 bits. The unit is the finest with which no path of the
    network overflows while everything is open; the cost of a path is summed again from exact
    weights. Closed edges may lengthen a path beyond that, so what seems out of reach is searched
    once more without the engine.
    """

    name = "cch"

    def __init__(self, hierarchy: Hierarchy, weights: Weights, unit: float) -> None:
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
        """Return the arcs of the best path, None where there is none."""
        cost, _, arcs = self._metric.query(source, target)
        if cost < _INF:
            return list(arcs)
        return super().way(source, target) if self.parts[source] == self.parts[target] else None

    def sections(self, sources: Mapping[int, float], targets: Sequence[int]) -> dict[int, Section]:
        """Return the best path to each target that can be reached, from any source."""
        sections: dict[int, Section] = {}
        weights = self.arc_weights
        for source, before in sources.items():
            for target in targets:
                cost, _, arcs = self._metric.query(source, target)
                if cost >= _INF:
                    if self.parts[source] != self.parts[target]:
                        continue
                    return super().sections(sources, targets)
                cost = before + math.fsum([weights[arc] for arc in arcs])
                if target not in sections or cost < sections[target].cost:
                    sections[target] = Section(cost, source, arcs)
        return sections

    def table(self, sources: Sequence[int], targets: Sequence[int]) -> FloatArray:
        """Return the least cost from each source to each target, exact to a unit for each edge of the path."""
        import numpy as np

        if not (len(sources) and len(targets)):
            return np.empty((len(sources), len(targets)))
        starts, goals = (np.array(states, dtype=np.uint32) for states in (sources, targets))
        counted = self._metric.distances_many_to_many(starts, goals).reshape(len(starts), len(goals))
        table = np.where(counted >= _INF, math.inf, counted * self.unit)
        parts = self.parts if (counted >= _INF).any() else []
        for row in np.flatnonzero((counted >= _INF).any(axis=1)).tolist():
            part = parts[sources[row]]
            columns = [
                column for column in np.flatnonzero(counted[row] >= _INF).tolist() if parts[targets[column]] == part
            ]
            if columns:
                costs = self.costs(sources[row])
                table[row, columns] = [costs.get(targets[column], math.inf) for column in columns]
        return table


def _spanning(topology: Topology, weights: Weights) -> list[Arc] | None:
    """Return arcs that lead to every state from the first one of its part, in order of travel; None where there are none.

    There are none where a transfer or an edge leads in one direction only.
    """
    if any(not transfer.both_ways for transfer in topology.transfers) or any(edge.one_way for edge in topology.edges):
        return None
    arcs: list[Arc] = []
    seen: set[int] = set()
    for state, carrier in enumerate(topology.carriers):
        if carrier is not None and state not in seen:  # hubs are dead ends
            tree = topology.tree(weights, {state: 0.0})
            arcs += [topology.arcs[tree.arcs[head]] for head in tree.costs if head in tree.arcs]
            seen |= tree.costs.keys()
    return arcs


def _standing(topology: Topology, weights: Weights) -> float:
    """Return what reversals, and loading at both ends, may add to a path in the direction that no arc spans."""
    links = range(len(topology.edges), topology.hub)
    transfers = list(zip(links, topology.transfers, strict=True))
    reversals = math.fsum(2 * weights[link] for link, transfer in transfers if transfer.kind == "reversal")
    quays = [weights[link] for link, transfer in transfers if transfer.quay_carrier is not None]
    return reversals + 2 * max([weights[topology.wagon_hub], *quays])


def _longest_path(spanning: list[Arc] | None, weights: Weights, size: int) -> float:
    """Return an upper bound of the cost of any shortest path.

    Where every arc has one back, no two states of a part lie farther apart than twice the
    farthest state along the arcs that span it. Otherwise the bound is the sum of all weights.
    """
    if spanning is None:
        return math.fsum(weight for weight in weights if weight < math.inf) * _SEVERAL_CARRIERS
    costs = [0.0] * size
    for tail, head, link in spanning:
        costs[head] = costs[tail] + weights[link]
    return 2 * max(costs)
