"""Lines and polygons on the ellipsoid: length, area, densification."""

from __future__ import annotations

import math
from itertools import pairwise
from numbers import Real
from typing import TYPE_CHECKING, TypeAlias

from geo.errors import InvalidGeometryError, InvalidQuantityError
from geo.lonlat import LonLat, Position, as_lonlat

from ._engine import (
    inverse,
    is_array,
    line_length_many,
    ring_area,
    ring_area_many,
    rows,
)
from .measure import interpolate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._engine import FloatArray

    Line: TypeAlias = Sequence[Position] | FloatArray

# from here on importing PROJ costs less than going on in Python
_LONG = 500
_MIN_CORNERS = 3


def line_length(line: Line) -> float:
    """Return the length of a line, each segment a geodesic.

    Parameters
    ----------
    line
        Positions in order, or an array of shape (N, 2).

    Returns
    -------
    float
        Metres; 0 for fewer than two positions.

    Raises
    ------
    InvalidCoordinateError
        If a position is out of range.
    InvalidGeometryError
        If an array has another shape.

    Notes
    -----
    The vertices are taken as they are: a line drawn coarsely is shorter than the line it
    stands for.

    Examples
    --------
    >>> bridge = [(130.6432, 42.416156), (130.636876, 42.413125)]
    >>> round(line_length(bridge), 1)
    619.9
    >>> line_length([])
    0.0
    """
    if is_array(line) or len(line) > _LONG:
        return line_length_many(line)
    points = [as_lonlat(position) for position in line]
    return math.fsum(inverse(a, b)[0] for a, b in pairwise(points))


def area(rings: Sequence[Line]) -> float:
    """Return the area of a polygon, its holes taken off.

    Parameters
    ----------
    rings
        The outer ring, then the holes; each a sequence of positions or an array of
        shape (N, 2), closed or open, in either winding.

    Returns
    -------
    float
        Square metres, positive.

    Raises
    ------
    InvalidCoordinateError
        If a position is out of range.
    InvalidGeometryError
        If there is no ring, a ring has fewer than three corners, a ring was given in
        place of a list of rings, or the holes are larger than the polygon.

    Notes
    -----
    Edges are geodesics; a ring may hold a pole or cross the antimeridian, and means the
    smaller of the two parts of the earth that it bounds. Rings are not checked for
    crossing themselves or each other.

    Examples
    --------
    >>> outer = [(130, 42), (131, 42), (131, 43), (130, 43), (130, 42)]
    >>> hole = [(130.4, 42.4), (130.6, 42.4), (130.6, 42.6), (130.4, 42.6)]
    >>> round(area([outer]) / 1e6), round(area([outer, hole]) / 1e6)
    (9131, 8765)
    >>> area(outer)
    Traceback (most recent call last):
        ...
    geo.errors.InvalidGeometryError: area takes a list of rings, got one ring; \
write area([ring])
    """
    if _is_ring(rings):
        message = "area takes a list of rings, got one ring; write area([ring])"
        raise InvalidGeometryError(message)
    if not len(rings):
        message = "a polygon needs an outer ring, got no ring"
        raise InvalidGeometryError(message)
    outer, *holes = [_ring_area(ring, number) for number, ring in enumerate(rings)]
    net_m2 = outer - math.fsum(holes)
    if net_m2 < 0:
        message = (
            f"holes must fit in the outer ring, got {math.fsum(holes):.0f} m² of holes "
            f"in {outer:.0f} m²; the outer ring comes first"
        )
        raise InvalidGeometryError(message)
    return net_m2


def densify(line: Sequence[Position], *, max_segment_m: float) -> list[LonLat]:
    """Return the line with vertices filled in along its geodesics.

    Parameters
    ----------
    line
        Positions in order.
    max_segment_m
        Metres, greater than 0: no segment of the result is longer.

    Returns
    -------
    list of LonLat
        The given vertices, and evenly spaced ones between where needed.

    Raises
    ------
    InvalidCoordinateError
        If a position is out of range.
    InvalidQuantityError
        If ``max_segment_m`` is not a finite number above 0.

    Examples
    --------
    >>> [str(p) for p in densify([(130, 42), (132, 42)], max_segment_m=90_000)]
    ['130,42', '131,42.0043558', '132,42']
    >>> densify([], max_segment_m=1000)
    []
    """
    if not (math.isfinite(max_segment_m) and max_segment_m > 0):
        message = f"max_segment_m must be a finite number > 0, got {max_segment_m!r}"
        raise InvalidQuantityError(message, value=max_segment_m)
    points = [as_lonlat(position) for position in line]
    dense = points[:1]
    for a, b in pairwise(points):
        count = math.ceil(inverse(a, b)[0] / max_segment_m)
        dense += [interpolate(a, b, step / count) for step in range(1, count)]
        dense.append(b)
    return dense


def _ring_area(ring: Line, number: int) -> float:
    points = rows(ring) if is_array(ring) else [as_lonlat(corner) for corner in ring]
    corners = {tuple(point) for point in points}
    if len(corners) < _MIN_CORNERS:
        message = f"a ring needs three corners, got {len(corners)} (ring {number})"
        raise InvalidGeometryError(message)
    if is_array(ring) or len(ring) > _LONG:
        return ring_area_many(ring)
    return ring_area([as_lonlat(corner) for corner in ring])


def _is_ring(rings: object) -> bool:
    """Tell one ring, which is easily given in place of a list of rings."""
    if is_array(rings):
        return True
    first = rings[0] if isinstance(rings, list | tuple) and rings else None
    if isinstance(first, list | tuple) and first:
        return isinstance(first[0], Real)
    return isinstance(first, LonLat) or hasattr(first, "lonlat")
