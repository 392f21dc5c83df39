"""Checks the topology of the railways: joined ends, matching gauges, borders crossed only at crossings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import shape

from geo import distance
from geo.geodesic.offset import gap_m
from geo.lonlat import SHORTEST_LAT_DEGREE_M

from .crossing import issue, open_over_shut
from .exception import excepted
from .report import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Layers = Mapping[str, list[dict[str, Any]]]

# A section may miss its station by the rounding of both.
TOUCH_M = 1.0
# A station nearer than this to a section that does not stop there looks like a joint that was forgotten.
NEAR_MISS_M = 50.0
OPEN = frozenset({"operating", "suspended"})
RAIL_CROSSINGS = frozenset({"rail_bridge", "road_rail_bridge", "rail_crossing"})


def check_network(layers: Layers, files: Mapping[str, str]) -> Iterator[Issue]:
    """Check railways against stations, and where there are any, against crossings."""
    stations = {row["properties"]["id"]: row for row in layers["stations"]}
    yield from _sections_end_at_stations(layers["railways"], stations, files["railways"])
    yield from _stations_on_railways(layers, files["stations"])
    yield from _near_misses(layers, files["stations"])
    yield from _breaks_of_gauge(layers, files["stations"])
    if "crossings" in layers:
        yield from _borders_crossed(layers, stations, files["railways"])


def _sections_end_at_stations(rows: list[dict[str, Any]], stations: Mapping[str, Any], file: str) -> Iterator[Issue]:
    for row in rows:
        properties, ends = row["properties"], (row["geometry"]["coordinates"][0], row["geometry"]["coordinates"][-1])
        for key, end in zip(("from_node", "to_node"), ends, strict=True):
            station = stations.get(properties[key])
            if station is None:
                problem, fix = f"there is no station {properties[key]!r}", "add it, or correct the id"
            elif (off := distance(tuple(station["geometry"]["coordinates"]), tuple(end))) > TOUCH_M:
                problem, fix = f"it ends {off:.0f} m from {properties[key]!r}", "draw it to the station"
            else:
                continue
            yield Issue(file, properties["id"], key, problem, fix)


def _stations_on_railways(layers: Layers, file: str) -> Iterator[Issue]:
    rails = [shape(row["geometry"]) for row in layers["railways"]]
    tree = shapely.STRtree(rails)
    served = {row["properties"][key] for row in layers["railways"] for key in ("from_node", "to_node")}
    for row in layers["stations"]:
        station, properties = shape(row["geometry"]), row["properties"]
        off = gap_m(station, rails[int(tree.nearest(station))])
        if off > max(properties["accuracy_m"], TOUCH_M):
            problem = f"the station lies {off:.0f} m from the nearest railway"
            yield Issue(file, properties["id"], "geometry", problem, "move it, or add the railway it is on")
        elif properties["id"] not in served:
            problem = "no section begins or ends at the station, so no route reaches it"
            yield Issue(file, properties["id"], "id", problem, "cut the section that passes it in two")


def _near_misses(layers: Layers, file: str) -> Iterator[Issue]:
    """Stations that lie on a section, or beside it, which does not stop there."""
    rows = layers["railways"]
    tree = shapely.STRtree([shape(row["geometry"]) for row in rows])
    for row in layers["stations"]:
        point, properties = shape(row["geometry"]), row["properties"]
        reach = NEAR_MISS_M / SHORTEST_LAT_DEGREE_M / np.cos(np.radians(point.y))
        for index in tree.query(point.buffer(reach)):
            section = rows[int(index)]["properties"]
            if properties["id"] in {section["from_node"], section["to_node"]} or excepted(
                properties, "joint", section["id"]
            ):
                continue
            off = gap_m(point, shape(rows[int(index)]["geometry"]))
            if off <= NEAR_MISS_M:
                problem = f"{section['id']!r} passes it at {off:.0f} m and is not joined to it"
                fix = "cut the section at the station, or state in `exceptions` why it does not stop there"
                yield Issue(file, properties["id"], "geometry", problem, fix)


def _breaks_of_gauge(layers: Layers, file: str) -> Iterator[Issue]:
    """Stations whose open sections share no gauge must say so, and no other may."""
    gauges: defaultdict[str, list[set[int]]] = defaultdict(list)
    for row in layers["railways"]:
        properties = row["properties"]
        if properties["status"] in OPEN:
            for key in ("from_node", "to_node"):
                gauges[properties[key]].append(set(properties["gauge_mm"]))
    for row in layers["stations"]:
        properties = row["properties"]
        meeting = gauges.get(properties["id"], [])
        breaks = len(meeting) > 1 and not set.intersection(*meeting)
        if breaks != properties.get("break_of_gauge", False):
            meeting_gauges = " | ".join(", ".join(map(str, sorted(gauges))) for gauges in meeting)
            stated = "break_of_gauge is true" if properties.get("break_of_gauge") else "break_of_gauge is not stated"
            problem = f"the gauges that meet here are {meeting_gauges or 'none'} mm, {stated}"
            fix = "correct a gauge" + (", or set break_of_gauge = true" if breaks else ", or remove break_of_gauge")
            yield Issue(file, properties["id"], "break_of_gauge", problem, fix)


def _borders_crossed(layers: Layers, stations: Mapping[str, Any], file: str) -> Iterator[Issue]:
    """Check that a section from one country to another passes a crossing of these two, open if it is, of its gauge."""
    crossings = [row for row in layers["crossings"] if row["properties"]["kind"] in RAIL_CROSSINGS]
    for row in layers["railways"]:
        properties = row["properties"]
        nodes = [stations.get(properties[key]) for key in ("from_node", "to_node")]
        ends = [set(node["properties"]["countries"]) for node in nodes if node]
        if len(ends) < 2 or ends[0] & ends[1] or excepted(properties, "crossing"):  # noqa: PLR2004 - both ends
            continue
        countries = ends[0] | ends[1]
        line = shape(row["geometry"])
        near = [
            item["properties"]
            for item in crossings
            if set(item["properties"]["countries"]) <= countries
            and gap_m(shape(item["geometry"]), line) <= properties["accuracy_m"] + item["properties"]["accuracy_m"]
        ]
        names = " and ".join(sorted(countries))
        if not near:
            problem = f"it runs from {names} and no rail crossing between them is near"
            fix = "add the crossing, or state in `exceptions` why there is none"
            yield Issue(file, properties["id"], "geometry", problem, fix)
        elif "crossing" not in properties and all(shut := [open_over_shut(properties, item, "rail") for item in near]):
            yield issue(file, properties["id"], near[0]["id"], shut[0] or {})
        else:
            yield from _gauge_of_crossing(properties, near, file)


def _gauge_of_crossing(properties: Mapping[str, Any], near: list[dict[str, Any]], file: str) -> Iterator[Issue]:
    """Check that a crossing has the gauges of its section: a section has one set of gauges throughout."""
    stated = [item for item in near if "gauge_mm" in item]
    if stated and all(set(item["gauge_mm"]) != set(properties["gauge_mm"]) for item in stated):
        problem = f"its gauge is {sorted(properties['gauge_mm'])}, that of {stated[0]['id']!r} {sorted(stated[0]['gauge_mm'])}"
        yield Issue(
            file, properties["id"], "gauge_mm", problem, "correct one of the two, or cut the section at the crossing"
        )
