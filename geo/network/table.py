"""Nodes and edges as columns of numbers: each becomes a `Node` or an `Edge` when it is looked at."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np

from geo.bbox import BBox
from geo.errors import InvalidNetworkError, InvalidQuantityError, UnknownNodeError
from geo.geodesic._engine import inverse
from geo.lonlat import SHORTEST_LAT_DEGREE_M, LonLat
from geo.quantity import check_metres

from .edge import GEOMETRY_METHODS, MODES, STATUSES, Edge, Node, check_word
from .rows import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .edge import Mode
    from .rows import Texts

    Ints = NDArray[np.int32] | NDArray[np.int64]
    Floats = NDArray[np.float64]

UNITS: Final = 10_000_000  # of a degree: positions are whole numbers, a centimetre each
_NODE: Final = "node/"
_GONE: Final = frozenset({"closed", "cancelled"})
_EARTH_M: Final = 6_371_008.8
_SPHERE_ERROR: Final = 0.006
_BAND_DEG: Final = 0.01
_SHORTEST_SHARE, _ROUNDING_M = 0.999, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What many edges have in common.

    Parameters
    ----------
    mode, gauges_mm, status, geometry_method
        As of `geo.Edge`.
    speed_km_h
        Speed on it; None where only that of its mode is known.
    one_way
        Whether it leads from its first node to its second alone.
    error_share
        Share of its length that it may be wrong by, with 95 % confidence, in one direction with others of its kind.

    Raises
    ------
    InvalidNetworkError
        If a word is not of its vocabulary, or a road has rails.
    InvalidQuantityError
        If a gauge, a speed or an error is out of range.
    """

    mode: Mode
    gauges_mm: tuple[int, ...] = ()
    status: str = "operating"
    speed_km_h: float | None = None
    one_way: bool = False
    error_share: float = 0.0
    geometry_method: str = "schematic"

    def __post_init__(self) -> None:
        """Check that values are possible for edges."""
        check_word("mode", self.mode, MODES, "profile")
        check_word("status", self.status, STATUSES, "profile")
        check_word("geometry_method", self.geometry_method, GEOMETRY_METHODS, "profile")
        for gauge in self.gauges_mm:
            check_metres("gauges_mm", gauge, "profile")
        if self.gauges_mm and self.mode != "rail":
            raise InvalidNetworkError(f"only rail has a gauge, got {self.gauges_mm!r} mm (mode {self.mode!r})")
        if self.speed_km_h is not None and not (math.isfinite(self.speed_km_h) and self.speed_km_h > 0):
            raise InvalidQuantityError(f"speed_km_h must be a finite number > 0, got {self.speed_km_h!r}")
        if not 0 <= self.error_share < 1:
            raise InvalidQuantityError(f"error_share must be a number in [0, 1), got {self.error_share!r}")
        object.__setattr__(self, "gauges_mm", tuple(sorted(set(self.gauges_mm))))

    def hours(self, length_m: float) -> float | None:
        """Return the hours that a length takes; None where no speed is known."""
        return None if self.speed_km_h is None else length_m / 1000.0 / self.speed_km_h


