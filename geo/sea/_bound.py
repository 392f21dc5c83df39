"""The least that a way to somewhere can be: the way around land that was worn down."""

from __future__ import annotations

import heapq
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

_WORN_M = 2_000.0  # the shore draws back by this, and what is narrower goes under
_SMOOTH = 0.9  # of that: how far the worn shore may be straightened, and still lie on land
_STAND_OFF_M = 5.0
_ANCHORS = 8
_CHUNK = 1_000


class Bound:
    """Worn land, and for each corner of the real land the worn corners near by.

    A way by water is open in the worn land, too; so the shortest way there is never longer. From
    a corner it is at least the way from a worn corner that it sees, less the line between both.
    """

    __slots__ = ("_anchors", "_firsts", "_gaps_m", "_lines_m", "_onward", "_open", "_others", "_worn")

    def __init__(self, fine: Corners, land: BaseGeometry, plane: Plane) -> None:
        import numpy as np

        worn = land.buffer(-_WORN_M).simplify(_WORN_M * _SMOOTH)
        around = worn.buffer(_STAND_OFF_M, join_style="mitre")
        self._worn = corners_of(around, plane, worn)
        self._anchors = _nearest(fine, self._worn)
        self._gaps_m, self._open = _gaps(fine, self._worn, self._anchors)
        everything = np.ones(len(self._worn), dtype=bool)
        lines = [
            self._worn.seen_from(here, lonlat, everything)
            for here, lonlat in zip(self._worn.at, self._worn.lonlats, strict=True)
        ]
        self._firsts = np.cumsum([0, *(len(line) for line in lines)])[:-1]
        self._others = np.array([other for line in lines for other in line], dtype=np.intp)
        self._lines_m = np.array([metres for line in lines for metres in line.values()])
        self._onward = [
            [(other, metres) for other, metres in line.items() if row in lines[other]] for row, line in enumerate(lines)
        ]

    def least_m(self, laid: FloatArray, lonlat: FloatArray) -> FloatArray:
        """Metres that a way from each corner to a point, shapes (2,), has at least."""
        import numpy as np

        if not len(self._worn):
            return np.zeros(len(self._anchors))
        along = self._along(laid, lonlat)
        least: FloatArray = np.where(self._open, along[self._anchors] - self._gaps_m, 0.0).max(axis=1)
        return least

    def _along(self, laid: FloatArray, lonlat: FloatArray) -> FloatArray:
        """Metres from a point to each worn corner, if that is where the way ends."""
        import numpy as np

        count = len(self._worn)
        turning = self._turning(laid, lonlat)
        along = np.minimum.reduceat(turning[self._others] + self._lines_m, self._firsts)
        metres, _ = inverse_many(np.broadcast_to(lonlat, (count, 2)), self._worn.lonlats)
        seen = self._worn.open(np.broadcast_to(laid, (count, 2)), self._worn.at)
        return np.where(seen, np.minimum(along, metres), along)

    def _turning(self, laid: FloatArray, lonlat: FloatArray) -> FloatArray:
        """Metres from a point to each worn corner, if that is where the way turns."""
        import numpy as np

        everything = np.ones(len(self._worn), dtype=bool)
        done = [math.inf] * len(self._worn)
        queue = [(metres, row) for row, metres in self._worn.seen_from(laid, lonlat, everything).items()]
        heapq.heapify(queue)
        while queue:
            along, row = heapq.heappop(queue)
            if along >= done[row]:
                continue
            done[row] = along
            for other, metres in self._onward[row]:
                if along + metres < done[other]:
                    heapq.heappush(queue, (along + metres, other))
        return np.array(done)


def _nearest(fine: Corners, worn: Corners) -> NDArray[np.intp]:
    """Return the nearest worn corners of each corner, shape (N, 8)."""
    import numpy as np

    count = min(_ANCHORS, len(worn))
    near = np.zeros((len(fine), count), dtype=np.intp)
    for first in range(0, len(fine) if count else 0, _CHUNK):
        here = fine.at[first : first + _CHUNK]
        away = np.hypot(here[:, None, 0] - worn.at[:, 0], here[:, None, 1] - worn.at[:, 1])
        near[first : first + _CHUNK] = np.argpartition(away, count - 1, axis=1)[:, :count]
    return near


def _gaps(fine: Corners, worn: Corners, near: NDArray[np.intp]) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Metres from each corner to worn corners, and whether it sees them; shapes as of those."""
    import numpy as np

    rows, others = np.repeat(np.arange(len(near)), near.shape[1]), near.ravel()
    metres, _ = inverse_many(fine.lonlats[rows], worn.lonlats[others])
    return metres.reshape(near.shape), worn.open(fine.at[rows], worn.at[others]).reshape(near.shape)
