"""Levels of detail: blocks of many vertices, simplified for small scales.

Outlines lose what cannot be seen at a zoom, and holes and parts below a pixel are left out. At higher zooms, and where the page
finds features under the pointer, the geometry is exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .lod import steps_per_pixel
from .shape import AREA, POINT, Ints, Shapes, runs, starts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

ZOOMS = (4, 7, 10)  # up to which each level of detail is drawn
HEAVY = 2_048  # vertices of a block from which it is thinned
_CELL_PX = 0.25  # successive vertices within a cell are one
_TOLERANCE_PX = 0.4
_FEWEST = 3  # vertices of a ring


def taken(shapes: Shapes, chosen: Ints) -> Shapes:
    """Return some of the features, in the given order."""
    parts = shapes.parts[chosen]
    part = runs(starts_of(shapes.parts)[chosen], parts)
    counts = shapes.counts[part]
    xy = shapes.xy[runs(starts_of(shapes.counts)[part], counts)]
    return Shapes(shapes.row[chosen], shapes.kind[chosen], xy, counts, parts)


def thinned(shapes: Shapes, zoom: int) -> Shapes:
    """Leave out what is invisible at a zoom.

    Parameters
    ----------
    shapes
        Lines and areas are thinned, points stay.
    zoom
        Of the page; at lower ones less still is seen.

    Returns
    -------
    Shapes
        The same features, each with its first part at least; no line lies more than a pixel from where it was.
    """
    step = steps_per_pixel(zoom)
    shapes = _without_small_parts(shapes, step)
    return _simplified(_without_neighbours(shapes, step * _CELL_PX), step * _TOLERANCE_PX)


def levels_of_detail(shapes: Shapes, heavy: Ints, zooms: Ints) -> Iterator[tuple[int, Ints, Shapes]]:
    """Thin features for each of the zooms at which a level of detail is drawn, the nearest first.

    Parameters
    ----------
    shapes
        All features.
    heavy
        Those to thin, by their index.
    zooms
        From which zoom each of these shows.

    Yields
    ------
    zoom, chosen, shapes
        Which of `heavy` show at the zoom, and how they look.
    """
    chosen, less = np.arange(len(heavy)), taken(shapes, heavy)
    for zoom in reversed(ZOOMS):
        shown = zooms[chosen] <= zoom
        chosen, less = chosen[shown], thinned(taken(less, np.flatnonzero(shown)), zoom)
        yield zoom, chosen, less


def _part_kinds(shapes: Shapes) -> npt.NDArray[np.uint8]:
    return np.repeat(shapes.kind, shapes.parts)


def _without_small_parts(shapes: Shapes, step: float) -> Shapes:
    begin = starts_of(shapes.counts)
    if not len(begin):
        return shapes
    low, high = (pick.reduceat(shapes.xy, begin, axis=0) for pick in (np.minimum, np.maximum))
    keep = ((high - low).max(axis=1) >= step) | (_part_kinds(shapes) == POINT)
    keep[starts_of(shapes.parts)] = True
    parts = np.add.reduceat(keep.astype(np.int64), starts_of(shapes.parts))
    xy = shapes.xy[np.repeat(keep, shapes.counts)]
    return Shapes(shapes.row, shapes.kind, xy, shapes.counts[keep], parts)


def _without_neighbours(shapes: Shapes, cell: float) -> Shapes:
    """Drop each vertex in the cell of the one before it; rings that would collapse stay whole."""
    if cell <= 1 or not len(shapes.xy):
        return shapes
    begin, counts = starts_of(shapes.counts), shapes.counts
    cells = np.floor_divide(shapes.xy, cell).astype(np.int32)
    keep = np.ones(len(cells), dtype=bool)
    keep[1:] = (cells[1:] != cells[:-1]).any(axis=1)
    keep[begin] = True
    keep[begin + counts - 1] = True
    remaining = np.add.reduceat(keep.astype(np.int64), begin)
    keep |= np.repeat((remaining < _FEWEST) | (_part_kinds(shapes) == POINT), counts)
    counts = np.add.reduceat(keep.astype(np.int64), begin)
    return Shapes(shapes.row, shapes.kind, shapes.xy[keep], counts, shapes.parts)


def _simplified(shapes: Shapes, tolerance: float) -> Shapes:
    """Simplify lines and rings by Douglas and Peucker; a ring that would collapse is not changed."""
    import shapely

    kind = _part_kinds(shapes)
    part = np.flatnonzero((kind != POINT) & (shapes.counts > _FEWEST + 1))
    if not len(part):
        return shapes
    begin, counts = starts_of(shapes.counts)[part], shapes.counts[part]
    closed = (kind[part] == AREA).astype(np.int64)
    vertex = runs(begin, counts + closed)  # a ring returns to its start
    ends = np.cumsum(counts + closed)[closed == 1] - 1
    vertex[ends] = begin[closed == 1]
    lines = shapely.linestrings(shapes.xy[vertex], indices=np.repeat(np.arange(len(part)), counts + closed))
    xy, owner = shapely.get_coordinates(shapely.simplify(lines, tolerance, preserve_topology=False), return_index=True)
    remaining = np.bincount(owner, minlength=len(part))
    fine = remaining - closed >= np.where(closed == 1, _FEWEST, 2)
    last = np.zeros(len(xy), dtype=bool)
    last[(np.cumsum(remaining) - 1)[(closed == 1) & (remaining > 0)]] = True
    return _replaced(shapes, part[fine], xy[fine[owner] & ~last].astype(np.int32), (remaining - closed)[fine])


def _replaced(shapes: Shapes, part: Ints, xy: npt.NDArray[np.int32], counts: Ints) -> Shapes:
    """Replace the vertices of some parts."""
    fresh = np.zeros(len(shapes.counts), dtype=bool)
    fresh[part] = True
    new_counts = shapes.counts.copy()
    new_counts[part] = counts
    is_fresh = np.repeat(fresh, new_counts)
    new_xy = np.empty((int(new_counts.sum()), 2), dtype=np.int32)
    new_xy[is_fresh] = xy
    new_xy[~is_fresh] = shapes.xy[np.repeat(~fresh, shapes.counts)]
    return Shapes(shapes.row, shapes.kind, new_xy, new_counts, shapes.parts)
