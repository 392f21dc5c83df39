"""The gnomonic plane in which sea routes are searched: geodesics are nearly straight lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InvalidGeometryError
from geo.geodesic._engine import gnomonic, inverse
from geo.lonlat import METRES_PER_DEGREE, LonLat

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pyproj import Transformer
    from shapely.geometry.base import BaseGeometry

    from geo.geodesic._engine import FloatArray

REACH_DEG = 60.0  # the plane grows without limit towards 90°
_FEW = 8
_ALONG = 1e-6  # radians
REACH_M = REACH_DEG * METRES_PER_DEGREE
_EQUATOR_M, _ECCENTRICITY2 = 6_378_137.0, 0.0066943799901413165  # WGS 84


class Plane:
    """A gnomonic plane around a position."""

    __slots__ = ("_transformer", "middle")

    def __init__(self, middle: LonLat) -> None:
        self.middle = middle
        self._transformer: Transformer | None = None

    @classmethod
    def around(cls, land: BaseGeometry) -> Plane:
        """Return a plane around the middle of some land.

        Raises
        ------
        InvalidGeometryError
            If the land reaches farther than 60° from its middle or across the antimeridian.
        """
        return cls(_middle(land))

    def project(self, lonlats: FloatArray) -> FloatArray:
        """Project (lon, lat) positions, shape (N, 2), into the plane."""
        import numpy as np

        if len(lonlats) <= _FEW:  # without PROJ, which takes longer to import than a sea path to find
            return np.array([gnomonic(self.middle, LonLat(lon, lat)) for lon, lat in lonlats.tolist()]).reshape(-1, 2)
        return np.column_stack(self._projection().transform(lonlats[:, 0], lonlats[:, 1]))

    def unproject(self, plane: FloatArray) -> FloatArray:
        """Return the (lon, lat) of points of the plane, shape (N, 2)."""
        import numpy as np

        return np.column_stack(self._projection().transform(plane[:, 0], plane[:, 1], direction="INVERSE"))

    def _projection(self) -> Transformer:
        from pyproj import Transformer

        if self._transformer is None:
            plane = {"proj": "gnom", "lon_0": self.middle.lon, "lat_0": self.middle.lat, "ellps": "WGS84"}
            self._transformer = Transformer.from_crs("OGC:CRS84", plane, always_xy=True)
        return self._transformer


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


def touches(way: FloatArray, before: FloatArray, after: FloatArray) -> NDArray[np.bool_]:
    """Tell which lines touch a coast at a vertex and do not cut into it there.

    Parameters
    ----------
    way
        Directions of the lines, shape (N, 2) or (2,).
    before, after
        From the vertex to its neighbours on the coast, of any length: shape (N, 2) or (2,).

    Notes
    -----
    A line along the coast itself counts, despite rounding.
    """
    import numpy as np

    to_before, to_after = cross(way, before), cross(way, after)
    slack = _ALONG * np.hypot(way[..., 0], way[..., 1])
    along = (np.abs(to_before) <= slack * np.hypot(before[..., 0], before[..., 1])) | (
        np.abs(to_after) <= slack * np.hypot(after[..., 0], after[..., 1])
    )
    touching: NDArray[np.bool_] = (to_before * to_after >= 0) | along
    return touching


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
