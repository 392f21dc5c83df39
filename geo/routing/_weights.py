"""What each link of a network costs under some options; infinite where it is closed."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from geo.errors import InvalidOptionError
from geo.network.edge import GEOMETRY_METHODS, MODES, STATUSES
from geo.network.transfer import TRANSFER_KINDS
from geo.spelling import did_you_mean

from ._states import Topology

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.network.cost import Speeds
    from geo.network.edge import Edge
    from geo.network.network import Network
    from geo.network.transfer import Transfer

    from ._options import Options

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
        self.steps: dict[int, list[Any]] = {}  # of `_assembly`
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
        withheld = self._withheld_transfer_ids
        shut = {id_ for id_, some in topology.crossings.items() if any(one.id in withheld for one in some)}
        for link, edge in enumerate(topology.edges):
            if edge.id in self._withheld_ids or edge.id in shut:
                closed.add(link)
        for link, transfer in enumerate(topology.transfers, len(topology.edges)):
            if transfer.id in withheld:
                closed.add(link)
        return closed

    @cached_property
    def _changing_gauge(self) -> set[int]:
        transfers = enumerate(self.topology.transfers, len(self.topology.edges))
        return {self.topology.gauge_change} | {link for link, transfer in transfers if transfer.changes_gauge}

    def _priced(self, options: Options) -> list[float]:
        topology, model = self.topology, options.model
        handled = [transfer.charged_hours for transfer in topology.transfers]
        if options.cost == "distance":
            running = [edge.length_m + hours * _TIE_H for edge, hours in zip(topology.edges, self._hours, strict=True)]
            per_hour = _TIE_H
        elif options.cost == "time":
            running = self._hours[:]
            per_hour = 1.0
        else:
            rates = {mode: model.rate(mode) for mode in MODES}
            running = [edge.length_m / 1000.0 * rates[edge.mode] for edge in topology.edges]
            per_hour = model.per_hour
        for link, checks in self._checks.items():
            running[link] += checks * per_hour
        return [*running, *(hours * per_hour + _TIE for hours in handled), 0.0, _TIE, _TIE]

    @cached_property
    def _hours(self) -> list[float]:
        """Running time of each edge."""
        speeds = self._speeds
        km_h = {mode: getattr(speeds, mode) for mode in MODES}
        return [
            edge.length_m / 1000.0 / km_h[edge.mode] if edge.hours is None else edge.hours
            for edge in self.topology.edges
        ]

    @cached_property
    def _checks(self) -> dict[int, float]:
        """Hours of checks on the edges that have any."""
        return {
            self._numbers[id_]: sum(one.charged_hours for one in some) for id_, some in self.topology.crossings.items()
        }

    def _links_of(self, word: str) -> set[int]:
        """Return the links that answer to a word."""
        topology, count = self.topology, len(self.topology.edges)
        found = {link for words, links in self._classes if word in words for link in links}
        if word in self._numbers:
            found.add(self._numbers[word])
        place = topology.places.get(word)
        if place is not None:
            states = (*place.arrived.values(), *place.loaded.values())
            found.update(link for state in states for _, link, _ in topology.outgoing[state] if link < topology.hub)
        for link, one in enumerate(topology.transfers, count):
            if word in {one.id, one.kind, one.status, self._countries[one.node_id]}:
                found.add(link)
        for edge_id, crossings in topology.crossings.items():
            if any(word in {one.id, one.kind, one.status} for one in crossings):
                found.add(self._numbers[edge_id])
        if not (found or place is not None or word in _WORDS):
            raise self._unknown(word)
        return found

    def _unknown(self, word: str) -> InvalidOptionError:
        topology = self.topology
        transfers = (*topology.transfers, *(one for some in topology.crossings.values() for one in some))
        words = {one for words, _ in self._classes for one in words} | _WORDS | {one.id for one in transfers}
        hint = did_you_mean(str(word), sorted({*words, *self._numbers, *topology.places} - {""}))
        return InvalidOptionError(
            "avoid takes countries, ids of edges, nodes and transfers, lines, modes, kinds and statuses, "
            f"got {word!r}, which the network lacks{hint}"
        )

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {edge.id: link for link, edge in enumerate(self.topology.edges)}

    @cached_property
    def _countries(self) -> dict[str, str]:
        return {node.id: node.country for node in self.topology.nodes}

    @cached_property
    def _classes(self) -> list[tuple[frozenset[str], list[int]]]:
        """Edges that answer to the same words, but for their ids and those of their ends."""
        countries = self._countries
        found: dict[tuple[object, ...], list[int]] = {}
        for link, edge in enumerate(self.topology.edges):
            ends = countries[edge.from_node], countries[edge.to_node]
            key = edge.line, edge.mode, edge.status, edge.geometry_method, edge.countries, ends
            found.setdefault(key, []).append(link)
        first = [self.topology.edges[links[0]] for links in found.values()]
        words = [
            {one.line, one.mode, one.status, one.geometry_method, *one.countries}
            | {countries[one.from_node], countries[one.to_node]}
            for one in first
        ]
        return [(frozenset(some - {""}), links) for some, links in zip(words, found.values(), strict=True)]
