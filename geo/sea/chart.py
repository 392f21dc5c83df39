"""Land, prepared once for finding ways around it by water."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.errors import InvalidGeometryError, InvalidQuantityError
from geo.geodesic._engine import direct_many, inverse
from geo.lonlat import LonLat

from ._astar import Search
from ._bound import Bound
from ._projection import REACH_DEG, REACH_M, Plane, cross
from ._ring import rings
from ._visibility import Corners, convex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.bbox import BBox
    from geo.geodesic._engine import FloatArray

CLEARANCE_M = 50.0  # ways turn this far off the shore: a hundred times what the plane bends a geodesic
DRAWN_STEP_M = 10_000.0  # a chord of this length lies within 2 m of its geodesic
_DENSE_DEG = 0.1  # land is drawn straight in degrees: split so, its edges stay straight in the plane
_MITRE_LIMIT = 5.0
_POCKET_M2 = 1e8  # a place on land is not joined to water enclosed by land, if it is smaller


class SeaChart:
    """Land and the corners around which a ship may turn.

    Building one takes a third of a second for 20 000 vertices; give the same chart to every
    `sea_path`. It remembers what it has seen, so that later paths are found faster.

    Parameters
    ----------
    land
        Polygons in (lon, lat) degrees, or several of them; they may overlap or touch.
    extent
        Where the land is complete: no path turns outside. Without one, all that is not
        land is water.
    accuracies
        Boxes with the accuracy of the shore in them, metres with 95 % confidence, the
        coarsest first; of several boxes the last counts, outside of all 0 m.

    Raises
    ------
    InvalidGeometryError
        If there is no polygon, or the land reaches farther than 60° from its middle or
        across the antimeridian.
    InvalidQuantityError
        If an accuracy is negative or not finite.

    Notes
    -----
    The land is laid into the gnomonic plane, in which geodesics are straight to a metre over
    2500 km. The corners are those of the land widened by 50 m, so that what the plane bends
    cannot bring a path ashore; channels narrower than 100 m are therefore closed. Corners are
    joined when a search comes by, by those lines alone that touch the shore at both ends. What
    cannot lie on the shortest way is left out: where even around land worn down by 2 km the way
    through a corner is longer. So no corner is missed, and few are looked at.

    Examples
    --------
    >>> import shapely
    >>> chart = SeaChart(shapely.box(130, 41, 131, 42))
    >>> chart.is_land((130.5, 41.5)), chart.is_land((129.5, 41.5))
    (True, False)
    >>> SeaChart(shapely.Point(130, 41))
    Traceback (most recent call last):
        ...
    geo.errors.InvalidGeometryError: a sea chart needs land as polygons, got Point
    """

    __slots__ = ("_bound", "_corners", "_laid", "_plane", "_pockets", "_shore", "accuracies", "extent", "land")

    def __init__(
        self,
        land: BaseGeometry | Iterable[BaseGeometry],
        *,
        extent: BBox | None = None,
        accuracies: Sequence[tuple[BBox, float]] = (),
    ) -> None:
        import shapely  # 150 ms; only sea paths pay for it

        for _, metres in accuracies:
            if not (math.isfinite(metres) and metres >= 0):
                message = f"an accuracy must be a finite number >= 0, got {metres!r}"
                raise InvalidQuantityError(message, value=metres)
        self.extent = extent
        self.accuracies = tuple(accuracies)
        self.land = shapely.union_all(_polygons(land))
        shapely.prepare(self.land)
        self._plane = Plane(self.land)
        self._laid = shapely.transform(shapely.segmentize(self.land, _DENSE_DEG), self._plane.laid)
        widened = self._laid.buffer(CLEARANCE_M, join_style="mitre", mitre_limit=_MITRE_LIMIT)
        holes = [shapely.Polygon(ring) for part in shapely.get_parts(widened) for ring in part.interiors]
        self._pockets = shapely.multipolygons(holes) if holes else shapely.MultiPolygon()
        shores = rings(widened)
        self._shore = self._segments([ring for ring in shores if _is_open(ring)])
        self._corners = self._inside(convex(shores))
        self._bound: Bound | None = None

    def __repr__(self) -> str:
        """Tell how much there is to go around."""
        return f"<SeaChart: {len(self._corners)} corners>"

    def is_land(self, position: tuple[float, float] | LonLat) -> bool:
        """Tell whether a position lies on land, the shore included."""
        import shapely

        lon, lat = position
        return bool(shapely.intersects_xy(self.land, lon, lat))

    def reaches(self, lonlat: LonLat) -> bool:
        """Tell whether the chart knows what is land and water there."""
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
        along = (self._shore[:, 1] - self._shore[:, 0]) * scale
        size = np.maximum((along**2).sum(axis=1), 1e-30)
        share = np.clip(-(start * along).sum(axis=1) / size, 0.0, 1.0)[:, None]
        row = int(np.argmin(((start + share * along) ** 2).sum(axis=1)))
        lon, lat = self._shore[row, 0] + share[row] * (self._shore[row, 1] - self._shore[row, 0])
        water = LonLat(float(lon), float(lat))
        return water, inverse(lonlat, water)[0]

    def accuracy_m(self, lonlat: LonLat) -> float:
        """Return how well the shore is known there, metres with 95 % confidence."""
        return next((metres for box, metres in reversed(self.accuracies) if box.contains(lonlat)), 0.0)

    def turns(self, start: LonLat, end: LonLat, at_most_m: float = math.inf) -> list[LonLat] | None:
        """Return the positions where the shortest way by water turns, or None where there is no way.

        Parameters
        ----------
        start, end
            Positions in the water.
        at_most_m
            Metres: a longer way that turns counts as none.

        Returns
        -------
        list of LonLat or None
            In order, without both ends; empty where the way is straight.
        """
        import numpy as np

        if self._is_free(start, end):
            return []
        if self._pocket(start) != self._pocket(end):
            return None
        ends = np.array([tuple(start), tuple(end)])
        search = Search(self._corners, self._bounded, self._plane.laid(ends), ends)
        while (found := search.run(at_most_m)) is not None:
            way = [start, *(LonLat(*self._corners.lonlats[corner].tolist()) for corner in found), end]
            shut = [n for n in range(len(way) - 1) if not self._is_free(way[n], way[n + 1])]
            if not shut:
                return way[1:-1]
            numbers = [-1, *found, -2]
            for leg in shut:  # straight in the plane only: comes up once in a thousand
                search.shut(numbers[leg], numbers[leg + 1])
        return None

    def _bounded(self) -> Bound:
        """Wear the land down, once."""
        if self._bound is None:
            self._bound = Bound(self._corners, self._laid, self._plane)
        return self._bound

    def _is_free(self, a: LonLat, b: LonLat) -> bool:
        import shapely

        return not shapely.intersects(self.land, shapely.LineString(drawn([a, b])))

    def _pocket(self, lonlat: LonLat) -> int:
        """Return the number of the enclosed water that a position lies in; -1 in the open."""
        import numpy as np
        import shapely

        point = shapely.Point(self._plane.laid(np.array([[lonlat.lon, lonlat.lat]]))[0])
        holes = np.flatnonzero(shapely.dwithin(shapely.get_parts(self._pockets), point, 1.0))
        return int(holes[0]) if len(holes) else -1

    def _inside(self, corners: FloatArray) -> Corners:
        lonlats = self._plane.back(corners[:, 0])
        if (box := self.extent) is not None:
            lon, lat = lonlats.T
            inside = (lon > box.west) & (lon < box.east) & (lat > box.south) & (lat < box.north)
            corners, lonlats = corners[inside], lonlats[inside]
        return Corners(corners, lonlats, self._laid)

    def _segments(self, rings: list[FloatArray]) -> FloatArray:
        import numpy as np

        laid = [self._plane.back(ring) for ring in rings]
        return np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for ring in laid])


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
        metres, azimuth = inverse(a, b)
        count = math.ceil(metres / DRAWN_STEP_M)
        if count > 1:
            import numpy as np

            at = np.linspace(0.0, metres, count + 1)[1:-1]
            line += [(lon, lat) for lon, lat in direct_many(a, azimuth, at).tolist()]
        line.append((b.lon, b.lat))
    return line


def _polygons(land: BaseGeometry | Iterable[BaseGeometry]) -> list[BaseGeometry]:
    import numpy as np
    import shapely

    parts = shapely.get_parts(np.atleast_1d(np.asarray(land if hasattr(land, "geom_type") else list(land), object)))
    kinds = {str(part.geom_type) for part in parts}
    if kinds != {"Polygon"}:
        message = f"a sea chart needs land as polygons, got {', '.join(sorted(kinds)) or 'nothing'}"
        raise InvalidGeometryError(message)
    return list(parts)


def _is_open(ring: FloatArray) -> bool:
    """Tell the shore of an open water, or of a wide enclosed one: of those the ring runs clockwise."""
    import numpy as np

    return float(np.sum(cross(ring[:-1], ring[1:]))) > 0 or _enclosed_m2(ring) > _POCKET_M2


def _enclosed_m2(ring: FloatArray) -> float:
    import shapely

    return float(shapely.Polygon(ring).area)
