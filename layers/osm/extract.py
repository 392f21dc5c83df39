"""Reads the relevant objects of an OpenStreetMap extract, in two passes.

The first pass takes the ways that may concern us and the stations; the second one the nodes of these ways. What is kept grows
with the railways, bridges, piers and power lines of the extract, not with the extract: the filters run inside osmium.
"""

from __future__ import annotations

import hashlib
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo import BBox
from layers.errors import ExtractError

from .pbf import GET_AGAIN, check_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray


RAIL = frozenset({"rail", "narrow_gauge", "preserved"})
FORMER = frozenset({"disused", "abandoned", "construction"})
# The best representation of a station comes first.
STATION_RANK = ("station", "halt", "service_station", "yard", "site", "junction", "stop")
STATION_KEYS = ("railway", "disused:railway", "abandoned:railway")
KEPT_KEYS = frozenset(
    {"railway", "gauge", "service", "usage", "bridge", "highway", "man_made", "power", "voltage", "ref", "area", *STATION_KEYS}
)  # fmt: skip
WAY_KEYS = ("railway", "bridge", "man_made", "power", *STATION_KEYS[1:])


@dataclass(frozen=True, slots=True)
class Way:
    """A way of the extract, with the places of its nodes; a node that the extract lacks is left out.

    Attributes
    ----------
    id
        Its number in OpenStreetMap.
    tags
        Those that concern us.
    nodes
        Numbers of its nodes, shape (N,).
    pairs
        Their longitudes and latitudes, shape (N, 2).
    """

    id: int
    tags: Mapping[str, str]
    nodes: NDArray[np.int64]
    pairs: NDArray[np.float64]

    @property
    def closed(self) -> bool:
        """Whether it ends where it begins."""
        return len(self.nodes) > 3 and self.nodes[0] == self.nodes[-1]  # noqa: PLR2004 - a triangle at least


@dataclass(frozen=True, slots=True)
class OsmStation:
    """A station of the extract; of an area the middle.

    Attributes
    ----------
    label
        Such as ``node/123``.
    names
        In every script, as tagged.
    rank
        Place in `STATION_RANK`; the lower the better.
    lonlat
        Longitude and latitude.
    """

    label: str
    names: tuple[str, ...]
    rank: int
    lonlat: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Extract:
    """What concerns us in an extract.

    Attributes
    ----------
    path, sha256
        The file.
    date
        The day of its data, ISO 8601; empty when its header does not say.
    box
        West, south, east, north of its area, from its header or else from its railways.
    stations, tracks, bridges, piers, power_lines
        Its content within the requested box.
    warnings
        What a careful reader must know.
    """

    path: Path
    sha256: str
    date: str
    box: BBox
    stations: tuple[OsmStation, ...]
    tracks: tuple[Way, ...]
    bridges: tuple[Way, ...]
    piers: tuple[Way, ...]
    power_lines: tuple[Way, ...]
    warnings: tuple[str, ...]


def read_extract(path: Path, within: BBox) -> Extract:
    """Read an extract.

    Parameters
    ----------
    path
        A file ``.osm.pbf``.
    within
        West, south, east, north in degrees; objects without a node there are left out.

    Raises
    ------
    ExtractError
        When osmium is not installed, or the file is missing, not a PBF, cut off, damaged, empty, of another region.
    """
    osmium = osmium_for(path)
    if not check_whole(path):
        raise ExtractError(f"it holds no data; {GET_AGAIN}", path)
    try:
        ways, stations, relations, header = _first_pass(osmium, path)
        places, twice = _second_pass(osmium, path, ways)
    except RuntimeError as error:  # what osmium raises for anything wrong inside
        raise ExtractError(f"{error}; {GET_AGAIN}", path) from None
    located, lost = _locate(ways, places)
    if not any(_is_track(way.tags) for way in located):
        raise ExtractError("it holds no railway; take an extract that holds all objects of the region", path)
    near = [way for way in located if _touches(way, within)]
    tracks = tuple(way for way in near if _is_track(way.tags))
    if not tracks:
        raise ExtractError(_elsewhere(located, within), path)
    west, south, east, north = within
    stations = [*stations, *(_station_of_area(way) for way in near if _station_kind(way.tags))]
    return Extract(
        path=path,
        sha256=_digest(path),
        date=header["date"],
        box=header["box"] or _bounds(tracks),
        stations=tuple(s for s in stations if west <= s.lonlat[0] <= east and south <= s.lonlat[1] <= north),
        tracks=tracks,
        bridges=tuple(way for way in near if _is_bridge(way.tags)),
        piers=tuple(way for way in near if way.tags.get("man_made") == "pier"),
        power_lines=tuple(way for way in near if way.tags.get("power") == "line"),
        warnings=tuple(_warnings(relations=relations, twice=twice, lost=lost, dated=bool(header["date"]))),
    )


