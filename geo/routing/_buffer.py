"""Lines widened to polygons, in metres."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geo.errors import InvalidQuantityError
from geo.geodesic.shape import densify

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon

    from geo.network.edge import Coordinates

_STEP_M: Final = 5_000.0  # straight in the projection: off the geodesic by less than a metre
_STRETCH_M: Final = 200_000.0  # the projection is true to 0.01 % over half of that


def buffered(lines: list[Coordinates], width_m: float) -> Polygon | MultiPolygon:
    """Return the area within some metres of the lines; as `Reach.polygons`.

    Raises
    ------
    InvalidQuantityError
        If the width is not a finite number above 0.
    """
    if not (math.isfinite(width_m) and width_m > 0):
        raise InvalidQuantityError(f"width_m must be a finite number > 0, got {width_m!r}", value=width_m)
    from shapely import unary_union

    parts = [_widened(stretch, width_m) for line in lines for stretch in _stretches(line)]
    merged: Polygon | MultiPolygon = unary_union(parts)
    return merged


def _stretches(line: Coordinates) -> list[list[tuple[float, float]]]:
    """Cut a line into stretches short enough for one projection each."""
    dense = [(lonlat.lon, lonlat.lat) for lonlat in densify(line, max_segment_m=_STEP_M)]
    count = int(_STRETCH_M / _STEP_M)
    return [dense[first : first + count + 1] for first in range(0, max(len(dense) - 1, 1), count)]


def _widened(line: list[tuple[float, float]], width_m: float) -> Polygon:
    import numpy as np
    from pyproj import Transformer
    from shapely import LineString, Point, transform

    lon, lat = line[len(line) // 2]
    local = Transformer.from_crs("EPSG:4326", f"+proj=aeqd +lat_0={lat} +lon_0={lon} +datum=WGS84", always_xy=True)
    projected = np.column_stack(local.transform([lon for lon, _ in line], [lat for _, lat in line]))
    moves = any(a != b for a, b in pairwise(line))
    shape = LineString(projected) if moves else Point(projected[0])
    back: Polygon = transform(
        shape.buffer(width_m), lambda xy: np.column_stack(local.transform(xy[:, 0], xy[:, 1], direction="INVERSE"))
    )
    return back
