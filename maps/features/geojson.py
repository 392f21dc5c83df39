"""Features of a map: plain GeoJSON with a record.

Everything that draws a few features sees `LayerData`; `features.reading` makes it, or, of many, `bulk.BulkData`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, cast, runtime_checkable

from geo import BBox

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

_SAFE = 2**53  # beyond, a script leaves integers out


@dataclass(frozen=True, slots=True)
class DataRecord:
    """Title, licence and attribution of the data of a layer.

    Attributes
    ----------
    licence
        SPDX identifier; empty if unknown.
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
    """A cited source; unknown fields are empty."""

    id: str
    title: str
    publisher: str = ""
    date: str = ""
    url: str = ""
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class LayerData:
    """Features of one layer as GeoJSON mappings, and their record; compared by identity, so that results can be cached.

    Attributes
    ----------
    record
        Title, licence and attribution of the data.
    features
        Each with an id, its properties and a geometry.
    notes
        Notes on changes to them when they were read, a line each.
    columns
        Names of the properties in a user's source.
    """

    record: DataRecord
    features: Sequence[Feature] = field(default_factory=tuple)
    notes: Sequence[str] = ()
    columns: Sequence[str] = ()


@runtime_checkable
class GeoInterface(Protocol):
    """Any object with a GeoJSON-like ``__geo_interface__``."""

    @property
    def __geo_interface__(self) -> Mapping[str, object]:
        """Return a GeoJSON-like mapping."""


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


def box_of(features: Iterable[Mapping[str, object]]) -> BBox | None:
    """Return the box around the geometries of features; None where they have no position.

    Examples
    --------
    >>> box_of([{"geometry": {"type": "LineString", "coordinates": [[130.5, 42.5], [130.75, 42.25]]}}])
    BBox(west=130.5, south=42.25, east=130.75, north=42.5)
    """
    waiting = [
        cast("Sequence[object]", geometry.get("coordinates"))
        for feature in features
        if isinstance(geometry := feature.get("geometry"), Mapping)
    ]
    lons: list[float] = []
    lats: list[float] = []
    while waiting:
        part = waiting.pop()
        if not part:
            continue
        first = part[0]
        if not isinstance(first, Sequence):
            lons.append(float(cast("float", first)))
            lats.append(float(cast("float", part[1])))
        elif first and not isinstance(first[0], Sequence):  # a line or a ring: no step for each of its positions
            pairs = cast("Sequence[Sequence[float]]", part)
            lons.extend([float(pair[0]) for pair in pairs])
            lats.extend([float(pair[1]) for pair in pairs])
        else:
            waiting.extend(cast("Sequence[Sequence[object]]", part))
    return BBox(min(lons), min(lats), max(lons), max(lats)) if lons else None


def plain_value(value: object) -> Json:
    """JSON value of a cell: NaN, NaT and NA become null, NumPy scalars are Python's, dates are ISO 8601."""
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


def script_values(values: Sequence[Json]) -> list[Json]:
    """Values as a script can hold them: it has no integers beyond 2^53, which become text, and no infinity.

    Examples
    --------
    >>> script_values([182891173641581479, 0.5, float("inf"), [2**60]])
    ['182891173641581479', 0.5, None, ['1152921504606846976']]
    """
    return [
        value if value is None or type(value) is str or _is_plain(value) else _script_value(value) for value in values
    ]


def _is_plain(value: Json) -> bool:
    """Tell whether a number is exact in JavaScript; a fast check, since tables of millions are mostly numbers."""
    return type(value) is int and -_SAFE <= value <= _SAFE if type(value) is not float else math.isfinite(value)


def _script_value(value: Json) -> Json:
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, int):
        return str(value) if abs(value) > _SAFE else value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: item if type(item) is str else _script_value(item) for key, item in value.items()}
    return [item if type(item) is str else _script_value(item) for item in cast("Sequence[Json]", value)]