def names_of(tags: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Every name among tags: in any language, old and official ones too.

    Examples
    --------
    >>> names_of([("name", "Хасан"), ("name:ko", "하산"), ("alt_name", "Hasan;Khasan"), ("ref", "98440")])
    ('Хасан', '하산', 'Hasan', 'Khasan')
    """
    kinds = {"name", "alt_name", "int_name", "loc_name", "official_name", "old_name", "short_name"}
    parts = [part.strip() for key, value in tags if key.split(":")[0] in kinds for part in value.split(";")]
    return tuple(dict.fromkeys(name for name in parts if name))


def osmium_for(path: Path) -> Any:  # noqa: ANN401 - a module
    """Import osmium, which reads the extract.

    Raises
    ------
    ExtractError
        When it is not installed.
    """
    try:
        import osmium
        import osmium.filter
    except ImportError:
        fix = "install it: pip install osmium (in conda: pyosmium)"
        raise ExtractError(f"reading it needs the package osmium, which is not installed; {fix}", path) from None
    return osmium


@dataclass(slots=True)
class _Draft:
    """A way before its nodes are known."""

    id: int
    tags: dict[str, str]
    names: tuple[str, ...]
    nodes: array[int]


def _first_pass(osmium: Any, path: Path) -> tuple[list[_Draft], list[OsmStation], int, dict[str, Any]]:  # noqa: ANN401
    """Ways that may concern us, stations, the number of boundaries, and the header."""
    node, way, relation = osmium.osm.NODE, osmium.osm.WAY, osmium.osm.RELATION
    reader = (
        osmium.FileProcessor(str(path), node | way | relation)
        .with_filter(osmium.filter.KeyFilter(*STATION_KEYS).enable_for(node))
        .with_filter(osmium.filter.KeyFilter(*WAY_KEYS).enable_for(way))
        .with_filter(osmium.filter.TagFilter(("type", "boundary"), ("type", "multipolygon")).enable_for(relation))
    )
    ways: dict[int, _Draft] = {}
    stations: dict[int, OsmStation] = {}
    relations = 0
    for element in reader:
        if element.is_relation():
            relations += 1
            continue
        tags = {key: value for key, value in element.tags if key in KEPT_KEYS}
        kind = _station_kind(tags)
        if element.is_node():
            if kind and element.location.valid():
                names = names_of((tag.k, tag.v) for tag in element.tags)
                place = (element.location.lon, element.location.lat)
                stations[element.id] = OsmStation(f"node/{element.id}", names, STATION_RANK.index(kind), place)
        elif (
            _is_track(tags) or _is_bridge(tags) or tags.get("man_made") == "pier" or tags.get("power") == "line" or kind
        ):
            names = names_of((tag.k, tag.v) for tag in element.tags)
            ways[element.id] = _Draft(element.id, tags, names, array("q", (ref.ref for ref in element.nodes)))
    return list(ways.values()), list(stations.values()), relations, header_of(reader.header)


def _second_pass(osmium: Any, path: Path, ways: list[_Draft]) -> tuple[_Places, int]:  # noqa: ANN401
    """Places of the nodes of ways, and how many appear twice."""
    refs = (ref for way in ways for ref in way.nodes if ref > 0)
    ids, lons, lats = array("q"), array("d"), array("d")
    for node in osmium.FileProcessor(str(path), osmium.osm.NODE).with_filter(osmium.filter.IdFilter(refs)):
        if node.location.valid():
            ids.append(node.id)
            lons.append(node.location.lon)
            lats.append(node.location.lat)
    order = np.argsort(np.asarray(ids, dtype=np.int64), kind="stable")
    numbers = np.asarray(ids, dtype=np.int64)[order]
    # Of a node that stands twice the last one counts.
    last = np.append(numbers[1:] != numbers[:-1], True) if len(numbers) else np.empty(0, dtype=bool)
    pairs = np.column_stack([np.asarray(lons), np.asarray(lats)])[order] if len(numbers) else np.empty((0, 2))
    return _Places(numbers[last], pairs[last]), int(np.count_nonzero(~last))


@dataclass(frozen=True, slots=True)
class _Places:
    """Places of nodes by number, in order."""

    numbers: NDArray[np.int64]
    pairs: NDArray[np.float64]

    def of(self, nodes: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Which nodes are known, and the places of these."""
        if not len(self.numbers):
            return np.zeros(len(nodes), dtype=bool), np.empty((0, 2))
        where = np.minimum(np.searchsorted(self.numbers, nodes), len(self.numbers) - 1)
        is_known = self.numbers[where] == nodes
        return is_known, self.pairs[where[is_known]]


def _locate(drafts: list[_Draft], places: _Places) -> tuple[list[Way], int]:
    """Ways with at least two known nodes, and how many nodes the extract lacks."""
    ways, lost = [], 0
    for draft in drafts:
        nodes = np.asarray(draft.nodes, dtype=np.int64)
        is_known, pairs = places.of(nodes)
        lost += int(np.count_nonzero(~is_known))
        tags = draft.tags | ({"name": "\n".join(draft.names)} if draft.names else {})
        # A way with a hole would draw a chord across it: its longest whole piece is taken.
        begin, end = _longest(is_known)
        if end - begin > 1:
            first = int(np.count_nonzero(is_known[:begin]))
            ways.append(Way(draft.id, tags, nodes[begin:end], pairs[first : first + end - begin]))
    return ways, lost


def _longest(is_known: NDArray[np.bool_]) -> tuple[int, int]:
    """Begin and end of the longest run of true.

    Examples
    --------
    >>> _longest(np.array([True, False, True, True])), _longest(np.array([], dtype=bool))
    ((2, 4), (0, 0))
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_known.astype(np.int8), [0]))))
    if not len(edges):
        return 0, 0
    begins, ends = edges[::2], edges[1::2]
    best = int(np.argmax(ends - begins))
    return int(begins[best]), int(ends[best])


def _is_track(tags: Mapping[str, str]) -> bool:
    return tags.get("railway") in RAIL | FORMER


def _is_bridge(tags: Mapping[str, str]) -> bool:
    return tags.get("bridge", "no") != "no" and ("railway" in tags or "highway" in tags)


def _station_kind(tags: Mapping[str, str]) -> str:
    return next((tags[key] for key in STATION_KEYS if tags.get(key) in STATION_RANK), "")


def _station_of_area(way: Way) -> OsmStation:
    lon, lat = way.pairs.mean(axis=0)
    names = tuple(way.tags.get("name", "").split("\n"))
    return OsmStation(f"way/{way.id}", names, STATION_RANK.index(_station_kind(way.tags)), (float(lon), float(lat)))


def _touches(way: Way, box: BBox) -> bool:
    west, south, east, north = box
    lon, lat = way.pairs[:, 0], way.pairs[:, 1]
    return bool(np.any((west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)))


def _bounds(ways: Iterable[Way]) -> BBox:
    pairs = np.vstack([way.pairs for way in ways])
    (west, south), (east, north) = pairs.min(axis=0), pairs.max(axis=0)
    return BBox(float(west), float(south), float(east), float(north))


def header_of(header: Any) -> dict[str, Any]:  # noqa: ANN401 - of osmium
    """Day and box of a file, as its header states them; empty and None where it does not."""
    box = header.box()
    low, high = box.bottom_left, box.top_right
    corners = BBox(low.lon, low.lat, high.lon, high.lat) if box.valid() else None
    return {"date": header.get("osmosis_replication_timestamp", "")[:10], "box": corners}


def _elsewhere(ways: Iterable[Way], within: BBox) -> str:
    theirs, ours = (
        f"{west:.1f}–{east:.1f}° E, {south:.1f}–{north:.1f}° N"
        for west, south, east, north in (_bounds(way for way in ways if _is_track(way.tags)), within)
    )
    fix = "take an extract that holds the lower Tumen (130–131° E, 42–43° N)"
    return f"its railways lie at {theirs}, ours at {ours}: it is of another region; {fix}"


def _warnings(*, relations: int, twice: int, lost: int, dated: bool) -> Iterable[str]:
    if not relations:
        yield (
            "it holds no boundary and no multipolygon. Relations stand last in a file, so it may have been cut off between two "
            "blocks, which no reader notices: compare its size or checksum with the publisher's"
        )
    if twice:
        yield f"{twice:,} nodes stand twice, the last one was taken: is it a history file, or two files put together?"
    if lost:
        yield f"{lost:,} nodes of ways are not in it, as of ways that leave the region; of such a way the longest piece is taken"
    if not dated:
        yield "its header states no date; the day the file was last changed is taken"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
