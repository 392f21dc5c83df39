"""A sea route."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.errors import InvalidGeometryError
from geo.geodesic.measure import distance
from geo.lonlat import LonLat
from geo.quantity import Distance, check_metres

from ._base import drawn

if TYPE_CHECKING:
    from geo.network.edge import Coordinates

_DECIMALS = 7  # a centimetre
_HALF_TURN_DEG = 180.0


@dataclass(frozen=True, slots=True)
class Join:
    """Where a path goes over from the chart to lanes.

    Parameters
    ----------
    lonlat
        The node of the lanes.
    sea_m, lane_m
        Metres by the chart and by lanes, connectors included.
    """

    lonlat: LonLat
    sea_m: float
    lane_m: float

    def to_dict(self) -> dict[str, object]:
        """Return it as JSON-ready values."""
        lon, lat = round(self.lonlat.lon, 6), round(self.lonlat.lat, 6)
        return {"lonlat": [lon, lat], "sea_m": round(self.sea_m, 3), "lane_m": round(self.lane_m, 3)}


@dataclass(frozen=True, slots=True)
class SeaPath:
    """A sea route; `geo.sea_path` finds it.

    Parameters
    ----------
    from_name, to_name
        What the ends are called.
    turns
        Both ends, where a connector reaches the water, and where the path turns.
    origin_connector_m, destination_connector_m
        Metres from an end on land to the water; 0 where the end lies in the water.
    uncertainty_m
        Metres, 95 %: the ends in quadrature, with what the accuracy of the shore does
        to the turns, and the share of the lanes.
    lane
        The first and the last of the turns that lie on lanes, the last or first of them an
        end of the path; None where the chart reaches to its end.
    join
        Where chart and lanes meet; None where the path has only one of them.
    offing_m
        Metres that the path keeps off a coast.
    approaches
        Names of the ends that lie nearer to that coast, and metres around each of them within
        which the offing is not kept.

    from_id, to_id
        Ids of the ends, where they have them: of one name that leads to several things, which was taken.

    Raises
    ------
    InvalidGeometryError
        If it has less than two positions.
    InvalidQuantityError
        If a length is negative or not finite.
    """

    from_name: str
    to_name: str
    turns: tuple[LonLat, ...]
    origin_connector_m: float = 0.0
    destination_connector_m: float = 0.0
    uncertainty_m: float = 0.0
    lane: tuple[int, int] | None = None
    join: Join | None = None
    offing_m: float = 0.0
    approaches: tuple[tuple[str, float], ...] = ()
    from_id: str | None = None
    to_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse a path without two ends."""
        for name in ("origin_connector_m", "destination_connector_m", "uncertainty_m", "offing_m"):
            check_metres(name, getattr(self, name))
        if len(self.turns) <= 1:
            message = f"a sea path has two ends, got {len(self.turns)} from {self.from_name!r} to {self.to_name!r}"
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
        """Ratio of the length to the straight line; None when both ends lie in one spot."""
        straight = self.straight_line_m
        return self.length_m / straight if straight else None

    @property
    def connectors(self) -> tuple[Coordinates, ...]:
        """The straight lines from an end on land to the water, as they are travelled."""
        parts = [_coordinates(self.turns[:2])] if self.origin_connector_m else []
        return (*parts, _coordinates(self.turns[-2:])) if self.destination_connector_m else tuple(parts)

    @property
    def water(self) -> Coordinates:
        """The part by the chart as (lon, lat) pairs, one at least every 10 km; empty where all is lanes."""
        first = 1 if self.origin_connector_m else 0
        last = len(self.turns) - (1 if self.destination_connector_m else 0)
        if self.lane is not None:
            first, last = (first, self.lane[0] + 1) if self.lane[0] > 0 else (self.lane[1], last)
        turns = self.turns[first:last]
        return tuple(drawn(turns)) if len(turns) > 1 or self.lane is None else ()

    @property
    def lane_line(self) -> Coordinates:
        """The part by lanes as (lon, lat) pairs, one at least every 10 km."""
        return () if self.lane is None else tuple(drawn(self.turns[self.lane[0] : self.lane[1] + 1]))

    @property
    def coordinates(self) -> Coordinates:
        """The whole line as (lon, lat) pairs, connectors included."""
        first, last = _coordinates(self.turns[:1]), _coordinates(self.turns[-1:])
        start = first if self.origin_connector_m else ()
        parts = [self.water, self.lane_line]
        if self.lane is not None and self.lane[0] == 0:
            parts.reverse()
        return (*start, *parts[0], *parts[1], *(last if self.destination_connector_m else ()))

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """GeoJSON-like LineString of the whole."""
        return {"type": "LineString", "coordinates": self.coordinates}

    def reversed(self) -> SeaPath:
        """Return the path in the other direction."""
        last = len(self.turns) - 1
        return replace(
            self,
            from_name=self.to_name,
            to_name=self.from_name,
            from_id=self.to_id,
            to_id=self.from_id,
            turns=self.turns[::-1],
            origin_connector_m=self.destination_connector_m,
            destination_connector_m=self.origin_connector_m,
            lane=self.lane and (last - self.lane[1], last - self.lane[0]),
            approaches=self.approaches[::-1],
        )

    def to_geojson(self) -> dict[str, object]:
        """Return an RFC 7946 FeatureCollection: the parts by the chart and by lanes, and the connectors."""
        middle = [("sea", self.water), ("lane", self.lane_line)]
        if self.lane is not None and self.lane[0] == 0:
            middle.reverse()
        lines = [(mode, line) for mode, line in middle if len(line) > 1]
        connectors: list[tuple[str, Coordinates]] = [("connector", line) for line in self.connectors]
        if self.origin_connector_m:
            lines.insert(0, connectors.pop(0))
        return {"type": "FeatureCollection", "features": [self._feature(*line) for line in [*lines, *connectors]]}

    def to_dict(self) -> dict[str, object]:
        """Return the figures as JSON-ready values."""
        factor = self.detour_factor
        return {
            "from": self.from_name,
            "to": self.to_name,
            "from_id": self.from_id,
            "to_id": self.to_id,
            "distance_m": round(self.length_m, 3),
            "uncertainty_m": round(self.uncertainty_m, 3),
            "straight_line_m": round(self.straight_line_m, 3),
            "detour_factor": factor and round(factor, 4),
            "origin_connector_m": round(self.origin_connector_m, 3),
            "destination_connector_m": round(self.destination_connector_m, 3),
            "join": self.join and self.join.to_dict(),
            "offing_m": round(self.offing_m, 3),
            "approaches": [{"name": name, "radius_m": round(metres)} for name, metres in self.approaches],
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
        parts = [[[round(degrees, _DECIMALS) for degrees in at] for at in part] for part in parted(line)]
        single: dict[str, object] = {"type": "LineString", "coordinates": parts[0]}
        several: dict[str, object] = {"type": "MultiLineString", "coordinates": parts}
        geometry = single if len(parts) == 1 else several
        return {"type": "Feature", "geometry": geometry, "properties": properties}


def parted(line: Coordinates) -> list[Coordinates]:
    """Cut a line where it crosses the antimeridian.

    Examples
    --------
    >>> parted(((179.0, 0.0), (-179.0, 2.0)))
    [((179.0, 0.0), (180.0, 1.0)), ((-180.0, 1.0), (-179.0, 2.0))]
    """
    parts: list[list[tuple[float, float]]] = [[line[0]]]
    for (lon, lat), (lon_next, lat_next) in pairwise(line):
        if abs(lon_next - lon) > _HALF_TURN_DEG:
            edge = math.copysign(_HALF_TURN_DEG, lon)
            left, right = _HALF_TURN_DEG - abs(lon), _HALF_TURN_DEG - abs(lon_next)
            at = lat + (lat_next - lat) * (left / (left + right) if left + right else 0.5)
            parts[-1].append((edge, at))
            parts.append([(-edge, at)])
        parts[-1].append((lon_next, lat_next))
    return [tuple(part) for part in parts]


def _coordinates(turns: tuple[LonLat, ...]) -> Coordinates:
    return tuple((turn.lon, turn.lat) for turn in turns)
