"""Base of all sea charts: land, shore, extent."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.geodesic._engine import along, inverse
from geo.lonlat import LonLat

from ._projection import REACH_DEG, REACH_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.bbox import BBox
    from geo.geodesic._engine import FloatArray

    from ._projection import Plane

DRAWN_STEP_M = 10_000.0  # a chord of this length lies within 2 m of its geodesic


class BaseChart(ABC):
    """Land in (lon, lat) degrees, with its extent and accuracy.

    Parameters
    ----------
    plane
        In which paths are searched for.
    shore
        Segments 50 m off the shore of open waters, in degrees: shape (N, 2, 2).
    extent, accuracies
        As of `SeaChart`.
    """

    __slots__ = ("_plane", "_shore", "accuracies", "extent")

    def __init__(
        self, plane: Plane, shore: FloatArray, extent: BBox | None, accuracies: Sequence[tuple[BBox, float]]
    ) -> None:
        self._plane, self._shore = plane, shore
        self.extent = extent
        self.accuracies = tuple(accuracies)

    @property
    def middle(self) -> LonLat:
        """Where the plane in which paths are searched for touches the Earth."""
        return self._plane.middle

    @property
    @abstractmethod
    def land(self) -> BaseGeometry:
        """The land, as one geometry of polygons."""

    @abstractmethod
    def turns(self, start: LonLat, end: LonLat, at_most_m: float = math.inf) -> list[LonLat] | None:
        """Return the positions where the shortest path by water turns, or None where there is no path.

        Parameters
        ----------
        start, end
            Positions in the water.
        at_most_m
            Metres: a longer path that turns counts as none.

        Returns
        -------
        list of LonLat or None
            In order, without both ends; empty where the path is straight.
        """

    def is_land(self, position: tuple[float, float] | LonLat) -> bool:
        """Tell whether a position lies on land, the shore included."""
        import shapely

        lon, lat = position
        return bool(shapely.intersects_xy(self.land, lon, lat))

    def reaches(self, lonlat: LonLat) -> bool:
        """Tell whether the chart covers a position."""
        if self.extent is not None:
            return self.extent.contains(lonlat)
        near = (
            abs(lonlat.lon - self._plane.middle.lon) <= REACH_DEG
            and abs(lonlat.lat - self._plane.middle.lat) <= REACH_DEG
        )
        return near and inverse(lonlat, self._plane.middle)[0] <= REACH_M

    def nearest_water(self, lonlat: LonLat) -> tuple[LonLat, float]:
        """Return the nearest position 50 m off the shore, and how many metres away it is."""
        import numpy as np

        scale = np.array([math.cos(math.radians(lonlat.lat)), 1.0])
        start = (self._shore[:, 0] - (lonlat.lon, lonlat.lat)) * scale
        onward = (self._shore[:, 1] - self._shore[:, 0]) * scale
        size = np.maximum((onward**2).sum(axis=1), 1e-30)
        share = np.clip(-(start * onward).sum(axis=1) / size, 0.0, 1.0)[:, None]
        row = int(np.argmin(((start + share * onward) ** 2).sum(axis=1)))
        lon, lat = self._shore[row, 0] + share[row] * (self._shore[row, 1] - self._shore[row, 0])
        water = LonLat(float(lon), float(lat))
        return water, inverse(lonlat, water)[0]

    def accuracy_m(self, lonlat: LonLat) -> float:
        """Return how well the shore is known there, metres with 95 % confidence."""
        return next((metres for box, metres in reversed(self.accuracies) if box.contains(lonlat)), 0.0)

    def is_free(self, a: LonLat, b: LonLat) -> bool:
        """Tell whether the geodesic between two positions crosses no land."""
        import shapely

        return not shapely.intersects(self.land, shapely.LineString(drawn([a, b])))


def drawn(turns: Sequence[LonLat]) -> list[tuple[float, float]]:
    """Return the geodesics between positions as a line that may be drawn straight in degrees, to 2 m.

    Parameters
    ----------
    turns
        At least one position.

    Returns
    -------
    list of (lon, lat)
        The positions, and between them one at least every 10 km.
    """
    line = [(turns[0].lon, turns[0].lat)]
    for a, b in pairwise(turns):
        line += [(at.lon, at.lat) for at in (*along(a, b, DRAWN_STEP_M), b)]
    return line
