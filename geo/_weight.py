"""What each link of a network costs under some options; infinite where it is closed."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from ._topology import Topology
from .edge import GEOMETRY_METHODS, MODES, STATUSES, did_you_mean
from .errors import InvalidOptionError
from .transfer import TRANSFER_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ._option import Options
    from .cost import CostModel, Speeds
    from .edge import Edge
    from .network import Network
    from .transfer import Transfer

Closure: TypeAlias = Literal["gauge", "mode", "avoided", "date"]

_KEPT: Final = 16
_TIE_H: Final = 1e-6  # metres that an hour counts among ways of one length: 0.1 mm in four days
_TIE: Final = 1e-8  # of any unit: a needless change of carrier loses against none
# vocabularies known to every network, whether it uses the word or not
_WORDS: Final = frozenset((*MODES, *TRANSFER_KINDS, *STATUSES, *GEOMETRY_METHODS))


class Weighing:
    """The topology of a network, and its weights for any options, the latest ones kept."""

    def __init__(self, network: Network) -> None:
        transfers = (*network.transfers, *network.withheld_transfers)
        self._withheld_ids = {edge.id for edge in network.withheld}
        self._withheld_transfer_ids = {transfer.id for transfer in network.withheld_transfers}
        self._speeds: Speeds = network.speeds
        edges = (*network.edges, *network.withheld)
        self.topology = Topology(network.nodes, edges, transfers, is_free=not transfers)
        self._base: dict[object, list[float]] = {}
        self._weights: dict[Options, list[float]] = {}

    def weights(self, options: Options) -> list[float]:
        """Return the weight of each link; not to be changed by the caller."""
        found = self._weights.pop(options, None)
        if found is None:
            found = self.base(options)[:]
            for links in self.closed(options).values():
                for link in links:
                    found[link] = math.inf
        self._weights[options] = found  # last used, last dropped
        if len(self._weights) > _KEPT:
            del self._weights[next(iter(self._weights))]
        return found

    def base(self, options: Options) -> list[float]:
        """Return the weight of each link with everything open."""
        key = options.cost
        if key not in self._base:
            self._base[key] = self._priced(options)
        return self._base[key]

    def closed(self, options: Options) -> dict[Closure, set[int]]:
        """Return the links that the options close, by what closes them."""
        found: dict[Closure, set[int]] = {"date": self._dated}
        if not options.bogie_change:
            found["gauge"] = self._changing_gauge
        if options.modes is not None:
            modes = set(options.modes)
            found["mode"] = {link for link, edge in enumerate(self.topology.edges) if edge.mode not in modes}
        if options.avoid:
            found["avoided"] = {link for word in options.avoid for link in self._links_of(word)}
        return found

    def edge_hours(self, edge: Edge) -> float:
        """Return the running time of an edge, without the checks on it."""
        return edge.hours if edge.hours is not None else self._speeds.hours(edge.mode, edge.length_m)

    def crossings(self, edge: Edge) -> Sequence[Transfer]:
        """Return the checks that a load passes on an edge."""
        return self.topology.crossings.get(edge.id, ())

    @cached_property
    def _dated(self) -> set[int]:
        topology = self.topology
        closed = set()
        for link, edge in enumerate(topology.edges):
            shut = any(one.id in self._withheld_transfer_ids for one in self.crossings(edge))
            if edge.id in self._withheld_ids or shut:
                closed.add(link)
        for link, transfer in enumerate(topology.transfers, len(topology.edges)):
            if transfer.id in self._withheld_transfer_ids:
                closed.add(link)
        return closed

    @cached_property
    def _changing_gauge(self) -> set[int]:
        transfers = enumerate(self.topology.transfers, len(self.topology.edges))
        return {self.topology.gauge_change} | {link for link, transfer in transfers if transfer.changes_gauge}

    def _priced(self, options: Options) -> list[float]:
        topology, model = self.topology, options.model
        edges = [(edge, self.edge_hours(edge), self._crossing_hours(edge)) for edge in topology.edges]
        handled = [transfer.charged_hours for transfer in topology.transfers]
        if options.cost == "distance":
            running = [edge.length_m + (hours + checks) * _TIE_H for edge, hours, checks in edges]
            changing = [hours * _TIE_H + _TIE for hours in handled]
        elif options.cost == "time":
            running = [hours + checks for _, hours, checks in edges]
            changing = [hours + _TIE for hours in handled]
        else:
            running = [generalized(model, edge, checks) for edge, _, checks in edges]
            changing = [hours * model.per_hour + _TIE for hours in handled]
        return [*running, *changing, 0.0, _TIE, _TIE]

    def _crossing_hours(self, edge: Edge) -> float:
        crossings = self.topology.crossings
        return sum(one.charged_hours for one in crossings.get(edge.id, ())) if crossings else 0.0

    def _links_of(self, word: str) -> Iterable[int]:
        found = self._words.get(word)
        if found is None and word not in _WORDS:
            known = (*self._words, *_WORDS)
            raise InvalidOptionError(
                "avoid takes countries, ids of edges, nodes and transfers, lines, modes, kinds and statuses, "
                f"got {word!r}, which the network lacks{did_you_mean(str(word), known)}"
            )
        return found or ()

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        """Links that answer to each word."""
        found: dict[str, list[int]] = {}
        countries = {node.id: node.country for node in self.topology.nodes}
        for node in countries:
            found[node] = []
        for link, edge in enumerate(self.topology.edges):
            ends = edge.from_node, edge.to_node
            words = {edge.id, edge.line, edge.mode, edge.status, edge.geometry_method, *ends, *edge.countries}
            words.update(countries[end] for end in ends)
            for crossing in self.crossings(edge):
                words.update((crossing.id, crossing.kind, crossing.status))
            for word in words:
                found.setdefault(word, []).append(link)
        for link, one in enumerate(self.topology.transfers, len(self.topology.edges)):
            for word in {one.id, one.kind, one.status, one.node_id, countries[one.node_id]}:
                found.setdefault(word, []).append(link)
        found.pop("", None)
        return found


def generalized(model: CostModel, edge: Edge, checks_h: float) -> float:
    """Return what an edge costs in kilometres of railway."""
    return edge.length_m / 1000.0 * model.rate(edge.mode) + checks_h * model.per_hour
