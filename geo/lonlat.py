"""A position on the earth: longitude before latitude, degrees, WGS 84."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeAlias

from .errors import InvalidCoordinateError
from .quantity import is_real

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

MAX_LON = 180.0
MAX_LAT = 90.0
METRES_PER_DEGREE = 111_195.0  # of a great circle on the sphere of mean radius
# The shortest degrees on WGS 84, of latitude and, on the equator, of longitude: a margin in metres is never cut short by them.
SHORTEST_LAT_DEGREE_M, SHORTEST_LON_DEGREE_M = 110_574.0, 111_319.0


class HasLonLat(Protocol):
    """Anything that knows where it lies: a station, a port, a place."""

    @property
    def lonlat(self) -> LonLat:
        """Where it lies."""


class Point(Protocol):
    """A point of shapely, in (lon, lat) degrees."""

    @property
    def geom_type(self) -> str:
        """``"Point"``."""

    @property
    def x(self) -> float:
        """Longitude."""

    @property
    def y(self) -> float:
        """Latitude."""


@dataclass(frozen=True, slots=True)
class LonLat:
    """A position on the WGS 84 ellipsoid.

    Parameters
    ----------
    lon
        Degrees east of Greenwich, in [-180, 180].
    lat
        Degrees north of the equator, in [-90, 90].

    Raises
    ------
    InvalidCoordinateError
        If either is not a finite number in its range. Swapped coordinates are
        reported, never mended.

    Examples
    --------
    >>> khasan = LonLat(130.644917, 42.430056)
    >>> lon, lat = khasan
    >>> lat
    42.430056
    >>> LonLat(42.430056, 130.644917)
    Traceback (most recent call last):
        ...
    geo.errors.InvalidCoordinateError: latitude must be in [-90, 90], got 130.644917; \
are lon and lat swapped?
    """

    lon: float
    lat: float

    def __post_init__(self) -> None:
        """Check the position; keep plain floats."""
        check_position(self.lon, self.lat)
        object.__setattr__(self, "lon", float(self.lon))
        object.__setattr__(self, "lat", float(self.lat))

    def __iter__(self) -> Iterator[float]:
        """Iterate over longitude, then latitude."""
        yield self.lon
        yield self.lat

    def __str__(self) -> str:
        """Write ``lon,lat`` to 7 decimals (1 cm), as `parse` reads it."""
        return f"{_decimal(self.lon)},{_decimal(self.lat)}"

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """GeoJSON-like Point."""
        return {"type": "Point", "coordinates": (self.lon, self.lat)}

    @classmethod
    def parse(cls, text: str) -> LonLat:
        """Read ``lon,lat`` or ``lon lat`` in plain decimal degrees.

        Parameters
        ----------
        text
            Two decimal numbers, longitude first, between them a comma, white space
            or both. No degree signs, no letters, no exponent.

        Returns
        -------
        LonLat
            The position.

        Raises
        ------
        InvalidCoordinateError
            If the text is anything else, or a number is out of range.

        Examples
        --------
        >>> LonLat.parse("130.29, 42.25")
        LonLat(lon=130.29, lat=42.25)
        >>> LonLat.parse("42°15'N 130°17'E")
        Traceback (most recent call last):
            ...
        geo.errors.InvalidCoordinateError: a position is written 'lon,lat' in decimal \
degrees, such as '130.29,42.25', got "42°15'N 130°17'E"
        """
        match = _match(text)
        return cls(float(match[1]), float(match[4]))


Position: TypeAlias = LonLat | HasLonLat | Point | tuple[float, float] | list[float]


def as_lonlat(position: Position) -> LonLat:
    """Return the position as a `LonLat`.

    Parameters
    ----------
    position
        A `LonLat`, an object with the attribute ``lonlat``, a point of shapely, or (lon, lat) in degrees.

    Returns
    -------
    LonLat
        The same position.

    Raises
    ------
    InvalidCoordinateError
        If it is none of these, or out of range.

    Examples
    --------
    >>> as_lonlat((130.6, 42.4))
    LonLat(lon=130.6, lat=42.4)
    >>> as_lonlat((130.6, 42.4, 12.0))
    Traceback (most recent call last):
        ...
    geo.errors.InvalidCoordinateError: a position is a LonLat, an object with .lonlat, \
