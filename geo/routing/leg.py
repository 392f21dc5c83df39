"""The parts of a route: legs, stops, breaks of gauge, published lengths."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from geo.errors import InvalidGeometryError
from geo.network.edge import Coordinates, check_line
from geo.quantity import Distance, check_metres

if TYPE_CHECKING:
    from geo.lonlat import LonLat
    from geo.network.edge import Mode
    from geo.network.restriction import Label
    from geo.network.transfer import Transfer

    LegMode: TypeAlias = Mode | Literal["connector", "transfer"]

_PAIR = 2
_FOUR_RAIL_MM = 150  # closer gauges cannot share a rail: the rail heads would overlap


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A stretch of a route with one mode, line, gauge, status and carrier.

    Parameters
    ----------
    mode
        As of an edge; ``"connector"``: the straight line between a given position and the
        network; ``"transfer"``: a change of carrier, or the checks at a border.
    line
        Name of the line; may be empty.
    from_name, to_name
        Names of the ends, in the direction of travel.
    from_node, to_node
        Ids of the ends; None for a given position.
    length_m
        Metres used in sums: published lengths where there are any, else corrected ones.
    uncertainty_m
        Metres, 95 %: independent errors of the edges in quadrature, systematic ones added to them linearly first.
    systematic_m
        The systematic part of it.
    geometry_m
        Metres along the geometry, uncorrected; None where that is ``length_m``.
    chainage_m
        Published length by chainage, when every edge of the leg has one.
    gauges_mm
        Gauges available all along.
    status, countries, sources, geometry_method, coordinates, labels
        As of an edge; coordinates in the direction of travel.
    hours
        Hours that it takes; where not published, from the speed of its mode.
    carrier
        What carries the load, such as ``"rail:1520"``; before a transfer.
    to_carrier
        What carries it after a transfer.
    transfer
        The transfer, for such a leg.
    edge_ids
        Ids of its edges, in order.

    Raises
    ------
    InvalidGeometryError, InvalidCoordinateError
        If there are fewer than two positions, or one is out of range.
    InvalidQuantityError
        If a length is negative or not finite.

    Examples
    --------
    >>> leg = Leg(mode="connector", from_name="camp", to_name="Khasan", from_node=None,
    ...           to_node="station/khasan", length_m=500.0, uncertainty_m=20.0,
    ...           coordinates=((130.65, 42.43), (130.645, 42.43)))
    >>> print(leg.distance)
    500 m ± 20 m
    """

    mode: LegMode
    from_name: str
    to_name: str
    from_node: str | None
    to_node: str | None
    length_m: float
    uncertainty_m: float
    coordinates: Coordinates
    line: str = ""
    chainage_m: float | None = None
    gauges_mm: tuple[int, ...] = ()
    status: str = "operating"
    countries: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    geometry_method: str = "schematic"
    hours: float = 0.0
    carrier: str = ""
    to_carrier: str = ""
    labels: tuple[Label, ...] = ()
    transfer: Transfer | None = None
    edge_ids: tuple[str, ...] = ()
    systematic_m: float = 0.0
    geometry_m: float | None = None

    def __post_init__(self) -> None:
        """Refuse a leg without a line or with an impossible length."""
        where = f"leg from {self.from_name!r} to {self.to_name!r}"
        if not self.coordinates:
            message = f"a leg needs two positions, got none ({where})"
            raise InvalidGeometryError(message)
        check_line(self.coordinates, where)
        check_metres("length_m", self.length_m, where)
        check_metres("uncertainty_m", self.uncertainty_m, where)
        check_metres("hours", self.hours, where)

    @property
    def kind(self) -> str:
        """Kind of a transfer; empty for other legs."""
        return self.transfer.kind if self.transfer else ""

    @property
    def explanation(self) -> str:
        """What is done at a transfer; empty for other legs."""
        return self.transfer.explanation if self.transfer else ""

    @property
    def distance(self) -> Distance:
        """Length with its uncertainty."""
        return Distance(self.length_m, self.uncertainty_m)

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """GeoJSON Feature: the line of the leg with its properties."""
        line = {"type": "LineString", "coordinates": self.coordinates}
        return {"type": "Feature", "geometry": line, "properties": self.properties}

    @property
    def properties(self) -> dict[str, object]:
        """What a GeoJSON feature of the leg says of it: plural names hold lists, all others scalars."""
        return {
            "mode": self.mode,
            "line": self.line,
            "from_id": self.from_node,
            "from_name": self.from_name,
            "to_id": self.to_node,
            "to_name": self.to_name,
            "length_m": round(self.length_m, 3),
            "uncertainty_m": round(self.uncertainty_m, 3),
            "geometry_m": None if self.geometry_m is None else round(self.geometry_m, 3),
            "chainage_m": self.chainage_m,
            "gauges_mm": list(self.gauges_mm),
            "status": self.status,
            "countries": list(self.countries),
            "sources": list(self.sources),
            "hours": round(self.hours, 3),
            "kind": self.kind,
            "carrier": self.carrier,
            "to_carrier": self.to_carrier,
            "explanation": self.explanation,
            "assumption": self.transfer.assumption if self.transfer else "",
            "labels": [label.to_dict() for label in self.labels],
            "geometry_method": self.geometry_method,
        }


