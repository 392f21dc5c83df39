"""The list of the layers, each with licence, source, accuracy and hash."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from geo import BBox, parse_date
from layers.errors import DataFileError, UnknownFeatureError, UnknownLayerError

from .history import features_at
from .record import Accuracy, LayerRecord, Source, source_from
from .store import (
    DataPath,
    JsonObject,
    data_directory,
    data_file,
    parse_features,
    read_features,
    read_file,
    read_json,
    state_of,
)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The layers of one data directory.

    Attributes
    ----------
    directory
        Where the files lie.
    latest
        The newest dated fact in any layer, ISO 8601: the default of ``as_of``.
    records
        One record per layer, by name.
    """

    directory: Path
    latest: str
    records: Mapping[str, LayerRecord]

    def __iter__(self) -> Iterator[LayerRecord]:
        return iter(self.records.values())

    def __len__(self) -> int:
        return len(self.records)

    def __contains__(self, name: object) -> bool:
        return name in self.records

    def __getitem__(self, name: str) -> LayerRecord:
        try:
            return self.records[name]
        except KeyError:
            raise UnknownLayerError(name, self.records) from None

    def path(self, name: str) -> Path:
        """Path of a layer's GeoJSON file.

        Raises
        ------
        UnknownLayerError
            When there is no such layer.
        """
        return self.directory / f"{self[name].name}.geojson"

    def features(self, name: str) -> list[JsonObject]:
        """GeoJSON features of a layer, as they stand in its file."""
        return read_features(self.path(name))

    def shared_features(self, name: str) -> tuple[JsonObject, ...]:
        """Features as `features` gives them, read once for each state of the file: callers must not modify them."""
        path = self.path(name)
        return _features(path, *state_of(path))

    def shared_by_id(self, name: str) -> Mapping[str, JsonObject]:
        """Give the same by their ids, of two of one id the first."""
        path = self.path(name)
        return _by_id(path, *state_of(path))

    def is_as_written(self, name: str) -> bool:
        """Tell whether a layer's file is the very one that the catalog was written for, by its hash."""
        path = self.path(name)
        return _sha256(path, *state_of(path)) == self[name].sha256

    def ids(self, name: str) -> tuple[str, ...]:
        """Ids of a layer's features, in their order; read once for each state of its file."""
        path = self.path(name)
        return _ids(path, *state_of(path))

    def collection(self, name: str, *, as_of: str | None = None) -> JsonObject:
        """GeoJSON FeatureCollection of a layer as it was on a day, by default the newest."""
        path = self.path(name)
        content = read_json(path)
        features = features_at(parse_features(content, path), self._day(as_of))
        return content | {"features": cast("Any", features)}

    def feature(self, feature_id: str, *, as_of: str | None = None) -> tuple[LayerRecord, JsonObject]:
        """Find a feature by its id, as it was on a day, with the record of its layer.

        Raises
        ------
        UnknownFeatureError
            When no layer has it, or not yet on that day.
        """
        for record in self:
            for row in self.features(record.name):
                if row.get("id") == feature_id:
                    if states := features_at([row], self._day(as_of)):
                        return record, states[0]
                    raise UnknownFeatureError(feature_id, (), f"it was not on the record on {as_of or self.latest}")
        ids = [str(row.get("id")) for record in self for row in self.features(record.name)]
        raise UnknownFeatureError(feature_id, ids)

    def _day(self, as_of: str | None) -> date:
        return parse_date(as_of or self.latest).latest


def catalog(*, data: DataPath = None) -> Catalog:
    """Read the catalog of the layers.

    Parameters
    ----------
    data
        The data directory; by default that of ``TUMEN_DATA``, else the layers that tumen ships.

    Returns
    -------
    Catalog
        In the order in which the layers are listed to people: subjects first.

    Raises
    ------
    DataDirectoryError
        When the data directory does not exist or is not whole.
    DataFileError
        When the catalog cannot be read.

    Examples
    --------
    >>> catalog()["zones"].licence
    'CC-BY-4.0'
    >>> "zoness" in catalog()
    False
    """
    directory = data_directory(data)
    return _catalog(directory, *state_of(directory / "catalog.json"))


class _Sources(Mapping[str, Source]):
    """The sources of a file, each made on first use: a route cites a few of hundreds."""

    __slots__ = ("_path", "_rows")

    def __init__(self, rows: Mapping[str, Mapping[str, object]], path: str) -> None:
        self._rows, self._path = rows, path

    def __getitem__(self, source_id: str) -> Source:
        row = self._rows[source_id]
        try:
            return source_from(source_id, row)
        except (AttributeError, TypeError) as error:
            raise self._broken(error) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def _broken(self, error: Exception) -> DataFileError:
        return DataFileError(f"{self._path} does not list sources: {error}")


def sources(*, data: DataPath = None) -> Mapping[str, Source]:
    """Read every cited source, by id; of the data directory that `catalog` would read.

    Raises
    ------
    DataDirectoryError
        When the data directory does not exist or is not whole.
    DataFileError
        When the file cannot be read or, on access to a source, does not describe it.
    """
    path = data_file("sources.json", data)
    return _sources(path, *state_of(path))


def latest_date(*, data: DataPath = None) -> str:
    """Newest dated fact that the data knows, ISO 8601."""
    return catalog(data=data).latest


@lru_cache(maxsize=4)
def _catalog(directory: Path, _changed_ns: int, _size: int) -> Catalog:
    content = cast("dict[str, Any]", read_json(directory / "catalog.json"))
    try:
        records = [_record(row) for row in content["layers"]]
        latest = content["latest"]
    except (KeyError, TypeError) as error:
        raise DataFileError(f"{directory / 'catalog.json'} is not a catalog of layers: {error}") from None
    return Catalog(directory, latest, MappingProxyType({record.name: record for record in records}))


@lru_cache(maxsize=4)
def _sources(path: str, _changed_ns: int, _size: int) -> Mapping[str, Source]:
    return _Sources(cast("dict[str, dict[str, object]]", read_json(path)), path)


@lru_cache(maxsize=64)
def _features(path: Path, _changed_ns: int, _size: int) -> tuple[JsonObject, ...]:
    return tuple(read_features(path))


@lru_cache(maxsize=64)
def _by_id(path: Path, changed_ns: int, size: int) -> Mapping[str, JsonObject]:
    return MappingProxyType({str(row.get("id")): row for row in reversed(_features(path, changed_ns, size))})


@lru_cache(maxsize=64)
def _sha256(path: Path, _changed_ns: int, _size: int) -> str:
    return hashlib.sha256(read_file(path)).hexdigest()


@lru_cache(maxsize=64)
def _ids(path: Path, _changed_ns: int, _size: int) -> tuple[str, ...]:
    return tuple(str(row.get("id")) for row in read_features(path))


def _record(row: dict[str, Any]) -> LayerRecord:
    tuples = {key: tuple(row[key]) for key in ("packages", "geometry_types")}
    return LayerRecord(**(row | tuples | {"accuracy": Accuracy(**row["accuracy"]), "bbox": BBox(*row["bbox"])}))
