"""Shapes brought to longitude and latitude on WGS 84: checked, transformed, cut at the 180th meridian."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from layers.features.antimeridian import cut_at_antimeridian
from maps.errors import FeatureError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    from pyproj import CRS, Transformer

    from maps.features.notice import Notices

Objects: TypeAlias = "npt.NDArray[np.object_]"
Ints: TypeAlias = "npt.NDArray[np.int64]"
Floats: TypeAlias = "npt.NDArray[np.float64]"
Label: TypeAlias = "Callable[[int], str]"

WGS84 = "OGC:CRS84"
_MAX_LON, _MAX_LAT, _TURN = 180.0, 90.0, 360.0
_MAX_CHECKED = 100_000
_COLLECTION = 7  # GEOS type ids
_LINEAR_RING = 2
_CURVES = frozenset(range(8, 13))
_LINES, _AREAS = (1, 2, 5), (3, 6)
_FACTORS = {0: 4, 1: 5, 2: 6}  # the multi type of points, lines, areas


@dataclass(frozen=True, slots=True)
class Place:
    """Source of geometries, with its transformation to longitude and latitude.

    Attributes
    ----------
    name
        Of the file or layer.
    transformer
        To longitude and latitude; nothing when they are that already.
    crs
        Name of their reference system; empty when the source states none.
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
        The row of each in the input.
    shape
        Points, lines or areas, single or multi, of longitude and latitude.
    """

    row: Ints
    shape: Objects


def place_of(name: str, crs: CRS | None, notices: Notices) -> Place:
    """Find the transformation from a CRS to longitude and latitude, and name the CRS."""
    from pyproj import CRS, Transformer

    if crs is None:
        notices.say("it states no CRS; taken as longitude and latitude on WGS 84")
        return Place(name)
    if crs.equals(CRS(WGS84), ignore_axis_order=True) or crs.equals(CRS("EPSG:4979"), ignore_axis_order=True):
        return Place(name, None, "WGS 84")
    notices.say(f"brought from {crs.name} to longitude and latitude on WGS 84")
    return Place(name, Transformer.from_crs(crs, WGS84, always_xy=True), crs.name)


def settle(geometries: Objects, place: Place, label: Label, notices: Notices) -> Settled:
    """Turn a batch of shapes into drawable ones; missing and empty ones are left out.

    Parameters
    ----------
    geometries
        Shapes or None, in the CRS of the place.
    place
        Their source.
    label
        Names a feature by its index.
    notices
        Collects notes on changes.

    Raises
    ------
    FeatureError
        For an invalid position; names the feature.
    """
    import shapely

    types = shapely.get_type_id(geometries)
    is_drawable = (types >= 0) & ~shapely.is_empty(geometries)
    notices.add("no geometry", int(len(geometries) - is_drawable.sum()))
    row = np.flatnonzero(is_drawable)
    shapes, types = geometries[row], types[row]
    if np.isin(types, list(_CURVES)).any():
        at = int(row[np.isin(types, list(_CURVES)).argmax()])
        raise FeatureError(
            f"curves and surfaces are not drawn ({label(at)}); make it lines and polygons", source=place.name
        )
    if (types == _COLLECTION).any():
        row, shapes, types = _taken_apart(row, shapes, types, notices)
    if place.transformer is None and not shapely.has_z(shapes).any():
        _lonlat(shapely.get_coordinates(shapes), shapes, row, place, label)  # they stay as they are
    else:
        shapes = shapely.transform(shapes, lambda xy: _lonlat(xy, shapes, row, place, label))
    return Settled(row.astype(np.int64), _meridian(np.asarray(shapes, dtype=object), types, notices))


def _taken_apart(row: Ints, shapes: Objects, types: Ints, notices: Notices) -> tuple[Ints, Objects, Ints]:
    """Replace each geometry collection by its points, its lines and its areas."""
    import shapely

    mixed = types == _COLLECTION
    notices.add("collections", int(mixed.sum()))
    rows, geometries = [row[~mixed]], [shapes[~mixed]]
    parts, owner = _leaves(shapes[mixed])
    owner = row[mixed][owner]
    dimension = shapely.get_dimensions(parts)
    for size, factor in _FACTORS.items():
        chosen = (dimension == size) & ~shapely.is_empty(parts)
        owners, index = np.unique(owner[chosen], return_inverse=True)
        collected = np.empty(len(owners), dtype=object)
        makers = {4: shapely.MultiPoint, 5: shapely.MultiLineString, 6: shapely.MultiPolygon}
        for number in range(len(owners)):
            collected[number] = makers[factor](list(parts[chosen][index == number]))
        rows.append(owners)
        geometries.append(collected)
    row, shapes = np.concatenate(rows), np.concatenate(geometries)
    order = np.argsort(row, kind="stable")
    return row[order], shapes[order], shapely.get_type_id(shapes[order])


def _leaves(shapes: Objects) -> tuple[Objects, Ints]:
    """Parts of collections, nested ones opened, and the index of the collection of each."""
    import shapely

    parts, owner = shapes, np.arange(len(shapes))
    while (shapely.get_type_id(parts) >= min(_FACTORS.values())).any():
        parts, index = shapely.get_parts(parts, return_index=True)
        owner = owner[index]
    return parts, owner


def _lonlat(coordinates: Floats, shapes: Objects, row: Ints, place: Place, label: Label) -> Floats:
    """Longitude and latitude of the coordinates of shapes, checked."""
    import shapely

    def owner(at: int) -> str:
        return label(int(row[np.searchsorted(np.cumsum(shapely.get_num_coordinates(shapes)), at, side="right")]))

    bad = ~np.isfinite(coordinates).all(axis=1)
    if bad.any():
        raise FeatureError(
            f"a position is two finite numbers, got {coordinates[bad.argmax()].tolist()} ({owner(int(bad.argmax()))}); "
            "mend or drop the feature",
            source=place.name,
        )
    if place.transformer is not None:
        coordinates = np.column_stack(place.transformer.transform(coordinates[:, 0], coordinates[:, 1]))
        bad = ~np.isfinite(coordinates).all(axis=1)
        if bad.any():
            raise FeatureError(
                f"a position lies outside of what {place.crs} covers ({owner(int(bad.argmax()))}); is that the CRS of the data?",
                source=place.name,
            )
    _check_range(coordinates, owner, place)
    return coordinates


def _check_range(lonlat: Floats, owner: Callable[[int], str], place: Place) -> None:
    unknown = "" if place.crs else "; no CRS is stated: unless they are longitude and latitude, give the right one"
    bad = np.abs(lonlat[:, 1]) > _MAX_LAT
    if bad.any():
        lon, lat = lonlat[bad.argmax()].tolist()
        swap = "; are lon and lat swapped?" if abs(lon) <= _MAX_LAT and abs(lat) <= _MAX_LON else unknown
        raise FeatureError(
            f"latitude must be in [-90, 90], got {lat!r} ({owner(int(bad.argmax()))}){swap}", source=place.name
        )
    bad = np.abs(lonlat[:, 0]) > _TURN
    if bad.any():
        lon = float(lonlat[bad.argmax(), 0])
        raise FeatureError(
            f"longitude must be in [-180, 180], got {lon!r} ({owner(int(bad.argmax()))}){unknown}", source=place.name
        )


def _meridian(shapes: Objects, types: Ints, notices: Notices) -> Objects:
    """Cut shapes at the 180th meridian (RFC 7946, 3.1.9), and note areas that cross themselves."""
    import shapely

    if not len(shapes):
        return shapes
    # Shapes with more vertices than this would take minutes to check, and are drawn all the same.
    areas = np.isin(types, _AREAS) & (shapely.get_num_coordinates(shapes) <= _MAX_CHECKED)
    notices.add("self-crossing", int((~shapely.is_valid(shapes[areas])).sum()))
    west, _, east, _ = shapely.bounds(shapes).T
    beyond = (west < -_MAX_LON) | (east > _MAX_LON)
    suspects = np.flatnonzero((east - west > _MAX_LON) | beyond)
    shapes = shapes.copy()
    for at in suspects.tolist():
        cut = cut_at_antimeridian(shapes[at])
        shapes[at] = cut.shape
        notices.add(cut.change or "wide", int(bool(cut.change) or cut.is_wide))
    return shapes
