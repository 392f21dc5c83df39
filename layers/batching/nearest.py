"""The nearest feature of each position: of points over the ellipsoid, of lines and areas by their nearest place."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import shapely

import geo
from geo.network.network import may_be_nearest_m

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Finder: TypeAlias = "Callable[[NDArray[np.float64]], tuple[NDArray[np.int64], NDArray[np.float64]]]"

ROWS_AT_ONCE: Final = 4096
_EARTH_M: Final = 6_371_008.8
_BAND_DEG: Final = 0.05  # within one, a degree of longitude changes its length by 0.03 % here
_BANDS: Final = 64
_FAR_DEG: Final = 0.3  # from here on, the nearest place is sought again in a plane for the middle of both


def point_finder(shapes: NDArray[np.object_]) -> Finder:
    """Find the nearest of some points, and its distance in metres; of equals the first."""
    spots = shapely.get_coordinates(shapes)
    axes = _on_sphere(spots)

    def find(lonlat: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        chord = np.sqrt(np.maximum(2 - 2 * (_on_sphere(lonlat) @ axes.T), 0.0))  # off by 0.2 m at most
        rough_m = 2 * _EARTH_M * np.arcsin(np.minimum(chord / 2, 1.0))
        row, spot = np.nonzero(rough_m <= may_be_nearest_m(rough_m.min(axis=1, keepdims=True)))
        return _first(row, spot, geo.distance(lonlat[row], spots[spot]))

    return find


def shape_finder(shapes: NDArray[np.object_]) -> Finder:
    """Find the nearest of some points, lines and areas, and its distance in metres; 0 within an area.

    Notes
    -----
    Lines are straight in longitude and latitude, as they are drawn. The nearest place of each candidate is sought in a plane
    squeezed by the cosine of the latitude; the distance to it is measured on the ellipsoid.
    """

    @lru_cache(maxsize=_BANDS)
    def plane(band: int) -> tuple[NDArray[np.float64], shapely.STRtree]:
        squeeze = _squeeze((band + 0.5) * _BAND_DEG)
        return squeeze, shapely.STRtree(shapely.transform(shapes, lambda pairs: pairs * squeeze))

    def find(lonlat: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        which, metres = np.full(len(lonlat), -1), np.full(len(lonlat), np.nan)
        bands = np.floor(lonlat[:, 1] / _BAND_DEG).astype(int)
        for band in np.unique(bands).tolist():
            rows = np.flatnonzero(bands == band)
            squeeze, tree = plane(band)
            which[rows], metres[rows] = _in_plane(lonlat[rows], squeeze, tree, shapes)
        return which, metres

    return find


def _in_plane(
    lonlat: NDArray[np.float64], squeeze: NDArray[np.float64], tree: shapely.STRtree, shapes: NDArray[np.object_]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    places = shapely.points(lonlat * squeeze)
    (row, _), rough = tree.query_nearest(places, return_distance=True, all_matches=False)
    limit = np.empty(len(places))
    limit[row] = rough * (1.01 + 0.02 * rough) + 1e-9  # the plane is the more wrong the farther it reaches
    row, shape = tree.query(places, predicate="dwithin", distance=limit)
    ways = shapely.shortest_line(places[row], tree.geometries[shape])
    feet = shapely.get_coordinates(ways).reshape(-1, 2, 2)[:, 1] / squeeze
    for pair in np.flatnonzero(np.abs(feet - lonlat[row]).max(axis=1) > _FAR_DEG).tolist():
        feet[pair] = _foot(lonlat[row[pair]], feet[pair], shapes[shape[pair]])
    return _first(row, shape, geo.distance(lonlat[row], feet))


def _foot(start: NDArray[np.float64], rough: NDArray[np.float64], shape: shapely.Geometry) -> NDArray[np.float64]:
    """Nearest place of a far shape, in a plane for the latitude half way to a rough one."""
    squeeze = _squeeze(float(start[1] + rough[1]) / 2)
    flat = shapely.transform(shape, lambda pairs: pairs * squeeze)
    way = shapely.shortest_line(shapely.points(start * squeeze), flat)
    foot: NDArray[np.float64] = shapely.get_coordinates(way)[1] / squeeze
    return foot


def _first(
    row: NDArray[np.int64], index: NDArray[np.int64], metres: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Nearest candidate of each row; of equals that of the smallest index."""
    order = np.lexsort((index, metres, row))
    first = order[np.unique(row[order], return_index=True)[1]]
    return index[first], metres[first]


def _squeeze(lat: float) -> NDArray[np.float64]:
    return np.array([np.cos(np.radians(lat)), 1.0])


def _on_sphere(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    lon, lat = np.radians(lonlat).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
