"""Raster of cells entirely on land: a quick test whether a line is obstructed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ._ring import rings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.geodesic._engine import FloatArray

_CELLS = 4_096  # along the longer side
_REACH = 0.75  # cells: a point is nearer than this to the middle of its cell


class Raster:
    """Polygons of the plane in square cells."""

    __slots__ = ("_cell_m", "_cells", "_corner")

    def __init__(self, land: BaseGeometry) -> None:
        import numpy as np

        west, south, east, north = land.bounds if not land.is_empty else (0.0, 0.0, 1.0, 1.0)
        self._cell_m = max(east - west, north - south) / _CELLS
        self._corner = np.array([west, south])
        shape = (math.ceil((north - south) / self._cell_m) + 1, math.ceil((east - west) / self._cell_m) + 2)
        flips = np.zeros(shape, dtype=np.uint8)
        for ring in rings(land.buffer(-_REACH * self._cell_m)):
            np.bitwise_xor.at(flips, _crossings((ring - self._corner) / self._cell_m), 1)
        self._cells = np.bitwise_xor.accumulate(flips, axis=1).astype(bool)

    def __getitem__(self, points: FloatArray) -> NDArray[np.bool_]:
        """Tell which points, shape (…, 2), surely lie on land; false where that is not sure."""
        import numpy as np

        height, width = self._cells.shape  # cells on the edge are never land
        cells = np.clip((points - self._corner) / self._cell_m, 0, (width - 1, height - 1)).astype(np.intp)
        on_land: NDArray[np.bool_] = self._cells[cells[..., 1], cells[..., 0]]
        return on_land


def _crossings(ring: FloatArray) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of the first cells whose middle lies beyond the crossing of a ring with the middle of a row."""
    import numpy as np

    starts, ends = ring[:-1], ring[1:]
    low, high = np.minimum(starts[:, 1], ends[:, 1]), np.maximum(starts[:, 1], ends[:, 1])
    first, behind = (np.ceil(y - 0.5).astype(np.intp) for y in (low, high))
    edges = np.repeat(np.arange(len(starts)), behind - first)
    rows = np.arange(len(edges)) - np.repeat(np.cumsum(behind - first) - behind, behind - first)
    run, rise = (ends - starts)[edges].T
    x = starts[edges, 0] + (rows + 0.5 - starts[edges, 1]) * run / rise
    return rows, np.ceil(x - 0.5).astype(np.intp)
