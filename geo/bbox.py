"""A box of longitudes and latitudes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import InvalidGeometryError, InvalidQuantityError
from .lonlat import MAX_LAT, MAX_LON, SHORTEST_LAT_DEGREE_M, SHORTEST_LON_DEGREE_M, Position, as_lonlat, check_position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class BBox:
    """A box between two parallels and two meridians, edges included.

    Parameters
    ----------
    west, south, east, north
        Degrees; ``west <= east`` and ``south <= north``.

    Raises
    ------
    InvalidCoordinateError
        If a bound is not a coordinate.
    InvalidGeometryError
        If the bounds are out of order.

    Notes
    -----
    A box never crosses the antimeridian: split what does into two.

    Examples
    --------
    >>> rason = BBox(130.1, 42.1, 130.7, 42.6)
    >>> rason.contains((130.289, 42.25))
    True
    >>> BBox(130.7, 42.1, 130.1, 42.6)
    Traceback (most recent call last):
        ...
    geo.errors.InvalidGeometryError: a box needs west <= east, got 130.7 and 130.1; \
split a box that crosses the antimeridian
    """

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        """Refuse bounds out of range or out of order."""
        check_position(self.west, self.south, "south-west corner")
        check_position(self.east, self.north, "north-east corner")
        if self.west > self.east:
            message = (
                f"a box needs west <= east, got {self.west!r} and {self.east!r}; "
                "split a box that crosses the antimeridian"
            )
            raise InvalidGeometryError(message)
        if self.south > self.north:
            message = f"a box needs south <= north, got {self.south!r} and {self.north!r}"
            raise InvalidGeometryError(message)

    @classmethod
    def of(cls, positions: Iterable[Position]) -> BBox:
        """Return the smallest box around positions.

        Parameters
        ----------
        positions
            At least one position.

        Returns
        -------
        BBox
            The box; of no width and height for a single position.

        Raises
        ------
        InvalidGeometryError
            If there is no position.

        Examples
        --------
        >>> BBox.of([(130.6, 42.4), (130.3, 42.2)])
        BBox(west=130.3, south=42.2, east=130.6, north=42.4)
        """
        points = [as_lonlat(position) for position in positions]
        if not points:
            message = "a box needs at least one position, got none"
            raise InvalidGeometryError(message)
        lons, lats = [p.lon for p in points], [p.lat for p in points]
        return cls(min(lons), min(lats), max(lons), max(lats))

    def __iter__(self) -> Iterator[float]:
        """Iterate over west, south, east, north: the order of RFC 7946."""
        yield from (self.west, self.south, self.east, self.north)

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """GeoJSON-like Polygon, counter-clockwise."""
        west, south, east, north = self
        corners = ((west, south), (east, south), (east, north), (west, north))
        return {
            "type": "Polygon",
            "bbox": (west, south, east, north),
            "coordinates": ((*corners, corners[0]),),
        }

    def contains(self, position: Position) -> bool:
        """Return whether the position lies in the box or on its edge."""
        lon, lat = as_lonlat(position)
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    def touches(self, other: BBox) -> bool:
        """Return whether the boxes share a position.

        Examples
        --------
        >>> BBox(130, 42, 131, 43).touches(BBox(131, 43, 132, 44)), BBox(130, 42, 131, 43).touches(BBox(132, 42, 133, 43))
        (True, False)
        """
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )

    def union(self, other: BBox) -> BBox:
        """Return the smallest box around both.

        Examples
        --------
        >>> BBox(130, 42, 131, 43).union(BBox(129, 42.5, 130, 44))
        BBox(west=129, south=42, east=131, north=44)
        """
        return BBox(
            min(self.west, other.west),
            min(self.south, other.south),
            max(self.east, other.east),
            max(self.north, other.north),
        )

    def expand(self, margin_m: float) -> BBox:
        """Return the box widened on every side.

        Parameters
        ----------
        margin_m
            Metres, not negative.

        Returns
        -------
        BBox
            Holds every position within ``margin_m`` of the box, and a little more;
            cut at the poles and at the antimeridian.

        Raises
        ------
        InvalidQuantityError
            If the margin is negative or not finite.

        Examples
        --------
        >>> wide = BBox(130, 42, 131, 43).expand(10_000)
        >>> round(wide.north, 4), round(wide.west, 4)
        (43.0904, 129.877)
        """
        if not (math.isfinite(margin_m) and margin_m >= 0):
            message = f"a margin must be a finite number of metres >= 0, got {margin_m!r}"
            raise InvalidQuantityError(message, value=margin_m)
        up = margin_m / SHORTEST_LAT_DEGREE_M
        south = max(self.south - up, -MAX_LAT)
        north = min(self.north + up, MAX_LAT)
        # the parallel farthest from the equator has the shortest degrees
        shrink = math.cos(math.radians(max(abs(south), abs(north))))
        reach = margin_m / SHORTEST_LON_DEGREE_M
        # at a pole every meridian is near
        side = reach / shrink if shrink * MAX_LON > reach else 2 * MAX_LON
        return BBox(
            max(self.west - side, -MAX_LON),
            south,
            min(self.east + side, MAX_LON),
            north,
        )
