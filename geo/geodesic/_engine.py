"""The two geodesic engines: pure Python for one pair, PROJ for many.

Importing numpy and PROJ costs 150 ms, more than a command-line distance takes in all:
they are imported where an array arrives, and nowhere else.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from geo.errors import InvalidGeometryError, InvalidQuantityError
from geo.lonlat import MAX_LAT, MAX_LON, LonLat, Position, as_lonlat, check_position
from geo.quantity import is_real

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from pyproj import Geod
    from typing_extensions import TypeIs  # known to every checker; never imported

    FloatArray: TypeAlias = NDArray[np.float64]

COINCIDENT_M = 1e-9  # below this the azimuth is undefined
_PAIR = 2
_EARTH_RADIUS_M = 6_371_008.8
_FULL_TURN = 360.0
_EQUATOR_M, _FLATTENING = 6_378_137.0, 1 / 298.257223563  # WGS 84
_TINY = 1e-300


def is_array(value: object) -> TypeIs[FloatArray]:
    """Tell an array (numpy and its like) without importing numpy."""
    return hasattr(value, "__array__")


def is_position(value: Position | FloatArray) -> TypeIs[Position]:
    """Tell one position from many: an array, a GeoSeries, or a list of positions."""
    if isinstance(value, list | tuple) and not isinstance(value, LonLat):
        return not value or is_real(value[0]) or isinstance(value[0], str)
    return not hasattr(value, "__array__")


def is_number(value: float | FloatArray) -> TypeIs[float]:
    """Tell one number from an array; a numpy scalar is a number."""
    return not getattr(value, "ndim", 0)


def inverse(a: LonLat, b: LonLat) -> tuple[float, float]:
    """Return metres from a to b, and the azimuth at a in (-180, 180] or NaN."""
    from geographiclib.geodesic import Geodesic  # 4 ms, when measuring

    inverse = Geodesic.WGS84.Inverse(a.lat, a.lon, b.lat, b.lon)
    metres = float(inverse["s12"])
    return metres, float(inverse["azi1"]) if metres > COINCIDENT_M else math.nan


def direct(origin: LonLat, bearing_deg: float, distance_m: float) -> LonLat:
    """Return where a geodesic of that bearing and length ends."""
    from geographiclib.geodesic import Geodesic

    _check_finite("bearing_deg", bearing_deg)
    _check_finite("distance_m", distance_m)
    direct = Geodesic.WGS84.Direct(origin.lat, origin.lon, bearing_deg, distance_m)
    return LonLat(float(direct["lon2"]), float(direct["lat2"]))


def gnomonic(middle: LonLat, lonlat: LonLat) -> tuple[float, float]:
    """Return where a position lies in the gnomonic plane around another, as PROJ has it; metres east and north.

    References
    ----------
    C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013), section 8.
    """
    from geographiclib.geodesic import Geodesic

    outputs = Geodesic.AZIMUTH | Geodesic.REDUCEDLENGTH | Geodesic.GEODESICSCALE
    inverse = Geodesic.WGS84.Inverse(middle.lat, middle.lon, lonlat.lat, lonlat.lon, outputs)
    from_middle, azimuth = inverse["m12"] / inverse["M12"], math.radians(inverse["azi1"])
    return from_middle * math.sin(azimuth), from_middle * math.cos(azimuth)


def along(a: LonLat, b: LonLat, step_m: float) -> list[LonLat]:
    """Return positions on the geodesic from a to b, evenly spaced, at most a step apart; without both ends."""
    from geographiclib.geodesic import Geodesic

    line = Geodesic.WGS84.InverseLine(a.lat, a.lon, b.lat, b.lon)
    count = math.ceil(line.s13 / step_m)
    places = Geodesic.LATITUDE | Geodesic.LONGITUDE
    positions = (line.Position(line.s13 * number / count, places) for number in range(1, count))
    return [LonLat(float(at["lon2"]), float(at["lat2"])) for at in positions]


def ring_area(ring: Sequence[LonLat]) -> float:
    """Return the area in a ring, square metres, whichever its winding."""
    from geographiclib.geodesic import Geodesic

    polygon = Geodesic.WGS84.Polygon()
    for corner in ring:
        polygon.AddPoint(corner.lat, corner.lon)
    _, _, area = polygon.Compute()
    return abs(float(area))


def inverse_many(a: Position | FloatArray, b: Position | FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return metres and azimuths of many pairs; as `inverse`, row by row."""
    import numpy as np  # only arrays pay for it

    start, end = _broadcast(_rows_of(a), _rows_of(b))
    azimuth, _, metres = _geod().inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    azimuths = np.where(np.asarray(metres) > COINCIDENT_M, azimuth, np.nan)
    return np.asarray(metres), azimuths


def direct_many(
    origin: Position | FloatArray,
    bearing_deg: float | FloatArray,
    distance_m: float | FloatArray,
) -> FloatArray:
    """Return where many geodesics end, shape (N, 2); as `direct`, row by row."""
    import numpy as np  # only arrays pay for it

    columns = [_rows_of(origin)]
    for name, values in (("bearing_deg", bearing_deg), ("distance_m", distance_m)):
        column = np.asarray(values, dtype=np.float64).reshape(-1, 1)
        if not np.isfinite(column).all():
            _check_finite(name, float(column[~np.isfinite(column)][0]))
        columns.append(column)
    start, bearing, metres = _broadcast(*columns)
    lon, lat, _ = _geod().fwd(start[:, 0], start[:, 1], bearing[:, 0], metres[:, 0])
    return np.column_stack([lon, lat])


