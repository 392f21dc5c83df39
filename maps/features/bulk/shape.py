"""Geometries as flat arrays of Web Mercator integers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from maps.features.mercator import MAX_LAT, latitude, northing

if TYPE_CHECKING:
    from collections.abc import Sequence

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]

WORLD = 2**25  # steps around the equator: 1.2 m
POINT, LINE, AREA = 0, 1, 2
MOST_PARTS = 256  # of one shape on a canvas
KIND_NAMES = ("point", "line", "area")

_POINTS, _LINES, _AREAS = (0, 4), (1, 2, 5), (3, 6)  # GEOS type ids, single and multi


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Geometries of many features, each a run of parts, each part a run of vertices.

    Attributes
    ----------
    row
        The row of each feature in its source, from 0; features are in no order.
    kind
        `POINT`, `LINE` or `AREA`.
    xy
        Vertices, shape (n, 2), in steps of the world; y grows to the south. A ring does not repeat its first vertex.
    counts
        How many vertices each part has: the points of a multipoint are one part, each ring of an area is one.
    parts
        How many parts each feature has.
    """

    row: Ints
    kind: npt.NDArray[np.uint8]
    xy: npt.NDArray[np.int32]
    counts: Ints
    parts: Ints

    def __len__(self) -> int:
        return len(self.row)


def mercator(lonlat: Floats) -> npt.NDArray[np.int32]:
    """Bring positions in degrees to steps of the world; beyond 85.05 degrees they are moved to the edge.

    Examples
    --------
    >>> mercator(np.array([[0.0, 0.0], [180.0, 90.0]])).tolist()
    [[16777216, 16777216], [33554432, 0]]
    """
    north = northing(np.clip(lonlat[:, 1], -MAX_LAT, MAX_LAT))
    xy = np.empty(lonlat.shape, dtype=np.int32)
    xy[:, 0] = np.rint((lonlat[:, 0] / 360 + 0.5) * WORLD)
    xy[:, 1] = np.clip(np.rint((0.5 - north / (2 * np.pi)) * WORLD), 0, WORLD)
    return xy


def degrees(xy: npt.NDArray[np.int32]) -> Floats:
    """Bring steps of the world back to longitude and latitude; the inverse of `mercator`."""
    share = xy.astype(np.float64) / WORLD
    return np.column_stack([(share[:, 0] - 0.5) * 360, latitude((0.5 - share[:, 1]) * 2 * np.pi)])


def shapes_of(geometries: npt.NDArray[np.object_], rows: Ints) -> Shapes:
    """Flatten points, lines and areas of longitude and latitude that have been checked.

    Parameters
    ----------
    geometries
        Shapely geometries, none of them missing or empty.
    rows
        The row of each in its source.
    """
    import shapely

    types = shapely.get_type_id(geometries)
    batches = [
        _flat(geometries[np.isin(types, ids)], rows[np.isin(types, ids)], kind)
        for kind, ids in ((POINT, _POINTS), (LINE, _LINES), (AREA, _AREAS))
        if np.isin(types, ids).any()
    ]
    return joined(batches)


def taken_apart(geometries: npt.NDArray[np.object_], rows: Ints) -> tuple[npt.NDArray[np.object_], Ints]:
    """Split shapes with very many parts: the islands of an ocean are then found and left out one by one.

    Returns
    -------
    geometries, rows
        Of the parts, the row that of the whole.
    """
    import shapely

    many = (shapely.get_num_geometries(geometries) > MOST_PARTS) & (shapely.get_dimensions(geometries) > 0)
    if not many.any():
        return geometries, rows
    parts, index = shapely.get_parts(geometries[many], return_index=True)
    return np.concatenate([geometries[~many], parts]), np.concatenate([rows[~many], rows[many][index]])


def joined(batches: Sequence[Shapes]) -> Shapes:
    """Concatenate batches."""
    if not batches:
        none = np.zeros(0, dtype=np.int64)
        return Shapes(none, none.astype(np.uint8), np.zeros((0, 2), dtype=np.int32), none, none)
    if len(batches) == 1:
        return batches[0]
    return Shapes(*(np.concatenate([getattr(batch, name) for batch in batches]) for name in Shapes.__slots__))


def starts_of(counts: Ints) -> Ints:
    """Where each run begins, given their lengths.

    Examples
    --------
    >>> starts_of(np.array([3, 1, 2])).tolist()
    [0, 3, 4]
    """
    starts: Ints = np.cumsum(counts) - counts
    return starts


def runs(starts: Ints, counts: Ints) -> Ints:
    """List the indices of runs one after the other.

    Examples
    --------
    >>> runs(np.array([7, 0]), np.array([2, 3])).tolist()
    [7, 8, 0, 1, 2]
    """
    steps: Ints = np.arange(int(counts.sum()), dtype=np.int64) + np.repeat(starts - starts_of(counts), counts)
    return steps


def boxes_of(shapes: Shapes) -> npt.NDArray[np.int32]:
    """Find west, north, east and south of each feature in steps of the world, shape (n, 4)."""
    if not len(shapes):
        return np.zeros((0, 4), dtype=np.int32)
    begin = starts_of(shapes.counts)[starts_of(shapes.parts)]
    low, high = (pick.reduceat(shapes.xy, begin, axis=0) for pick in (np.minimum, np.maximum))
    return np.hstack([low, high])


def _flat(parts: npt.NDArray[np.object_], rows: Ints, kind: int) -> Shapes:
    import shapely

    count, owner = len(parts), np.arange(len(parts))
    if kind != POINT:
        parts, index = shapely.get_parts(parts, return_index=True)
        owner = owner[index]
    if kind == AREA:
        parts, index = shapely.get_rings(parts, return_index=True)
        owner = owner[index]
    lonlat, index = shapely.get_coordinates(parts, return_index=True)
    counts = np.bincount(index, minlength=len(parts))
    if kind == AREA:  # a ring ends where it begins: the repeated vertex is not stored
        keep = np.ones(len(lonlat), dtype=bool)
        keep[np.cumsum(counts)[counts > 0] - 1] = False
        lonlat, counts = lonlat[keep], np.maximum(counts - 1, 0)
    filled = counts > 0  # an empty part of a multipart geometry
    return Shapes(
        rows.astype(np.int64),
        np.full(count, kind, dtype=np.uint8),
        mercator(lonlat),
        counts[filled].astype(np.int64),
        np.bincount(owner[filled], minlength=count).astype(np.int64),
    )
