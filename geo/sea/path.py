"""The shortest sea route around land."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import InvalidGeometryError, NoRouteError
from geo.geodesic.measure import bearing
from geo.geodesic.shape import line_length
from geo.lonlat import LonLat, Position, as_lonlat
from geo.quantity import Distance, check_metres
from geo.unit import from_unit

from ._beyond import by_lanes, to_lanes
from ._standoff import charts_off
from .result import Join, SeaPath

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from ._base import BaseChart
    from .lanes import Lanes

_MAX_CONNECTOR_M = 10_000.0
_LANE_SHARE = 0.08  # what lanes are off by, of their length: see docs/accuracy.md


def sea_path(
    a: Position,
    b: Position,
    land: BaseChart,
    *,
    lanes: Lanes | None = None,
    offing_nmi: float = 0.0,
    offing_from: BaseGeometry | None = None,
    max_connector_m: float = _MAX_CONNECTOR_M,
) -> SeaPath:
    """Return the shortest sea route between two places.

    Parameters
    ----------
    a, b
        (lon, lat) in degrees, a `LonLat`, or an object with ``lonlat`` and, if it has
        them, ``name`` and ``accuracy_m``. An end on land is joined to the nearest water
        by a straight connector that counts in the length and is shown.
    land
        The land, prepared once: a `SeaChart`, or faster a `CompiledChart`.
    lanes
        Lanes of ships, on which the path goes on beyond the chart: from the node near the
        edge of the chart that makes the whole path shortest. With both ends beyond: lanes alone.
    offing_nmi
        Nautical miles that the path keeps off `offing_from`, where the chart reaches. An end
        that lies nearer is approached within the smallest circle from which it can leave.
    offing_from
        Polygons in (lon, lat) degrees, such as the land of one country.
    max_connector_m
        Metres: an end farther from the water than this is refused.

    Returns
    -------
    SeaPath
        Its line crosses no land but on the connectors, and is never shorter than the
        geodesic. The path back is the same line. From a place to itself its length is zero.

    Raises
    ------
    NoRouteError
        If an end lies too far inland, off chart and lanes, or in other waters, or the offing
        leaves no path; ``reason`` is ``"inland"``, ``"off_network"`` or ``"disconnected"``.
    InvalidGeometryError
        If there is an offing without a coast or a coast without an offing, or lanes go on from
        a chart without an extent.
    InvalidCoordinateError, InvalidQuantityError
        If a position or length is out of range.

    Notes
    -----
    A* over the corners of the land; see `SeaChart` for its limits. Water is water: depth,
    ice and closed areas are not known. By the chart, paths do not cross the antimeridian; by
    lanes they do. Lanes are drawn roughly: 8 % of their length is added to the uncertainty,
    and off the chart the straight lines from a port to its lane may cross land.

    Examples
    --------
    >>> import shapely
    >>> from geo import SeaChart
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
    check_metres("offing_nmi", offing_nmi)
    if bool(offing_nmi) != (offing_from is not None):
        message = f"offing_nmi and offing_from belong together, got {offing_nmi!r} and {offing_from!r}"
        raise InvalidGeometryError(message)
    ends = (_End.of(a), _End.of(b))
    if ends[0].lonlat == ends[1].lonlat:
        return _nowhere(ends)
    waters = _Waters(land, offing_from, from_unit(offing_nmi, "nmi"), max_connector_m)
    on_chart = [lanes is None or land.reaches(end.lonlat) for end in ends]
    if lanes is None or all(on_chart):
        return _by_chart(ends, waters)
    if not any(on_chart):
        return _by_lanes(ends, lanes)
    near, far = ends if on_chart[0] else ends[::-1]
    path = _across(near, far, waters, lanes)
    return path if on_chart[0] else path.reversed()


@dataclass(frozen=True, slots=True)
class _End:
    lonlat: LonLat
    name: str
    accuracy_m: float
    id: str | None

    @classmethod
    def of(cls, place: Position) -> _End:
        lonlat = as_lonlat(place)
        name = getattr(place, "name", None) or str(lonlat)
        return cls(lonlat, name, getattr(place, "accuracy_m", None) or 0.0, getattr(place, "id", None))