def interpolate_many(a: Position | FloatArray, b: Position | FloatArray, fraction: float) -> FloatArray:
    """Return the positions at a fraction of the line, shape (N, 2)."""
    import numpy as np  # only arrays pay for it

    metres, azimuths = inverse_many(a, b)
    return direct_many(a, np.nan_to_num(azimuths), metres * fraction)


def line_length_many(line: Sequence[Position] | FloatArray) -> float:
    """Return the length of a line in one call to PROJ."""
    points = rows(line)
    metres, _ = inverse_many(points[:-1], points[1:])
    return math.fsum(metres.tolist())


def ring_area_many(ring: Sequence[Position] | FloatArray) -> float:
    """Return the area in a ring in one call to PROJ; as `ring_area`."""
    points = rows(ring)
    area, _ = _geod().polygon_area_perimeter(points[:, 0], points[:, 1])
    return abs(float(area))


def rows(positions: Sequence[Position] | FloatArray) -> FloatArray:
    """Return positions as a checked array of shape (N, 2)."""
    import numpy as np  # only arrays pay for it

    if not is_array(positions):
        pairs = [tuple(as_lonlat(position)) for position in positions]
        return np.array(pairs, dtype=np.float64).reshape(-1, _PAIR)
    table = np.asarray(positions)
    table = _coordinates(positions) if table.dtype == object else np.asarray(table, dtype=np.float64)
    if table.ndim != _PAIR or table.shape[1] != _PAIR:
        message = (
            "positions must be an array of shape (N, 2), lon before lat, "
            f"got shape {table.shape}; write one position as (lon, lat)"
        )
        raise InvalidGeometryError(message)
    # NaN fails every comparison, so it counts as wrong
    right = (np.abs(table) <= (MAX_LON, MAX_LAT)).all(axis=1)
    if not right.all():
        row = int(np.argmin(right))
        check_position(float(table[row, 0]), float(table[row, 1]), f"row {row}")
    return table


def _coordinates(points: object) -> FloatArray:
    """Return the coordinates of an array or GeoSeries of shapely points, in degrees."""
    import numpy as np
    import shapely

    crs = getattr(points, "crs", None)
    if crs is not None and not crs.is_geographic:
        message = f"points must be in degrees (WGS 84), got {crs.to_string()}; transform them, such as by to_crs(4326)"
        raise InvalidGeometryError(message)
    array = np.asarray(points).ravel()
    right = shapely.is_geometry(array)
    right[right] = (shapely.get_type_id(array[right]) == shapely.GeometryType.POINT) & ~shapely.is_empty(array[right])
    if not right.all():
        row = int(np.argmin(right))
        raise InvalidGeometryError(f"positions must be points that are not empty, got {array[row]!r} (row {row})")
    coordinates: FloatArray = shapely.get_coordinates(array)
    return coordinates


def compass(azimuth: float) -> float:
    """Return an azimuth as a bearing in [0, 360); NaN stays."""
    bearing = azimuth % _FULL_TURN
    return bearing if bearing != _FULL_TURN else 0.0


def compass_many(azimuths: FloatArray) -> FloatArray:
    """As `compass`, row by row."""
    bearings: FloatArray = azimuths % _FULL_TURN
    bearings[bearings == _FULL_TURN] = 0.0
    return bearings


def rough_distance(a: LonLat, b: LonLat) -> float:
    """Return metres on the sphere of mean radius: 1 µs, right to 0.6 %."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    across = math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    along = math.sin((lat_b - lat_a) / 2) ** 2
    chord = along + math.cos(lat_a) * math.cos(lat_b) * across
    return 2 * _EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, chord)))


def lambert_many(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return metres between positions, shapes (N, 2) or (1, 2), to 10 m over a few thousand kilometres; it needs no PROJ.

    References
    ----------
    W. D. Lambert, The distance between two widely separated points on the surface of the earth, 1942.
    """
    import numpy as np  # only arrays pay for it

    lat_a, lat_b = (np.arctan((1 - _FLATTENING) * np.tan(np.radians(table[:, 1]))) for table in (a, b))
    middle, half = (lat_b + lat_a) / 2, (lat_b - lat_a) / 2
    half_lon = np.radians(b[:, 0] - a[:, 0]) / 2
    share = np.sin(half) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin(half_lon) ** 2
    angle = 2 * np.arcsin(np.sqrt(np.minimum(share, 1.0)))
    across = (angle - np.sin(angle)) * (np.sin(middle) * np.cos(half)) ** 2 / np.maximum(1 - share, _TINY)
    upwards = (angle + np.sin(angle)) * (np.cos(middle) * np.sin(half)) ** 2 / np.maximum(share, _TINY)
    metres: FloatArray = _EQUATOR_M * (angle - _FLATTENING / 2 * (across + upwards))
    return metres


def _rows_of(positions: Position | FloatArray) -> FloatArray:
    return rows([positions]) if is_position(positions) else rows(positions)


def _broadcast(*tables: FloatArray) -> list[FloatArray]:
    import numpy as np  # only arrays pay for it

    counts = {len(table) for table in tables} - {1}
    if len(counts) > 1:
        rows = " and ".join(str(len(table)) for table in tables)
        message = f"arrays must have the same number of rows or one row, got {rows}"
        raise InvalidGeometryError(message)
    count = counts.pop() if counts else 1
    return [np.broadcast_to(table, (count, table.shape[1])) for table in tables]


def _check_finite(name: str, value: float) -> None:
    if not math.isfinite(value):
        message = f"{name} must be a finite number, got {value!r}"
        raise InvalidQuantityError(message, value=value)


@cache
def _geod() -> Geod:
    from pyproj import Geod  # 120 ms; only arrays pay for it

    return Geod(ellps="WGS84")
