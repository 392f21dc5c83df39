"""What RFC 7946 asks of any GeoJSON, and what makes a geometry usable."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from .report import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
DECIMALS = 7
MAX_LON, MAX_LAT = 180.0, 90.0


def check_collection(members: dict[str, Any], file: str) -> Iterator[Issue]:
    """Check the members beside the features."""
    if "crs" in members:
        yield Issue(file, "", "crs", "RFC 7946 has no crs member", "transform to WGS 84 longitude/latitude and drop it")


def label(feature: Any, number: int) -> str:  # noqa: ANN401 - any JSON
    """Name a feature in a message: by its id, else by its number, the first being 1."""
    found = feature.get("id") if isinstance(feature, dict) else None
    return str(found) if isinstance(found, (str, int)) else f"feature {number}"


def check_feature(feature: Any, file: str, name: str) -> Iterator[Issue]:  # noqa: ANN401 - any JSON
    """Check one feature and its geometry."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        yield Issue(file, name, "type", "expected an object of type 'Feature'", "remove it or make it a Feature")
        return
    if not isinstance(feature.get("properties"), (dict, type(None))):
        yield Issue(file, name, "properties", "properties must be an object or null", "make it an object")
    geometry = feature.get("geometry")
    if geometry is None:
        yield Issue(file, name, "geometry", "the feature has no geometry", "give it one or leave the feature out")
        return
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in DEPTH:
        yield Issue(file, name, "geometry/type", f"{kind!r} is none of {', '.join(DEPTH)}", "use one of these")
        return
    wrong = list(_positions_problems(geometry.get("coordinates"), DEPTH[kind]))
    for problem, fix in wrong[:3]:
        yield Issue(file, name, "geometry/coordinates", problem, fix)
    if not wrong:
        yield from _check_shape(geometry, file, name)


def _positions_problems(value: Any, depth: int) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON
    if not isinstance(value, list) or not value:
        yield f"expected a list of positions, got {_short(value)}", "give coordinates as [longitude, latitude]"
        return
    if depth:
        for item in value:
            yield from _positions_problems(item, depth - 1)
        return
    if not all(isinstance(part, (int, float)) and not isinstance(part, bool) and math.isfinite(part) for part in value):
        yield f"a position must be numbers, got {_short(value)}", "give it as [longitude, latitude]"
    elif len(value) not in {2, 3}:
        yield f"a position has 2 or 3 numbers, got {len(value)}", "give it as [longitude, latitude]"
    elif abs(value[1]) > MAX_LAT >= abs(value[0]):
        yield (
            f"latitude must be in [-90, 90], got {value[1]!r}",
            f"are lon and lat swapped? [{value[1]!r}, {value[0]!r}]",
        )
    elif abs(value[0]) > MAX_LON or abs(value[1]) > MAX_LAT:
        yield f"{_short(value)} is not longitude, latitude in degrees", "transform from its projection to WGS 84"
    elif any(round(part, DECIMALS) != part for part in value[:2]):
        yield f"{_short(value)} has more than {DECIMALS} decimals (1 cm)", "round it; more digits are not more accuracy"


def _check_shape(geometry: dict[str, Any], file: str, name: str) -> Iterator[Issue]:
    import shapely

    try:
        shape = shapely.geometry.shape(geometry)
    except (ValueError, shapely.errors.GEOSException) as error:
        yield Issue(file, name, "geometry", f"it is not a {geometry['type']}: {error}", "draw it again")
        return
    if shape.geom_type.endswith("LineString") and shape.length == 0:
        yield Issue(file, name, "geometry", "the line has no length", "give it two different positions")
    elif not shape.is_valid:
        yield Issue(file, name, "geometry", shapely.is_valid_reason(shape), "repair it (QGIS: Fix geometries)")
    elif shape.geom_type.endswith("Polygon") and not _wound_right(shape):
        problem = "an outer ring must run counterclockwise, a hole clockwise"
        yield Issue(file, name, "geometry", problem, "reverse the rings (RFC 7946, 3.1.6)")


def _wound_right(shape: Any) -> bool:  # noqa: ANN401 - shapely is untyped
    polygons = getattr(shape, "geoms", [shape])
    return all(polygon.exterior.is_ccw and not any(hole.is_ccw for hole in polygon.interiors) for polygon in polygons)


def _short(value: Any) -> str:  # noqa: ANN401 - any JSON
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - a line of the terminal