@dataclass(frozen=True, slots=True)
class _Waters:
    """A chart, and the coast to keep off."""

    chart: BaseChart
    coast: BaseGeometry | None
    offing_m: float
    max_connector_m: float

    def berth(self, end: _End) -> tuple[LonLat, float]:
        """Return the water that an end is joined to, and the metres to it."""
        if not self.chart.reaches(end.lonlat):
            message = f"{end.name!r} lies off the chart, which does not know land from water there"
            raise NoRouteError(message, reason="off_network")
        if not self.chart.is_land(end.lonlat):
            return end.lonlat, 0.0
        water, gap_m = self.chart.nearest_water(end.lonlat)
        if gap_m > self.max_connector_m:
            message = (
                f"{end.name!r} is {Distance(gap_m)} from the water, more than max_connector_m = "
                f"{self.max_connector_m:g}; give a place on the coast, such as a port, or raise it"
            )
            raise NoRouteError(message, reason="inland")
        return water, gap_m

    def charts(self, ends: Sequence[LonLat]) -> Iterable[tuple[BaseChart, tuple[float, ...]]]:
        """Return charts of the open water, and metres around each end within which the offing is not kept."""
        if self.coast is None:
            return [(self.chart, (0.0,) * len(ends))]
        return charts_off(self.chart, self.coast, self.offing_m, ends)

    def none(self, start: str, end: str) -> NoRouteError:
        """Say that there is no path."""
        message = f"no sea route from {start!r} to {end!r}"
        if self.coast is None:
            return NoRouteError(f"{message}: they lie on separate waters", reason="disconnected")
        offing = Distance(self.offing_m).text("nmi")
        return NoRouteError(
            f"{message} keeps {offing} off that coast: a strait on the way is narrower, or an end lies too deep "
            "in a bay; give a smaller offing",
            reason="disconnected",
        )


def _nowhere(ends: tuple[_End, _End]) -> SeaPath:
    origin, destination = ends
    uncertainty_m = 0.0 if origin == destination else math.hypot(origin.accuracy_m, destination.accuracy_m)
    return SeaPath(
        origin.name,
        destination.name,
        (origin.lonlat, destination.lonlat),
        uncertainty_m=uncertainty_m,
        from_id=origin.id,
        to_id=destination.id,
    )


def _by_chart(ends: tuple[_End, _End], waters: _Waters) -> SeaPath:
    berths = [waters.berth(end) for end in ends]
    start, end = (water for water, _ in berths)
    for chart, radii in waters.charts([start, end]):
        turns = _turns(chart, start, end)
        if turns is not None:
            wet = [start, *turns, end] if start != end else [start]
            gaps = (berths[0][1], berths[1][1])
            return SeaPath(
                ends[0].name,
                ends[1].name,
                (*([ends[0].lonlat] if gaps[0] else []), *wet, *([ends[1].lonlat] if gaps[1] else [])),
                *gaps,
                math.hypot(ends[0].accuracy_m, ends[1].accuracy_m, _play(waters.chart, wet)),
                offing_m=waters.offing_m,
                approaches=_approaches(ends, radii),
                from_id=ends[0].id,
                to_id=ends[1].id,
            )
    raise waters.none(ends[0].name, ends[1].name)


def _by_lanes(ends: tuple[_End, _End], lanes: Lanes) -> SeaPath:
    start, end = ends
    turns = tuple(by_lanes(start.lonlat, end.lonlat, [start.name, end.name], lanes))
    play_m = _LANE_SHARE * line_length(turns)
    uncertainty_m = math.hypot(start.accuracy_m, end.accuracy_m, play_m)
    return SeaPath(
        start.name,
        end.name,
        turns,
        uncertainty_m=uncertainty_m,
        lane=(0, len(turns) - 1),
        from_id=start.id,
        to_id=end.id,
    )


def _across(near: _End, far: _End, waters: _Waters, lanes: Lanes) -> SeaPath:
    start, gap_m = waters.berth(near)
    for chart, radii in waters.charts([start]):
        crossing = to_lanes(start, far.lonlat, far.name, chart, lanes)
        if crossing is not None:
            wet, lane = crossing
            turns = (*([near.lonlat] if gap_m else []), *wet, *lane[1:])
            first, lane_m = len(turns) - len(lane), line_length(lane)
            return SeaPath(
                near.name,
                far.name,
                turns,
                gap_m,
                uncertainty_m=math.hypot(
                    near.accuracy_m, far.accuracy_m, _play(waters.chart, wet) + _LANE_SHARE * lane_m
                ),
                lane=(first, len(turns) - 1),
                join=Join(lane[0], line_length(turns[: first + 1]), lane_m),
                offing_m=waters.offing_m,
                approaches=_approaches((near,), radii),
                from_id=near.id,
                to_id=far.id,
            )
    raise waters.none(near.name, far.name)


def _approaches(ends: Iterable[_End], radii: tuple[float, ...]) -> tuple[tuple[str, float], ...]:
    return tuple((end.name, radius) for end, radius in zip(ends, radii, strict=True) if radius)


def _turns(land: BaseChart, start: LonLat, end: LonLat) -> list[LonLat] | None:
    """Search always in one direction, so that the path back is the same to the last bit."""
    if tuple(end) < tuple(start):
        turns = land.turns(end, start)
        return turns and turns[::-1]
    return land.turns(start, end)


def _play(land: BaseChart, turns: list[LonLat]) -> float:
    """Metres by which a path changes when the shore lies off by its accuracy at every turn."""
    parts = []
    for before, turn, after in zip(turns, turns[1:], turns[2:], strict=False):
        turn_deg = bearing(turn, after) - bearing(turn, before)
        parts.append(2 * land.accuracy_m(turn) * abs(math.cos(math.radians(turn_deg / 2))))
    return math.fsum(parts)
