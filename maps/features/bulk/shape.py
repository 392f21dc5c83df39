"""Geometries as flat arrays of Web Mercator integers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from maps.errors import FeatureError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyproj import Transformer

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]

WORLD = 2**25  # steps around the equator: 1.2 m
POINT, LINE, AREA = 0, 1, 2
KIND_NAMES = ("point", "line", "area")
MAX_LAT = 85.0511287798066  # where the Mercator square ends

_MAX_LON, _POLE = 180.0, 90.0
_POINTS, _LINES, _AREAS = (0, 4), (1, 2, 5), (3, 6)  # GEOS type ids, single and multi
_COLLECTION = 7


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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a batch of geometries comes from: for messages, and to bring it to longitude and latitude.

    Attributes
    ----------
    name
        Of the file or layer.
    start
        Row of the batch's first feature, from 0.
    transformer
        To longitude and latitude; nothing when they are that already.
    crs
        Name of the reference system they come in.
    """

    name: str
    start: int = 0
    transformer: Transformer | None = None
    crs: str = ""

    def label(self, row: int) -> str:
        """Name a feature, counted from 1."""
        return f"feature {row + 1:,} of {self.name!r}"


def mercator(lonlat: Floats) -> npt.NDArray[np.int32]:
    """Bring positions in degrees to steps of the world; beyond 85.05 degrees they stand at the edge.

    Examples
    --------
    >>> mercator(np.array([[0.0, 0.0], [180.0, 90.0]])).tolist()
    [[16777216, 16777216], [33554432, 0]]
    """
    sines = np.sin(np.radians(np.clip(lonlat[:, 1], -MAX_LAT, MAX_LAT)))
    xy = np.empty(lonlat.shape, dtype=np.int32)
    xy[:, 0] = np.rint((lonlat[:, 0] / 360 + 0.5) * WORLD)
    xy[:, 1] = np.clip(np.rint((0.5 - np.arctanh(sines) / (2 * np.pi)) * WORLD), 0, WORLD)
    return xy


def degrees(xy: npt.NDArray[np.int32]) -> Floats:
    """Bring steps of the world back to longitude and latitude; the inverse of `mercator`."""
    share = xy.astype(np.float64) / WORLD
    return np.column_stack([(share[:, 0] - 0.5) * 360, np.degrees(np.arctan(np.sinh((0.5 - share[:, 1]) * 2 * np.pi)))])


def shapes_of(geometries: npt.NDArray[np.object_], place: Place) -> Shapes:
    """Flatten a batch of shapely geometries; those that are missing or empty are left out.

    Raises
    ------
    FeatureError
        For a collection of geometries, and a position that is none.
    """
    import shapely

    types = shapely.get_type_id(geometries)
    held = (types >= 0) & ~shapely.is_empty(geometries)
    if (types[held] == _COLLECTION).any():
        row = place.start + int(np.flatnonzero(held & (types == _COLLECTION))[0])
        raise FeatureError(
            f"a feature is a point, a line or an area, got a GeometryCollection ({place.label(row)}); split it",
            source=place.name,
        )
    batches = [
        _flat(geometries, np.flatnonzero(held & np.isin(types, ids)), kind, place)
        for kind, ids in ((POINT, _POINTS), (LINE, _LINES), (AREA, _AREAS))
        if (held & np.isin(types, ids)).any()
    ]
    return joined(batches)


def joined(batches: Sequence[Shapes]) -> Shapes:
    """Put batches behind one another."""
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


def _flat(geometries: npt.NDArray[np.object_], chosen: Ints, kind: int, place: Place) -> Shapes:
    import shapely

    parts, owner = geometries[chosen], np.arange(len(chosen))
    if kind != POINT:
        parts, index = shapely.get_parts(parts, return_index=True)
        owner = owner[index]
    if kind == AREA:
        parts, index = shapely.get_rings(parts, return_index=True)
        owner = owner[index]
    coordinates, index = shapely.get_coordinates(parts, return_index=True)
    counts = np.bincount(index, minlength=len(parts))
    rows = chosen + place.start
    lonlat = _lonlat(coordinates, lambda at: int(rows[owner[index[at]]]), place)
    if kind == AREA:  # a ring ends where it begins: that is told once
        keep = np.ones(len(lonlat), dtype=bool)
        keep[np.cumsum(counts)[counts > 0] - 1] = False
        lonlat, counts = lonlat[keep], np.maximum(counts - 1, 0)
    filled = counts > 0  # an empty part of a multipart geometry
    return Shapes(
        rows.astype(np.int64),
        np.full(len(chosen), kind, dtype=np.uint8),
        mercator(lonlat),
        counts[filled].astype(np.int64),
        np.bincount(owner[filled], minlength=len(chosen)).astype(np.int64),
    )


def _lonlat(coordinates: Floats, row_of: Callable[[int], int], place: Place) -> Floats:
    """Longitude and latitude of coordinates, checked."""
    bad = ~np.isfinite(coordinates).all(axis=1)
    if bad.any():
        at = int(bad.argmax())
        raise FeatureError(
            f"a position is two finite numbers, got {coordinates[at].tolist()} ({place.label(row_of(at))}); "
            "mend or drop the feature",
            source=place.name,
        )
    if place.transformer is not None:
        coordinates = np.column_stack(place.transformer.transform(coordinates[:, 0], coordinates[:, 1]))
        bad = ~np.isfinite(coordinates).all(axis=1)
        if bad.any():
            raise FeatureError(
                f"a position lies outside of what {place.crs} covers ({place.label(row_of(int(bad.argmax())))}); "
                "is that the CRS of the data?",
                source=place.name,
            )
    _check_range(coordinates, row_of, place)
    return coordinates


def _check_range(lonlat: Floats, row_of: Callable[[int], int], place: Place) -> None:
    bad = np.abs(lonlat[:, 1]) > _POLE
    if bad.any():
        at = int(bad.argmax())
        lon, lat = lonlat[at].tolist()
        swap = "; are lon and lat swapped?" if abs(lon) <= _POLE and abs(lat) <= _MAX_LON else ""
        raise FeatureError(
            f"latitude must be in [-90, 90], got {lat!r} ({place.label(row_of(at))}){swap}", source=place.name
        )
    bad = np.abs(lonlat[:, 0]) > _MAX_LON
    if bad.any():
        at = int(bad.argmax())
        raise FeatureError(
            f"longitude must be in [-180, 180], got {float(lonlat[at, 0])!r} ({place.label(row_of(at))})",
            source=place.name,
        )
