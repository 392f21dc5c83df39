"""The layers ``railways`` and ``stations``: lines routed over a graph of chords, through the stations.

A section runs between two neighbouring stations of a line, see `course`; one whose track a source publishes follows that.
Stations with a known chainage but no published position are placed on the section by it, and cut it in two.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from shapely.geometry import LineString, Point
from shapely.ops import substring

from . import crossed, package, table
from .collection import Collection, feature
from .course import HAND_DRAWN_SHARE, Course, Graph, lay
from .remark import Remark, with_remark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.record.store import JsonObject

    Stations = dict[str, dict[str, Any]]
    Stop = tuple[str, float | None, float]

# Of a graph node (0.001 degrees) and of the yard around it.
NODE_ACCURACY_M = 2000
# The length of a chord bounds how far the track can swing off it. This share of the bound held each of the 12 stations of
# known position when the chords were not drawn through them; `docs/accuracy.md` has the method.
SWING_SHARE = 0.75
# Of a track that a source publishes: its vertices lie up to 359 m off those of OpenStreetMap, 126 m in the median.
TRACK_ACCURACY_M = 250
# By this share of itself the length of a section differs from the published one in 95 of 100 cases.
LENGTH_SHARE = 0.14
# Where the chainage of both ends, or the length, is published, it is as uncertain as the two differ, and by this share at least.
PUBLISHED_SHARE = 0.02


def build() -> tuple[Collection, Collection]:
    """Build ``railways`` and ``stations`` from scgraph-data and the tables of the same names."""
    graph = Graph()
    lines, points = table.read("railways"), table.read("stations")
    stations = {row["id"]: _with_point(row, graph) for row in points["feature"]}
    histories = crossed.crossings()
    sections = [
        section
        for line in lines["line"]
        for start, end in pairwise(line["stations"])
        for section in _sections(
            crossed.dated(section_row(line, start, end), histories, "rail"), stations, graph, lines["licence"]
        )
    ]
    packages = (package.named("scgraph-data"),)
    return (
        Collection("railways", lines["title"], lines["licence"], lines["attribution"], sections, packages),
        Collection(
            "stations",
            points["title"],
            points["licence"],
            points["attribution"],
            [_station(row, points["licence"]) for row in stations.values()],
            packages,
        ),
    )


def _with_point(row: dict[str, Any], graph: Graph) -> dict[str, Any]:
    """Station with its position: its own, or that of the nearest node; none yet if it is placed along a line later."""
    if "near" not in row:
        return dict(row)
    node, _ = graph.nearest(tuple(row["near"]))
    position = {"point": graph.pair(node), "accuracy_m": NODE_ACCURACY_M, "geometry_method": "schematic"}
    columns = {key: value for key, value in row.items() if key not in {"near", "snap_km"}}
    return columns | position | {"note": with_remark(row.get("note"), Remark.NODE)}


def section_row(line: dict[str, Any], start: str, end: str, *, stops: str = "stations") -> dict[str, Any]:
    """Attributes of a section: the line's, overridden by its own; `stops` is the key of the places that the line runs through."""
    section: dict[str, Any] = next(
        (row for row in line.get("section", ()) if (row["from"], row["to"]) == (start, end)), {}
    )
    alone = len(line[stops]) == 2  # noqa: PLR2004 - what is said of the whole line then holds for its only section
    general = {"section", stops, *(() if alone else ("figures", "published_length_km", "note"))}
    row = {key: value for key, value in (line | section).items() if key not in general or key in section}
    row |= {"line": line["id"], "from": start, "to": end}
    if not row.get("electrification"):
        row.pop("electrification", None)
    return row


def _sections(row: dict[str, Any], stations: Stations, graph: Graph, licence: str) -> list[JsonObject]:
    """Features of a section, cut at the stations that are placed on it by their chainage."""
    start, end = stations[row["from"]], stations[row["to"]]
    course = lay(graph, start, end, row)
    begin_km, end_km = (_chainage(station, row) for station in (start, end))
    stops: list[Stop] = [(row["from"], begin_km, 0.0)]
    if begin_km is not None and end_km is not None:
        stops += _placed(row, stations, course, begin_km, end_km)
    stops.append((row["to"], end_km, 1.0))
    if len(stops) > 2:  # noqa: PLR2004 - what is said of the whole section does not hold for its pieces
        row = {key: value for key, value in row.items() if key not in {"figures", "published_length_km"}}
    return [
        feature(_properties(row, course, start, end, stations, licence), _cut(course, start[2], end[2]))
        for start, end in pairwise(stops)
    ]


