"""Features as a map takes them: plain GeoJSON with a record, from a file, a mapping or a GeoDataFrame.

Everything that draws sees `LayerData`; where it comes from is the affair of `source`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast, runtime_checkable

from maps.errors import FeatureError

if TYPE_CHECKING:
    from pathlib import Path

    from geopandas import GeoDataFrame


Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
Feature: TypeAlias = Mapping[str, Json]

_KINDS = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "line",
    "MultiLineString": "line",
    "Polygon": "area",
    "MultiPolygon": "area",
}
_DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_MAX_LON, _MAX_LAT = 180.0, 90.0
MAX_JSON_BYTES = 20_000_000  # read as Python objects; what is larger is read in batches


@dataclass(frozen=True, slots=True)
class DataRecord:
    """What a page says about the data of a layer.

    Attributes
    ----------
    licence
        SPDX identifier, or empty when nobody states one.
    accuracy_m
        Best and worst 95 % radius of its features in metres, or nothing.
    """

    name: str
    title: str
    licence: str = ""
    attribution: str = ""
    accuracy_m: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited source; what is unknown is empty."""

    id: str
    title: str
    publisher: str = ""
    date: str = ""
    url: str = ""
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class LayerData:
    """Features of one layer as GeoJSON mappings, and their record; equal to itself alone, so that work on it can be kept."""

    record: DataRecord
    features: Sequence[Feature] = field(default_factory=tuple)


@runtime_checkable
class GeoInterface(Protocol):
    """Any object with a GeoJSON-like ``__geo_interface__``."""

    @property
    def __geo_interface__(self) -> Mapping[str, object]:
        """Return a GeoJSON-like mapping."""


def read_geojson(path: Path) -> LayerData:
    """Read a GeoJSON FeatureCollection from a file.

    Raises
    ------
    FeatureError
        When the file is too large, is not a FeatureCollection, or holds a position that is none.
    """
    if path.stat().st_size > MAX_JSON_BYTES:
        raise FeatureError(f"{path} is larger than {MAX_JSON_BYTES:,} bytes", source=str(path))
    try:
        text = path.read_bytes().decode("utf-8")
        content = json.loads(text)
        if _SURROGATE.search(text):
            json.dumps(content, ensure_ascii=False).encode()
    except ValueError as error:
        raise FeatureError(f"{path} is not valid JSON in UTF-8: {error}", source=str(path)) from None
    except RecursionError:
        raise FeatureError(f"{path} is nested too deeply to be read", source=str(path)) from None
    return from_mapping(content, path.stem)


def from_mapping(content: object, name: str) -> LayerData:
    """Take a GeoJSON FeatureCollection, Feature or geometry that is already in memory.

    Raises
    ------
    FeatureError
        When it is none of these, or holds a position that is none.

    Examples
    --------
    >>> from_mapping({"type": "Point", "coordinates": [130.64, 42.42]}, "here").features[0]["id"]
    'here/1'
    >>> from_mapping({"type": "Point", "coordinates": [42.42, 130.64]}, "here")
    Traceback (most recent call last):
    ...
    maps.errors.FeatureError: latitude must be in [-90, 90], got 130.64 (feature 'here/1'); are lon and lat swapped?
    """
    if not isinstance(content, Mapping) or "type" not in content:
        raise FeatureError(f"expected GeoJSON, got {type(content).__name__} ({name!r})", source=name)
    title, licence, attribution = (_text(content.get(key)) for key in ("title", "licence", "attribution"))
    features = tuple(_normal(item, name, number) for number, item in enumerate(_items(content, name), 1))
    record = DataRecord(name, title or name, licence, attribution, _accuracy(features))
    return LayerData(record, features)


def from_frame(frame: GeoDataFrame, record: DataRecord | None = None, *, name: str = "data") -> LayerData:
    """Take a GeoDataFrame; it is brought to longitude and latitude.

    Raises
    ------
    FeatureError
        When the frame has no CRS.
    """
    import shapely

    name = record.name if record else name
    if frame.crs is None:
        raise FeatureError(
            f"the frame {name!r} has no CRS; set one, for example frame.set_crs('EPSG:4326')", source=name
        )
    frame = frame if frame.crs.is_geographic else frame.to_crs("EPSG:4326")
    columns = [column for column in frame.columns if column != frame.geometry.name]
    rows = frame[columns].to_dict("records")
    shapes = shapely.to_geojson(frame.geometry.to_numpy())
    items = [
        {"type": "Feature", "geometry": json.loads(shape) if shape else None, "properties": _plain_row(row)}
        for shape, row in zip(shapes, rows, strict=True)
    ]
    data = from_mapping({"type": "FeatureCollection", "features": items}, name)
    return LayerData(record, data.features) if record else data


def geometry_kind(feature: Feature) -> str:
    """Tell whether a feature is a point, a line or an area; empty without geometry."""
    geometry = feature.get("geometry")
    return _KINDS.get(str(geometry["type"]), "") if isinstance(geometry, Mapping) else ""


