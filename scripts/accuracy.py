"""Compare railways and sea routes with published lengths and write ``docs/accuracy.md``: ``python scripts/accuracy.py``."""

import tomllib
from dataclasses import replace
from itertools import combinations
from math import hypot
from pathlib import Path
from statistics import median
from typing import Any

import shapely

import geo
import layers
from layers.graph import edges as section
from layers.graph.compilation import Inputs
from layers.graph.lengths import SYSTEMATIC, followed, measured, published
from layers.record.store import PACKAGED

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "accuracy.md"
SEA_LENGTHS = ROOT / "layers" / "tables" / "sea_lengths.toml"
ROAD_LENGTHS = ROOT / "layers" / "tables" / "road_lengths.toml"
STATION_POSITIONS = ROOT / "layers" / "tables" / "station_positions.toml"
STATION_HEAD = """
# How accurate the stations are

Stations with a position in a second source. {held} of {count} ({share:.0%}) lie within `accuracy_m` of it. The sources are an
encyclopedia and a GIS of the railways of 1942; where they differ, `accuracy_m` was widened to hold both. So the share confirms
that no station is stated more accurately than its sources agree, but nothing about stations with a single source.

| station | second source | apart, m | accuracy_m |
|---|---|---:|---:|
"""
ROAD_HEAD = """
# How accurate the road links are

Routed like the railways over the chords of the package, which has fewer roads than railways: in the DPRK chords of 50 km and
more, in the Khasan district none. Sections that are missing are drawn straight or along the railway. `length_uncertainty_m`
follows the rule of the railways, with 30 % of the length where none was published: on Wonsan–Rajin the figure is off by nearly
that. The routes below use every road, open or not.

| from | to | published, km | measured, km | ± km | difference | source |
|---|---|---:|---:|---:|---:|---|
"""
SEA_HEAD = """
# How accurate the sea routes are

The shortest path around the land of the layer `land`, 50 m off the shore. A ship keeps farther off, follows lanes and
avoids waters that are closed to it: it sails farther. Where a published figure is below the straight line between the positions
of our ports, the source rounds or uses other positions. `±` combines the accuracy of both ports and the effect of the
accuracy of the shore (300 m – 4 km) at every turn. Figures were read as stored copies of the pages.

A test compares the routes with a search over all lines between all corners of the shore, and with grids of 350 m and 450 m, in
the south-west of Korea and in the Peter the Great Gulf. None was longer.

| from | to | published, nmi | measured, nmi | straight, nmi | difference | source |
|---|---|---:|---:|---:|---:|---|
"""
UNPUBLISHED_HEAD = """
No published length was found for these; nor for Khasan to Pohang by rail and sea, the trial of November 2014.

| from | to | measured, nmi | straight, nmi |
|---|---|---:|---:|
"""
LANES_HEAD = """
**Lanes.** Beyond the map routes follow lanes, which are drawn from node to node and not around the shore. Between ports with
both kinds of routes, more than 500 km apart, lanes were longer than the path around the land
by {least:.0%} to {most:.0%}, in the median {median:.0%}; on routes of more than 2000 km by {least_far:.0%} to {most_far:.0%}. So
8 % of the length of lanes is added to the uncertainty of a route: less than the error of short lanes.

| from | to | by lanes, nmi | around the land, nmi | difference |
|---|---|---:|---:|---:|
"""
UNPUBLISHED = ("dangjin", "gwangyang", "boryeong", "pohang", "busan", "niigata")
LANE_ENDS = (
    "port/busan",
    "port/vladivostok",
    "port/niigata",
    "port/dalian",
    "port/incheon",
    "Shanghai",
    "Tokyo",
    "Hong Kong",
)
TRIPS = tomllib.loads((ROOT / "layers" / "tables" / "trips.toml").read_text(encoding="utf-8"))["trip"]
TRIPS_HEAD = """
# Trips of record

Real trips, computed from the data a planner has: from, to, load, day, and a port at which the load was handled.
A test checks that the route passes the same places in the same order. Where a part is named, the lengths are those of the part.

| trip | day | load | by | found | published | source |
|---|---|---|---|---:|---:|---|
"""
SHORTEST_LANE_M, FAR_M = 500_000, 2_000_000
HEAD = """\
# How accurate the railways are

Written by `python scripts/accuracy.py`; a test checks that it matches the data.

**Course.** The railways are routed over the chords of an OpenStreetMap extract thinned to about one node every 2 km, sometimes
one in 25 km, through the stations of known position. Each chord has the length of the track that it represents. A track of
length *w* between two points *c* apart cannot lie farther from the chord than half the width of the ellipse, ½√(*w*² − *c*²).
On the Baranovsky–Khasan line twelve stations are known to about 30 m; with the line drawn from end to end without them they
were 4 m to 3.5 km off the chords, at most 0.72 of that bound. `accuracy_m` of a section is 0.75 of it, and never less than the
accuracy of its stations.

Between Hongui and Kwangok the line follows a published track: its vertices lie 126 m off those of OpenStreetMap in the median and
359 m at worst, so 250 m are stated. Around the lower Tumen an unpublished course has smooth bends at its nodes instead of
corners, up to about 0.35 of that bound, and follows the bank where the chords would leave their country.

**Length.** `length_m` of a section in the layer is the length of the track in the package, not of the chords (which are 12 %
shorter). The network uses published figures: the chainage of a section where both ends have one, else its share of the shortest
published length that covers it, else the drawn length times {ratio:.3f}, the median ratio of published to drawn lengths. Routes
state both, `length_m` and `geometry_m`. Errors of sections are independent and add in quadrature; that of the median is common
to all sections without a published length, {systematic:.1%} of their length, and adds linearly. Where a published length
contradicts those of its parts, the uncertainty of the parts is the difference.

**Against published lengths.** {count} lengths that a source states between two stations, along the line that it describes. Drawn,
they come to {total_m:,.0f} km where the sources give {total_p:,.0f} km: {bias:+.1%}. In the network {held} of them ({share:.0%})
lie within the stated uncertainty, of {width:.1%} in the median. Left out one at a time and predicted from the rest,
{held_out} ({share_out:.0%}) do, within {width_out:.1%} in the median. With drawn lengths and errors added up it was
{width_before:.1%}, for {share_before:.0%}. The largest differences come first.

| from | to | published, km | drawn, km | difference | in the network, km | source |
|---|---|---:|---:|---:|---:|---|
"""


