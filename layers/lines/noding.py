"""Where lines meet: shared ends, shared vertices, near misses, crossings; and the pieces between these places."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import geo
from geo.lonlat import METRES_PER_DEGREE
from geo.network.table import UNITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Positions = NDArray[np.int32]
    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_EARTH_M = 6_371_008.8
_HALF_LAT, _HALF_LON = 900_000_000, 1_800_000_000


@dataclass
class Drawn:
    """All lines of all sources in columns.

    Attributes
    ----------
    positions
        Vertices, in units of `geo.network.table.UNITS`.
    begin
        Where each line begins in them, and their number at the end.
    apart
        Of each line 1 where it joins only those that have 1 as well, as railways do.
    refs
        Number of the node of OpenStreetMap of each vertex, -1 where it has none.
    shared
        Of each line whether it is joined at every vertex that it shares.
    """

    positions: Positions
    begin: Numbers
    apart: NDArray[np.int8]
    refs: Numbers
    shared: Flags

    @property
    def line(self) -> Numbers:
        """Line of each vertex."""
        return np.repeat(np.arange(len(self.begin) - 1), np.diff(self.begin))

    @property
    def lonlat(self) -> NDArray[np.float64]:
        """Vertices in degrees."""
        return self.positions / UNITS

    def with_points(self, lines: Numbers, points: Positions) -> Drawn:
        """Return the lines with vertices put in where points lie on them."""
        import shapely

        shapes = shapely.linestrings(self.lonlat, indices=self.line)
        along = shapely.line_locate_point(shapes[lines], shapely.points(points / UNITS))
        steps = np.hypot(*np.diff(self.lonlat, axis=0).T)
        total = np.concatenate([[0.0], np.cumsum(steps)])
        own = total - np.repeat(total[self.begin[:-1]], np.diff(self.begin))  # along its own line
        own[self.begin[:-1]] = 0.0
        at = np.array(
            [
                self.begin[line] + np.searchsorted(own[self.begin[line] + 1 : self.begin[line + 1] - 1], way) + 1
                for line, way in zip(lines.tolist(), along.tolist(), strict=True)
            ],
            dtype=np.int64,
        )
        order = np.lexsort((along, at))
        at, points, lines = at[order], points[order], lines[order]
        added = np.bincount(lines, minlength=len(self.begin) - 1)
        return Drawn(
            np.insert(self.positions, at, points, axis=0),
            self.begin + np.concatenate([[0], np.cumsum(added)]),
            self.apart,
            np.insert(self.refs, at, -1),
            self.shared,
        )


class Places(NamedTuple):
    """Distinct places of vertices.

    Attributes
    ----------
    place
        Of each vertex the number of its place; vertices of one place are one point of one kind of line.
    is_end
        Whether each vertex is an end of its line.
    ends, passes
        Of each place how many ends of lines, and how many vertices, lie there.
    first
        Of each place the first vertex.
    """

    place: Numbers
    is_end: Flags
    ends: Numbers
    passes: Numbers
    first: Numbers

    @property
    def loose(self) -> Numbers:
        """Places at which one line ends and no other passes."""
        return np.flatnonzero((self.ends == 1) & (self.passes == 1))


def places_of(drawn: Drawn) -> Places:
    """Find the distinct places of vertices."""
    apart = np.repeat(drawn.apart, np.diff(drawn.begin)).astype(np.uint64)
    lon, lat = (drawn.positions + np.array([_HALF_LON, _HALF_LAT], dtype=np.int64)).T.astype(np.uint64)
    place = np.empty(len(drawn.positions), dtype=np.int64)
    has_ref = drawn.refs >= 0
    count = 0
    for chosen, key in (
        (has_ref, (drawn.refs.astype(np.uint64) << np.uint64(1)) | apart),
        (~has_ref, (lon << np.uint64(32)) | (lat << np.uint64(1)) | apart),
    ):
        if chosen.any():
            distinct, place[chosen] = np.unique(key[chosen], return_inverse=True)
            place[chosen] += count
            count += len(distinct)
    return _counted(drawn, place)


def _counted(drawn: Drawn, place: Numbers) -> Places:
    is_end = np.zeros(len(place), dtype=bool)
    is_end[drawn.begin[:-1]] = is_end[drawn.begin[1:] - 1] = True
    distinct, first, place = np.unique(place, return_index=True, return_inverse=True)
    ends = np.bincount(place[is_end], minlength=len(distinct))
    return Places(place, is_end, ends, np.bincount(place, minlength=len(distinct)), first)


def merged(drawn: Drawn, places: Places, pairs: Numbers) -> Places:
    """Make one place of each pair, shape (n, 2), and of what hangs together by them; the lower number stays."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = len(places.first)
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    _, part = connected_components(graph, directed=False)
    _, lowest = np.unique(part, return_index=True)
    return _counted(drawn, lowest[part][places.place])


def cuts(drawn: Drawn, places: Places) -> Flags:
    """Tell at which vertices lines are cut: at ends, their own or another's, and where they share all vertices."""
    counts = np.diff(drawn.begin)
    at = (places.ends > 0)[places.place]
    several = (places.passes > 1)[places.place] & np.repeat(drawn.shared, counts)
    return np.asarray(at | several)


