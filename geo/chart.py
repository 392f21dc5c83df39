"""Land, prepared once for finding ways around it by water."""

from __future__ import annotations

import heapq
import math
from itertools import pairwise
from typing import TYPE_CHECKING

from ._geodesic import direct_many, inverse, inverse_many
from .errors import InvalidGeometryError, InvalidQuantityError
from .lonlat import LonLat

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from pyproj import Transformer
    from shapely.geometry.base import BaseGeometry

    from ._geodesic import FloatArray
    from .bbox import BBox

CLEARANCE_M = 50.0  # ways turn this far off the shore: a hundred times what the plane bends a geodesic
DRAWN_STEP_M = 10_000.0  # a chord of this length lies within 2 m of its geodesic
_REACH_DEG = 60.0  # the plane grows without limit towards 90°
_DENSE_DEG = 0.1  # land is drawn straight in degrees: split so, its edges stay straight in the plane
_MITRE_LIMIT = 5.0
_ROUGH_M = 1_000.0  # the rough corners stand this far off the shore
_HARBOUR_M = 30_000.0  # so near to an end every corner counts
_FJORD_M = 100_000.0  # or this, where the rough corners find no way out
_POCKET_M2 = 1e8  # a place on land is not joined to water enclosed by land, if it is smaller
_CORRIDOR_M = 20_000.0  # and so near to the rough way
_DEGREE_M = 111_320.0
_EQUATOR_M, _ECCENTRICITY2 = 6_378_137.0, 0.0066943799901413165  # WGS 84


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
    joined when a search comes by, by those lines alone that touch the shore at both ends.

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

    __slots__ = (
        "_corners",
        "_legs",
        "_lonlats",
        "_middle",
        "_plane",
        "_pockets",
        "_rough",
        "_shore",
        "_to_plane",
        "_xyz",
        "accuracies",
        "extent",
        "land",
    )

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
        self.extent = extent
        self.accuracies = tuple(accuracies)
        self.land = shapely.union_all(_polygons(land))
        shapely.prepare(self.land)
        self._middle = _middle(self.land)
        self._to_plane = _gnomonic(self._middle)
        self._plane = shapely.transform(shapely.segmentize(self.land, _DENSE_DEG), self._laid)
        shapely.prepare(self._plane)
        widened = self._widened(CLEARANCE_M)
        rings = _rings(widened)
        holes = [shapely.Polygon(ring) for part in shapely.get_parts(widened) for ring in part.interiors]
        self._pockets = shapely.multipolygons(holes) if holes else shapely.MultiPolygon()
        self._shore = self._segments([ring for ring in rings if _is_open(ring)])
        fine, rough = _convex(rings), _convex(_rings(self._widened(_ROUGH_M).simplify(_ROUGH_M * 0.9)))
        self._corners = np.concatenate([fine, rough])
        self._rough = np.arange(len(self._corners)) >= len(fine)
        self._lonlats = self._back(self._corners[:, 0])
        self._keep_inside()
        self._xyz = _cartesian(self._lonlats)
        self._legs: dict[tuple[int, int], float] = {}

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
        near = abs(lonlat.lon - self._middle.lon) <= _REACH_DEG and abs(lonlat.lat - self._middle.lat) <= _REACH_DEG
        return near and inverse(lonlat, self._middle)[0] <= _REACH_DEG * _DEGREE_M

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

    def turns(self, start: LonLat, end: LonLat) -> list[LonLat] | None:
        """Return the positions where the shortest way by water turns, or None where there is no way.

        Parameters
        ----------
        start, end
            Positions in the water.

        Returns
        -------
        list of LonLat or None
            In order, without both ends; empty where the way is straight.
        """
        if self._is_free(start, end):
            return []
        if self._pocket(start) != self._pocket(end):
            return None
        way = self._way(start, end, self._rough | self._near([start, end], _HARBOUR_M))
        if way is None:  # narrower than the rough corners can tell
            way = self._way(start, end, self._rough | self._near([start, end], _FJORD_M))
        if way is None:
            return None
        return self._way(start, end, self._along([start, *way, end]))

    def _way(self, start: LonLat, end: LonLat, corners: NDArray[np.bool_]) -> list[LonLat] | None:
        search = _Search(self, start, end, corners)
        while (found := search.run()) is not None:
            way = [start, *(search.lonlat(corner) for corner in found[1:-1]), end]
            shut = [n for n in range(len(way) - 1) if not self._is_free(way[n], way[n + 1])]
            if not shut:
                return way[1:-1]
            for leg in shut:  # straight in the plane only: comes up once in a thousand
                search.shut(found[leg], found[leg + 1])
        return None

    def _is_free(self, a: LonLat, b: LonLat) -> bool:
        import shapely

        return not shapely.intersects(self.land, shapely.LineString(drawn([a, b])))

    def _laid(self, lonlats: FloatArray) -> FloatArray:
        import numpy as np

        return np.column_stack(self._to_plane.transform(lonlats[:, 0], lonlats[:, 1]))

    def _back(self, plane: FloatArray) -> FloatArray:
        import numpy as np

        return np.column_stack(self._to_plane.transform(plane[:, 0], plane[:, 1], direction="INVERSE"))

    def _pocket(self, lonlat: LonLat) -> int:
        """Return the number of the enclosed water that a position lies in; -1 in the open."""
        import numpy as np
        import shapely

        point = shapely.Point(self._laid(np.array([[lonlat.lon, lonlat.lat]]))[0])
        holes = np.flatnonzero(shapely.dwithin(shapely.get_parts(self._pockets), point, 1.0))
        return int(holes[0]) if len(holes) else -1

    def _widened(self, metres: float) -> BaseGeometry:
        return self._plane.buffer(metres, join_style="mitre", mitre_limit=_MITRE_LIMIT)

    def _near(self, ends: list[LonLat], metres: float) -> NDArray[np.bool_]:
        """Tell which corners lie near some positions."""
        import numpy as np
        import shapely

        shape = shapely.MultiPoint(self._laid(np.array([(one.lon, one.lat) for one in ends])))
        near: NDArray[np.bool_] = shapely.dwithin(shapely.points(self._corners[:, 0]), shape, metres)
        return near

    def _along(self, way: list[LonLat]) -> NDArray[np.bool_]:
        """Tell which corners lie in the corridor around a way."""
        import numpy as np
        import shapely

        line = shapely.LineString(self._laid(np.array(drawn(way))))
        shapely.prepare(line)
        along: NDArray[np.bool_] = shapely.dwithin(line, shapely.points(self._corners[:, 0]), _CORRIDOR_M)
        return along

    def _segments(self, rings: list[FloatArray]) -> FloatArray:
        import numpy as np

        laid = [self._back(ring) for ring in rings]
        return np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for ring in laid])

    def _keep_inside(self) -> None:
        if self.extent is None:
            return
        box = self.extent
        lon, lat = self._lonlats.T
        inside = (lon > box.west) & (lon < box.east) & (lat > box.south) & (lat < box.north)
        self._corners, self._lonlats, self._rough = self._corners[inside], self._lonlats[inside], self._rough[inside]