def document() -> str:
    """Text of ``docs/accuracy.md``."""
    pairs = layers.compared_lengths()
    out = left_out()
    within = sum(abs(route.length_m - length.length_m) <= route.uncertainty_m for length, route in pairs)
    held_out = sum(abs(part.metres - published) <= part.uncertainty_m for published, part, _ in out)
    total_m, total_p = sum(_drawn_m(route) for _, route in pairs), sum(length.length_m for length, _ in pairs)
    head = HEAD.format(
        count=len(pairs),
        held=within,
        share=within / len(pairs),
        held_out=held_out,
        share_out=held_out / len(out),
        width=median(route.uncertainty_m / route.length_m for _, route in pairs),
        width_out=median(part.uncertainty_m / part.metres for _, part, _ in out),
        width_before=median(before.uncertainty_m / before.metres for _, _, before in out),
        share_before=sum(abs(before.metres - published) <= before.uncertainty_m for published, _, before in out)
        / len(out),
        ratio=median(length.length_m / _drawn_m(route) for length, route in pairs),
        systematic=SYSTEMATIC["rail"],
        total_m=total_m / 1000,
        total_p=total_p / 1000,
        bias=total_m / total_p - 1,
    )
    rails = head + "".join(_row(*pair) for pair in pairs) + TRIPS_HEAD + "".join(map(_trip_row, TRIPS))
    stations = _stations()
    roads = ROAD_HEAD + "".join(_road_row(row, route) for row, route in compared_road_lengths())
    sea = SEA_HEAD + "".join(_sea_row(row, path) for row, path in compared_sea_lengths())
    return rails + stations + roads + sea + UNPUBLISHED_HEAD + "".join(map(_unpublished_row, UNPUBLISHED)) + _lanes()


