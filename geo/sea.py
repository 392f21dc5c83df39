"""The shortest way by water around land."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .chart import SeaChart, drawn
from .errors import InvalidGeometryError, NoRouteError
from .lonlat import LonLat, Position, as_lonlat
from .measure import bearing, distance
from .quantity import Distance, check_metres

if TYPE_CHECKING:
    from .edge import Coordinates

_MAX_CONNECTOR_M = 10_000.0
_DECIMALS = 7  # a centimetre


@dataclass(frozen=True, slots=True)
class SeaPath:
    """A way by water; `geo.sea_path` finds it.

    Parameters
    ----------
    from_name, to_name
        What the ends are called.
    turns
        Both ends, where a connector reaches the water, and where the way turns.
    origin_connector_m, destination_connector_m
        Metres from an end on land to the water; 0 where the end lies in the water.
    uncertainty_m
        Metres, 95 %: the ends in quadrature, with what the accuracy of the shore does
        to the turns.

    Raises
    ------
    InvalidGeometryError
        If the path has no length.
    InvalidQuantityError
        If a length is negative or not finite.
    """

    from_name: str
    to_name: str
    turns: tuple[LonLat, ...]
    origin_connector_m: float = 0.0
    destination_connector_m: float = 0.0
    uncertainty_m: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a path that leads nowhere."""
        for name in ("origin_connector_m", "destination_connector_m", "uncertainty_m"):
            check_metres(name, getattr(self, name))
        if len(self.turns) <= 1 or not self.length_m > 0:
            message = f"a sea path must be longer than 0 m: {self.from_name!r} and {self.to_name!r} are one place"
            raise InvalidGeometryError(message)

    @property
    def length_m(self) -> float:
        """Metres, connectors included."""
        return math.fsum(distance(a, b) for a, b in pairwise(self.turns))

    @property
    def distance(self) -> Distance:
        """Length with its uncertainty."""
        return Distance(self.length_m, self.uncertainty_m)

    @property
    def straight_line_m(self) -> float:
        """Metres of the geodesic between both ends, over land and water."""
        return distance(self.turns[0], self.turns[-1])

    @property
    def detour_factor(self) -> float | None:
        """Length by straight line; None when both ends lie in one spot."""
        straight = self.straight_line_m
        return self.length_m / straight if straight else None

    @property
    def connectors(self) -> tuple[Coordinates, ...]:
        """The straight lines from an end on land to the water, as they are travelled."""
        parts = [_coordinates(self.turns[:2])] if self.origin_connector_m else []
        return (*parts, _coordinates(self.turns[-2:])) if self.destination_connector_m else tuple(parts)

    @property
    def water(self) -> Coordinates:
        """The way by water as (lon, lat) pairs, one at least every 10 km."""
        first = 1 if self.origin_connector_m else 0
        last = len(self.turns) - (1 if self.destination_connector_m else 0)
        return tuple(drawn(self.turns[first:last]))

    @property
    def coordinates(self) -> Coordinates:
        """The whole line as (lon, lat) pairs, connectors included."""
        first, last = _coordinates(self.turns[:1]), _coordinates(self.turns[-1:])
        start = first if self.origin_connector_m else ()
        return (*start, *self.water, *(last if self.destination_connector_m else ()))

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """GeoJSON-like LineString of the whole."""
        return {"type": "LineString", "coordinates": self.coordinates}

    def to_geojson(self) -> dict[str, object]:
        """Return an RFC 7946 FeatureCollection: the way by water, and the connectors."""
        lines: list[tuple[str, Coordinates]] = [("connector", line) for line in self.connectors]
        if len(self.water) > 1:
            lines.insert(1 if self.origin_connector_m else 0, ("sea", self.water))
        return {"type": "FeatureCollection", "features": [self._feature(mode, line) for mode, line in lines]}

    def to_dict(self) -> dict[str, object]:
        """Return the figures as JSON-ready values."""
        factor = self.detour_factor
        return {
            "from": self.from_name,
            "to": self.to_name,
            "distance_m": round(self.length_m, 3),
            "uncertainty_m": round(self.uncertainty_m, 3),
            "straight_line_m": round(self.straight_line_m, 3),
            "detour_factor": factor and round(factor, 4),
            "origin_connector_m": round(self.origin_connector_m, 3),
            "destination_connector_m": round(self.destination_connector_m, 3),
            "turns": [[round(turn.lon, 6), round(turn.lat, 6)] for turn in self.turns],
        }

    def _feature(self, mode: str, line: Coordinates) -> dict[str, object]:
        turns = [LonLat(*position) for position in line]
        properties = {
            "mode": mode,
            "from": self.from_name,
            "to": self.to_name,
            "distance_m": round(math.fsum(distance(a, b) for a, b in pairwise(turns)), 3),
        }
        geometry = {
            "type": "LineString",
            "coordinates": [[round(degrees, _DECIMALS) for degrees in position] for position in line],
        }
        return {"type": "Feature", "geometry": geometry, "properties": properties}