class TableEdge(Edge):
    """An edge of a table, whose columns were checked together."""

    __slots__ = ()
    checked: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Check nothing a second time."""


@dataclass(eq=False)
class NodeTable(Rows[Node]):
    """Nodes as columns.

    Attributes
    ----------
    positions
        Longitudes and latitudes in units of 1/`UNITS` of a degree, shape (n, 2).
    numbers
        Of each node the number in its id ``node/NUMBER``, shape (n,).
    named
        Rows of the nodes that have a name, ascending.
    names
        Their names.
    """

    positions: Ints
    numbers: Ints
    named: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int32))
    names: Texts = field(default_factory=list[str])

    def __len__(self) -> int:
        """Count the nodes."""
        return len(self.numbers)

    def _row(self, number: int) -> Node:
        return Node(self.id(number), self.lonlat(number), self.name(number))

    def id(self, number: int) -> str:
        """Return the id of a row."""
        return f"{_NODE}{int(self.numbers[number])}"

    def lonlat(self, number: int) -> LonLat:
        """Return the position of a row."""
        lon, lat = self.positions[number].tolist()
        return LonLat(lon / UNITS, lat / UNITS)

    def name(self, number: int) -> str:
        """Return the name of a row, empty where it has none."""
        place = int(np.searchsorted(self.named, number))
        return self.names[place] if place < len(self.named) and int(self.named[place]) == number else ""

    def find(self, node_id: str) -> int | None:
        """Return the row of an id; None where there is none."""
        text = node_id.removeprefix(_NODE)
        if text == node_id or not text.lstrip("-").isdecimal() or len(text) > 19:  # noqa: PLR2004 - digits of 64 bits
            return None
        rows = np.flatnonzero(self.numbers == int(text))
        return int(rows[0]) if len(rows) else None

    def nearest(self, lonlat: LonLat, among: NDArray[np.bool_] | None = None) -> tuple[int, float]:
        """Return the row nearest to a position, and its distance in metres; of equally near ones the first.

        Parameters
        ----------
        lonlat
            The position.
        among
            Which rows count; by default all.

        Raises
        ------
        UnknownNodeError
            If there is no node.
        """
        band = _BAND_DEG
        while len(self):
            begin, end = np.searchsorted(self._lats, [lonlat.lat - band, lonlat.lat + band])
            rows = self._by_lat[begin:end]
            rows = rows if among is None else rows[among[rows]]
            if len(rows):
                rough = _sphere_m(self.positions[rows] / UNITS, lonlat)
                limit = float(rough.min()) * (1 + 3 * _SPHERE_ERROR) + _ROUNDING_M
                if limit <= band * SHORTEST_LAT_DEGREE_M:
                    near = np.sort(rows[rough <= limit]).tolist()
                    return min(((row, inverse(self.lonlat(row), lonlat)[0]) for row in near), key=lambda pair: pair[1])
            if band > 180:  # noqa: PLR2004 - it holds all of them
                break
            band *= 4
        raise UnknownNodeError("there is no nearest node: the network has no nodes")

    @cached_property
    def _by_lat(self) -> Ints:
        order: Ints = np.argsort(self.positions[:, 1], kind="stable")
        return order

    @cached_property
    def _lats(self) -> Floats:
        return np.asarray(self.positions[self._by_lat, 1] / UNITS)


@dataclass(eq=False)
class EdgeTable(Rows[Edge]):
    """Edges as columns; the nodes stand in a `NodeTable`.

    Attributes
    ----------
    nodes
        The nodes.
    from_node, to_node
        Rows of their ends.
    length_m
        Metres that count.
    profile
        Row of `profiles` of each.
    profiles
        What edges have in common.
    feature
        Row of `feature_ids` and `feature_lines` of each, ascending: the feature it is a piece of.
    feature_ids
        Ids of the features.
    feature_lines
        Row of `lines` of each feature, -1 where it belongs to none.
    lines
        Names of lines.
    begin
        Where the line of each begins in `positions`, and at the end their number, shape (n + 1,).
    positions
        Longitudes and latitudes of all lines, in units as those of the nodes.
    """

    nodes: NodeTable
    from_node: Ints
    to_node: Ints
    length_m: Floats
    profile: Ints
    profiles: tuple[Profile, ...]
    feature: Ints
    feature_ids: Texts
    feature_lines: Ints
    lines: Texts
    begin: Ints
    positions: Ints

    def __post_init__(self) -> None:
        """Refuse columns that do not fit each other."""
        for name, column, size in (
            ("from_node", self.from_node, len(self.nodes)),
            ("to_node", self.to_node, len(self.nodes)),
            ("profile", self.profile, len(self.profiles)),
            ("feature", self.feature, len(self.feature_ids)),
        ):
            if len(column) != len(self):
                raise InvalidNetworkError(f"{name} has {len(column)} rows, the lengths of edges have {len(self)}")
            if len(column) and not (int(column.min()) >= 0 and int(column.max()) < size):
                raise InvalidNetworkError(f"{name} must hold rows from 0 to {size - 1}")
        if (
            len(self.begin) != len(self) + 1
            or (np.diff(self.begin) < 0).any()
            or int(self.begin[-1]) > len(self.positions)
        ):
            raise InvalidNetworkError("begin must ascend from row to row, to the number of positions")
        if not (np.isfinite(self.length_m).all() and (self.length_m >= 0).all()):
            raise InvalidNetworkError("length_m must be finite and 0 or more")

    def __len__(self) -> int:
        """Count the edges."""
        return len(self.length_m)

    def _row(self, number: int) -> Edge:
        profile = self.profiles[int(self.profile[number])]
        length_m = float(self.length_m[number])
        line = int(self.feature_lines[int(self.feature[number])])
        return TableEdge(
            id=self.id(number),
            from_node=self.nodes.id(int(self.from_node[number])),
            to_node=self.nodes.id(int(self.to_node[number])),
            mode=profile.mode,
            length_m=length_m,
            line=self.lines[line] if line >= 0 else "",
            gauges_mm=profile.gauges_mm,
            uncertainty_m=length_m * profile.error_share,
            systematic_m=length_m * profile.error_share,
            status=profile.status,
            geometry_method=profile.geometry_method,
            coordinates=self.coordinates(number),
            hours=profile.hours(length_m),
            one_way=profile.one_way,
        )

    def coordinates(self, number: int) -> tuple[tuple[float, float], ...]:
        """Return the line of a row as (lon, lat) pairs."""
        rows = self.positions[int(self.begin[number]) : int(self.begin[number + 1])]
        return tuple((lon / UNITS, lat / UNITS) for lon, lat in rows.tolist())

    def id(self, number: int) -> str:
        """Return the id of a row: that of its feature, with the number of the piece where the feature has several."""
        feature = int(self.feature[number])
        near = self.feature[max(number - 1, 0) : number + 2]
        if (near == feature).sum() == 1:
            return self.feature_ids[feature]
        return f"{self.feature_ids[feature]}#{number - self._pieces(feature)[0] + 1}"

    def find(self, edge_id: str) -> int | None:
        """Return the row of an id; None where there is none."""
        feature_id, _, piece = edge_id.rpartition("#")
        for text, number in ((edge_id, 1), (feature_id, int(piece) if piece.isdecimal() else 0)):
            rows = self.rows_of_feature(text)
            if 0 < number <= len(rows) and self.id(rows[number - 1]) == edge_id:
                return rows[number - 1]
        return None

    def rows_of_feature(self, feature_id: str) -> range:
        """Return the rows of the pieces of a feature."""
        try:
            return range(*self._pieces(self.feature_ids.index(feature_id)))
        except ValueError:
            return range(0)

    def _pieces(self, feature: int) -> tuple[int, int]:
        begin, end = np.searchsorted(self.feature, [feature, feature + 1])
        return int(begin), int(end)

    @property
    def bbox(self) -> BBox:
        """The box around all lines and nodes."""
        parts = [part for part in (self.nodes.positions, self.positions) if len(part)]
        low = np.min([part.min(axis=0) for part in parts], axis=0) / UNITS
        high = np.max([part.max(axis=0) for part in parts], axis=0) / UNITS
        return BBox(*low.tolist(), *high.tolist())

    def nearest(self, lonlat: LonLat, modes: tuple[str, ...] | None) -> tuple[int, float]:
        """Return the row of the nearest node with an existing edge of those modes, and its distance in metres."""
        if modes not in self._near:
            chosen = [
                profile.status not in _GONE and (modes is None or profile.mode in modes) for profile in self.profiles
            ]
            rows = np.flatnonzero(self.having(chosen)) if len(self) else np.empty(0, dtype=np.int64)
            among = np.zeros(len(self.nodes), dtype=bool)
            among[self.from_node[rows]] = among[self.to_node[rows]] = True
            self._near[modes] = None if among.all() or not among.any() else among
        return self.nodes.nearest(lonlat, self._near[modes])

    @cached_property
    def _near(self) -> dict[tuple[str, ...] | None, NDArray[np.bool_] | None]:
        """By modes the nodes that count as near; None where all do."""
        return {}

    @cached_property
    def used(self) -> tuple[Profile, ...]:
        """The profiles that some edge has."""
        return tuple(self.profiles[row] for row in np.unique(self.profile).tolist())

    @property
    def gauges_mm(self) -> tuple[int, ...]:
        """Every gauge that some edge has, ascending."""
        return tuple(sorted({gauge for profile in self.used for gauge in profile.gauges_mm}))

    def by_profile(self, values: Sequence[float]) -> Floats:
        """Return of each edge the value of its profile."""
        return np.asarray(np.array(values, dtype=np.float64)[self.profile])

    def having(self, chosen: Sequence[bool]) -> NDArray[np.bool_]:
        """Return which edges have one of the profiles chosen."""
        return np.asarray(np.array(chosen, dtype=bool)[self.profile])

    def straight_m(self) -> Floats:
        """Return of each edge the metres of the geodesic between its ends."""
        from geo.geodesic.measure import distance

        ends = [self.nodes.positions[column] / UNITS for column in (self.from_node, self.to_node)]
        return distance(*ends) if len(self) else np.empty(0)

    def check_lengths(self) -> None:
        """Raise unless no edge is shorter than the straight line between its ends.

        Raises
        ------
        InvalidNetworkError
            If one is; names the first ten.
        """
        straight = self.straight_m()
        short = np.flatnonzero(self.length_m < straight * _SHORTEST_SHARE - _ROUNDING_M).tolist()
        problems = tuple(
            f"edge {self.id(row)!r} is {self.length_m[row]:.1f} m long, shorter than the geodesic of {straight[row]:.1f} m "
            "between its ends"
            for row in short[:10]
        )
        if problems:
            text = f"{len(short)} problems in the network: {'; '.join(problems)}"
            raise InvalidNetworkError(text, problems=problems)


def _sphere_m(lonlats: Floats, lonlat: LonLat) -> Floats:
    """Return metres on a sphere."""
    lon, lat = np.radians(lonlats.T)
    lon0, lat0 = math.radians(lonlat.lon), math.radians(lonlat.lat)
    half = np.sin((lat - lat0) / 2) ** 2 + np.cos(lat) * math.cos(lat0) * np.sin((lon - lon0) / 2) ** 2
    return np.asarray(2 * _EARTH_M * np.arcsin(np.minimum(np.sqrt(half), 1.0)))
