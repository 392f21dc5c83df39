"""Sources of the features of a map: the layers, or a folder of GeoJSON.

Another source of features is an object with the three methods of `FeatureSource`.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from maps.errors import FeatureError, UnknownSourceError
from maps.i18n.text import NAME_PROPERTIES, Language

from .geojson import Citation, DataRecord, Feature, LayerData, properties_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers import LayerRecord
    from layers.graph.cache import Archive
    from layers.record.store import JsonObject

# Layers whose features are nodes of the network.
_NODE_LAYERS = ("stations", "ports", "places", "checkpoints")
# Not layers, but files beside them.
_TABLES = ("sources", "claims", "catalog")


class FeatureSource(Protocol):
    """A source of features."""

    def features(self, source: str, as_of: str | None) -> LayerData:
        """Return a layer as it was on a day; raise `UnknownSourceError` for an unknown name."""

    def citations(self) -> Mapping[str, Citation]:
        """Return the sources that features cite, by id."""

    def latest_date(self) -> str:
        """Return the newest date in the data, ISO 8601: the default of `as_of`."""


@runtime_checkable
class DatedSource(Protocol):
    """A `FeatureSource` that also has the features of all other days."""

    def every_state(self, source: str) -> LayerData:
        """Return every feature a layer ever had, with its whole history; raise `UnknownSourceError` for an unknown name."""


@runtime_checkable
class NetworkSource(Protocol):
    """A `FeatureSource` that also hands over the network of all days."""

    def network(self) -> Archive:
        """Return the compiled network."""

    def node_names(self) -> Mapping[str, Mapping[Language, str]]:
        """Return the names of its nodes by id and language, as far as they are known."""


@runtime_checkable
class FiledSource(Protocol):
    """A `FeatureSource` whose layers, and ``sources``, are files."""

    def file(self, source: str) -> Path:
        """Return the path of the file that a layer is read from; it need not exist."""


@dataclass(frozen=True)
class PackagedLayers:
    """The layers of a data directory, through the package `layers`; each is read once.

    Attributes
    ----------
    data
        The directory; by default that of ``TUMEN_DATA``, else the layers that tumen ships.
    """

    data: str | os.PathLike[str] | None = None
    _read: dict[tuple[str, str | None], LayerData] = field(default_factory=dict, repr=False, compare=False)
    _states: dict[str, LayerData] = field(default_factory=dict, repr=False, compare=False)
    _cited: dict[str, Citation] = field(default_factory=dict, repr=False, compare=False)

    def features(self, source: str, as_of: str | None) -> LayerData:
        """Return one of our layers as it was on a day."""
        key = (source, as_of)
        if key not in self._read:
            self._read[key] = self._load(source, as_of)
        return self._read[key]

    def _load(self, source: str, as_of: str | None) -> LayerData:
        """Features of a day; they share their geometry with those of other days, so that work on it can be kept."""
        from geo import parse_date
        from layers.record.history import features_at

        states = self.every_state(source)
        rows = cast("Sequence[JsonObject]", states.features)
        shown = features_at(rows, parse_date(as_of or self.latest_date()).latest)
        return LayerData(states.record, cast("Sequence[Feature]", shown))

    def every_state(self, source: str) -> LayerData:
        """Return every feature one of our layers ever had, as in the file of record."""
        if source not in self._states:
            self._states[source] = self._load_states(source)
        return self._states[source]

    def _load_states(self, source: str) -> LayerData:
        import layers

        catalog = layers.catalog(data=self.data)
        try:
            record = catalog[source]
        except layers.UnknownLayerError as error:
            raise UnknownSourceError(source, error.known) from None
        rows = catalog.shared_features(source)
        if catalog.is_as_written(source):  # it was checked then
            return LayerData(_record(record), tuple(_without_nulls(row) for row in rows))
        from .reading import features_of

        data = features_of({"type": "FeatureCollection", "features": rows}, source)
        return LayerData(_record(record), data.features)

    def citations(self) -> Mapping[str, Citation]:
        """Return the sources that our layers cite."""
        if not self._cited:
            import layers

            for key, s in layers.sources(data=self.data).items():
                self._cited[key] = Citation(key, s.title, s.publisher, s.date, s.url, s.kind, s.note)
        return self._cited

    def network(self) -> Archive:
        """Return the compiled network of all days."""
        from layers.graph.cache import compiled

        return compiled(self.data)

    def node_names(self) -> Mapping[str, Mapping[Language, str]]:
        """Return the names of stations, ports and the ends of roads by id and language."""
        import layers

        catalog = layers.catalog(data=self.data)
        nodes = (feature for name in _NODE_LAYERS if name in catalog for feature in catalog.shared_features(name))
        return {
            str(feature["id"]): {
                lang: str(properties_of(cast("Feature", feature)).get(key) or "")
                for lang, key in NAME_PROPERTIES.items()
            }
            for feature in nodes
        }

    def file(self, source: str) -> Path:
        """Return the path of a layer's file in the data directory."""
        from layers.record.store import data_directory

        return data_directory(self.data) / (f"{source}.json" if source in _TABLES else f"{source}.geojson")

    def latest_date(self) -> str:
        """Return the newest date in our layers."""
        import layers

        return layers.latest_date(data=self.data)


