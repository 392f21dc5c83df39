"""Level of detail: the lowest zoom at which each feature is drawn.

At every zoom the map is cut into cells of 8 pixels, and each cell takes one more feature, the most important of those left there.
A line or an area that is large on the screen shows however crowded its cell is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from .shape import AREA, LINE, Ints

if TYPE_CHECKING:
    from collections.abc import Mapping

MIN_ZOOM, MAX_ZOOM = 3, 17  # those of the page
_WORLD_BITS = 25
_TILE_BITS = 8  # a tile of 256 pixels
_CELL_BITS = 3  # a cell of 8 pixels
_LARGE_PX: Mapping[int, int] = {LINE: 64, AREA: 4}


def morton(x: Ints, y: Ints) -> Ints:
    """Position on the Morton curve: the bits of x and y in turn, those of y the higher.

    Examples
    --------
    >>> morton(np.array([1, 0, 3]), np.array([0, 1, 3])).tolist()
    [1, 2, 15]
    """
    return _spread(x) | (_spread(y) << 1)


def steps_per_pixel(zoom: int) -> float:
    """Return the number of steps of the world to a pixel.

    Examples
    --------
    >>> steps_per_pixel(17), steps_per_pixel(8)
    (1.0, 512.0)
    """
    return 2.0 ** (_WORLD_BITS - _TILE_BITS - zoom)


def importance(kind: npt.NDArray[np.uint8], boxes: npt.NDArray[np.int32], row: Ints, order: object = None) -> Ints:
    """Rank of each feature, 0 the most important.

    Parameters
    ----------
    kind, boxes, row
        As in `Shapes`.
    order
        A number for each feature, the greater the more important, NaN the least; by default the extent of lines and areas,
        and for points the order of the source.

    Returns
    -------
    numpy.ndarray
        Ties keep the order of the source.
    """
    if order is None:
        size = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]).astype(np.float64)
        weight = np.where(kind == 0, 0.0, size)
    else:
        weight = np.asarray(order, dtype=np.float64)
    ranking = np.lexsort((row, -np.nan_to_num(weight, nan=-np.inf)))
    rank = np.empty(len(row), dtype=np.int64)
    rank[ranking] = np.arange(len(row))
    return rank


def levels(kind: npt.NDArray[np.uint8], boxes: npt.NDArray[np.int32], rank: Ints) -> tuple[npt.NDArray[np.uint8], Ints]:
    """Zoom from which each feature shows, and its position on the Morton curve.

    Parameters
    ----------
    kind, boxes
        As in `Shapes`, `boxes_of`.
    rank
        As `importance` gives it.

    Returns
    -------
    level, curve
        From 3 to 17; a feature without a cell by then shows at 17.
    """
    x, y = ((boxes[:, axis].astype(np.int64) + boxes[:, axis + 2]) // 2 for axis in (0, 1))
    curve = morton(x, y)
    side = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    large_px = np.full(len(kind), np.inf)
    for shape_kind, pixels in _LARGE_PX.items():
        large_px[kind == shape_kind] = pixels
    level = np.full(len(kind), MAX_ZOOM, dtype=np.uint8)
    waiting = np.argsort(curve, kind="stable")
    for zoom in range(MIN_ZOOM, MAX_ZOOM):
        if not len(waiting):
            break
        cell = curve[waiting] >> (2 * (_WORLD_BITS - _TILE_BITS - zoom + _CELL_BITS))
        begin = np.flatnonzero(np.diff(cell, prepend=-1))
        first = np.minimum.reduceat(rank[waiting], begin)
        chosen = rank[waiting] == np.repeat(first, np.diff(begin, append=len(waiting)))
        chosen |= side[waiting] >= large_px[waiting] * steps_per_pixel(zoom)
        level[waiting[chosen]] = zoom
        waiting = waiting[~chosen]
    return level, curve


def _spread(value: Ints) -> Ints:
    """Put a zero bit above each bit of numbers of up to 31 bits."""
    spread = value.astype(np.int64)
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        spread = (spread | (spread << shift)) & mask
    return spread
