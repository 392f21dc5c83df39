"""Rings of polygons."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.geodesic._engine import FloatArray


def rings(land: BaseGeometry) -> list[FloatArray]:
    """Rings of polygons, each with the land on its left."""
    import shapely
    from shapely.geometry.polygon import orient

    polygons = [orient(part) for part in shapely.get_parts(land)]
    return [shapely.get_coordinates(ring) for part in polygons for ring in (part.exterior, *part.interiors)]
