"""Legs and stops in order, and the quantities derived from them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from geo.errors import InvalidGeometryError, UnknownNodeError
from geo.geodesic.measure import distance
from geo.quantity import Distance, check_metres

from .leg import Border, GaugeBreak, Leg, PublishedLength, Stop, borders, gauge_breaks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.network.edge import Coordinates
    from geo.network.restriction import Label
    from geo.network.transfer import Transfer

_HALF_M = 0.5  # of rounding


@dataclass(frozen=True, slots=True)
class Passage:
    """Legs and stops in order of travel, and what follows from them: length, uncertainty, hours, borders.

    Parameters
    ----------
    legs
        In order of travel.
    stops
        Every place passed, first and last included.
    origin_accuracy_m, destination_accuracy_m
        Radius that holds the true end with 95 % confidence; 0 where a connector leg
        already counts it.
    published
        Published lengths between places on the route, set by `with_published`.
    cost
        What the route was found by: metres, hours, or kilometres of railway.
    gauge_mm
        Gauge asked of the first wagon; None for any.
    load
        What is carried, a word of `geo.LOADS`.

    Raises
    ------
    InvalidGeometryError
        If there is no leg, no second stop, or no length: no route is 0 m long.
    InvalidQuantityError
        If an accuracy is negative or not finite.

    Notes
    -----
    Independent errors of edges, connectors and ends are added in quadrature; systematic ones, which
    all edges of their kind have in one direction, linearly, and then to the others in quadrature.
    """

    legs: tuple[Leg, ...]
    stops: tuple[Stop, ...]
    origin_accuracy_m: float = 0.0
    destination_accuracy_m: float = 0.0
    published: tuple[PublishedLength, ...] = ()
    cost: float = 0.0
    gauge_mm: int | None = None
    load: str = "general"

    def __post_init__(self) -> None:
        """Refuse a route that leads nowhere."""
        check_metres("origin_accuracy_m", self.origin_accuracy_m)
        check_metres("destination_accuracy_m", self.destination_accuracy_m)
        if not self.legs or len(self.stops) <= 1:
            message = f"a route needs a leg and two stops, got {len(self.legs)} and {len(self.stops)}"
            raise InvalidGeometryError(message)
        if not self.length_m > 0:
            first, last = self.stops[0].name, self.stops[-1].name
            message = f"a route must be longer than 0 m: {first!r} and {last!r} are one place"
            raise InvalidGeometryError(message)

    @property
    def length_m(self) -> float:
        """Metres: the sum of the legs, connectors included."""
        return math.fsum(leg.length_m for leg in self.legs)

    @property
    def uncertainty_m(self) -> float:
        """Metres, 95 %; see Notes of the class for what adds up how."""
        systematic = math.fsum(leg.systematic_m for leg in self.legs)
        squares = math.fsum(leg.uncertainty_m**2 - leg.systematic_m**2 for leg in self.legs)
        return math.hypot(systematic, math.sqrt(max(squares, 0.0)), self.origin_accuracy_m, self.destination_accuracy_m)

    @property
    def distance(self) -> Distance:
        """Length with its uncertainty."""
        return Distance(self.length_m, self.uncertainty_m)

    @property
    def straight_line_m(self) -> float:
        """Metres of the geodesic between both ends."""
        return distance(self.stops[0].lonlat, self.stops[-1].lonlat)

    @property
    def detour_factor(self) -> float | None:
        """Ratio of the length to the straight line; None when both ends lie in one spot."""
        straight = self.straight_line_m
        return self.length_m / straight if straight else None

    @property
    def coordinates(self) -> Coordinates:
        """The whole line as (lon, lat) pairs, no position twice in a row."""
        line: list[tuple[float, float]] = []
        for leg in self.legs:
            for position in leg.coordinates:
                if not line or position != line[-1]:
                    line.append(position)
        return tuple(line)

    @property
    def gauge_breaks(self) -> tuple[GaugeBreak, ...]:
        """Where no gauge leads on; as `geo.routing.leg.gauge_breaks`."""
        return gauge_breaks(self.legs, self.gauge_mm)

    @property
    def hours(self) -> float:
        """Hours of all legs; at assumed speeds where not published."""
        return math.fsum(leg.hours for leg in self.legs)

    @property
    def transfers(self) -> tuple[Transfer, ...]:
        """Transfers on the route, in order of travel."""
        return tuple(leg.transfer for leg in self.legs if leg.transfer is not None)

    @property
    def borders(self) -> tuple[Border, ...]:
        """Where the country changes."""
        return borders(self.stops)

    @property
    def labels(self) -> tuple[Label, ...]:
        """Legal restrictions that hold somewhere on the route, each once."""
        return tuple(dict.fromkeys(label for leg in self.legs for label in leg.labels))

    @property
    def warnings(self) -> tuple[str, ...]:
        """Caveats, one sentence each."""
        warnings = [warning for leg in self.legs if (warning := _leg_warning(leg))]
        return (*warnings, *(str(gauge_break) for gauge_break in self.gauge_breaks), *_returns(self.stops))

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """GeoJSON-like LineString of the whole."""
        return {"type": "LineString", "coordinates": self.coordinates}

    def between(self, from_id: str, to_id: str) -> Distance:
        """Return how far apart two nodes lie along the route.

        Parameters
        ----------
        from_id, to_id
            Ids of nodes on the route, in either order.

        Returns
        -------
        Distance
            With the uncertainty of the network between them only.

        Raises
        ------
        UnknownNodeError
            If the route does not pass one of them.
        """
        first, last = self._stop(from_id), self._stop(to_id)
        systematic, square = last.systematic_m - first.systematic_m, last.variance_m2 - first.variance_m2
        return Distance(abs(last.at_m - first.at_m), math.hypot(systematic, math.sqrt(abs(square))))

    def with_published(self, lengths: Iterable[PublishedLength]) -> Self:
        """Return the route with published lengths to compare.

        Parameters
        ----------
        lengths
            Any lengths; kept are those whose ends and course lie on the route, where it runs by their mode.

        Returns
        -------
        Self
            A new one.
        """
        passed = {stop.node_id for stop in self.stops}
        kept = tuple(
            length
            for length in lengths
            if length.node_ids <= passed and self._is_by(length.mode, length.from_id, length.to_id)
        )
        return replace(self, published=kept)

    def _is_by(self, mode: str, from_id: str, to_id: str) -> bool:
        """Tell whether the route runs between two of its nodes by one mode alone."""
        first, last = sorted((self._stop(from_id).at_m, self._stop(to_id).at_m))
        at_m = 0.0
        for leg in self.legs:
            begin, at_m = at_m, at_m + leg.length_m
            if leg.length_m and leg.mode != mode and begin < last - _HALF_M and at_m > first + _HALF_M:
                return False
        return True

    def _stop(self, node_id: str) -> Stop:
        for stop in self.stops:
            if stop.node_id == node_id:
                return stop
        message = f"the route does not pass {node_id!r}"
        raise UnknownNodeError(message, node_id=node_id)


def _leg_warning(leg: Leg) -> str:
    way = f"{leg.from_name} to {leg.to_name}"
    notes = []
    if leg.mode == "connector":
        notes.append("a straight connector to the network; the way on the ground is longer")
    elif leg.geometry_method == "schematic" and leg.mode != "transfer":
        notes.append("schematic: the course is not published or drawn in chords")
    if leg.transfer is not None and leg.transfer.hours is None:
        notes.append(f"how long the {leg.kind.replace('_', ' ')} takes is not known; it counts as nothing")
    if leg.mode == "rail" and not leg.gauges_mm:
        notes.append("the gauge is not known")
    if leg.status != "operating":
        notes.append(f"the status is {leg.status.replace('_', ' ')}")
    return f"{way}: {'; '.join(notes)}" if notes else ""


def _returns(stops: tuple[Stop, ...]) -> list[str]:
    ids = [stop.node_id for stop in stops if stop.node_id]
    twice = {node_id for node_id in ids if ids.count(node_id) > 1} if len(set(ids)) < len(ids) else set()
    names = dict.fromkeys(stop.name for stop in stops if stop.node_id in twice)
    return [f"{name} is passed twice" for name in names]