a shapely Point or (lon, lat), got (130.6, 42.4, 12.0)
    """
    if isinstance(position, LonLat):
        return position
    inner: object = getattr(position, "lonlat", None)
    if isinstance(inner, LonLat):
        return inner
    if getattr(position, "geom_type", None) == "Point" and not getattr(position, "is_empty", False):
        return LonLat(position.x, position.y)  # type: ignore[union-attr]  # of a point
    try:
        lon, lat = position  # type: ignore[misc]  # the except clause is for the rest
    except (TypeError, ValueError):
        message = f"a position is a LonLat, an object with .lonlat, a shapely Point or (lon, lat), got {position!r}"
        hint = f"; layers.find({position!r}) looks a place up by its name" if isinstance(position, str) else ""  # type: ignore[redundant-expr]  # untyped callers
        raise InvalidCoordinateError(message + hint, value=position) from None
    return LonLat(lon, lat)


def check_position(lon: float, lat: float, where: str = "") -> None:
    """Raise `InvalidCoordinateError` unless (lon, lat) is a position.

    Parameters
    ----------
    lon, lat
        Degrees.
    where
        What the position belongs to, for the message.

    Raises
    ------
    InvalidCoordinateError
        If either is not a finite number in its range.

    Examples
    --------
    >>> check_position(130.6, float("nan"), "edge 'bridge'")
    Traceback (most recent call last):
        ...
    geo.errors.InvalidCoordinateError: latitude must be in [-90, 90], got nan \
(edge 'bridge')
    """
    if not _within(lon, MAX_LON):
        raise _out_of_range("longitude", lon, MAX_LON, where)
    if not _within(lat, MAX_LAT):
        swapped = _within(lat, MAX_LON) and _within(lon, MAX_LAT)
        raise _out_of_range("latitude", lat, MAX_LAT, where, swapped=swapped)


def precision_m(text: str) -> float:
    """Return how well a written position is known: half its last decimal.

    Parameters
    ----------
    text
        A position as `LonLat.parse` takes it.

    Returns
    -------
    float
        Metres: half a unit of the last written decimal, of the coarser of longitude
        and latitude.

    Raises
    ------
    InvalidCoordinateError
        As `LonLat.parse`.

    Notes
    -----
    A degree is counted as 111.195 km (sphere of mean radius, right to 0.6 %), a degree
    of longitude shrinks with the cosine of the latitude.

    Examples
    --------
    >>> round(precision_m("130.29,42.25"))
    556
    >>> round(precision_m("130.290000,42"))
    55598
    """
    match = _match(text)
    lat = LonLat.parse(text).lat
    half_lon = 0.5 * 10.0 ** -len(match[2] or match[3] or "")
    half_lat = 0.5 * 10.0 ** -len(match[5] or match[6] or "")
    return METRES_PER_DEGREE * max(half_lon * math.cos(math.radians(lat)), half_lat)


def is_meant_as_position(text: str) -> bool:
    """Tell whether a text is meant as a position and not as a name: digits, and no letters but those of the compass.

    Notes
    -----
    `LonLat.parse` reads it or says how positions are written.

    Examples
    --------
    >>> [is_meant_as_position(text) for text in ("130.29,42.25", "130.29;42.25", "42°15'N 130°17'E")]
    [True, True, True]
    >>> [is_meant_as_position(text) for text in ("Rajin", "2-ya Rechka", "station/rajin", "-", "")]
    [False, False, False, False, False]
    """
    letters = [sign for sign in text if sign.isalpha()]
    return any(sign.isdigit() for sign in text) and all(sign in "NESWnesw" for sign in letters)


@cache
def _pair() -> re.Pattern[str]:
    import re  # compiling takes a millisecond, which only written positions pay

    number = r"[+-]?(?:[0-9]+\.?([0-9]*)|\.([0-9]+))"
    return re.compile(rf"\s*({number})(?:\s*,\s*|\s+)({number})\s*")


def _match(text: str) -> re.Match[str]:
    match = _pair().fullmatch(text)
    if match is None:
        message = f"a position is written 'lon,lat' in decimal degrees, such as '130.29,42.25', got {text!r}"
        raise InvalidCoordinateError(message, value=text)
    return match


def _within(value: float, limit: float) -> bool:
    # NaN fails the comparison; text from an unparsed file fails the type
    return is_real(value) and -limit <= value <= limit


def _out_of_range(
    name: str, value: float, limit: float, where: str, *, swapped: bool = False
) -> InvalidCoordinateError:
    place = f" ({where})" if where else ""
    hint = "; are lon and lat swapped?" if swapped else ""
    message = f"{name} must be in [-{limit:g}, {limit:g}], got {value!r}{place}{hint}"
    return InvalidCoordinateError(message, value=value)


def _decimal(degrees: float) -> str:
    text = f"{degrees:.7f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