def sea_path(a: Position, b: Position, land: SeaChart, *, max_connector_m: float = _MAX_CONNECTOR_M) -> SeaPath:
    """Return the shortest way by water between two places.

    Parameters
    ----------
    a, b
        (lon, lat) in degrees, a `LonLat`, or an object with ``lonlat`` and, if it has
        them, ``name`` and ``accuracy_m``. An end on land is joined to the nearest water
        by a straight connector that counts in the length and is shown.
    land
        The land, prepared once.
    max_connector_m
        Metres: an end farther from the water than this is refused.

    Returns
    -------
    SeaPath
        Its line crosses no land but on the connectors, and is never shorter than the
        geodesic. The way back is the same line.

    Raises
    ------
    NoRouteError
        If an end lies too far inland, off the chart, or in other waters; ``reason`` is
        ``"inland"``, ``"off_network"`` or ``"disconnected"``.
    InvalidGeometryError
        If both ends are one place.
    InvalidCoordinateError, InvalidQuantityError
        If a position or length is out of range.

    Notes
    -----
    A* over the corners of the land; see `SeaChart` for its limits. Water is water: depth,
    ice, lanes and closed areas are not known. Paths do not cross the antimeridian.

    Examples
    --------
    >>> import shapely
    >>> island = SeaChart(shapely.box(130, 41, 131, 42))
    >>> path = sea_path((129.5, 41.5), (131.5, 41.5), island)
    >>> print(path.distance, [str(turn) for turn in path.turns[1:-1]][:1])
    221.728 km ['129.9993965,42.0004498']
    >>> sea_path((130.5, 41.5), (131.5, 41.5), island)
    Traceback (most recent call last):
        ...
    geo.errors.NoRouteError: '130.5,41.5' is 41.798 km from the water, more than \
max_connector_m = 10000; give a place on the coast, such as a port, or raise it
    """
    check_metres("max_connector_m", max_connector_m)
    start, end = as_lonlat(a), as_lonlat(b)
    names = [getattr(place, "name", None) or str(lonlat) for place, lonlat in ((a, start), (b, end))]
    berths = [_berth(land, one, name, max_connector_m) for one, name in zip((start, end), names, strict=True)]
    water = [berth for berth, _ in berths]
    turns = _turns(land, water[0], water[1])
    if turns is None:
        message = f"no way by water from {names[0]!r} to {names[1]!r}: they lie on separate waters"
        raise NoRouteError(message, reason="disconnected")
    wet = [water[0], *turns, water[1]] if water[0] != water[1] else [water[0]]
    gaps = [gap for _, gap in berths]
    ends = (getattr(a, "accuracy_m", None) or 0.0, getattr(b, "accuracy_m", None) or 0.0)
    return SeaPath(
        names[0],
        names[1],
        (*([start] if gaps[0] else []), *wet, *([end] if gaps[1] else [])),
        gaps[0],
        gaps[1],
        math.hypot(*ends, _play(land, wet)),
    )


def _berth(land: SeaChart, lonlat: LonLat, name: str, max_connector_m: float) -> tuple[LonLat, float]:
    if not land.reaches(lonlat):
        message = f"{name!r} lies off the chart, which does not know land from water there"
        raise NoRouteError(message, reason="off_network")
    if not land.is_land(lonlat):
        return lonlat, 0.0
    water, gap_m = land.nearest_water(lonlat)
    if gap_m > max_connector_m:
        message = (
            f"{name!r} is {Distance(gap_m)} from the water, more than max_connector_m = {max_connector_m:g}; "
            "give a place on the coast, such as a port, or raise it"
        )
        raise NoRouteError(message, reason="inland")
    return water, gap_m


def _turns(land: SeaChart, start: LonLat, end: LonLat) -> list[LonLat] | None:
    """Search always in one direction, so that the way back is the same to the last bit."""
    if tuple(end) < tuple(start):
        found = land.turns(end, start)
        return found and found[::-1]
    return land.turns(start, end)


def _play(land: SeaChart, turns: list[LonLat]) -> float:
    """Metres by which a path changes when the shore lies off by its accuracy at every turn."""
    parts = []
    for before, here, after in zip(turns, turns[1:], turns[2:], strict=False):
        turn_deg = bearing(here, after) - bearing(here, before)
        parts.append(2 * land.accuracy_m(here) * abs(math.cos(math.radians(turn_deg / 2))))
    return math.fsum(parts)


def _coordinates(turns: tuple[LonLat, ...]) -> Coordinates:
    return tuple((turn.lon, turn.lat) for turn in turns)
