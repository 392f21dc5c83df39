"""Geodesics between positions: distance, bearing and destination.

Every function takes one position or an array of shape (N, 2), longitude before latitude,
and gives back the same kind. One position is measured by GeographicLib in pure Python,
an array by PROJ; both solve the ellipsoid to nanometres (Karney 2013).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, overload

from geo.errors import InvalidQuantityError
from geo.lonlat import LonLat, Position, as_lonlat

from ._engine import (
    compass,
    compass_many,
    direct,
    direct_many,
    interpolate_many,
    inverse,
    inverse_many,
    is_number,
    is_position,
)

if TYPE_CHECKING:
    from ._engine import FloatArray


@overload
def distance(a: Position, b: Position) -> float: ...
@overload
def distance(a: FloatArray, b: Position | FloatArray) -> FloatArray: ...
@overload
def distance(a: Position, b: FloatArray) -> FloatArray: ...
def distance(a: Position | FloatArray, b: Position | FloatArray) -> float | FloatArray:
    """Return the length of the shortest line over the ellipsoid.

    Parameters
    ----------
    a, b
        One position each; or many: an array of shape (N, 2), a list of positions, an array of shapely
        points, or a GeoSeries of points in degrees. One position or one row goes with every row of the other.

    Returns
    -------
    float or ndarray of shape (N,)
        Metres.

    Raises
    ------
    InvalidCoordinateError
        If a position is out of range; of an array the first wrong row is named.
    InvalidGeometryError
        If arrays have another shape, or numbers of rows that do not go together; if geometries are no
        points, or their CRS is not in degrees.

    Notes
    -----
    Right to about 10 nm anywhere, antipodes and poles included.

    References
    ----------
    C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87, 43-55 (2013),
    doi:10.1007/s00190-012-0578-z.

    Examples
    --------
    >>> khasan, rajin = (130.644917, 42.430056), (130.28917, 42.24972)
    >>> round(distance(khasan, rajin))
    35507
    >>> import numpy as np
    >>> distance(np.array([khasan, rajin]), rajin).round(1)
    array([35506.7,     0. ])
    >>> distance(np.empty((0, 2)), rajin)
    array([], dtype=float64)
    >>> import shapely
    >>> distance(shapely.points([khasan, rajin]), rajin).round(1)
    array([35506.7,     0. ])
    """
    if is_position(a) and is_position(b):
        return inverse(as_lonlat(a), as_lonlat(b))[0]
    return inverse_many(a, b)[0]


@overload
def bearing(a: Position, b: Position) -> float: ...
@overload
def bearing(a: FloatArray, b: Position | FloatArray) -> FloatArray: ...
@overload
def bearing(a: Position, b: FloatArray) -> FloatArray: ...
def bearing(a: Position | FloatArray, b: Position | FloatArray) -> float | FloatArray:
    """Return in which direction the shortest line leaves a.

    Parameters
    ----------
    a, b
        As in `distance`.

    Returns
    -------
    float or ndarray of shape (N,)
        Degrees clockwise from north in [0, 360). NaN where a and b coincide (closer
        than 1 nm): no direction leads from a point to itself.

    Raises
    ------
    InvalidCoordinateError, InvalidGeometryError
        As `distance`.

    Notes
    -----
    At a pole, north is the direction of the meridian whose longitude was given.

    Examples
    --------
    >>> round(bearing((130.644917, 42.430056), (130.28917, 42.24972)), 1)
    235.8
    >>> bearing((130.6, 42.4), (130.6, 42.4))
    nan
    """
    if is_position(a) and is_position(b):
        return compass(inverse(as_lonlat(a), as_lonlat(b))[1])
    return compass_many(inverse_many(a, b)[1])


@overload
def destination(origin: Position, bearing_deg: float, distance_m: float) -> LonLat: ...
@overload
def destination(
    origin: FloatArray,
    bearing_deg: float | FloatArray,
    distance_m: float | FloatArray,
) -> FloatArray: ...
@overload
def destination(origin: Position, bearing_deg: FloatArray, distance_m: float | FloatArray) -> FloatArray: ...
@overload
def destination(origin: Position, bearing_deg: float, distance_m: FloatArray) -> FloatArray: ...
def destination(
    origin: Position | FloatArray,
    bearing_deg: float | FloatArray,
    distance_m: float | FloatArray,
) -> LonLat | FloatArray:
    """Return where one arrives from a position on a bearing after a distance.

    Parameters
    ----------
    origin
        One position, or an array of shape (N, 2).
    bearing_deg
        Degrees clockwise from north, any finite number; or an array of shape (N,).
    distance_m
        Metres; a negative one goes backwards; or an array of shape (N,).

    Returns
    -------
    LonLat or ndarray of shape (N, 2)
        The end; an array as soon as one argument is an array.

    Raises
    ------
    InvalidCoordinateError
        If a position is out of range.
    InvalidGeometryError
        If the numbers of rows do not go together.
    InvalidQuantityError
        If bearing or distance is not finite.

    Examples
    --------
    >>> print(destination((130.6, 42.4), 90, 10_000))
    130.7214625,42.3999357
    >>> import numpy as np
    >>> destination((130.6, 42.4), np.array([0.0, 180.0]), 1000).round(4)
    array([[130.6  ,  42.409],
           [130.6  ,  42.391]])
    """
    if is_position(origin) and is_number(bearing_deg) and is_number(distance_m):
        return direct(as_lonlat(origin), bearing_deg, distance_m)
    return direct_many(origin, bearing_deg, distance_m)


@overload
def interpolate(a: Position, b: Position, fraction: float) -> LonLat: ...
@overload
def interpolate(a: FloatArray, b: Position | FloatArray, fraction: float) -> FloatArray: ...
@overload
def interpolate(a: Position, b: FloatArray, fraction: float) -> FloatArray: ...
def interpolate(a: Position | FloatArray, b: Position | FloatArray, fraction: float) -> LonLat | FloatArray:
    """Return the position at a fraction of the shortest line from a to b.

    Parameters
    ----------
    a, b
        As in `distance`.
    fraction
        In [0, 1]: 0 is a, 1 is b.

    Returns
    -------
    LonLat or ndarray of shape (N, 2)
        The position; a itself where a and b coincide.

    Raises
    ------
    InvalidQuantityError
        If the fraction is out of its range.
    InvalidCoordinateError, InvalidGeometryError
        As `distance`.

    Notes
    -----
    Between antipodes there are many shortest lines: the position lies on one of them.

    Examples
    --------
    >>> print(interpolate((130, 42), (131, 42), 0.25))
    130.2499979,42.0008167
    >>> print(interpolate((179, 0), (-179, 0), 0.75))
    -179.5,0
    """
    if not 0.0 <= fraction <= 1.0:
        message = f"fraction must be in [0, 1], got {fraction!r}"
        raise InvalidQuantityError(message, value=fraction)
    if is_position(a) and is_position(b):
        start = as_lonlat(a)
        metres, azimuth = inverse(start, as_lonlat(b))
        return start if math.isnan(azimuth) else direct(start, azimuth, metres * fraction)
    return interpolate_many(a, b, fraction)


@overload
def midpoint(a: Position, b: Position) -> LonLat: ...
@overload
def midpoint(a: FloatArray, b: Position | FloatArray) -> FloatArray: ...
@overload
def midpoint(a: Position, b: FloatArray) -> FloatArray: ...
def midpoint(a: Position | FloatArray, b: Position | FloatArray) -> LonLat | FloatArray:
    """Return the position halfway along the shortest line from a to b.

    Parameters
    ----------
    a, b
        As in `distance`.

    Returns
    -------
    LonLat or ndarray of shape (N, 2)
        As `interpolate` at 0.5.

    Raises
    ------
    InvalidCoordinateError, InvalidGeometryError
        As `distance`.

    Examples
    --------
    >>> print(midpoint((130.644917, 42.430056), (130.28917, 42.24972)))
    130.4667894,42.3400267
    >>> print(midpoint((0, 90), (0, 90)))
    0,90
    """
    return interpolate(a, b, 0.5)
