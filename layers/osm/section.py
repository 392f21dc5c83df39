"""Sections of railway matched to the tracks of an extract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo import distance

from .track import Path, Pieces, Track

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .extract import Way
    from .track import Foothold

UNBUILT = frozenset({"planned", "proposed", "studied", "cancelled"})
RUNNING = frozenset({"operating", "suspended"})
# A path longer than this share of ours leads elsewhere, or around a gap in the extract.
LONGEST_SHARE, ROOM_M = 1.6, 1000.0
# A gauge tagged on less than this share of the path is a siding's, or an error.
GAUGE_SHARE = 0.05


class Railway:
    """Tracks of an extract with our stations on them, once for what runs and once for all that was or will be.

    Parameters
    ----------
    tracks
        Ways of railway.
    places
        Longitude and latitude of the matched stations, by our ids; each is put on a track in use if one is near.
    """

    def __init__(self, tracks: tuple[Way, ...], places: Mapping[str, tuple[float, float]]) -> None:
        self.live, self.all = (Pieces(tracks, former=former) for former in (False, True))
        self._graphs: dict[bool, Track] = {}
        self.footholds: dict[str, Foothold] = {}
        self._on: dict[bool, dict[str, Foothold]] = {False: {}, True: {}}
        for station, lonlat in places.items():
            live = self.live.foothold(lonlat)
            place = live.lonlat if live else lonlat
            either = self.all.foothold(place)
            if live:
                self._on[False][station] = live
            if either:
                self._on[True][station] = either
                self.footholds[station] = live or either

    def path(self, row: Mapping[str, Any]) -> Path | str:
        """Path of a section between its two stations, or the reason that there is none."""
        properties = row["properties"]
        ends = properties["from_node"], properties["to_node"]
        former = properties["status"] not in RUNNING
        if lost := [end for end in ends if end not in self._on[former]]:
            return f"{' and '.join(lost)} {'was' if len(lost) == 1 else 'were'} not found on a track"
        if former not in self._graphs:
            self._graphs[former] = Track(self.all if former else self.live, self._on[former])
        path = self._graphs[former].path(*ends)
        if path is None:
            return "its stations are not joined by track"
        chord_m = distance(*(self._on[former][end].lonlat for end in ends))
        longest_m = LONGEST_SHARE * max(properties["length_m"], chord_m) + ROOM_M
        if path.length_m > longest_m:
            return (
                f"the way over the tracks is {path.length_m / 1000:.1f} km, ours {properties['length_m'] / 1000:.1f} km"
            )
        return path

    def empty_along(self, line: Any, within_m: float) -> bool:  # noqa: ANN401 - shapely is untyped
        """Whether no track at all lies within some metres of a line."""
        return not self.all.near(line, within_m)


def gauges_of(path: Path) -> tuple[int, ...]:
    """Gauges tagged on a good part of a path, in order.

    Examples
    --------
    >>> from shapely.geometry import LineString
    >>> gauges_of(Path(LineString([(0, 0), (1, 1)]), 1000.0, {1520: 990.0, 1435: 10.0}))
    (1520,)
    """
    return tuple(sorted(gauge for gauge, metres in path.gauges_mm.items() if metres > GAUGE_SHARE * path.length_m))


def anchored(coordinates: list[list[float]], start: Iterable[float], end: Iterable[float]) -> list[list[float]]:
    """Line with its ends moved to where its stations are now.

    Examples
    --------
    >>> anchored([[0, 0], [1, 1], [2, 2]], (0, 1), (2, 2))
    [[0, 1], [1, 1], [2, 2]]
    """
    return [list(start), *coordinates[1:-1], list(end)]