class _Search:
    """A* from one end to the other, over the corners of a chart; the ends are two corners more.

    A line is tested when it is the next best guess, not before. Guesses count the chord through
    the Earth, which is never longer than any way.
    """

    __slots__ = ("_after", "_before", "_chart", "_end", "_here", "_ids", "_legs", "_lonlats", "_start", "_xyz")

    def __init__(self, chart: SeaChart, start: LonLat, end: LonLat, chosen: NDArray[np.bool_]) -> None:
        import numpy as np

        ends = np.array([tuple(start), tuple(end)])
        laid = chart._laid(ends)  # noqa: SLF001 -- one module
        corners = chart._corners[chosen]  # noqa: SLF001
        self._ids = np.flatnonzero(chosen).tolist()
        self._chart = chart
        self._here, self._before, self._after = (np.concatenate([corners[:, n], laid]) for n in range(3))
        self._lonlats = np.concatenate([chart._lonlats[chosen], ends])  # noqa: SLF001
        self._xyz = np.concatenate([chart._xyz[chosen], _cartesian(ends)])  # noqa: SLF001
        self._start, self._end = len(corners), len(corners) + 1
        self._legs: dict[tuple[int, int], float] = {}

    def run(self) -> list[int] | None:
        """Return the corners of the shortest way, both ends included, or None."""
        left = self._chords(self._end)
        came: dict[int, int] = {}
        gone: dict[int, float] = {}
        queue = [(float(left[self._start]), self._start, -1, 0.0)]
        while queue:
            _, corner, last, along = heapq.heappop(queue)
            if corner in came:
                continue
            if along < 0:  # a guess: look whether it is true, and how long
                along = gone[last] + self._leg_m(last, corner)
                if along < math.inf:
                    heapq.heappush(queue, (along + float(left[corner]), corner, last, along))
                continue
            came[corner], gone[corner] = last, along
            if corner == self._end:
                return _trace(came, corner)
            rows = self._tangents(corner, last)
            guesses = along + self._chords(corner)[rows] + left[rows]
            for guess, row in zip(guesses.tolist(), rows.tolist(), strict=True):
                if row not in came:
                    heapq.heappush(queue, (guess, row, corner, -1.0))
        return None

    def lonlat(self, corner: int) -> LonLat:
        """Return the position of a corner."""
        lon, lat = self._lonlats[corner].tolist()
        return LonLat(lon, lat)

    def shut(self, one: int, other: int) -> None:
        """Leave out a line from now on."""
        legs, low, high = self._known(one, other)
        legs[low, high] = math.inf

    def _tangents(self, corner: int, last: int) -> NDArray[np.intp]:
        """Corners that a shortest way may go on to: along the shore here, and along the shore there."""
        import numpy as np

        here = self._here[corner]
        way = self._here - here
        one, other = self._before[corner] - here, self._after[corner] - here
        useful = _cross(way, one) * _cross(way, other) >= 0
        if last >= 0:  # a taut line turns towards the land that it goes around
            come = here - self._here[last]
            side = float(_cross(come, one)) or float(_cross(come, other))
            useful &= _cross(come, way) * side >= 0
        rows = np.flatnonzero(useful & (way.any(axis=1)))
        way, there = way[rows], self._here[rows]
        same = _cross(way, self._before[rows] - there) * _cross(way, self._after[rows] - there) >= 0
        found: NDArray[np.intp] = rows[same]
        return found

    def _leg_m(self, one: int, other: int) -> float:
        """Metres of a straight line between corners; infinite where land lies between."""
        legs, low, high = self._known(one, other)
        if (low, high) not in legs:
            legs[low, high] = self._measure(min(one, other), max(one, other))
        return legs[low, high]

    def _measure(self, low: int, high: int) -> float:
        import shapely

        line = shapely.linestrings(self._here[[low, high]])
        if shapely.intersects(self._chart._plane, line):  # noqa: SLF001
            return math.inf
        return float(inverse_many(self._lonlats[[low]], self._lonlats[[high]])[0][0])

    def _known(self, one: int, other: int) -> tuple[dict[tuple[int, int], float], int, int]:
        """Return what the chart remembers, or for a line from an end this search alone; and the key there."""
        low, high = min(one, other), max(one, other)
        if high >= self._start:
            return self._legs, low, high
        return self._chart._legs, self._ids[low], self._ids[high]  # noqa: SLF001

    def _chords(self, corner: int) -> FloatArray:
        import numpy as np

        away: FloatArray = self._xyz - self._xyz[corner]
        chords: FloatArray = np.sqrt(np.einsum("ij,ij->i", away, away))
        return chords


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