def compared_positions() -> list[tuple[layers.Place, str, float]]:
    """Return each station with a position in a second source, with that source and the distance between the two."""
    rows = tomllib.loads(STATION_POSITIONS.read_text(encoding="utf-8"))["position"]
    places = [layers.find(row["station"]) for row in rows]
    return [
        (place, row["source"], geo.distance(place.lonlat, tuple(row["point"])))
        for place, row in zip(places, rows, strict=True)
    ]


def _stations() -> str:
    rows = compared_positions()
    within = sum(apart_m <= place.accuracy_m for place, _, apart_m in rows)
    head = STATION_HEAD.format(held=within, count=len(rows), share=within / len(rows))
    sources = layers.sources()
    return head + "".join(
        f"| {place.name} | {sources[source].title} | {apart_m:.0f} | {place.accuracy_m:.0f} |\n"
        for place, source, apart_m in sorted(rows, key=lambda row: -row[2])
    )


def compared_road_lengths() -> list[tuple[dict[str, Any], geo.Route]]:
    """Return each published length of a road with the route over our road links."""
    links = layers.catalog().features("road_links")
    ends = {end for link in links for end in (link["properties"]["from_node"], link["properties"]["to_node"])}
    places = [layers.find(end) for end in sorted(ends)]
    nodes = [geo.Node(place.id, place.lonlat, place.name, place.accuracy_m) for place in places]
    net = geo.Network(nodes, [_road_edge(link) for link in links])
    rows = tomllib.loads(ROAD_LENGTHS.read_text(encoding="utf-8"))["length"]
    return [(row, geo.route(net, row["from"], row["to"], cost="distance")) for row in rows]


def _road_edge(link: Any) -> geo.Edge:  # noqa: ANN401 - a GeoJSON feature
    properties = link["properties"]
    return geo.Edge(
        id=properties["id"],
        from_node=properties["from_node"],
        to_node=properties["to_node"],
        mode="road",
        line=properties["name"],
        length_m=properties["length_m"],
        systematic_m=properties["length_uncertainty_m"],
        status=properties["status"],
        coordinates=tuple((lon, lat) for lon, lat in link["geometry"]["coordinates"]),
    )


def _road_row(row: dict[str, Any], route: geo.Route) -> str:
    published, measured = row["value_km"], route.length_m / 1000
    source = layers.sources()[row["source"]].cite() + (f": {row['note']}" if "note" in row else "")
    ends = f"{route.legs[0].from_name} | {route.legs[-1].to_name}"
    uncertainty = f"{route.uncertainty_m / 1000:.0f}"
    return (
        f"| {ends} | {published:.1f} | {measured:.1f} | {uncertainty} | {measured / published - 1:+.0%} | {source} |\n"
    )


def compared_sea_lengths() -> list[tuple[dict[str, Any], geo.SeaPath]]:
    """Return each published distance by sea with ours."""
    rows = tomllib.loads(SEA_LENGTHS.read_text(encoding="utf-8"))["length"]
    return [(row, layers.sea_path(row["from"], row["to"])) for row in rows]


def compared_lanes() -> list[tuple[geo.SeaPath, geo.SeaPath]]:
    """Return routes by lanes alone with those around the land."""
    nowhere = geo.SeaChart(shapely.box(0, 0, 1, 1), extent=geo.BBox(0, 0, 1, 1))
    pairs = []
    for a, b in combinations(LANE_ENDS, 2):
        around = layers.sea_path(a, b)
        if around.length_m > SHORTEST_LANE_M:
            pairs.append((geo.sea_path(around.turns[0], around.turns[-1], nowhere, lanes=layers.lanes()), around))
    return pairs


def _lanes() -> str:
    pairs = compared_lanes()
    every = [lane.length_m / sea.length_m - 1 for lane, sea in pairs]
    far = [lane.length_m / sea.length_m - 1 for lane, sea in pairs if sea.length_m > FAR_M]
    head = LANES_HEAD.format(
        least=min(every), most=max(every), median=median(every), least_far=min(far), most_far=max(far)
    )
    return head + "".join(
        f"| {sea.from_name} | {sea.to_name} | {geo.to_unit(lane.length_m, 'nmi'):.0f} | {geo.to_unit(sea.length_m, 'nmi'):.0f} "
        f"| {lane.length_m / sea.length_m - 1:+.0%} |\n"
        for lane, sea in pairs
    )