@dataclass(frozen=True)
class GeoJsonFolder:
    """A folder with one GeoJSON file a layer, and ``sources.json``; dates are not applied.

    Attributes
    ----------
    folder
        Its path.
    latest
        The date that it was made with.

    Raises
    ------
    FeatureError
        When the folder is not a path.

    Examples
    --------
    >>> GeoJsonFolder("/nowhere").latest_date()
    ''
    >>> from pathlib import Path
    >>> GeoJsonFolder(Path("/nowhere")).citations()
    {}
    """

    folder: Path
    latest: str = ""

    def __init__(self, folder: str | os.PathLike[str], latest: str = "") -> None:
        if not isinstance(folder, str | os.PathLike):
            raise FeatureError(f"expected the path of a folder, got {folder!r}")
        object.__setattr__(self, "folder", Path(folder))
        object.__setattr__(self, "latest", latest)

    def features(self, source: str, as_of: str | None) -> LayerData:  # noqa: ARG002  files carry one state
        """Return a layer of the folder."""
        path = self.folder / f"{source}.geojson"
        if not path.is_file():
            raise UnknownSourceError(source, sorted(file.stem for file in self.folder.glob("*.geojson")))
        from .reading import features_of_file

        return features_of_file(path)

    def citations(self) -> Mapping[str, Citation]:
        """Return the sources of the folder."""
        return self._citations

    def file(self, source: str) -> Path:
        """Return the path of a layer's file in the folder."""
        return self.folder / (f"{source}.json" if source in _TABLES else f"{source}.geojson")

    def latest_date(self) -> str:
        """Return the date that the folder was made with."""
        return self.latest

    @cached_property
    def _citations(self) -> Mapping[str, Citation]:
        path = self.folder / "sources.json"
        rows = cast("dict[str, dict[str, str]]", json.loads(path.read_bytes())) if path.is_file() else {}
        return {key: Citation(key, **row) for key, row in rows.items()}


def features(source: str, as_of: str | None = None) -> LayerData:
    """Return one of our layers as it was on a day; all maps read data through it.

    Raises
    ------
    UnknownSourceError
        When there is no such layer.
    """
    return PackagedLayers().features(source, as_of)


def day_of(as_of: str | None, source: FeatureSource) -> str:
    """Return the day of a date, by default of the newest of a source, as ``YYYY-MM-DD``; empty where neither is known."""
    from geo import parse_date

    date = as_of or source.latest_date()
    return str(parse_date(date).latest) if date else ""


def data_of(source: FeatureSource) -> str | os.PathLike[str] | None:
    """Return the data directory of a source of `layers`; None means the default one."""
    return source.data if isinstance(source, PackagedLayers) else None


def _without_nulls(row: JsonObject) -> Feature:
    properties = {key: value for key, value in properties_of(row).items() if value is not None}
    return {"type": "Feature", "id": str(row["id"]), "properties": properties, "geometry": row["geometry"]}


def _record(record: LayerRecord) -> DataRecord:
    accuracy = (record.accuracy.best_m, record.accuracy.worst_m)
    return DataRecord(record.name, record.title, record.licence, record.attribution, accuracy)
