"""Admissible bounds for A*: distances around an eroded coastline, never longer than a sea route."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo.geodesic._engine import inverse_many

from ._visibility import corners_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.geodesic._engine import FloatArray

    from ._projection import Plane
    from ._visibility import Corners

_ERODED_M = 2_000.0  # the shore is moved inland by this; narrower land vanishes
_SMOOTH = 0.9  # share of it by which the eroded shore may be straightened and still lie on land
_STAND_OFF_M = 5.0
_ANCHORS = 8
_CHUNK = 1_000


class Bound:
    """Eroded land, and for each corner of the real land the eroded corners near by.

    A sea route is open around the eroded land, too; so the shortest route there is never longer. From
    a corner it is at least the path from an eroded corner that it sees, less the line between both.
    """

    __slots__ = ("_anchors", "_eroded", "_firsts", "_gaps_m", "_graph", "_lines_m", "_open", "_others")

    def __init__(self, fine: Corners, land: BaseGeometry, plane: Plane) -> None:
        import numpy as np
        import rustworkx

        eroded = land.buffer(-_ERODED_M).simplify(_ERODED_M * _SMOOTH)
        around = eroded.buffer(_STAND_OFF_M, join_style="mitre")
        self._eroded = corners_of(around, plane, eroded)
        self._anchors = _nearest(fine, self._eroded)
        self._gaps_m, self._open = _gaps(fine, self._eroded, self._anchors)
        everything = np.ones(len(self._eroded), dtype=bool)
        lines = [
            self._eroded.seen_from(point, lonlat, everything)
            for point, lonlat in zip(self._eroded.at, self._eroded.lonlats, strict=True)
        ]
        self._firsts = np.cumsum([0, *(len(line) for line in lines)])[:-1]
        self._others = np.array([other for line in lines for other in line], dtype=np.intp)
        self._lines_m = np.array([metres for line in lines for metres in line.values()])
        self._graph: rustworkx.PyDiGraph[None, float] = rustworkx.PyDiGraph()
        self._graph.add_nodes_from([None] * len(lines))
        self._graph.add_edges_from(
            [
                (row, other, metres)
                for row, line in enumerate(lines)
                for other, metres in line.items()
                if row in lines[other]
            ]
        )

    def least_m(self, point: FloatArray, lonlat: FloatArray) -> FloatArray:
        """Least metres of a path from each corner to a point, shapes (2,)."""
        import numpy as np

        if not len(self._eroded):
            return np.zeros(len(self._anchors))
        along = self._along(point, lonlat)
        least: FloatArray = np.where(self._open, along[self._anchors] - self._gaps_m, 0.0).max(axis=1)
        return least

    def _along(self, point: FloatArray, lonlat: FloatArray) -> FloatArray:
        """Metres from a point to each eroded corner, if that is where the path ends."""
        import numpy as np

        count = len(self._eroded)
        turning = self._turning(point, lonlat)
        along = np.minimum.reduceat(turning[self._others] + self._lines_m, self._firsts)
        metres, _ = inverse_many(np.broadcast_to(lonlat, (count, 2)), self._eroded.lonlats)
        seen = self._eroded.open(np.broadcast_to(point, (count, 2)), self._eroded.at)
        return np.where(seen, np.minimum(along, metres), along)

    def _turning(self, point: FloatArray, lonlat: FloatArray) -> FloatArray:
        """Metres from a point to each eroded corner, if that is where the path turns."""
        import numpy as np
        import rustworkx

        graph = self._graph.copy()
        everything = np.ones(len(self._eroded), dtype=bool)
        end = graph.add_node(None)
        graph.add_edges_from([(end, *line) for line in self._eroded.seen_from(point, lonlat, everything).items()])
        along = np.full(len(self._eroded), math.inf)
        for row, metres in rustworkx.digraph_dijkstra_shortest_path_lengths(graph, end, float).items():
            along[row] = metres
        return along


def _nearest(fine: Corners, eroded: Corners) -> NDArray[np.intp]:
    """Return the nearest eroded corners of each corner, shape (N, 8)."""
    import numpy as np

    count = min(_ANCHORS, len(eroded))
    near = np.zeros((len(fine), count), dtype=np.intp)
    for first in range(0, len(fine) if count else 0, _CHUNK):
        points = fine.at[first : first + _CHUNK]
        away = np.hypot(points[:, None, 0] - eroded.at[:, 0], points[:, None, 1] - eroded.at[:, 1])
        near[first : first + _CHUNK] = np.argpartition(away, count - 1, axis=1)[:, :count]
    return near


def _gaps(fine: Corners, eroded: Corners, near: NDArray[np.intp]) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Metres from each corner to eroded corners, and whether it sees them; shapes as of those."""
    import numpy as np

    rows, others = np.repeat(np.arange(len(near)), near.shape[1]), near.ravel()
    metres, _ = inverse_many(fine.lonlats[rows], eroded.lonlats[others])
    return metres.reshape(near.shape), eroded.open(fine.at[rows], eroded.at[others]).reshape(near.shape)