@dataclass(frozen=True, slots=True)
class Stop:
    """A place that a route starts at, passes or ends at.

    Parameters
    ----------
    node_id
        Id of the node; None for a given position.
    name
        What it is called.
    lonlat
        Where it lies.
    at_m
        Metres from the start, along the route.
    variance_m2
        Square metres: the squares of the independent errors of the network up to here, 95 %, added up.
    systematic_m
        Metres: its systematic errors up to here, 95 %, added up.
    country
        ISO 3166-1 alpha-2 code; empty if unknown.
    """

    node_id: str | None
    name: str
    lonlat: LonLat
    at_m: float
    variance_m2: float = 0.0
    systematic_m: float = 0.0
    country: str = ""

    @property
    def uncertainty_m(self) -> float:
        """Uncertainty of the distance along the network up to here, metres, 95 %."""
        return math.sqrt(self.variance_m2 + self.systematic_m**2)


@dataclass(frozen=True, slots=True)
class Border:
    """A change of country on a route.

    Parameters
    ----------
    from_country, to_country
        ISO 3166-1 alpha-2 codes.
    from_place, to_place
        Names of the last place on this side and the first on the other.

    Examples
    --------
    >>> print(Border("RU", "KP", "Khasan", "Tumangang"))
    RU → KP between Khasan and Tumangang
    """

    from_country: str
    to_country: str
    from_place: str
    to_place: str

    def __str__(self) -> str:
        """Return it in one line."""
        return f"{self.from_country} → {self.to_country} between {self.from_place} and {self.to_place}"


@dataclass(frozen=True, slots=True)
class GaugeBreak:
    """A place where no gauge leads on: bogies are changed, or goods transshipped.

    Parameters
    ----------
    node_id
        Id of the place.
    place
        Its name.
    before_mm
        Gauges that a wagon could have on arrival.
    after_mm
        Gauges that lead on.

    Examples
    --------
    >>> print(GaugeBreak("station/rajin", "Rajin", (1520,), (1435,)))
    break of gauge at Rajin: 1520 mm before, 1435 mm after
    """

    node_id: str | None
    place: str
    before_mm: tuple[int, ...]
    after_mm: tuple[int, ...]

    def __str__(self) -> str:
        """Return it in one line."""
        before = " or ".join(map(str, self.before_mm))
        after = " or ".join(map(str, self.after_mm))
        return f"break of gauge at {self.place}: {before} mm before, {after} mm after"


