"""Shapes of GeoJSON geometries, a batch at a time."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from maps.errors import FeatureError

from .document import COLLECTION, GEOMETRIES
from .ragged import Ragged

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from maps.features.notice import Notices

    Label: TypeAlias = Callable[[int], str]

Objects: TypeAlias = "npt.NDArray[np.object_]"
_RING, _CLOSED_RING = 3, 4  # positions that a ring has at least, without and with its first one again
_LEAST = {"LineString": 2, "MultiLineString": 2, "Polygon": _RING, "MultiPolygon": _RING}
_DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_AREAS = ("Polygon", "MultiPolygon")


def shapes_of_geojson(geometries: Sequence[object], label: Label, name: str, notices: Notices) -> Objects:
    """Make shapes from geometries; None for missing and empty ones.

    Parameters
    ----------
    geometries
        Unchecked GeoJSON geometries.
    label
        Names a feature by its index.
    name
        Of the document, for messages.
    notices
        Takes note of rings that were not closed and heights that are not drawn.

    Raises
    ------
    FeatureError
        For an invalid geometry; names the feature.
    """
    shapes = np.full(len(geometries), None, dtype=object)
    by_kind: dict[str, list[int]] = {}
    for row, geometry in enumerate(geometries):
        if geometry is None:
            continue
        by_kind.setdefault(_kind(geometry, label(row), name), []).append(row)
    for kind, rows in by_kind.items():
        if kind == COLLECTION:
            for row in rows:
                shapes[row] = _collection(geometries[row], label(row), name, notices)  # type: ignore[arg-type]
            continue
        coordinates = [geometries[row].get("coordinates") for row in rows]  # type: ignore[attr-defined]
        long = [at for at, value in enumerate(coordinates) if isinstance(value, Ragged)]
        for at in long:
            maker = _Maker(kind, [rows[at]], label, name, notices)
            shapes[maker.rows] = maker.make_ragged(coordinates[at])
        is_short = np.ones(len(coordinates), dtype=bool)
        is_short[long] = False
        filled = [
            at for at in np.flatnonzero(is_short).tolist() if coordinates[at] != []
        ]  # RFC 7946, 3.1: empty is null
        if filled:
            maker = _Maker(kind, [rows[at] for at in filled], label, name, notices)
            shapes[maker.rows] = maker.make([coordinates[at] for at in filled])
    return shapes


def _kind(geometry: object, label: str, name: str) -> str:
    kind = geometry.get("type") if isinstance(geometry, Mapping) else geometry
    if kind not in {*GEOMETRIES, COLLECTION} or not isinstance(geometry, Mapping):
        raise FeatureError(
            f"expected a geometry of {', '.join((*GEOMETRIES, COLLECTION))}, got {kind!r} ({label})", source=name
        )
    return str(kind)


def _collection(geometry: Mapping[str, Any], label: str, name: str, notices: Notices) -> object:
    import shapely

    members = geometry.get("geometries")
    if not isinstance(members, Sequence) or isinstance(members, str):
        raise FeatureError(f"the geometries of a GeometryCollection must be a list ({label})", source=name)
    parts = shapes_of_geojson(members, lambda _: label, name, notices)
    valid = [part for part in parts if part is not None]
    return shapely.GeometryCollection(valid) if valid else None


class _Maker:
    """Makes shapes of one kind."""

    def __init__(self, kind: str, rows: list[int], label: Label, name: str, notices: Notices) -> None:
        self.kind, self.rows, self.label, self.name, self.notices = kind, rows, label, name, notices

    def make(self, coordinates: list[Any]) -> Objects:
        """Flatten the coordinates level by level, and build the shapes."""
        levels: list[npt.NDArray[np.int64]] = []
        flat: Sequence[Any] = coordinates
        for _ in range(_DEPTHS[self.kind]):
            counts = np.fromiter((self._length(part, levels, at) for at, part in enumerate(flat)), np.int64, len(flat))
            levels.append(counts)
            flat = list(chain.from_iterable(flat))
        return self._shapes(self._positions(flat, levels), levels)

    def make_ragged(self, coordinates: Ragged) -> Objects:
        """Build the shape of coordinates that are flat already."""
        depth = _DEPTHS[self.kind]
        levels = list(coordinates.counts[:depth])
        sizes = coordinates.counts[-1]
        if len(coordinates.counts) != depth + 1 or any((counts == 0).any() for counts in levels) or (sizes < 2).any():  # noqa: PLR2004 - lon and lat
            raise self._no_positions(0)
        self.notices.add("heights", int((sizes > 2).any()))  # noqa: PLR2004
        begin = np.cumsum(sizes) - sizes
        xy = np.column_stack([coordinates.values[begin], coordinates.values[begin + 1]])
        return self._shapes(xy, levels)

    def _shapes(self, xy: npt.NDArray[np.float64], levels: list[npt.NDArray[np.int64]]) -> Objects:
        """Check positions and build the shapes."""
        import shapely

        if self.kind in _LEAST:
            self._check_lengths(xy, levels)
        if self.kind in _AREAS:
            xy, levels[-1] = self._closed(xy, levels)
        offsets = tuple(np.concatenate([[0], np.cumsum(counts)]) for counts in reversed(levels))
        kind = shapely.GeometryType[self.kind.upper()]
        return np.asarray(shapely.from_ragged_array(kind, xy, offsets or None), dtype=object)

    def _length(self, part: object, levels: list[npt.NDArray[np.int64]], at: int) -> int:
        if not isinstance(part, list | tuple) or not part:
            raise self._no_positions(self._owner(levels, at))
        return len(part)

    def _positions(self, flat: Sequence[Any], levels: list[npt.NDArray[np.int64]]) -> npt.NDArray[np.float64]:
        """Longitude and latitude of each position; a height is noted and left out."""
        try:
            array = np.array(flat)
            if array.ndim == 2 and array.shape[1] >= 2 and array.dtype.kind in "fiu":  # noqa: PLR2004 - lon and lat
                if array.shape[1] > 2:  # noqa: PLR2004
                    self.notices.add("heights", self._features(np.ones(len(array), dtype=bool), levels))
                return np.ascontiguousarray(array[:, :2], dtype=np.float64)
        except ValueError:
            pass  # positions of several lengths
        high = np.zeros(len(flat), dtype=bool)
        for at, position in enumerate(flat):
            if not _is_position(position):
                raise self._no_positions(self._owner(levels, at))
            high[at] = len(position) > 2  # noqa: PLR2004
        self.notices.add("heights", self._features(high, levels))
        return np.array([[float(part) for part in position[:2]] for position in flat], dtype=np.float64).reshape(-1, 2)

    def _check_lengths(self, xy: npt.NDArray[np.float64], levels: list[npt.NDArray[np.int64]]) -> None:
        counts = levels[-1]
        least = _LEAST[self.kind]
        short = counts < least
        if self.kind in _AREAS:
            ends = np.cumsum(counts)
            closed = (xy[ends - 1] == xy[ends - counts]).all(axis=1)
            short |= closed & (counts < _CLOSED_RING)
        if short.any():
            at = int(short.argmax())
            part, needed = ("ring", "four, the last being the first") if self.kind in _AREAS else ("line", "two")
            raise FeatureError(
                f"a {part} has at least {needed} positions, got {int(counts[at])} "
                f"({self.label(self.rows[self._owner(levels[:-1], at)])}); add the missing ones, or drop the feature",
                source=self.name,
            )

    def _closed(
        self, xy: npt.NDArray[np.float64], levels: list[npt.NDArray[np.int64]]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
        """Close the rings that are open."""
        counts = levels[-1]
        ends = np.cumsum(counts)
        open_ = (xy[ends - 1] != xy[ends - counts]).any(axis=1)
        if not open_.any():
            return xy, counts
        owners = {self._owner(levels[:-1], int(at)) for at in np.flatnonzero(open_)}
        self.notices.add("open rings", len(owners))
        return np.insert(xy, ends[open_], xy[(ends - counts)[open_]], axis=0), counts + open_

    def _features(self, chosen: npt.NDArray[np.bool_], levels: list[npt.NDArray[np.int64]]) -> int:
        """Count the features that some positions belong to."""
        owner = np.flatnonzero(chosen)
        for counts in reversed(levels):
            owner = np.unique(np.searchsorted(np.cumsum(counts), owner, side="right"))
        return len(owner)

    def _owner(self, levels: list[npt.NDArray[np.int64]], at: int) -> int:
        """Index of the geometry that the part `at` below some levels belongs to."""
        for counts in reversed(levels):
            at = int(np.searchsorted(np.cumsum(counts), at, side="right"))
        return at

    def _no_positions(self, at: int) -> FeatureError:
        return FeatureError(
            f"the coordinates of a {self.kind} must be positions [longitude, latitude] ({self.label(self.rows[at])})",
            source=self.name,
        )


def _is_position(value: object) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) > 1
        and all(isinstance(part, int | float) and not isinstance(part, bool) for part in value)
        and all(isinstance(part, float) or abs(part) <= sys.float_info.max for part in value)
    )