def _trace(came: dict[int, int], corner: int) -> list[int]:
    way = [corner]
    while came[way[-1]] >= 0:
        way.append(came[way[-1]])
    return way[::-1]


def _cartesian(lonlats: FloatArray) -> FloatArray:
    """Positions on the ellipsoid in metres from the middle of the Earth, shape (N, 3)."""
    import numpy as np

    lon, lat = np.radians(lonlats).T
    normal = _EQUATOR_M / np.sqrt(1 - _ECCENTRICITY2 * np.sin(lat) ** 2)
    x, y = normal * np.cos(lat) * np.cos(lon), normal * np.cos(lat) * np.sin(lon)
    return np.column_stack([x, y, normal * (1 - _ECCENTRICITY2) * np.sin(lat)])


def _polygons(land: BaseGeometry | Iterable[BaseGeometry]) -> list[BaseGeometry]:
    import numpy as np
    import shapely

    parts = shapely.get_parts(np.atleast_1d(np.asarray(land if hasattr(land, "geom_type") else list(land), object)))
    kinds = {str(part.geom_type) for part in parts}
    if kinds != {"Polygon"}:
        message = f"a sea chart needs land as polygons, got {', '.join(sorted(kinds)) or 'nothing'}"
        raise InvalidGeometryError(message)
    return list(parts)


def _middle(land: BaseGeometry) -> LonLat:
    west, south, east, north = land.bounds
    middle = LonLat((west + east) / 2, (south + north) / 2)
    far = max(inverse(middle, LonLat(lon, lat))[0] for lon in (west, east) for lat in (south, north))
    if far > _REACH_DEG * _DEGREE_M or east - west > 2 * _REACH_DEG:
        message = (
            f"land must lie within {_REACH_DEG:g}° of its middle, got a box of {east - west:.1f}° × {north - south:.1f}° "
            f"around {middle}; cut it to the waters in question"
        )
        raise InvalidGeometryError(message)
    return middle


def _gnomonic(middle: LonLat) -> Transformer:
    from pyproj import Transformer

    plane = {"proj": "gnom", "lon_0": middle.lon, "lat_0": middle.lat, "ellps": "WGS84"}
    return Transformer.from_crs("OGC:CRS84", plane, always_xy=True)


def _rings(land: BaseGeometry) -> list[FloatArray]:
    """Rings of polygons, each with the land on its left."""
    import shapely
    from shapely.geometry.polygon import orient

    polygons = [orient(part) for part in shapely.get_parts(land)]
    return [shapely.get_coordinates(ring) for part in polygons for ring in (part.exterior, *part.interiors)]


def _is_open(ring: FloatArray) -> bool:
    """Tell the shore of an open water, or of a wide enclosed one: of those the ring runs clockwise."""
    import numpy as np

    return float(np.sum(_cross(ring[:-1], ring[1:]))) > 0 or _enclosed_m2(ring) > _POCKET_M2


def _enclosed_m2(ring: FloatArray) -> float:
    import shapely

    return float(shapely.Polygon(ring).area)


def _convex(rings: list[FloatArray]) -> FloatArray:
    """Corners that stick out into the water, each with its neighbours: shape (N, 3, 2)."""
    import numpy as np

    found = []
    for ring in rings:
        here = ring[:-1]
        before, after = np.roll(here, 1, axis=0), np.roll(here, -1, axis=0)
        found.append(np.stack([here, before, after], axis=1)[_cross(here - before, after - here) > 0])
    return np.concatenate(found)


def _cross(a: FloatArray, b: FloatArray) -> FloatArray:
    product: FloatArray = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return product
