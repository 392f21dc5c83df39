"""Charts of the waters at some stand-off from a coast."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from geo.geodesic.measure import distance
from geo.lonlat import LonLat

from .chart import SeaChart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.geodesic._engine import FloatArray

    from ._base import BaseChart

_PIECE_DEG = 4.0  # a coast is widened piece by piece, so that each lies flat
_SLACK = 1.02  # an approach reaches this much beyond the nearest open water
_GROWTH, _LARGEST = 1.25, 4.0


def charts_off(
    chart: BaseChart, coast: BaseGeometry, offing_m: float, ends: Sequence[LonLat]
) -> Iterator[tuple[SeaChart, tuple[float, ...]]]:
    """Yield charts of the waters that lie off a coast, with ever wider approaches to the ends.

    Parameters
    ----------
    chart
        The land.
    coast
        Polygons in (lon, lat) degrees: what to keep off.
    offing_m
        Metres.
    ends
        Positions in the water; one that lies nearer to the coast is reached through a circle
        around it, first as wide as it must be, at last four times that.

    Yields
    ------
    SeaChart
        On which the waters near the coast are land.
    tuple of float
        Metres around each end within which they are not.
    """
    zone = _widened(coast, offing_m)
    least = [_way_out_m(zone, chart, end) for end in ends]
    growth = 1.0
    while growth <= _LARGEST:
        radii = tuple(metres * growth for metres in least)
        yield _opened(zone, chart, list(zip(ends, radii, strict=True))), radii
        if not any(least):
            return
        growth *= _GROWTH


def _opened(zone: BaseGeometry, chart: BaseChart, approaches: Sequence[tuple[LonLat, float]]) -> SeaChart:
    import shapely

    for end, radius in approaches:
        if radius:
            zone = zone.difference(_around(shapely.Point(tuple(end)), radius, end))
    parts = [part for part in shapely.get_parts(zone) if part.geom_type == "Polygon"]
    return SeaChart([*shapely.get_parts(chart.land), *parts], extent=chart.extent, accuracies=chart.accuracies)


def _way_out_m(zone: BaseGeometry, chart: BaseChart, end: LonLat) -> float:
    """Metres from an end to the nearest water outside of a zone; 0 where it lies there."""
    import shapely

    if not shapely.intersects_xy(zone, end.lon, end.lat):
        return 0.0
    edge = zone.boundary.difference(chart.land)
    scale = math.cos(math.radians(end.lat))
    flat = shapely.transform(edge, lambda at: (at - (end.lon, end.lat)) * (scale, 1.0))
    near = shapely.get_coordinates(shapely.shortest_line(flat, shapely.Point(0, 0)))[0]
    return distance(end, LonLat(float(near[0] / scale + end.lon), float(near[1] + end.lat))) * _SLACK


def _widened(coast: BaseGeometry, metres: float) -> BaseGeometry:
    import shapely

    west, south, east, north = coast.bounds
    corners = product(_steps(west, east), _steps(south, north))
    boxes = [shapely.box(lon, lat, lon + _PIECE_DEG, lat + _PIECE_DEG) for lon, lat in corners]
    pieces = [piece for box in boxes if not (piece := shapely.intersection(coast, box)).is_empty]
    middles = [LonLat(piece.centroid.x, piece.centroid.y) for piece in pieces]
    return shapely.union_all([_around(piece, metres, middle) for piece, middle in zip(pieces, middles, strict=True)])


def _around(shape: BaseGeometry, metres: float, middle: LonLat) -> BaseGeometry:
    """Widen a shape in a plane around its middle."""
    import numpy as np
    import shapely
    from pyproj import Transformer

    plane = {"proj": "aeqd", "lon_0": middle.lon, "lat_0": middle.lat, "ellps": "WGS84"}
    change = Transformer.from_crs("OGC:CRS84", plane, always_xy=True)

    def project(at: FloatArray) -> FloatArray:
        return np.column_stack(change.transform(at[:, 0], at[:, 1]))

    def unproject(at: FloatArray) -> FloatArray:
        return np.column_stack(change.transform(at[:, 0], at[:, 1], direction="INVERSE"))

    return shapely.transform(shapely.transform(shape, project).buffer(metres), unproject)


def _steps(low: float, high: float) -> list[float]:
    return [low + n * _PIECE_DEG for n in range(math.ceil((high - low) / _PIECE_DEG))]
