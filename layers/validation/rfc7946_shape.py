"""Warnings on shapes valid in RFC 7946 that often cause trouble: self-crossing, ring orientation, the 180th meridian."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.features.antimeridian import is_wide, unrolled

if TYPE_CHECKING:
    from collections.abc import Iterator


def shape_problems(kind: str, coordinates: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any depth of lists
    """Yield problems of a geometry with well-formed coordinates, each with its fix."""
    try:
        shape = shapely.geometry.shape({"type": kind, "coordinates": flat(coordinates)})
    except (ValueError, shapely.errors.GEOSException) as error:  # a form that only GEOS does not take
        yield f"it is not a {kind} that can be drawn: {error}", "draw it again"
        return
    parts = list(getattr(shape, "geoms", [shape]))
    if any(shapely.get_dimensions(part) == 1 and part.length == 0 for part in parts):
        yield "the line has no length", "give it two different positions"
    elif kind not in {"Point", "MultiPoint"} and any(map(_repeats, _lines(parts))):
        yield "it has positions twice in a row", "leave one of them out"
    unrolled_parts = [unrolled(part) for part in parts]
    if any(new is not old for new, old in zip(unrolled_parts, parts, strict=True)):
        yield "it crosses the 180th meridian", "cut it there (RFC 7946, 3.1.9)"
    elif any(map(is_wide, parts)):
        yield (
            "it spans more than half of the Earth",
            "reverse its rings if it crosses the 180th meridian, and cut it there",
        )
    polygons = [part for part in unrolled_parts if shapely.get_dimensions(part) == 2]  # noqa: PLR2004 - areas
    for part in polygons:
        if not part.is_valid:
            yield shapely.is_valid_reason(part), "repair it (QGIS: Fix geometries)"
    if kind == "MultiPolygon" and not shape.is_valid and all(part.is_valid for part in parts):
        yield shapely.is_valid_reason(shape), "repair it (QGIS: Fix geometries)"
    if any(part.is_valid and not wound_right(part) for part in polygons):
        yield "an outer ring must run counterclockwise, a hole clockwise", "reverse the rings (RFC 7946, 3.1.6)"


def wound_right(polygon: Any) -> bool:  # noqa: ANN401 - shapely is untyped
    """Tell whether the outer ring runs counterclockwise and the holes clockwise."""
    return bool(polygon.exterior.is_ccw) and not any(hole.is_ccw for hole in polygon.interiors)


def flat(coordinates: Any) -> Any:  # noqa: ANN401
    """Coordinates without heights, which shapes do not mix; lists of positions as arrays, which shapes are made of faster."""
    if isinstance(coordinates[0], (int, float)):
        return coordinates[:2]
    if isinstance(coordinates[0][0], (int, float)):
        return np.array([position[:2] for position in coordinates], float)
    return [flat(item) for item in coordinates]


def _lines(parts: list[Any]) -> Iterator[Any]:
    for part in parts:
        yield from [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]


def _repeats(line: Any) -> bool:  # noqa: ANN401
    xy = shapely.get_coordinates(line)
    return bool((xy[1:] == xy[:-1]).all(axis=1).any())