def properties_of(feature: Feature) -> Mapping[str, Json]:
    """Properties of a feature; empty where it has none."""
    return cast("Mapping[str, Json]", feature.get("properties") or {})


def positions(coordinates: object) -> Iterable[tuple[float, float]]:
    """Every (lon, lat) of GeoJSON coordinates of any depth."""
    if isinstance(coordinates, Sequence) and coordinates and isinstance(coordinates[0], int | float):
        yield (float(coordinates[0]), float(coordinates[1]))
    elif isinstance(coordinates, Sequence) and not isinstance(coordinates, str):
        for part in coordinates:
            yield from positions(part)


def _items(content: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    kind = content["type"]
    if kind == "FeatureCollection":
        items = content.get("features")
        if isinstance(items, Sequence) and all(isinstance(item, Mapping) for item in items):
            return cast("Sequence[Mapping[str, object]]", items)
        raise FeatureError(f"features must be a list of GeoJSON features ({name!r})", source=name)
    if kind == "Feature":
        return [content]
    if kind in _KINDS:
        return [{"type": "Feature", "geometry": content, "properties": {}}]
    raise FeatureError(
        f"expected a FeatureCollection, a Feature or a geometry, got type {kind!r} ({name!r})", source=name
    )


def _normal(item: Mapping[str, object], name: str, number: int) -> Feature:
    given = item.get("properties") or {}
    if not isinstance(given, Mapping):
        raise FeatureError(
            f"properties must be an object, got {type(given).__name__} (feature {number} of {name!r})", source=name
        )
    properties = {str(k): v for k, v in given.items() if v is not None}
    feature_id = str(item.get("id") or properties.get("id") or f"{name}/{number}")
    geometry = item.get("geometry")
    if isinstance(geometry, Mapping) and geometry.get("coordinates") == []:
        geometry = None  # what RFC 7946 (3.1) lets an empty geometry mean
    if geometry is not None:
        _check_geometry(geometry, feature_id, name)
    return {"type": "Feature", "id": feature_id, "properties": properties, "geometry": cast("Json", geometry)}


def _check_geometry(geometry: object, feature_id: str, name: str) -> None:
    if not isinstance(geometry, Mapping) or geometry.get("type") not in _KINDS:
        kind = geometry.get("type") if isinstance(geometry, Mapping) else geometry
        raise FeatureError(
            f"expected a geometry of {', '.join(_KINDS)}, got {kind!r} (feature {feature_id!r})", source=name
        )
    if not _holds_positions(geometry.get("coordinates"), _DEPTH[str(geometry["type"])]):
        raise FeatureError(
            f"the coordinates of a {geometry['type']} must be positions [longitude, latitude] (feature {feature_id!r})",
            source=name,
        )
    for lon, lat in positions(geometry.get("coordinates")):
        if not abs(lat) <= _MAX_LAT:
            swap = "; are lon and lat swapped?" if abs(lon) <= _MAX_LAT and abs(lat) <= _MAX_LON else ""
            raise FeatureError(
                f"latitude must be in [-90, 90], got {lat!r} (feature {feature_id!r}){swap}", source=name
            )
        if not abs(lon) <= _MAX_LON:
            raise FeatureError(f"longitude must be in [-180, 180], got {lon!r} (feature {feature_id!r})", source=name)


def _holds_positions(value: object, depth: int) -> bool:
    """Tell whether coordinates are positions, nested as deep as they must be."""
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        return False
    if depth:
        return all(_holds_positions(item, depth - 1) for item in value)
    return len(value) > 1 and all(isinstance(item, int | float) and not isinstance(item, bool) for item in value)


def _accuracy(features: Iterable[Feature]) -> tuple[float, float] | None:
    values = [properties_of(feature).get("accuracy_m") for feature in features]
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    return (min(numbers), max(numbers)) if numbers else None


def _plain_row(row: Mapping[str, object]) -> dict[str, Json]:
    plain = {str(key): plain_value(value) for key, value in row.items()}
    for key in ("valid_from", "valid_to"):
        precision = plain.pop(f"{key}_precision", None)
        value = plain.get(key)
        if isinstance(value, str) and isinstance(precision, str):
            plain[key] = value[: {"year": 4, "month": 7}.get(precision, 10)]
    return {key: value for key, value in plain.items() if value is not None}


def plain_value(value: object) -> Json:
    """JSON value of a cell: NaN, NaT and NA are nothing, NumPy scalars are Python's, dates are ISO 8601."""
    if isinstance(value, Mapping):
        return {str(key): plain_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple) or type(value).__name__ == "ndarray":
        return [plain_value(item) for item in cast("Iterable[object]", value)]
    if hasattr(value, "isoformat"):
        text = str(value.isoformat())
        return None if text == "NaT" else text.removesuffix("T00:00:00")
    if hasattr(value, "item"):
        value = value.item()
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else value
    return None if type(value).__name__ in {"NAType", "NaTType"} else str(value)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
