"""The visibility graph over convex vertices of a coast, computed lazily, vertex by vertex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.geodesic._engine import inverse_many

from ._projection import cartesian, cross, touches
from ._raster import Raster
from ._ring import rings

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.geodesic._engine import FloatArray

    from ._projection import Plane

    Rows = NDArray[np.intp]
    Mask = NDArray[np.bool_]

# Most blocked lines cross much land: testing points along them is cheap.
_PROBES = ((0.5, 0.25, 0.75, 0.1, 0.9), tuple(n / 40 for n in range(1, 40)))


class Corners:
    """Corners that stick out into the water, and the lines between them that cross no land.

    A line is tested when a search comes by, and remembered.

    Parameters
    ----------
    corners
        Points of the plane, each with its neighbours on the ring: shape (N, 3, 2).
    lonlats
        The same in degrees, shape (N, 2).
    barrier
        What no line may cross.
    """

    __slots__ = ("_barrier", "_known", "_raster", "_seen", "at", "corners", "lonlats", "xyz")

    def __init__(self, corners: FloatArray, lonlats: FloatArray, barrier: BaseGeometry) -> None:
        import shapely

        self.corners, self.lonlats, self.xyz = corners, lonlats, cartesian(lonlats)
        self.at = corners[:, 0]
        self._barrier = barrier
        shapely.prepare(barrier)
        self._raster = Raster(barrier)
        self._known: dict[int, NDArray[np.uint8]] = {}
        self._seen: dict[int, dict[int, float]] = {}

    def __len__(self) -> int:
        return len(self.corners)

    def seen(self, corner: int, mask: Mask) -> dict[int, float]:
        """Tell which corners are seen from one, of those wanted at least, and how many metres off they are."""
        import numpy as np

        count = len(self)
        stored = self._known.get(corner)
        fresh = mask if stored is None else mask & (np.unpackbits(stored, count=count) == 0)
        seen = self._seen.setdefault(corner, {})
        if fresh.any():
            seen |= self._touching(corner, np.flatnonzero(fresh))
            self._known[corner] = np.packbits(fresh) if stored is None else stored | np.packbits(fresh)
        return seen

    def lines(self) -> Iterator[dict[int, float]]:
        """Yield for each corner in turn the later ones that are seen from it, and their metres; nothing is cached."""
        import numpy as np

        for corner in range(len(self)):
            yield self._touching(corner, np.arange(corner + 1, len(self)))

    def seen_from(self, point: FloatArray, lonlat: FloatArray, mask: Mask) -> dict[int, float]:
        """Return the corners of the mask that are seen from a point in the water, shapes (2,), with their distance in metres."""
        import numpy as np

        return self._measured(point, lonlat, np.flatnonzero(mask))

    def shut(self, first: int, second: int) -> None:
        """Forget a line from now on."""
        for corner, neighbour in ((first, second), (second, first)):
            self._seen.get(corner, {}).pop(neighbour, None)

    def open(self, starts: FloatArray, ends: FloatArray) -> Mask:
        """Tell which straight lines between points of the plane, shapes (N, 2), cross no land."""
        import numpy as np
        import shapely

        rows = np.arange(len(ends))
        for shares in _PROBES:
            way = (ends[rows] - starts[rows])[:, None]
            probes = starts[rows, None] + way * np.array(shares)[:, None]
            rows = rows[~self._raster[probes].any(axis=1)]
        lines = shapely.linestrings(np.stack([starts[rows], ends[rows]], axis=1))
        clear = np.zeros(len(ends), dtype=bool)
        clear[rows] = ~shapely.intersects(self._barrier, lines)
        return clear

    def _touching(self, corner: int, rows: Rows) -> dict[int, float]:
        """Lines from a corner to those rows where they touch the shore at both ends, if nothing lies between."""
        point, before, after = self.corners[corner]
        way = self.at[rows] - point
        useful = touches(way, before - point, after - point) & way.any(axis=1)
        return self._measured(point, self.lonlats[corner], rows[useful])

    def _measured(self, point: FloatArray, lonlat: FloatArray, rows: Rows) -> dict[int, float]:
        """Lines from a point to those rows where they touch the shore, if nothing lies between."""
        import numpy as np

        targets = self.at[rows]
        way = targets - point
        touching = touches(way, self.corners[rows, 1] - targets, self.corners[rows, 2] - targets)
        rows, targets = rows[touching], targets[touching]
        if not len(rows):
            return {}
        rows = rows[self.open(np.broadcast_to(point, targets.shape), targets)]
        metres, _ = inverse_many(np.broadcast_to(lonlat, (len(rows), 2)), self.lonlats[rows])
        return dict(zip(rows.tolist(), metres.tolist(), strict=True))


def convex(rings: list[FloatArray]) -> FloatArray:
    """Corners that stick out into the water, each with its neighbours: shape (N, 3, 2)."""
    import numpy as np

    convex_corners = [np.empty((0, 3, 2))]
    for ring in rings:
        corners = ring[:-1]
        before, after = np.roll(corners, 1, axis=0), np.roll(corners, -1, axis=0)
        convex_corners.append(np.stack([corners, before, after], axis=1)[cross(corners - before, after - corners) > 0])
    return np.concatenate(convex_corners)


def corners_of(land: BaseGeometry, plane: Plane, barrier: BaseGeometry) -> Corners:
    """Corners of land that lies in the plane."""
    corners = convex(rings(land))
    return Corners(corners, plane.unproject(corners[:, 0]), barrier)
