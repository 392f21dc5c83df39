"""Gap and offset between two geometries in degrees, in metres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.ops import nearest_points

from geo import distance

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# Between two vertices a line may swing away from the other; so it is looked at in this many places at least.
_SAMPLES = 200


def gap_m(first: BaseGeometry, second: BaseGeometry) -> float:
    """Distance in metres between two geometries in degrees; 0 where they meet.

    Examples
    --------
    >>> from shapely.geometry import LineString, Point
    >>> round(gap_m(Point(130.64, 42.42), LineString([(130.63, 42.42), (130.65, 42.43)])))
    460
    """
    nearest = nearest_points(*_flat(first, second))
    ends = [_unsqueezed(point, first) for point in nearest]
    return distance(ends[0], ends[1])


def offset_m(first: BaseGeometry, second: BaseGeometry) -> float:
    """Greatest distance in metres from a place on one geometry to the other one (Hausdorff distance).

    Notes
    -----
    Measured in both directions, at every vertex and at 200 places between. The nearest place is found in a plane
    squeezed by the cosine of the latitude, the distance measured on the ellipsoid. Of an area the outline counts.

    Examples
    --------
    >>> from shapely.geometry import LineString, Point
    >>> round(offset_m(LineString([(130.6, 42.4), (130.7, 42.4)]), LineString([(130.6, 42.4), (130.7, 42.41)])), -1)
    1110.0
    >>> offset_m(Point(130.6, 42.4), Point(130.6, 42.4))
    0.0
    """
    flat = [
        geometry.boundary if geometry.geom_type.endswith("Polygon") else geometry for geometry in _flat(first, second)
    ]
    return max(_one_way_m(flat[0], flat[1], first), _one_way_m(flat[1], flat[0], first))


def _one_way_m(geometry: BaseGeometry, other: BaseGeometry, frame: BaseGeometry) -> float:
    dense = shapely.segmentize(geometry, geometry.length / _SAMPLES) if geometry.length else geometry
    places = shapely.points(np.unique(shapely.get_coordinates(dense), axis=0))
    ways = shapely.get_coordinates(shapely.shortest_line(places, other)).reshape(-1, 2, 2) / _squeeze(frame)
    return float(np.max(distance(ways[:, 0], ways[:, 1])))


def _flat(first: BaseGeometry, second: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    squeeze = _squeeze(first)
    first_flat, second_flat = (
        shapely.transform(geometry, lambda pairs: pairs * squeeze) for geometry in (first, second)
    )
    return first_flat, second_flat


def _squeeze(geometry: BaseGeometry) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([np.cos(np.radians(geometry.centroid.y)), 1.0])


def _unsqueezed(point: BaseGeometry, frame: BaseGeometry) -> tuple[float, float]:
    lon, lat = shapely.get_coordinates(point)[0] / _squeeze(frame)
    return float(lon), float(lat)
