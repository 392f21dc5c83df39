"""A sea chart: land prepared once for sea routes around it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo.errors import InvalidGeometryError, InvalidQuantityError
from geo.lonlat import LonLat

from ._astar import Search
from ._base import BaseChart
from ._bound import Bound
from ._projection import Plane, cross
from ._ring import rings
from ._visibility import Corners, convex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.bbox import BBox
    from geo.geodesic._engine import FloatArray

    from .compiled import CompiledChart

CLEARANCE_M = 50.0  # paths turn this far off the shore: a hundred times the error of a geodesic in the plane
_DENSE_DEG = 0.1  # land is drawn straight in degrees: split so, its edges stay straight in the plane
_MITRE_LIMIT = 5.0
_POCKET_M2 = 1e8  # a place on land is not joined to water enclosed by land, if it is smaller


class SeaChart(BaseChart):
    """Land and the corners around which a ship may turn.

    Building one takes a third of a second for 20 000 vertices; give the same chart to every
    `sea_path`. It keeps the sight lines it has computed, so that later paths are found faster.

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
    The land is projected into a gnomonic plane, in which geodesics are straight to a metre over
    2500 km. The corners are those of the land widened by 50 m, so that the bend of a line in the plane
    cannot bring a path ashore; channels narrower than 100 m are therefore closed. Corners are
    joined during the search, only by lines that touch the shore at both ends. A corner is left out
    if even around land eroded by 2 km the path through it is longer than allowed: so no corner
    of the shortest path is missed, and few are looked at.

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

    __slots__ = ("_bound", "_corners", "_land", "_pockets", "_projected", "_rings")

    def __init__(
        self,
        land: BaseGeometry | Iterable[BaseGeometry],
        *,
        extent: BBox | None = None,
        accuracies: Sequence[tuple[BBox, float]] = (),
    ) -> None:
        import numpy as np
        import shapely  # 150 ms; only sea paths pay for it

        for _, metres in accuracies:
            if not (math.isfinite(metres) and metres >= 0):
                message = f"an accuracy must be a finite number >= 0, got {metres!r}"
                raise InvalidQuantityError(message, value=metres)
        self._land = shapely.union_all(_polygons(land))
        shapely.prepare(self._land)
        plane = Plane.around(self._land)
        self._projected = shapely.transform(shapely.segmentize(self._land, _DENSE_DEG), plane.project)
        widened = self._projected.buffer(CLEARANCE_M, join_style="mitre", mitre_limit=_MITRE_LIMIT)
        holes = [shapely.Polygon(ring) for part in shapely.get_parts(widened) for ring in part.interiors]
        self._pockets = shapely.multipolygons(holes) if holes else shapely.MultiPolygon()
        shores = rings(widened)
        self._rings = [plane.unproject(ring) for ring in shores if _is_open(ring)]
        shore = np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for ring in self._rings])
        super().__init__(plane, shore, extent, accuracies)
        self._corners = self._inside(convex(shores))
        self._bound: Bound | None = None

    def __repr__(self) -> str:
        """Tell how much there is to go around."""
        return f"<SeaChart: {len(self._corners)} corners>"

    @property
    def land(self) -> BaseGeometry:
        """The land, as one geometry of polygons."""
        return self._land

    def compiled(self, source: str = "") -> CompiledChart:
        """Compile the visibility graph: half a minute for 20 000 vertices, and no path takes long from then on.

        Parameters
        ----------
        source
            An identifier of the land, such as a hash; it is kept as `CompiledChart.source`.
        """
        from ._compilation import compile_chart

        return compile_chart(self, self._corners, self._projected, self._rings, source)

    def turns(self, start: LonLat, end: LonLat, at_most_m: float = math.inf) -> list[LonLat] | None:
        """Return the positions where the shortest path by water turns, or None where there is no path; see `BaseChart.turns`."""
        import numpy as np

        if self.is_free(start, end):
            return []
        if self._pocket(start) != self._pocket(end):
            return None
        ends = np.array([tuple(start), tuple(end)])
        search = Search(self._corners, self._bounded, self._plane.project(ends), ends)
        while (corners := search.run(at_most_m)) is not None:
            way = [start, *(LonLat(*self._corners.lonlats[corner].tolist()) for corner in corners), end]
            shut = [n for n in range(len(way) - 1) if not self.is_free(way[n], way[n + 1])]
            if not shut:
                return way[1:-1]
            numbers = [-1, *corners, -2]
            for leg in shut:  # straight in the plane only: comes up once in a thousand
                search.shut(numbers[leg], numbers[leg + 1])
        return None

    def _bounded(self) -> Bound:
        """Erode the land, once."""
        if self._bound is None:
            self._bound = Bound(self._corners, self._projected, self._plane)
        return self._bound

    def _pocket(self, lonlat: LonLat) -> int:
        """Return the number of the enclosed water that a position lies in; -1 in the open."""
        import numpy as np
        import shapely

        point = shapely.Point(self._plane.project(np.array([[lonlat.lon, lonlat.lat]]))[0])
        holes = np.flatnonzero(shapely.dwithin(shapely.get_parts(self._pockets), point, 1.0))
        return int(holes[0]) if len(holes) else -1

    def _inside(self, corners: FloatArray) -> Corners:
        lonlats = self._plane.unproject(corners[:, 0])
        if (box := self.extent) is not None:
            lon, lat = lonlats.T
            inside = (lon > box.west) & (lon < box.east) & (lat > box.south) & (lat < box.north)
            corners, lonlats = corners[inside], lonlats[inside]
        return Corners(corners, lonlats, self._projected)


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
