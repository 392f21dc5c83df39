"""Visibility of many points from one, by sectors of the horizon."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ._projection import cross

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.geodesic._engine import FloatArray

    Rows = NDArray[np.intp]
    Mask = NDArray[np.bool_]

_SECTORS = 8_192  # at most: with fewer edges there are as many as these
_FEWEST = 64
_SLACK = 1e-6  # sectors: an edge counts in a sector that it all but reaches


class _Edges(NamedTuple):
    """Edges as seen from a point, row by row.

    Attributes
    ----------
    sectors
        How many there are around the point.
    starts, ends
        Relative to the point, shape (N, 2).
    first, width
        The first sector that an edge lies in, and how many there are.
    near_m, far_m
        From the point to the nearest and the farthest part of the edge.
    """

    sectors: int
    starts: FloatArray
    ends: FloatArray
    first: Rows
    width: Rows
    near_m: FloatArray
    far_m: FloatArray


def visible(point: FloatArray, targets: FloatArray, edges: FloatArray) -> Mask:
    """Tell which straight lines from a point cross or touch no edge.

    Parameters
    ----------
    point
        A point of the plane, shape (2,), on no edge.
    targets
        Points of the plane, shape (M, 2).
    edges
        Segments of the plane, shape (N, 2, 2).

    Notes
    -----
    The horizon is cut into sectors. An edge that fills a sector hides everything behind it there;
    the targets that are left are tested against the edges of their sector that are near enough.
    The answer is that of testing each target against each edge, at a cost of N + M.
    """
    seen = np.zeros(len(targets), dtype=bool)
    if not len(targets):
        return seen
    way = targets - point
    around = _from(point, edges, min(max(len(edges), _FEWEST), _SECTORS))
    sector = _sector(np.arctan2(way[:, 1], way[:, 0]), around.sectors) % around.sectors
    metres = np.hypot(way[:, 0], way[:, 1])
    rows = np.flatnonzero(metres <= _hidden_beyond(around)[sector])
    seen[rows] = True
    pairs, barred_by = _pairs(around, sector[rows], metres[rows])
    lines, starts, ends = way[rows[pairs]], around.starts[barred_by], around.ends[barred_by]
    along = ends - starts
    crossed = (cross(lines, starts) * cross(lines, ends) <= 0) & (
        cross(along, -starts) * cross(along, lines - starts) <= 0
    )
    seen[rows[pairs[crossed]]] = False
    return seen


def _sector(angles: FloatArray, sectors: int) -> Rows:
    numbers: Rows = np.floor((angles + math.pi) * (sectors / math.tau)).astype(np.intp)
    return numbers


def _from(point: FloatArray, edges: FloatArray, sectors: int) -> _Edges:
    starts, ends = edges[:, 0] - point, edges[:, 1] - point
    along = ends - starts
    turn = np.arctan2(cross(starts, ends), (starts * ends).sum(axis=1))
    begin = np.arctan2(starts[:, 1], starts[:, 0]) + np.minimum(turn, 0.0)
    slack = _SLACK * math.tau / sectors
    first = _sector(begin - slack, sectors)
    width = _sector(begin + np.abs(turn) + slack, sectors) - first + 1
    size = np.maximum((along * along).sum(axis=1), 1e-30)
    nearest = starts + np.clip(-(starts * along).sum(axis=1) / size, 0.0, 1.0)[:, None] * along
    far_m = np.sqrt(np.maximum((starts * starts).sum(axis=1), (ends * ends).sum(axis=1)))
    return _Edges(sectors, starts, ends, first, width, np.hypot(nearest[:, 0], nearest[:, 1]), far_m)


def _hidden_beyond(around: _Edges) -> FloatArray:
    """Metres beyond which an edge that fills a sector hides all, for each sector."""
    filled = np.maximum(around.width - 2, 0)
    rows, sectors = _spread(around.first + 1, filled)
    beyond = np.full(around.sectors, np.inf)
    np.minimum.at(beyond, sectors % around.sectors, around.far_m[rows])
    return beyond


def _pairs(around: _Edges, sector: Rows, metres: FloatArray) -> tuple[Rows, Rows]:
    """Return each target with each edge in its sector that is no farther than the farthest target there."""
    reach_m = np.zeros(around.sectors)
    np.maximum.at(reach_m, sector, metres)
    rows, sectors = _spread(around.first, around.width)
    sectors %= around.sectors
    close = around.near_m[rows] <= reach_m[sectors]
    rows, sectors = rows[close], sectors[close]
    order = np.argsort(sectors, kind="stable")
    begin = np.searchsorted(sectors[order], np.arange(around.sectors + 1))
    targets, places = _spread(begin[sector], begin[sector + 1] - begin[sector])
    return targets, rows[order[places]]


def _spread(first: Rows, count: Rows) -> tuple[Rows, Rows]:
    """Return each row as often as its count, and with it the whole numbers from its first on."""
    rows = np.repeat(np.arange(len(count)), count)
    ends = np.cumsum(count)
    numbers = np.arange(len(rows)) - np.repeat(ends - count, count) + np.repeat(first, count)
    return rows, numbers