def _unpublished_row(port: str) -> str:
    path = layers.sea_path("port/rajin", f"port/{port}")
    straight = geo.to_unit(path.straight_line_m, "nmi")
    return f"| {path.from_name} | {path.to_name} | {path.distance.text('nmi').replace(' nmi', '')} | {straight:.0f} |\n"


def _sea_row(row: dict[str, Any], path: geo.SeaPath) -> str:
    published, straight = row["length_nmi"], geo.to_unit(path.straight_line_m, "nmi")
    difference = path.distance.to("nmi") / published - 1
    measured = path.distance.text("nmi").replace(" nmi", "")
    source = f"[{row['source'].replace('[', '(').replace(']', ')')}]({row['url']}): {row['note']}"
    return f"| {path.from_name} | {path.to_name} | {published} | {measured} | {straight:.0f} | {difference:+.0%} | {source} |\n"


def left_out() -> list[tuple[float, geo.Distance, geo.Distance]]:
    """Return each published length of railway with the length of the network without it, and with the drawn length alone."""
    inputs = Inputs(PACKAGED, PACKAGED)
    drawn_sections = [section.railway(row) for row in inputs.features("railways")]
    road = inputs.table("road_lengths")["lengths"]
    lengths = [length for length in published(inputs.table("lengths")["lengths"], road) if length.mode == "rail"]
    results = []
    for length in lengths:
        covered = followed(drawn_sections, length)
        remaining = {
            part.id: part
            for part in measured(
                [_unchained(part, covered) for part in drawn_sections],
                [other_length for other_length in lengths if other_length != length],
            )
        }
        now = [remaining[part.id] for part in covered]
        spread = hypot(sum(part.systematic_m for part in now), *(part.uncertainty_m for part in now))
        before = geo.Distance(sum(part.length_m for part in covered), sum(part.uncertainty_m for part in covered))
        results.append((length.length_m, geo.Distance(sum(part.length_m for part in now), spread), before))
    return results


def _unchained(part: section.Section, covered: list[section.Section]) -> section.Section:
    """Drop the chainage of sections covered by the omitted length: most such lengths are differences of chainages."""
    ids = {section.id for section in covered}
    return replace(part, chainages_km=(None, None)) if part.id in ids else part


def _drawn_m(route: geo.Route) -> float:
    return sum(leg.length_m if leg.geometry_m is None else leg.geometry_m for leg in route.legs)


def _row(length: geo.PublishedLength, route: geo.Route) -> str:
    drawn_km, published_km = _drawn_m(route) / 1000, length.length_m / 1000
    ends = f"{route.legs[0].from_name} | {route.legs[-1].to_name}"
    stated = route.distance.text("km").replace(" km", "")
    off = drawn_km / published_km - 1
    return f"| {ends} | {published_km:.1f} | {drawn_km:.1f} | {off:+.0%} | {stated} | {length.source_title} |\n"


def _trip_row(row: dict[str, Any]) -> str:
    route = layers.route(
        row["from"], row["to"], via=row.get("via", ()), as_of=row["day"], load=row["load"], modes=row.get("modes")
    )
    part = route.between(*row["of"]) if "of" in row else route.distance
    unit = "nmi" if "published_nmi" in row else "km"
    stated = row.get(f"published_{unit}", "")
    via = " – ".join(stop.name for stop in route.stops if stop.node_id in row["of"]) if "of" in row else ""
    stated_text = f"{stated} {unit}" if stated else ""
    places = " – ".join(
        dict.fromkeys(stop.name for stop in route.stops if stop.node_id in {row["from"], *row["passes"]})
    )
    sources = layers.sources()
    cited = "; ".join(sources[source].cite() for source in row["sources"])
    ours = f"{part.text(unit)}{f' ({via})' if via else ''}"
    return f"| {row['name']} | {row['day']} | {row['load']} | {places} | {ours} | {stated_text} | {cited} |\n"


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
    print(TARGET)