@dataclass(frozen=True, slots=True)
class PublishedLength:
    """A published length between two nodes.

    Parameters
    ----------
    from_id, to_id
        Ids of the nodes, in either order.
    length_m
        Metres.
    source
        Id of the source.
    source_title
        Its title.
    note
        What a careful reader must know about it.
    used
        Whether it is the figure that the project uses.
    via_id
        Node through which it was measured, where there is more than one line.
    mode
        The mode that it speaks of.

    Raises
    ------
    InvalidQuantityError
        If the length is negative or not finite.
    """

    from_id: str
    to_id: str
    length_m: float
    source: str
    source_title: str = ""
    note: str = ""
    used: bool = False
    via_id: str | None = None
    mode: Mode = "rail"

    @property
    def node_ids(self) -> set[str]:
        """Ids of the nodes that a route must pass for the length to say anything of it."""
        return {self.from_id, self.to_id} | ({self.via_id} if self.via_id else set())

    def __post_init__(self) -> None:
        """Refuse an impossible length."""
        check_metres("length_m", self.length_m, f"published by {self.source!r}")


def gauge_breaks(legs: tuple[Leg, ...], gauge_mm: int | None = None) -> tuple[GaugeBreak, ...]:
    """Return the breaks of gauge, where no wagon can go on.

    Parameters
    ----------
    legs
        In order of travel.
    gauge_mm
        Gauge of the wagon at the start; None for any.

    Returns
    -------
    tuple of GaugeBreak
        The breaks, in order of travel.

    Notes
    -----
    The gauges that a wagon could still have are carried from leg to leg. Where none of
    them leads on, or a transfer changes the gauge, there is a break, and the count starts
    anew. Legs of rail without a known gauge and checks at borders carry them on; a road or
    a sea leg unloads the wagon.

    Examples
    --------
    >>> gauge_breaks(())
    ()
    """
    breaks = []
    possible: set[int] = {gauge_mm} if gauge_mm else set()
    for leg in legs:
        if leg.transfer is not None and leg.transfer.changes_gauge:
            changed = _gauge_of(leg.carrier), _gauge_of(leg.to_carrier)
            breaks.append(GaugeBreak(leg.from_node, leg.from_name, changed[:1], changed[1:]))
            possible = {changed[1]}
            continue
        leg_gauges = set(leg.gauges_mm)
        if not leg_gauges:
            possible = possible if leg.mode in {"rail", "transfer", "connector"} else set()
            continue
        if possible and not possible & leg_gauges:
            breaks.append(GaugeBreak(leg.from_node, leg.from_name, tuple(sorted(possible)), leg.gauges_mm))
        possible = possible & leg_gauges or leg_gauges
    return tuple(breaks)


def borders(stops: tuple[Stop, ...]) -> tuple[Border, ...]:
    """Return where the country changes; places without one lie in between.

    Examples
    --------
    >>> borders(())
    ()
    """
    crossing_stops = [stop for stop in stops if stop.country]
    return tuple(
        Border(stop.country, following.country, stop.name, following.name)
        for stop, following in pairwise(crossing_stops)
        if stop.country != following.country
    )


def _gauge_of(carrier: str) -> int:
    return int(carrier.partition(":")[2] or 0)


def gauge_text(gauges_mm: tuple[int, ...]) -> str:
    """Return gauges as text, such as ``1435 + 1520 mm (four-rail)``.

    Examples
    --------
    >>> gauge_text((1435, 1520)), gauge_text((1000, 1435)), gauge_text((1520,))
    ('1435 + 1520 mm (four-rail)', '1000 + 1435 mm (three-rail)', '1520 mm')
    >>> gauge_text(())
    ''
    """
    if not gauges_mm:
        return ""
    text = f"{' + '.join(map(str, gauges_mm))} mm"
    if len(gauges_mm) != _PAIR:
        return text
    four = gauges_mm[1] - gauges_mm[0] < _FOUR_RAIL_MM
    return f"{text} ({'four' if four else 'three'}-rail)"
