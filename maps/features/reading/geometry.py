"""Shapes brought to longitude and latitude on WGS 84: checked, transformed, cut at the 180th meridian."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from maps.errors import FeatureError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    from pyproj import CRS, Transformer

    from .notice import Notices

Objects: TypeAlias = "npt.NDArray[np.object_]"
Ints: TypeAlias = "npt.NDArray[np.int64]"
Floats: TypeAlias = "npt.NDArray[np.float64]"
Label: TypeAlias = "Callable[[int], str]"

WGS84 = "OGC:CRS84"
_MAX_LON, _MAX_LAT, _TURN = 180.0, 90.0, 360.0
_COLLECTION = 7  # GEOS type ids
_LINEAR_RING = 2
_CURVES = frozenset(range(8, 13))
_LINES, _AREAS = (1, 2, 5), (3, 6)
_FACTORS = {0: 4, 1: 5, 2: 6}  # the multi type of points, lines, areas


@dataclass(frozen=True, slots=True)
class Place:
    """Where geometries come from: to bring them to longitude and latitude.

    Attributes
    ----------
    name
        Of the file or layer.
    transformer
        To longitude and latitude; nothing when they are that already.
    crs
        Name of the reference system they come in; empty when the source states none.
    """

    name: str
    transformer: Transformer | None = None
    crs: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """Shapes that can be drawn.

    Attributes
    ----------
    row
        The row of each in what was given.
    shape
        Points, lines or areas, single or multi, of longitude and latitude.
    """

    row: Ints
    shape: Objects


def place_of(name: str, crs: CRS | None, notices: Notices) -> Place:
    """Find the way from a CRS to longitude and latitude, and say what it is."""
    from pyproj import CRS, Transformer

    if crs is None:
        notices.say("it states no CRS; taken as longitude and latitude on WGS 84")
        return Place(name)
    if crs.equals(CRS(WGS84), ignore_axis_order=True) or crs.equals(CRS("EPSG:4979"), ignore_axis_order=True):
        return Place(name, None, "WGS 84")
    notices.say(f"brought from {crs.name} to longitude and latitude on WGS 84")
    return Place(name, Transformer.from_crs(crs, WGS84, always_xy=True), crs.name)


def settle(geometries: Objects, place: Place, label: Label, notices: Notices) -> Settled:
    """Bring a batch of shapes to what can be drawn; those that are missing or empty are left out.

    Parameters
    ----------
    geometries
        Shapes or None, in the CRS of the place.
    place
        Where they come from.
    label
        Names a feature by its index.
    notices
        Takes note of what is done.

    Raises
    ------
    FeatureError
        For a position that is none: it names the feature.
    """
    import shapely

    types = shapely.get_type_id(geometries)
    held = (types >= 0) & ~shapely.is_empty(geometries)
    notices.add("no geometry", int(len(geometries) - held.sum()))
    row = np.flatnonzero(held)
    shapes, types = geometries[row], types[row]
    if np.isin(types, list(_CURVES)).any():
        at = int(row[np.isin(types, list(_CURVES)).argmax()])
        raise FeatureError(
            f"curves and surfaces are not drawn ({label(at)}); make it lines and polygons", source=place.name
        )
    if (types == _COLLECTION).any():
        row, shapes, types = _taken_apart(row, shapes, types, notices)
    shapes = shapely.transform(shapes, lambda xy: _lonlat(xy, shapes, row, place, label)) if len(shapes) else shapes
    return Settled(row.astype(np.int64), _meridian(np.asarray(shapes, dtype=object), types, notices))


def _taken_apart(row: Ints, shapes: Objects, types: Ints, notices: Notices) -> tuple[Ints, Objects, Ints]:
    """Replace each geometry collection by its points, its lines and its areas."""
    import shapely

    mixed = types == _COLLECTION
    notices.add("collections", int(mixed.sum()))
    rows, kept = [row[~mixed]], [shapes[~mixed]]
    parts, owner = _leaves(shapes[mixed])
    owner = row[mixed][owner]
    dimension = shapely.get_dimensions(parts)
    for each, factor in _FACTORS.items():
        chosen = (dimension == each) & ~shapely.is_empty(parts)
        owners, index = np.unique(owner[chosen], return_inverse=True)
        made = np.empty(len(owners), dtype=object)
        makers = {4: shapely.MultiPoint, 5: shapely.MultiLineString, 6: shapely.MultiPolygon}
        for number in range(len(owners)):
            made[number] = makers[factor](list(parts[chosen][index == number]))
        rows.append(owners)
        kept.append(made)
    row, shapes = np.concatenate(rows), np.concatenate(kept)
    order = np.argsort(row, kind="stable")
    return row[order], shapes[order], shapely.get_type_id(shapes[order])


def _leaves(shapes: Objects) -> tuple[Objects, Ints]:
    """Parts of collections that are no collections themselves, and the index of the one that each belongs to."""
    import shapely

    parts, owner = shapes, np.arange(len(shapes))
    while (shapely.get_type_id(parts) >= min(_FACTORS.values())).any():
        parts, index = shapely.get_parts(parts, return_index=True)
        owner = owner[index]
    return parts, owner


def _lonlat(coordinates: Floats, shapes: Objects, row: Ints, place: Place, label: Label) -> Floats:
    """Longitude and latitude of the coordinates of shapes, checked."""
    import shapely

    def owner(bad: npt.NDArray[np.bool_]) -> str:
        return label(
            int(row[np.searchsorted(np.cumsum(shapely.get_num_coordinates(shapes)), bad.argmax(), side="right")])
        )

    bad = ~np.isfinite(coordinates).all(axis=1)
    if bad.any():
        raise FeatureError(
            f"a position is two finite numbers, got {coordinates[bad.argmax()].tolist()} ({owner(bad)}); "
            "mend or drop the feature",
            source=place.name,
        )
    if place.transformer is not None:
        coordinates = np.column_stack(place.transformer.transform(coordinates[:, 0], coordinates[:, 1]))
        bad = ~np.isfinite(coordinates).all(axis=1)
        if bad.any():
            raise FeatureError(
                f"a position lies outside of what {place.crs} covers ({owner(bad)}); is that the CRS of the data?",
                source=place.name,
            )
    _check_range(coordinates, owner, place)
    return coordinates


def _check_range(lonlat: Floats, owner: Callable[[npt.NDArray[np.bool_]], str], place: Place) -> None:
    unknown = "" if place.crs else "; no CRS is stated: unless they are longitude and latitude, give the right one"
    bad = np.abs(lonlat[:, 1]) > _MAX_LAT
    if bad.any():
        lon, lat = lonlat[bad.argmax()].tolist()
        swap = "; are lon and lat swapped?" if abs(lon) <= _MAX_LAT and abs(lat) <= _MAX_LON else unknown
        raise FeatureError(f"latitude must be in [-90, 90], got {lat!r} ({owner(bad)}){swap}", source=place.name)
    bad = np.abs(lonlat[:, 0]) > _TURN
    if bad.any():
        lon = float(lonlat[bad.argmax(), 0])
        raise FeatureError(f"longitude must be in [-180, 180], got {lon!r} ({owner(bad)}){unknown}", source=place.name)


def _meridian(shapes: Objects, types: Ints, notices: Notices) -> Objects:
    """Cut what crosses the 180th meridian (RFC 7946, 3.1.9), and note areas that cross themselves."""
    import shapely

    if not len(shapes):
        return shapes
    areas = np.isin(types, _AREAS)
    notices.add("self-crossing", int((~shapely.is_valid(shapes[areas])).sum()))
    west, _, east, _ = shapely.bounds(shapes).T
    beyond = (west < -_MAX_LON) | (east > _MAX_LON)
    suspects = np.flatnonzero((east - west > _MAX_LON) | beyond)
    shapes = shapes.copy()
    for at in suspects.tolist():
        shapes[at] = _cut(shapes[at], notices)
    return shapes


def _cut(shape: object, notices: Notices) -> object:
    """Lay a shape out without a jump, and fold what lies beyond 180 degrees back."""
    import shapely

    parts = shapely.get_parts(np.array([shape], dtype=object))
    laid = [_unrolled(part, notices) for part in parts]
    if all(new is old for new, old in zip(laid, parts, strict=True)):
        return shape
    pieces = [piece for part in laid for piece in _folded(part)]
    notices.add("crossing" if len(pieces) > len(parts) else "turned")
    if len(pieces) == 1:
        return pieces[0]
    makers = {0: shapely.MultiPoint, 1: shapely.MultiLineString, 2: shapely.MultiPolygon}
    return makers[int(shapely.get_dimensions(pieces[0]))](pieces)


def _unrolled(part: object, notices: Notices) -> object:
    """Lay a line or area out: each step goes the shorter way around the Earth; the same object where nothing changes."""
    import shapely

    if shapely.get_type_id(part) == 0:
        return part if abs(shapely.get_x(part)) <= _MAX_LON else shapely.transform(part, np.array)
    if shapely.get_dimensions(part) == 1:
        xy = shapely.get_coordinates(part)
        new = _stepwise(xy)
        if np.array_equal(new, xy) and np.abs(xy[:, 0]).max() <= _MAX_LON:
            return part
        return shapely.LineString(new)
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(part)]
    shell = _stepwise(rings[0])
    jumps = not np.array_equal(shell, rings[0])
    if jumps and (shell[0] != shell[-1]).any():
        return part  # around a pole: as it stands
    if jumps and _area(rings[0]) > 0 > _area(shell):
        notices.add("wide")
        return part
    if not jumps and np.abs(shell[:, 0]).max() <= _MAX_LON:
        return part
    middle = shell[:, 0].mean()
    holes = [_beside(_stepwise(ring), middle) for ring in rings[1:]] if jumps else rings[1:]
    return shapely.Polygon(shell, holes)


def _stepwise(xy: Floats) -> Floats:
    """Positions moved by whole turns so that none is more than half a turn from the one before.

    Examples
    --------
    >>> _stepwise(np.array([[175.0, 0.0], [-175.0, 1.0]])).tolist()
    [[175.0, 0.0], [185.0, 1.0]]
    >>> _stepwise(np.array([[-180.0, 0.0], [180.0, 0.0]])).tolist()
    [[-180.0, 0.0], [180.0, 0.0]]
    """
    steps = np.diff(xy[:, 0])
    turns = np.where((np.abs(steps) > _MAX_LON) & (np.abs(steps) < _TURN), -np.sign(steps) * _TURN, 0.0)
    moved = xy.copy()
    moved[1:, 0] += np.cumsum(turns)
    return moved


def _beside(ring: Floats, middle: float) -> Floats:
    """Move a hole by whole turns to where its area was laid."""
    moved = ring.copy()
    moved[:, 0] += _TURN * np.round((middle - ring[:, 0].mean()) / _TURN)
    return moved


def _area(ring: Floats) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def _folded(part: object) -> list[object]:
    """Pieces of a shape that was laid out, each between -180 and 180 degrees."""
    import shapely

    west, south, east, north = shapely.bounds(part).tolist()
    first, last = (
        int(np.floor((edge + _MAX_LON) / _TURN)) for edge in (west, np.nextafter(east, west) if east > west else east)
    )
    if first == last == 0:
        return [part]
    if not shapely.is_valid(part) and shapely.get_dimensions(part) == 2:  # noqa: PLR2004 - an area
        part = shapely.make_valid(part)
    pieces: list[object] = []
    for turn in range(first, last + 1):
        left = turn * _TURN - _MAX_LON
        window = shapely.box(left, south - 1, left + _TURN, north + 1)
        cut = shapely.intersection(part, window)
        moved = shapely.transform(cut, lambda xy, turn=turn: xy - [turn * _TURN, 0])
        pieces += [
            piece
            for piece in shapely.get_parts(shapely.get_parts(np.array([moved], dtype=object)))
            if shapely.get_dimensions(piece) == shapely.get_dimensions(part) and not shapely.is_empty(piece)
        ]
    return pieces
