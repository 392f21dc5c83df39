"""Weights of the links of a network under given options; infinite where a link is closed."""

from __future__ import annotations

import math
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from geo.errors import InvalidOptionError
from geo.network.cost import CostModel
from geo.network.edge import GEOMETRY_METHODS, MODES, STATUSES
from geo.network.transfer import TRANSFER_KINDS, dwell_hours
from geo.spelling import did_you_mean

from .object_states import ObjectTopology

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from geo.network.cost import Speeds
    from geo.network.edge import Edge
    from geo.network.network import Network
    from geo.network.transfer import Transfer
    from geo.routing._options import WeightKey

    from .states import Topology
    from .tree import Weights

Closure: TypeAlias = Literal["gauge", "mode", "load", "draught", "avoided", "date"]

_KEPT: Final = 16
_GENERALIZED: Final = CostModel()
TIE_H: Final = 1e-6  # metres an hour counts, to break ties between paths of equal length: 0.1 mm in four days
TIE: Final = 1e-8  # of any unit: a needless change of carrier loses against none
# vocabularies known to every network, whether it uses the word or not
WORDS: Final = frozenset((*MODES, *TRANSFER_KINDS, *STATUSES, *GEOMETRY_METHODS))


class Weighing:
    """The topology of a network, and its weights for any options, the latest ones kept."""

    def __init__(self, network: Network) -> None:
        transfers = (*network.transfers, *network.withheld_transfers)
        self._withheld_ids = {edge.id for edge in network.withheld}
        self._withheld_transfer_ids = {transfer.id for transfer in network.withheld_transfers}
        self.speeds: Speeds = network.speeds
        self._models = dict(network.cost_models)
        edges = (*network.edges, *network.withheld)
        self.topology: Topology = ObjectTopology(network.nodes, edges, transfers, is_free=not transfers)
        self._keep_nothing()

    def _keep_nothing(self) -> None:
        self.steps: dict[str, dict[int, list[Any]]] = {}  # of `_legs`, by load
        self._base: dict[object, Weights] = {}
        self._weights: dict[WeightKey, Weights] = {}

    def weights(self, options: WeightKey) -> Weights:
        """Return the weight of each link; not to be changed by the caller."""
        weights = self._weights.pop(options, None)
        if weights is None:
            weights = self.base(options).copy()
            for links in self.closed(options).values():
                for link in links:
                    weights[link] = math.inf
        self._weights[options] = weights  # last used, last dropped
        if len(self._weights) > _KEPT:
            del self._weights[next(iter(self._weights))]
        return weights

    def base(self, options: WeightKey) -> Weights:
        """Return the weight of each link with everything open."""
        key = options.cost, options.load
        if key not in self._base:
            self._base[key] = self._priced(options)
        return self._base[key]

    def closed(self, options: WeightKey) -> Mapping[Closure, AbstractSet[int]]:
        """Return the links that the options close, by what closes them."""
        closed: dict[Closure, AbstractSet[int]] = {"date": self._dated}
        if not options.bogie_change:
            closed["gauge"] = self._changing_gauge
        if options.modes is not None:
            closed["mode"] = self._not_of(options.modes)
        closed["load"] = self._refusing(options.load)
        if options.draught_m is not None:
            closed["draught"] = self._shallower(options.draught_m)
        if options.avoid:
            closed["avoided"] = {link for word in options.avoid for link in self._links_of(word)}
        return closed

    def model(self, options: WeightKey) -> CostModel:
        """Return the cost model: the one given, else that of the network for the load."""
        if isinstance(options.cost, CostModel):
            return options.cost
        return self._models.get(options.load) or self._models.get("general") or _GENERALIZED

    def edge_hours(self, edge: Edge) -> float:
        """Return the running time of an edge, without the checks on it."""
        return edge.hours if edge.hours is not None else self.speeds.hours(edge.mode, edge.length_m)

    def crossings(self, edge: Edge) -> Sequence[Transfer]:
        """Return the checks that a load passes on an edge."""
        return self.topology.crossings.get(edge.id, ())

    def measured(self, measure: str, load: str) -> Weights:
        """Return the metres (``"length"``) or hours of each link."""
        topology = self.topology
        hubs = [0.0] * (topology.size - topology.hub)
        if measure == "length":
            return [*(edge.length_m for edge in topology.edges), *([0.0] * len(topology.transfers)), *hubs]
        hours = self._hours[:]
        for link, checks in self._checks.items():
            hours[link] += sum(dwell_hours(checks, load))
        return [*hours, *dwell_hours(topology.transfers, load), *hubs]

    @cached_property
    def _dated(self) -> AbstractSet[int]:
        topology = self.topology
        closed = set()
        withheld = self._withheld_transfer_ids
        shut = {
            id_
            for id_, transfers in topology.crossings.items()
            if any(transfer.id in withheld for transfer in transfers)
        }
        for link, edge in enumerate(topology.edges):
            if edge.id in self._withheld_ids or edge.id in shut:
                closed.add(link)
        for link, transfer in enumerate(topology.transfers, len(topology.edges)):
            if transfer.id in withheld:
                closed.add(link)
        return closed

    def _not_of(self, modes: tuple[str, ...]) -> AbstractSet[int]:
        """Return the edges of other modes."""
        return {link for link, edge in enumerate(self.topology.edges) if edge.mode not in modes}

    def _shallower(self, draught_m: float) -> AbstractSet[int]:
        """Return the edges on which the water is known to be too shallow."""
        depths = ((link, edge.depth_m) for link, edge in enumerate(self.topology.edges))
        return {link for link, depth in depths if depth is not None and depth < draught_m}

    @cached_property
    def _changing_gauge(self) -> set[int]:
        transfers = enumerate(self.topology.transfers, len(self.topology.edges))
        return {self.topology.gauge_change} | {link for link, transfer in transfers if transfer.changes_gauge}

    def _refusing(self, load: str) -> AbstractSet[int]:
        """Return the links that do not take a load."""
        topology = self.topology
        refusing = {link for link, edge in enumerate(topology.edges) if edge.loads and load not in edge.loads}
        transfers = enumerate(topology.transfers, len(topology.edges))
        refusing |= {link for link, transfer in transfers if transfer.loads and load not in transfer.loads}
        for link, checks in self._checks.items():
            if any(check.loads and load not in check.loads for check in checks):
                refusing.add(link)
        return refusing

    def _priced(self, options: WeightKey) -> Weights:
        topology, load = self.topology, options.load
        if options.cost in {"distance", "time"}:
            per_hour = TIE_H if options.cost == "distance" else 1.0
            hours = self._hours
            running = [edge.length_m + time * TIE_H for edge, time in zip(topology.edges, hours, strict=True)]
            running = running if options.cost == "distance" else hours[:]
            handled = [hours * per_hour for hours in dwell_hours(topology.transfers, load)]
            checked = {link: sum(dwell_hours(checks, load)) * per_hour for link, checks in self._checks.items()}
            wagon = 0.0
        else:
            model = self.model(options)
            rates = {mode: model.rate(mode) for mode in MODES}
            running = [edge.length_m / 1000.0 * rates[edge.mode] * edge.rate for edge in topology.edges]
            handled = model.fees(topology.transfers, load)
            fees = iter(model.fees([check for checks in self._checks.values() for check in checks], load))
            checked = {link: sum(islice(fees, len(checks))) for link, checks in self._checks.items()}
            wagon = model.wagon
        for link, cost in checked.items():
            running[link] += cost
        return [*running, *(cost + TIE for cost in handled), 0.0, wagon, TIE, TIE]

    @cached_property
    def _hours(self) -> Any:  # noqa: ANN401 - a list here, an array in columns
        """Running time of each edge."""
        speeds = self.speeds
        km_h = {mode: getattr(speeds, mode) for mode in MODES}
        return [
            edge.length_m / 1000.0 / km_h[edge.mode] if edge.hours is None else edge.hours
            for edge in self.topology.edges
        ]

    @cached_property
    def _checks(self) -> dict[int, list[Transfer]]:
        """Checks on the edges that have any."""
        return {self._numbers[edge_id]: transfers for edge_id, transfers in self.topology.crossings.items()}

    def _links_of(self, word: str) -> AbstractSet[int]:
        """Return the links that answer to a word."""
        topology, count = self.topology, len(self.topology.edges)
        avoided = {link for words, links in self._classes if word in words for link in links}
        if word in self._numbers:
            avoided.add(self._numbers[word])
        place = topology.places.get(word)
        if place is not None:
            states = [state for state in place.states if state >= 0]
            for arcs in (topology.outgoing, topology.incoming):  # an edge may lead one way
                avoided.update(link for state in states for _, link, _ in arcs[state] if link < topology.hub)
        for link, transfer in enumerate(topology.transfers, count):
            if word in {transfer.id, transfer.kind, transfer.status, self._countries[transfer.node_id]}:
                avoided.add(link)
        for edge_id, crossings in topology.crossings.items():
            if any(word in {crossing.id, crossing.kind, crossing.status} for crossing in crossings):
                avoided.add(self._numbers[edge_id])
        if not (avoided or place is not None or word in WORDS):
            raise self._unknown(word)
        return avoided

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word that ``avoid`` knows here."""
        topology = self.topology
        transfers = (
            *topology.transfers,
            *(transfer for crossing in topology.crossings.values() for transfer in crossing),
        )
        words = {word for words, _ in self._classes for word in words} | {transfer.id for transfer in transfers}
        return frozenset({*words, *WORDS, *self._numbers, *topology.places} - {""})

    def _unknown(self, word: str) -> InvalidOptionError:
        hint = did_you_mean(str(word), sorted(self.vocabulary))
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
        groups: dict[tuple[object, ...], list[int]] = {}
        for link, edge in enumerate(self.topology.edges):
            ends = countries[edge.from_node], countries[edge.to_node]
            key = edge.line, edge.mode, edge.status, edge.geometry_method, edge.countries, ends
            groups.setdefault(key, []).append(link)
        first = [self.topology.edges[links[0]] for links in groups.values()]
        words = [
            {edge.line, edge.mode, edge.status, edge.geometry_method, *edge.countries}
            | {countries[edge.from_node], countries[edge.to_node]}
            for edge in first
        ]
        return [(frozenset(names - {""}), links) for names, links in zip(words, groups.values(), strict=True)]
