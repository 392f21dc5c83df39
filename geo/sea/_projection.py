"""The plane in which land is laid for ways by water: gnomonic, so that geodesics are straight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InvalidGeometryError
from geo.geodesic._engine import inverse
from geo.lonlat import LonLat

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.geodesic._engine import FloatArray

REACH_DEG = 60.0  # the plane grows without limit towards 90°
_DEGREE_M = 111_320.0
REACH_M = REACH_DEG * _DEGREE_M
_EQUATOR_M, _ECCENTRICITY2 = 6_378_137.0, 0.0066943799901413165  # WGS 84


class Plane:
    """A gnomonic plane around the middle of some land.

    Raises
    ------
    InvalidGeometryError
        If the land reaches farther than 60° from its middle or across the antimeridian.
    """

    __slots__ = ("_to_plane", "middle")

    def __init__(self, land: BaseGeometry) -> None:
        from pyproj import Transformer

        self.middle = _middle(land)
        plane = {"proj": "gnom", "lon_0": self.middle.lon, "lat_0": self.middle.lat, "ellps": "WGS84"}
        self._to_plane = Transformer.from_crs("OGC:CRS84", plane, always_xy=True)

    def laid(self, lonlats: FloatArray) -> FloatArray:
        """Lay (lon, lat) positions, shape (N, 2), into the plane."""
        import numpy as np

        return np.column_stack(self._to_plane.transform(lonlats[:, 0], lonlats[:, 1]))

    def back(self, plane: FloatArray) -> FloatArray:
        """Give the (lon, lat) of points of the plane, shape (N, 2)."""
        import numpy as np

        return np.column_stack(self._to_plane.transform(plane[:, 0], plane[:, 1], direction="INVERSE"))


def cartesian(lonlats: FloatArray) -> FloatArray:
    """Positions on the ellipsoid in metres from the middle of the Earth, shape (N, 3)."""
    import numpy as np

    lon, lat = np.radians(lonlats).T
    normal = _EQUATOR_M / np.sqrt(1 - _ECCENTRICITY2 * np.sin(lat) ** 2)
    x, y = normal * np.cos(lat) * np.cos(lon), normal * np.cos(lat) * np.sin(lon)
    return np.column_stack([x, y, normal * (1 - _ECCENTRICITY2) * np.sin(lat)])


def cross(a: FloatArray, b: FloatArray) -> FloatArray:
    """Cross products of vectors in the plane, shape (…, 2)."""
    product: FloatArray = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return product


def _middle(land: BaseGeometry) -> LonLat:
    west, south, east, north = land.bounds
    middle = LonLat((west + east) / 2, (south + north) / 2)
    far = max(inverse(middle, LonLat(lon, lat))[0] for lon in (west, east) for lat in (south, north))
    if far > REACH_M or east - west > 2 * REACH_DEG:
        message = (
            f"land must lie within {REACH_DEG:g}° of its middle, got a box of {east - west:.1f}° × {north - south:.1f}° "
            f"around {middle}; cut it to the waters in question"
        )
        raise InvalidGeometryError(message)
    return middle
