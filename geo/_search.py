"""The shortest way over the corners of land."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ._bound import Bound
    from ._corner import Corners
    from ._geodesic import FloatArray

# A way may be so many times as long as it is at least; the first round that finds one no longer has the shortest.
_ROUNDS = (1.01, 1.03, 1.1, 1.5, 4.0, math.inf)


class Search:
    """A* between two points in the water.

    Parameters
    ----------
    corners, bound
        What a way may turn around, and how long it is at least.
    laid, lonlats
        Both ends in the plane and in degrees, shapes (2, 2).
    """

    __slots__ = ("_corners", "_end", "_laid", "_least", "_lonlats", "_shut", "_start", "_through")

    def __init__(self, corners: Corners, bound: Bound, laid: FloatArray, lonlats: FloatArray) -> None:
        import numpy as np

        self._corners, self._laid, self._lonlats = corners, laid, lonlats
        self._start, self._end = len(corners), len(corners) + 1
        self._least = bound.least_m(laid[1], lonlats[1])
        self._through: FloatArray = bound.least_m(laid[0], lonlats[0]) + self._least
        self._least = np.append(self._least, [math.nan, 0.0])
        self._shut: set[tuple[int, int]] = set()

    def run(self) -> list[int] | None:
        """Return the corners of the shortest way, or None where there is no way."""
        least_m = float(self._through.min(initial=math.inf))
        if least_m == math.inf:
            return None
        for share in _ROUNDS:
            most_m = least_m * share
            found = self._round(self._through <= most_m, most_m)
            if found is not None:
                return found
        return None

    def shut(self, one: int, other: int) -> None:
        """Leave out a line from now on; numbers as from `run`, -1 for the start and -2 for the end."""
        if min(one, other) >= 0:
            self._corners.shut(one, other)
        self._shut.add((one, other))

    def _round(self, wanted: NDArray[np.bool_], most_m: float) -> list[int] | None:
        """Look among some corners for a way no longer than a length."""
        first, last = (self._corners.seen_from(self._laid[n], self._lonlats[n], wanted) for n in (0, 1))
        first = {row: metres for row, metres in first.items() if (-1, row) not in self._shut}
        last = {row: metres for row, metres in last.items() if (row, -2) not in self._shut}
        least, allowed = self._least.tolist(), wanted.tolist()
        came, gone = {self._start: -1}, {self._start: 0.0}
        queue = [(0.0, 0.0, self._start)]
        while queue:
            _, along, corner = heapq.heappop(queue)
            if along > gone[corner]:
                continue
            if corner == self._end:
                return _trace(came, corner)
            seen = first if corner == self._start else self._corners.seen(corner, wanted)
            onward = [*seen.items(), (self._end, last[corner])] if corner in last else seen.items()
            for other, metres in onward:
                far = along + metres
                if (other == self._end or allowed[other]) and far < gone.get(other, math.inf) and far + least[other] <= most_m:
                    came[other], gone[other] = corner, far
                    heapq.heappush(queue, (far + least[other], far, other))
        return None

def _trace(came: dict[int, int], corner: int) -> list[int]:
    """Return the corners of a way, without its ends."""
    way = []
    while (corner := came[corner]) >= 0:
        way.append(corner)
    return way[-2::-1] if len(way) > 1 else []