def _placed(row: dict[str, Any], stations: Stations, course: Course, begin_km: float, end_km: float) -> list[Stop]:
    """Place the stations that lie on the section by chainage, and give them as stops in order."""
    stops: list[Stop] = []
    for station in stations.values():
        if station.get("along", {}).get("line") != row["line"]:
            continue
        km = station["along"]["chainage_km"]
        share = (km - begin_km) / (end_km - begin_km)
        if 0 < share < 1:
            stops.append((station["id"], km, share))
            point = LineString(course.pairs).interpolate(share, normalized=True)
            station |= {
                "point": (point.x, point.y),
                "accuracy_m": max(accuracy_m(course), station["along"].get("accuracy_m", 1000)),
                "geometry_method": "constructed",
                "note": with_remark(station.get("note"), Remark.CHAINAGE),
            }
    return sorted(stops, key=lambda stop: stop[2])


def _cut(course: Course, begin: float, end: float) -> LineString:
    return substring(LineString(course.pairs), begin, end, normalized=True)


def _properties(
    row: dict[str, Any], course: Course, first: Stop, last: Stop, stations: Stations, licence: str
) -> dict[str, Any]:
    (start, begin_km, begin), (end, end_km, finish) = first, last
    length_m = course.length_m * (finish - begin)
    ends = (stations[start]["accuracy_m"], stations[end]["accuracy_m"])
    measured = {
        "id": f"rail/{_slug(row['line'])}/{_slug(start)}-{_slug(end)}",
        "from_node": start,
        "to_node": end,
        "length_m": round(length_m),
        "length_uncertainty_m": length_uncertainty_m(
            length_m, published_m(row, begin_km, end_km), by_hand=course.by_hand
        ),
        # The ends of a published track lie on it, wherever along it the stations are.
        "accuracy_m": accuracy_m(course) if course.traced else max(accuracy_m(course), *ends),
        "geometry_method": "published" if course.traced else "schematic",
        "note": note_of(row),
    }
    measured |= {"chainage_from_km": begin_km, "chainage_to_km": end_km}
    columns = {
        key: value for key, value in row.items() if key not in {"from", "to", "via", "track", "closed_gap", "chainage"}
    }
    return table.subject(columns | measured, licence)


def published_m(row: Mapping[str, Any], begin_km: float | None, end_km: float | None) -> float | None:
    """Return the published length of a section in metres: between its two chainages, or its own."""
    if begin_km is not None and end_km is not None:
        return abs(end_km - begin_km) * 1000
    return row["published_length_km"] * 1000 if "published_length_km" in row else None


def length_uncertainty_m(
    length_m: float, published_m: float | None, *, by_hand: bool, share: float = LENGTH_SHARE
) -> int:
    """How far a length is off in 95 of 100 cases, in metres; `share` of itself where nothing was published."""
    if published_m is None:
        return max(round(length_m * (HAND_DRAWN_SHARE if by_hand else share)), 1)
    return max(round(abs(length_m - published_m)), round(length_m * PUBLISHED_SHARE), 1)


def note_of(row: dict[str, Any]) -> str | None:
    """Note of a section; it names parts drawn by hand across a gap in the package."""
    note: str | None = row.get("note")
    return with_remark(note, Remark.BY_HAND, row["closed_gap"]) if "closed_gap" in row else note


def accuracy_m(course: Course) -> int:
    """Radius around the line that holds the track, in steps of 50 m."""
    if course.traced:
        return TRACK_ACCURACY_M
    return max(round(course.swing_m * SWING_SHARE / 50) * 50, 150)


def _chainage(station: dict[str, Any], row: dict[str, Any]) -> float | None:
    if not row.get("chainage", True):
        return None
    chainages_km = (entry["km"] for entry in station.get("chainage", ()) if entry["line"] == row["line"])
    return next(chainages_km, None)


def _station(row: dict[str, Any], licence: str) -> JsonObject:
    properties = {key: value for key, value in row.items() if key not in {"point", "along", "snap_km"}}
    return feature(table.subject(properties, licence), Point(row["point"]))


def _slug(feature_id: str) -> str:
    return feature_id.rpartition("/")[2]
