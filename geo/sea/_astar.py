"""A* over the visibility graph of a coast.

Own code: lines of sight are worked out when a vertex is expanded, so that there is no graph to hand to a library.
"""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING

from ._projection import cartesian

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from geo.geodesic._engine import FloatArray

    from ._bound import Bound
    from ._visibility import Corners

# Each round allows a path this many times the lower bound; the first round that finds one has the shortest.
_ROUNDS = (1.01, 1.03, 1.1, 1.5, 4.0, math.inf)
_FEW = 1_000  # convex vertices that are expanded before the bound is worked out


class Search:
    """A* between two points in the water.

    Parameters
    ----------
    corners, bound
        Corners a path may turn around, and the lower bound of its length.
    ends, lonlats
        Both ends in the plane and in degrees, shapes (2, 2).
    """

    __slots__ = (
        "_after",
        "_before",
        "_bound",
        "_corners",
        "_end",
        "_ends",
        "_is_sharp",
        "_lonlats",
        "_shut",
        "_start",
        "_straight_m",
    )

    def __init__(self, corners: Corners, bound: Callable[[], Bound], ends: FloatArray, lonlats: FloatArray) -> None:
        import numpy as np

        self._corners, self._bound, self._ends, self._lonlats = corners, bound, ends, lonlats
        self._start, self._end = len(corners), len(corners) + 1
        chords = [np.linalg.norm(corners.xyz - end, axis=1) for end in cartesian(lonlats)]
        self._straight_m = float(np.linalg.norm(np.subtract(*cartesian(lonlats))))
        self._before, self._after = chords
        self._is_sharp = False
        self._shut: set[tuple[int, int]] = set()

    def run(self, at_most_m: float = math.inf) -> list[int] | None:
        """Return the corners of the shortest path, or None where there is none as short as that."""
        for share in _ROUNDS:
            least_m = self._least_m()
            most_m = min(least_m * share, at_most_m)
            if least_m > at_most_m:
                return None
            mask = self._before + self._after <= most_m
            if not self._is_sharp and mask.sum() > _FEW:
                self._sharpen()
                return self.run(at_most_m)
            if (path := self._round(mask, most_m)) is not None:
                return path
            if most_m == at_most_m:
                return None
        return None

    def _least_m(self) -> float:
        return max(self._straight_m, float((self._before + self._after).min(initial=math.inf)))

    def _sharpen(self) -> None:
        """Bound the search by the path around eroded land, where straight lines leave too many vertices."""
        import numpy as np

        bound = self._bound()
        before, after = (bound.least_m(*end) for end in zip(self._ends, self._lonlats, strict=True))
        self._before, self._after = np.maximum(self._before, before), np.maximum(self._after, after)
        self._is_sharp = True

    def shut(self, corner: int, next_corner: int) -> None:
        """Leave out a line from now on; numbers as `run` returns them, -1 for the start and -2 for the end."""
        if min(corner, next_corner) >= 0:
            self._corners.shut(corner, next_corner)
        self._shut.add((corner, next_corner))

    def _round(self, mask: NDArray[np.bool_], most_m: float) -> list[int] | None:
        """Search among some corners for a path no longer than a length."""
        first, last = (self._corners.seen_from(self._ends[n], self._lonlats[n], mask) for n in (0, 1))
        first = {row: metres for row, metres in first.items() if (-1, row) not in self._shut}
        last = {row: metres for row, metres in last.items() if (row, -2) not in self._shut}
        least, allowed = [*self._after.tolist(), math.nan, 0.0], mask.tolist()
        previous, metres_to = {self._start: -1}, {self._start: 0.0}
        queue = [(0.0, 0.0, self._start)]
        while queue:
            _, along, corner = heapq.heappop(queue)
            if along > metres_to[corner]:
                continue
            if corner == self._end:
                return _trace(previous, corner)
            seen = first if corner == self._start else self._corners.seen(corner, mask)
            onward = [*seen.items(), (self._end, last[corner])] if corner in last else seen.items()
            for other, metres in onward:
                far = along + metres
                if (
                    (other == self._end or allowed[other])
                    and far < metres_to.get(other, math.inf)
                    and far + least[other] <= most_m
                ):
                    previous[other], metres_to[other] = corner, far
                    heapq.heappush(queue, (far + least[other], far, other))
        return None


def _trace(previous: dict[int, int], corner: int) -> list[int]:
    """Return the corners of a path, without its ends."""
    way = []
    while (corner := previous[corner]) >= 0:
        way.append(corner)
    return way[-2::-1] if len(way) > 1 else []
