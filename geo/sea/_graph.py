"""The visibility graph over convex vertices of a coast, with only the lines tangent to the coast at both ends."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.geodesic._engine import lambert_many

from ._projection import cartesian, cross, touches
from ._sweep import visible

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from geo.geodesic._engine import FloatArray
    from geo.lonlat import LonLat

    Rows = NDArray[np.intp]

_SHORTER = 1 - 2e-6  # Lambert's formula is off by less
UNREACHED = 65_535  # in the column of a landmark


@dataclass(frozen=True, slots=True)
class SightLines:
    """Which vertices are seen from a position in the water, and how many metres off each is."""

    lonlat: LonLat
    rows: Rows
    metres: FloatArray


@dataclass(frozen=True, slots=True)
class SeaGraph:
    """Vertices, the lines between them, and their distances from landmarks.

    Attributes
    ----------
    at, before, after
        Vertices in the plane, and the directions from each to its neighbours on the coast: shape (N, 2).
    lonlats
        Vertices in degrees, shape (N, 2).
    xyz
        Vertices in metres from the middle of the Earth, shape (N, 3).
    coast
        Edges of the land in the plane, which no line crosses: shape (M, 2, 2).
    first, others, metres
        The lines of vertex n are rows ``first[n]`` to ``first[n + 1]``: the vertex at the other end, and the length.
    landmarks
        Whole units from each of some vertices to every vertex along these lines, rounded down; shape (L, N).
    unit_m
        Metres of such a unit.

    Notes
    -----
    A path that ends at a vertex may reach it along a line that does not touch the coast there, and so be shorter than the
    distance from a landmark. So of the two bounds that a landmark gives, only that of the end's own distance holds.
    """

    at: FloatArray
    before: FloatArray
    after: FloatArray
    lonlats: FloatArray
    xyz: FloatArray
    coast: FloatArray
    first: Rows
    others: Rows
    metres: FloatArray
    landmarks: NDArray[np.uint16]
    unit_m: float

    def seen_from(self, point: FloatArray, lonlat: LonLat) -> SightLines:
        """Find the vertices that are seen from a point of the plane, shape (2,), along a line that touches the coast there."""
        way = self.at - point
        rows = np.flatnonzero(touches(way, self.before, self.after))
        rows = rows[visible(point, self.at[rows], self.coast)]
        return SightLines(lonlat, rows, lambert_many(np.array([tuple(lonlat)]), self.lonlats[rows]))

    def is_clear(self, start: FloatArray, end: FloatArray) -> bool:
        """Tell whether a straight line of the plane crosses no land."""
        starts, ends = self.coast[:, 0] - start, self.coast[:, 1] - start
        line = end - start
        rows = np.flatnonzero(cross(line, starts) * cross(line, ends) <= 0)
        along = ends[rows] - starts[rows]
        return not bool((cross(along, -starts[rows]) * cross(along, line - starts[rows]) <= 0).any())

    def shortest(
        self, start: SightLines, end: SightLines, shut: Collection[tuple[int, int]], at_most_m: float
    ) -> list[int] | None:
        """Return the vertices of the shortest path, or None where there is none as short as that.

        Parameters
        ----------
        start, end
            What the ends see.
        shut
            Lines that are none: (-1, vertex) of the start and (vertex, -2) of the end.
        at_most_m
            Metres.

        Notes
        -----
        A* with the straight line and the distances from landmarks as lower bounds. Own code: in rustworkx every bound would be a
        call back to Python, and it has no greatest length at which to give up.
        """
        least = self._least_m(end).tolist()
        last = {n: m for n, m in zip(end.rows.tolist(), end.metres.tolist(), strict=True) if (n, -2) not in shut}
        seen = zip(start.rows.tolist(), start.metres.tolist(), strict=True)
        metres_to = {vertex: metres for vertex, metres in seen if (-1, vertex) not in shut}
        previous = dict.fromkeys(metres_to, -1)
        queue = [(metres + least[vertex], vertex) for vertex, metres in metres_to.items()]
        heapq.heapify(queue)
        done: set[int] = set()
        best_m, best = at_most_m, -1
        while queue:
            far, vertex = heapq.heappop(queue)
            if far >= best_m:
                break
            if vertex in done:
                continue
            done.add(vertex)
            here_m = metres_to[vertex]
            if vertex in last and here_m + last[vertex] <= best_m:
                best_m, best = here_m + last[vertex], vertex
            rows = slice(self.first[vertex], self.first[vertex + 1])
            for other, metres in zip(self.others[rows].tolist(), self.metres[rows].tolist(), strict=True):
                there_m = here_m + metres
                if there_m < metres_to.get(other, math.inf) and there_m + least[other] < best_m:
                    metres_to[other], previous[other] = there_m, vertex
                    heapq.heappush(queue, (there_m + least[other], other))
        return _trace(previous, best) if best >= 0 else None

    def _least_m(self, end: SightLines) -> FloatArray:
        """Metres that a path from each vertex to a position has at least."""
        straight = np.linalg.norm(self.xyz - cartesian(np.array([tuple(end.lonlat)])), axis=1)
        least: FloatArray = straight * _SHORTER
        if not (len(end.rows) and len(self.landmarks)):
            return least
        seen = self.landmarks[:, end.rows]
        to_end = np.where(seen == UNREACHED, np.inf, seen * self.unit_m + end.metres).min(axis=1)
        for row in np.flatnonzero(to_end < np.inf).tolist():
            away = np.float32(to_end[row] - 2 * self.unit_m) - self.landmarks[row] * np.float32(self.unit_m)
            np.maximum(least, away, out=least, where=self.landmarks[row] != UNREACHED)
        return least


def _trace(previous: dict[int, int], vertex: int) -> list[int]:
    path = [vertex]
    while previous[path[-1]] >= 0:
        path.append(previous[path[-1]])
    return path[::-1]
