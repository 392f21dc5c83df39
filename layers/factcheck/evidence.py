"""The data that claims are checked against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from geo import parse_date
from layers.errors import UnknownEventError, UnknownFeatureError
from layers.facts.event import events as read_events
from layers.facts.event import people as read_people
from layers.facts.organisation import organisations as read_organisations
from layers.facts.series import series as read_series
from layers.features.gazetteer import find
from layers.graph.network import network
from layers.record.catalog import catalog, sources
from layers.record.history import features_at

from .reading import footnotes as read_footnotes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from geo import Network
    from layers.facts.event import Event, Person
    from layers.facts.organisation import Organisation
    from layers.facts.series import Series
    from layers.features.gazetteer import Place
    from layers.record.store import DataPath, JsonObject

    from .claim import Footnote

    Feature = dict[str, Any]


class Evidence:
    """Layers, series, events, organisations and the network, each read on first use.

    Parameters
    ----------
    features
        GeoJSON features to take in place of those of a layer, by its name.
    series, events, organisations, footnotes
        What to take in place of the record.
    network
        Gives the network of a day; by default the railways of that day.
    data
        The data directory for everything else; by default that of ``TUMEN_DATA``, else the one that tumen ships.

    Examples
    --------
    >>> Evidence().properties("crossing/tumen-road-bridge", "2019-06")["status"]
    'studied'
    >>> Evidence({"zones": []}).features("zones")
    []
    """

    def __init__(
        self,
        features: Mapping[str, list[JsonObject]] | None = None,
        *,
        series: Mapping[str, Series] | None = None,
        events: Iterable[Event] | None = None,
        organisations: Iterable[Organisation] | None = None,
        footnotes: Iterable[Footnote] | None = None,
        network: Callable[[str], Network] | None = None,
        data: DataPath = None,
    ) -> None:
        self.data = data
        self._features: dict[str, list[Feature]] = {**(features or {})}
        self._series = series
        self._events = None if events is None else tuple(events)
        self._organisations = None if organisations is None else tuple(organisations)
        self._footnotes = None if footnotes is None else tuple(footnotes)
        self._by_id: dict[str, dict[str, Feature]] = {}
        self._networks: dict[str, Network] = {}
        self._make_network = network or self._railways

    def features(self, layer: str, as_of: str | None = None) -> list[Feature]:
        """Features of a layer, by default as they stand in the file, else as they were on a day."""
        if layer not in self._features:
            self._features[layer] = [*cast("tuple[Feature, ...]", catalog(data=self.data).shared_features(layer))]
        rows = self._features[layer]
        if as_of is None:
            return rows
        return cast("list[Feature]", features_at(cast("list[JsonObject]", rows), parse_date(as_of).latest))

    def feature(self, feature_id: str) -> Feature:
        """One feature, as in its file.

        Raises
        ------
        UnknownFeatureError
            When no layer has it.
        """
        records = catalog(data=self.data)
        for record in records:
            if record.name not in self._by_id:
                rows = reversed(self.features(record.name))  # of two of one id the first
                self._by_id[record.name] = {str(row.get("id")): row for row in rows}
            if feature_id in self._by_id[record.name]:
                return self._by_id[record.name][feature_id]
        raise UnknownFeatureError(
            feature_id, (str(row.get("id")) for record in records for row in self.features(record.name))
        )

    def properties(self, feature_id: str, as_of: str) -> Feature | None:
        """Properties of a feature as they were on a day; None when it was not on the record."""
        rows = features_at([self.feature(feature_id)], parse_date(as_of).latest)
        return cast("Feature", rows[0]["properties"]) if rows else None

    def series(self, name: str) -> Series:
        """Series of that name."""
        return self._series[name] if self._series and name in self._series else read_series(name, data=self.data)

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event, oldest first."""
        return read_events(data=self.data) if self._events is None else self._events

    def event(self, event_id: str) -> Event:
        """Event of that id.

        Raises
        ------
        UnknownEventError
            When there is none.
        """
        for event in self.events:
            if event.id == event_id:
                return event
        raise UnknownEventError(event_id, (event.id for event in self.events))

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody on the record."""
        return read_people(data=self.data)

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """Every organisation."""
        return read_organisations(data=self.data) if self._organisations is None else self._organisations

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """Every footnote of the articles."""
        return read_footnotes(data=self.data) if self._footnotes is None else self._footnotes

    def network(self, as_of: str) -> Network:
        """Railways that could carry traffic on a day."""
        if as_of not in self._networks:
            self._networks[as_of] = self._make_network(as_of)
        return self._networks[as_of]

    def roads(self, as_of: str) -> Network:
        """Roads that could carry traffic on a day."""
        return network(as_of=as_of, modes=("road",), data=self.data)

    def find(self, text: str) -> Place:
        """Place of that name, as `layers.find`."""
        return find(text, data=self.data)

    def name(self, some_id: str) -> str:
        """Name of a feature or an organisation, title of an event; the id where it has none."""
        prefix = some_id.partition("/")[0]
        if prefix == "organisation":
            return next(
                (organisation.name for organisation in self.organisations if organisation.id == some_id), some_id
            )
        if prefix == "event":
            return self.event(some_id).title
        return str(self.feature(some_id)["properties"].get("name") or some_id)

    def who(self, source_id: str) -> str:
        """Who published a source, and when; the title when no publisher is named."""
        source = sources(data=self.data)[source_id]
        return ", ".join(part for part in (source.publisher or source.title, source.date) if part)

    def _railways(self, as_of: str) -> Network:
        return network(as_of=as_of, modes=("rail",), data=self.data)


@dataclass(frozen=True, slots=True)
class Case:
    """A claim before the check: the evidence, the article that it is from, and the day that it speaks of."""

    evidence: Evidence
    seed: str
    as_of: str

    def independent(self, cited: Iterable[str]) -> tuple[str, ...]:
        """Leave out the article itself."""
        return tuple(source for source in cited if source != self.seed)
