"""Bridges, piers and power lines of an extract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import shapely
from shapely.geometry import LineString, Polygon, shape
from shapely.ops import linemerge

from geo import line_length
from geo.geodesic.offset import gap_m, offset_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from .extract import Way

# Beyond the accuracy of ours.
BRIDGE_ROOM_M = 100.0
PIER_ROOM_M = 100.0
# A bridge of another length than this is another bridge.
LENGTH_SHARES = (0.5, 2.0)
CARRIES = {"rail_bridge": {"railway"}, "road_bridge": {"highway"}, "road_rail_bridge": {"railway", "highway"}}


class NoMatch(NamedTuple):
    """Why the extract has nothing for a feature; `vanished` when it has nothing of that kind there at all."""

    reason: str
    vanished: bool = False


def match_bridge(row: Mapping[str, Any], bridges: Iterable[Way]) -> tuple[LineString, str] | NoMatch:
    """Find the bridge of a crossing: its line and its ways."""
    properties, ours = row["properties"], shape(row["geometry"])
    reach_m = properties["accuracy_m"] + BRIDGE_ROOM_M
    carries = CARRIES[properties["kind"]]
    near = [way for way in bridges if carries & way.tags.keys() and gap_m(ours, LineString(way.pairs)) <= reach_m]
    if not near:
        return NoMatch(f"no bridge for {' or '.join(sorted(carries))} within {reach_m:.0f} m", vanished=True)
    merged = linemerge([LineString(way.pairs) for way in near])
    lines = list(getattr(merged, "geoms", [merged]))
    stated_m = properties.get("length_m") or line_length(list(ours.coords))
    fitting = [
        line for line in lines
        if not stated_m or LENGTH_SHARES[0] <= line_length(list(line.coords)) / stated_m <= LENGTH_SHARES[1]
    ]  # fmt: skip
    if not fitting:
        lengths = ", ".join(f"{line_length(list(line.coords)):.0f} m" for line in lines)
        return NoMatch(f"the bridges there are {lengths} long, ours {stated_m:.0f} m")
    best = min(fitting, key=lambda line: (round(gap_m(ours, line)), round(offset_m(ours, line)), line.wkt))
    parts = [way for way in near if shapely.covers(best, shapely.points(way.pairs)).all()]
    return _along(best, ours), labels(parts)


def match_piers(rows: Sequence[Mapping[str, Any]], piers: Sequence[Way]) -> tuple[dict[str, Way], dict[str, NoMatch]]:
    """Match piers, the nearest pairs first, each once; return the ways by our ids, and reasons for those without a match."""
    pairs = []
    reasons: dict[str, NoMatch] = {}
    for row in rows:
        ours, properties = shape(row["geometry"]), row["properties"]
        reach_m = properties["accuracy_m"] + PIER_ROOM_M
        candidates = [(gap_m(ours.centroid, pier_geometry(way)), properties["id"], way) for way in piers]
        near = [wish for wish in candidates if wish[0] <= reach_m]
        pairs += near
        if not near:
            reasons[properties["id"]] = NoMatch(f"no pier within {reach_m:.0f} m", vanished=True)
    matched: dict[str, Way] = {}
    used: set[int] = set()
    for _, pier_id, way in sorted(pairs, key=lambda wish: (wish[0], wish[1], wish[2].id)):
        if pier_id not in matched and way.id not in used:
            matched[pier_id] = way
            used.add(way.id)
    for _, pier_id, way in pairs:
        if pier_id not in matched:
            reasons[pier_id] = NoMatch(f"way/{way.id} is nearer to another pier")
    return matched, reasons


def pier_geometry(way: Way) -> BaseGeometry:
    """Line of a pier, or its area where the way is closed."""
    area = Polygon(way.pairs) if way.closed and way.tags.get("area") != "no" else None
    return area if area is not None and area.is_valid else LineString(way.pairs)


def power_over_border(
    lines: Iterable[Way], border: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[Way, str, LineString]]:
    """Power lines that cross a border, with the ids of what they cross."""
    borders = [
        (row["properties"]["id"], shape(row["geometry"])) for row in border if row["geometry"]["type"] != "Point"
    ]
    for way in lines:
        line = LineString(way.pairs)
        for border_id, course in borders:
            if line.intersects(course):
                yield way, border_id, line
                break


def labels(ways: Iterable[Way]) -> str:
    """Ways by kind and number."""
    return ", ".join(f"way/{way.id}" for way in ways)


def _along(line: LineString, ours: BaseGeometry) -> LineString:
    """Turn the line so that it runs in the direction of ours."""
    if ours.geom_type != "LineString":
        return line
    first, last = (shapely.Point(ours.coords[i]) for i in (0, -1))
    straight = first.distance(shapely.Point(line.coords[0])) + last.distance(shapely.Point(line.coords[-1]))
    turned = first.distance(shapely.Point(line.coords[-1])) + last.distance(shapely.Point(line.coords[0]))
    return line if straight <= turned else line.reverse()