class NearMisses(NamedTuple):
    """Loose ends near a line or an end that they are not joined to.

    Attributes
    ----------
    place
        The loose end.
    other
        The place that it is near to, -1 where it is near to the middle of a line.
    line
        That line, -1 where it is near to a place.
    points
        The position on the other, in units.
    metres
        How far.
    """

    place: Numbers
    other: Numbers
    line: Numbers
    points: Positions
    metres: NDArray[np.float64]

    @classmethod
    def none(cls) -> NearMisses:
        """Return an empty set."""
        no = np.empty(0, dtype=np.int64)
        return cls(no, no, no, np.empty((0, 2), dtype=np.int32), np.empty(0))


def near_misses(drawn: Drawn, places: Places, metres: float) -> NearMisses:
    """Find the loose ends that lie within some metres of another end, or else of another line of their kind."""
    loose = places.loose
    if not len(loose):
        return NearMisses.none()
    apart = np.repeat(drawn.apart, np.diff(drawn.begin))
    line = drawn.line
    misses: dict[int, tuple[int, int, tuple[int, int], float]] = {}
    for kind in (0, 1):
        ends_of_kind = loose[apart[places.first[loose]] == kind]
        ended = np.flatnonzero((places.ends > 0) & (apart[places.first] == kind))
        if len(ends_of_kind):
            _near_ends(drawn, places, ends_of_kind, ended, line, metres, misses)
    unmatched = np.array([end for end in loose.tolist() if end not in misses], dtype=np.int64)
    _near_lines(drawn, places, unmatched, line, metres, misses)
    rows = sorted(misses)
    values = [misses[row] for row in rows]
    return NearMisses(
        np.array(rows, dtype=np.int64),
        np.array([value[0] for value in values], dtype=np.int64),
        np.array([value[1] for value in values], dtype=np.int64),
        np.array([value[2] for value in values], dtype=np.int32).reshape(-1, 2),
        np.array([value[3] for value in values]),
    )


def _near_ends(
    drawn: Drawn,
    places: Places,
    loose_ends: Numbers,
    ended: Numbers,
    line: Numbers,
    metres: float,
    misses: dict[int, tuple[int, int, tuple[int, int], float]],
) -> None:
    from scipy.spatial import KDTree

    lonlat = drawn.lonlat[places.first]
    tree = KDTree(_sphere(lonlat[ended]))
    chord = 2 * math.sin(metres * 1.01 / _EARTH_M / 2)
    for number, others in zip(
        loose_ends.tolist(), tree.query_ball_point(_sphere(lonlat[loose_ends]), chord), strict=True
    ):
        near = [int(ended[other]) for other in others if int(ended[other]) != number]
        near = [other for other in near if line[places.first[other]] != line[places.first[number]]] or near
        if near:
            gaps = np.atleast_1d(geo.distance(np.tile(lonlat[number], (len(near), 1)), lonlat[near]))
            best = int(np.argmin(gaps))
            if gaps[best] <= metres:
                x, y = drawn.positions[places.first[near[best]]].tolist()
                misses[number] = (near[best], -1, (x, y), float(gaps[best]))


def _near_lines(
    drawn: Drawn,
    places: Places,
    loose_ends: Numbers,
    line: Numbers,
    metres: float,
    misses: dict[int, tuple[int, int, tuple[int, int], float]],
) -> None:
    """Find the lines near to ends that no other end is near to."""
    import shapely

    if not len(loose_ends):
        return
    shapes = shapely.linestrings(drawn.lonlat, indices=line)
    tree = shapely.STRtree(shapes)
    vertex = places.first[loose_ends]
    lonlat = drawn.lonlat[vertex]
    reach = metres * 1.02 / (METRES_PER_DEGREE * np.maximum(np.cos(np.radians(lonlat[:, 1])), 0.01))
    points = shapely.points(lonlat)
    which, others = tree.query(points, predicate="dwithin", distance=reach)
    apart = drawn.apart
    keep = (line[vertex[which]] != others) & (apart[line[vertex[which]]] == apart[others])
    which, others = which[keep], others[keep]
    if not len(which):
        return
    on = shapely.get_coordinates(
        shapely.line_interpolate_point(shapes[others], shapely.line_locate_point(shapes[others], points[which]))
    )
    gaps = np.atleast_1d(geo.distance(lonlat[which], on))
    for at in np.argsort(gaps, kind="stable").tolist():
        number = int(loose_ends[which[at]])
        if gaps[at] <= metres and number not in misses:
            x, y = np.rint(on[at] * UNITS).astype(int).tolist()
            misses[number] = (-1, int(others[at]), (x, y), float(gaps[at]))


def crossings(drawn: Drawn) -> tuple[Numbers, Positions]:
    """Find where lines of a kind cross in the middle of both: each line with each of its points, twice a crossing."""
    import shapely

    shapes = shapely.linestrings(drawn.lonlat, indices=drawn.line)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    keep = (first < second) & (drawn.apart[first] == drawn.apart[second])
    first, second = first[keep], second[keep]
    shared = shapely.intersection(shapes[first], shapes[second])
    points, owner = shapely.get_parts(shared, return_index=True)
    is_point = shapely.get_type_id(points) == 0
    points, owner = points[is_point], owner[is_point]
    where = np.rint(shapely.get_coordinates(points) * UNITS).astype(np.int32)
    lines = np.concatenate([first[owner], second[owner]])
    where = np.concatenate([where, where])
    old = {
        (number, *pair) for number, pair in zip(drawn.line.tolist(), map(tuple, drawn.positions.tolist()), strict=True)
    }
    new = np.array(
        [(number, *pair) not in old for number, pair in zip(lines.tolist(), map(tuple, where.tolist()), strict=True)],
        dtype=bool,
    )
    return lines[new], where[new]


def _sphere(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    lon, lat = np.radians(lonlat).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
