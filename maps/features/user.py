"""Features of a user's own: handed over in memory, or in a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from maps.errors import FeatureError, nearest

from .geojson import DataRecord, GeoInterface, LayerData, from_frame, from_mapping, geometry_kind, properties_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geopandas import GeoDataFrame

    from geo import Position

    from .bulk import BulkData


def read_given(what: object, name: str, order: str = "") -> LayerData | BulkData:
    """Features of whatever a caller may hand over: a big layer as columns.

    Raises
    ------
    FeatureError
        When it is nothing that has features, or they cannot be drawn.
    """
    if hasattr(what, "crs") and hasattr(what, "geometry") and hasattr(what, "columns"):
        return _frame_data(cast("GeoDataFrame", what), name, order)
    if isinstance(what, GeoInterface) and not isinstance(what, Mapping):
        what = what.__geo_interface__
    if not isinstance(what, Mapping):
        raise FeatureError(
            f"expected a layer's name, a GeoDataFrame, GeoJSON or __geo_interface__, got {type(what).__name__}"
        )
    data = from_mapping(what, name)
    from .bulk import from_features, is_big_data

    return from_features(data, order=order) if is_big_data(data) else ordered(data, order)


def is_collection(points: object) -> bool:
    """Tell whether something has features of its own, and is not a list of positions."""
    return isinstance(points, Mapping | GeoInterface) or hasattr(points, "crs")


def point_collection(positions: Iterable[Position]) -> Mapping[str, object]:
    """GeoJSON of positions; the name of a place goes along.

    Raises
    ------
    FeatureError
        When one is no position.
    """
    from geo import GeoError, as_lonlat

    features: list[dict[str, object]] = []
    for number, position in enumerate(positions, 1):
        try:
            lonlat = as_lonlat(position)
        except (GeoError, TypeError) as error:
            first, _, hint = str(error).partition(";")
            raise FeatureError(f"{first} (point {number}){';' * bool(hint)}{hint}") from None
        name = getattr(position, "name", None)
        features.append(
            {
                "type": "Feature",
                "properties": {"name": name} if isinstance(name, str) else {},
                "geometry": lonlat.__geo_interface__,
            }
        )
    return {"type": "FeatureCollection", "features": features}


def _frame_data(frame: GeoDataFrame, name: str, order: str) -> LayerData | BulkData:
    import shapely

    from . import bulk

    if frame.crs is None or not bulk.is_big(
        len(frame), int(shapely.get_num_coordinates(frame.geometry.to_numpy()).sum())
    ):
        return ordered(from_frame(frame, name=name), order)
    return bulk.from_frame(frame, DataRecord(name, name), order=order)


def kinds_of(data: LayerData | BulkData) -> list[str]:
    """Kinds of geometry in a layer, sorted."""
    if isinstance(data, LayerData):
        return sorted({geometry_kind(feature) for feature in data.features} - {""})
    from .bulk import KIND_NAMES

    return sorted({KIND_NAMES[kind] for kind in set(data.shapes.kind.tolist())})


def read_own(path: Path, *, table: str = "", order: str = "") -> LayerData | BulkData:
    """Read a user's file, once for all the languages of a page.

    Raises
    ------
    FeatureError
        When it cannot be read or drawn.
    """
    state = path.stat()
    return _read_file(path, table, order, (state.st_mtime_ns, state.st_size))


@lru_cache(maxsize=8)
def _read_file(path: Path, table: str, order: str, _state: tuple[int, int]) -> LayerData | BulkData:
    from .bulk import read_source

    return ordered(read_source(path, table=table, order=order), order)


def ordered(data: LayerData | BulkData, order: str) -> LayerData | BulkData:
    """Check that a small layer has the column that orders it: it may be a big one tomorrow.

    Raises
    ------
    FeatureError
        When no feature has it.
    """
    if order and isinstance(data, LayerData) and not any(order in properties_of(each) for each in data.features):
        known = dict.fromkeys(key for each in data.features for key in properties_of(each))
        name = data.record.name
        raise FeatureError(f"{name!r} has no column {order!r} to order by; {nearest(order, known)}", source=name)
    return data
