"""The parts of a network: nodes, and the edges between them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias, get_args

from geo.errors import InvalidGeometryError, InvalidNetworkError, InvalidQuantityError
from geo.lonlat import LonLat, check_position
from geo.quantity import check_metres
from geo.spelling import did_you_mean

if TYPE_CHECKING:
    from .restriction import Label

Mode: TypeAlias = Literal["rail", "road", "sea", "ferry"]
Load: TypeAlias = Literal["general", "coal", "containers", "oil", "passengers"]
Coordinates: TypeAlias = tuple[tuple[float, float], ...]

MODES: Final[tuple[Mode, ...]] = get_args(Mode)
LOADS: Final[tuple[Load, ...]] = get_args(Load)
STATUSES: Final = (
    "operating",
    "suspended",
    "under_construction",
    "planned",
    "proposed",
    "studied",
    "cancelled",
    "closed",
)
GEOMETRY_METHODS: Final = ("surveyed", "osm", "published", "constructed", "schematic")
MIN_POSITIONS: Final = 2
_COUNTRY: Final = re.compile(r"[A-Z]{2}").fullmatch


@dataclass(frozen=True, slots=True)
class Node:
    """A place where edges meet: a station, a junction, a pier.

    Parameters
    ----------
    id
        Stable identifier, such as ``"station/khasan"``.
    lonlat
        Where it lies.
    name
        What people call it; the id when not given.
    accuracy_m
        Radius in metres that holds the true position with 95 % confidence.
    country
        ISO 3166-1 alpha-2 code; empty at sea, or if unknown.

    Raises
    ------
    InvalidNetworkError
        If the id is empty, or the country is no code.
    InvalidQuantityError
        If the accuracy is negative or not finite.

    Examples
    --------
    >>> Node("station/khasan", LonLat(130.644917, 42.430056), accuracy_m=20).name
    'station/khasan'
    """

    id: str
    lonlat: LonLat
    name: str = ""
    accuracy_m: float = 0.0
    country: str = ""

    def __post_init__(self) -> None:
        """Refuse an empty id, an impossible accuracy and a country that is no code."""
        check_id("a node", self.id)
        if self.country and not _COUNTRY(self.country):
            raise InvalidNetworkError(
                f"country must be two capital letters such as 'KP', got {self.country!r} (node {self.id!r})"
            )
        check_metres("accuracy_m", self.accuracy_m, f"node {self.id!r}")
        object.__setattr__(self, "name", self.name or self.id)

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """GeoJSON Feature: the point of the node with id, name and accuracy."""
        properties = {"id": self.id, "name": self.name, "accuracy_m": self.accuracy_m}
        return {"type": "Feature", "geometry": self.lonlat.__geo_interface__, "properties": properties}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line between two nodes, passable in both directions unless it is one-way.

    Parameters
    ----------
    id
        Stable identifier.
    from_node, to_node
        Ids of its ends.
    mode
        ``"rail"``, ``"road"``, ``"sea"`` or ``"ferry"``.
    length_m
        Metres used in routes: the published length where there is one, else that of the geometry,
        corrected where it is known to be short; 0 only where the ends lie together.
    geometry_m
        Metres along the geometry, uncorrected; None where that is ``length_m``.
    line
        Name of the line it belongs to.
    gauges_mm
        Every gauge of the track, in millimetres; more than one on dual-gauge track, none where
        there are no rails or nothing is known.
    uncertainty_m
        Metres that ``length_m`` may be wrong by, with 95 % confidence, independently of other edges.
    systematic_m
        Metres that it may be wrong by in one direction together with other edges, with 95 % confidence.
    chainages_km
        Published chainage of its two ends on the line, in kilometres; None where there is
        none, or where counting restarts.
    status
        A word of `STATUSES`.
    countries
        ISO 3166-1 alpha-2 codes.
    sources
        Ids of the sources.
    geometry_method
        A word of `GEOMETRY_METHODS`; by default the weakest.
    coordinates
        (lon, lat) pairs from ``from_node`` to ``to_node``; none means straight.
    hours
        Stated running time; None where only the speed of its mode is known.
    labels
        Rules of law that hold on it.
    loads
        Words of `LOADS` that it takes; none for all.
    depth_m
        Metres of water on it, or at the shallower of its ports; None where unknown.
    rate
        What a kilometre of it costs against others of its mode, such as 1.3 on a line without wires.
    one_way
        Whether it leads from ``from_node`` to ``to_node`` alone.

    Raises
    ------
    InvalidNetworkError
        If an id is empty, or a word is not of its vocabulary.
    InvalidQuantityError
        If a length or gauge is negative or not finite.
    InvalidCoordinateError, InvalidGeometryError
        If a position is out of range, or there is only one.

    Examples
    --------
    >>> Edge(id="e", from_node="a", to_node="b", mode="rail", length_m=1.0,
    ...      gauges_mm=(1520, 1435)).gauges_mm
    (1435, 1520)
    >>> Edge(id="e", from_node="a", to_node="b", mode="rial", length_m=1.0)
    Traceback (most recent call last):
        ...
    geo.errors.InvalidNetworkError: mode must be one of rail, road, sea, ferry, got 'rial' \
(edge 'e'); did you mean 'rail'?
    """

    id: str
    from_node: str
    to_node: str
    mode: Mode
    length_m: float
    line: str = ""
    gauges_mm: tuple[int, ...] = ()
    uncertainty_m: float = 0.0
    chainages_km: tuple[float | None, float | None] = (None, None)
    status: str = "operating"
    countries: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    geometry_method: str = "schematic"
    coordinates: Coordinates = ()
    hours: float | None = None
    labels: tuple[Label, ...] = ()
    geometry_m: float | None = None
    systematic_m: float = 0.0
    loads: tuple[str, ...] = ()
    depth_m: float | None = None
    rate: float = 1.0
    one_way: bool = False

    # True in a subclass whose edges were validated before, such as one that reads them from a file.
    checked: ClassVar[bool] = False

    def __post_init__(self) -> None:
        """Refuse fields out of their range; sort the gauges."""
        check_id("an edge", self.id)
        where = f"edge {self.id!r}"
        check_word("mode", self.mode, MODES, where)
        check_word("status", self.status, STATUSES, where)
        check_word("geometry_method", self.geometry_method, GEOMETRY_METHODS, where)
        check_metres("length_m", self.length_m, where)
        check_metres("uncertainty_m", self.uncertainty_m, where)
        check_metres("systematic_m", self.systematic_m, where)
        check_metres("rate", self.rate, where)
        for name in ("hours", "geometry_m", "depth_m"):
            if (value := getattr(self, name)) is not None:
                check_metres(name, value, where)
        for load in self.loads:
            check_word("loads", load, LOADS, where)
        for chainage_km in self.chainages_km:
            if chainage_km is not None and not math.isfinite(chainage_km):
                raise InvalidQuantityError(f"chainages_km must be finite, got {chainage_km!r} ({where})")
        for gauge in self.gauges_mm:
            check_metres("gauges_mm", gauge, where)
        check_line(self.coordinates, where)
        object.__setattr__(self, "gauges_mm", tuple(sorted(set(self.gauges_mm))))

    @property
    def ends(self) -> tuple[str, str]:
        """Ids of both ends, sorted: the same for either direction."""
        low, high = sorted((self.from_node, self.to_node))
        return low, high


def check_line(coordinates: Coordinates, where: str) -> None:
    """Raise unless there are no positions, or at least two, each in range.

    Parameters
    ----------
    coordinates
        (lon, lat) pairs in degrees.
    where
        What they belong to, for the message.

    Raises
    ------
    InvalidCoordinateError
        If a position is out of range.
    InvalidGeometryError
        If there is only one position, or one is not a pair.

    Examples
    --------
    >>> check_line(((130.6, 42.4),), "edge 'bridge'")
    Traceback (most recent call last):
        ...
    geo.errors.InvalidGeometryError: a line needs two positions, got 1 (edge 'bridge')
    """
    if len(coordinates) == 1:
        message = f"a line needs two positions, got 1 ({where})"
        raise InvalidGeometryError(message)
    for number, position in enumerate(coordinates):
        if _is_plainly_right(position):  # nearly all pass here and skip the slow check
            continue
        if len(position) != MIN_POSITIONS:
            message = f"a position is (lon, lat), got {position!r} ({where}, position {number})"
            raise InvalidGeometryError(message)
        check_position(*position, where=f"{where}, position {number}")


def _is_plainly_right(position: tuple[float, float]) -> bool:
    if len(position) != MIN_POSITIONS:
        return False
    lon, lat = position
    return type(lon) is float and type(lat) is float and -180.0 <= lon <= 180.0 and -90.0 <= lat <= 90.0  # noqa: PLR2004


def check_id(kind: str, value: str) -> None:
    """Raise `InvalidNetworkError` unless an id is a text of at least one letter."""
    if not (isinstance(value, str) and value):  # type: ignore[redundant-expr]  # data come untyped
        message = f"the id of {kind} must be a text of at least one letter, got {value!r}"
        raise InvalidNetworkError(message)


def check_word(name: str, value: str, choices: tuple[str, ...], where: str) -> None:
    """Raise `InvalidNetworkError` unless a word is of its vocabulary; the message names the nearest."""
    if value not in choices:
        hint = did_you_mean(str(value), choices)
        message = f"{name} must be one of {', '.join(choices)}, got {value!r} ({where}){hint}"
        raise InvalidNetworkError(message)
