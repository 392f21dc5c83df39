"""The layer ``border``: lines that two time-zone polygons share, and hand-typed points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import LineString, Point
from shapely.ops import split

from geo import line_length

from . import package, table
from .collection import Collection, feature

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from layers.record.store import JsonObject

# Where the river line meets the sea: a vertex of the OSM boundary.
MOUTH = Point(130.6969892, 42.2928718)
# The Primorye part of the Chinese border, from the tripoint to north of Lake Khanka.
PRIMORYE = shapely.box(130.0, 42.0, 134.0, 45.4)
# The line of 1953 between the Han estuary and the east coast; OSM draws a different line at sea.
MILITARY_DEMARCATION = shapely.box(126.662, 37.5, 128.372, 38.7)
MEASURED = {
    "attribute": "length_m",
    "value": 0,
    "unit": "m",
    "source": "osm-timezonefinder",
    "used": True,
    "note": "Measured on the ellipsoid along the line that is shown.",
}
# Vertices of the two long land borders stand 50 m apart; nothing is lost at 5 m.
THINNING_DEG = 0.00005


def build() -> Collection:
    """Build the layer from timezonefinder and the table ``border``."""
    rows = table.read("border")
    lines = shared_lines()
    features = [_line_feature(row, lines[row["id"]], rows["licence"]) for row in rows["line"]]
    features += [_point_feature(row, rows["licence"]) for row in rows["feature"]]
    packages = (package.named("timezonefinder"), package.named("timezonefinder-data"))
    return Collection("border", rows["title"], rows["licence"], rows["attribution"], features, packages)


def shared_lines() -> dict[str, LineString]:
    """Border lines by feature id, in degrees, as OpenStreetMap has them."""
    zones = {name: package.time_zone(f"Asia/{name}") for name in ("Pyongyang", "Vladivostok", "Shanghai", "Seoul")}
    russia_korea = shared(zones["Pyongyang"], zones["Vladivostok"])
    nearest = russia_korea.interpolate(russia_korea.project(MOUTH))
    sea, river = split(shapely.snap(russia_korea, nearest, 1e-6), nearest).geoms
    return {
        "border/ru-kp-river": river.reverse(),
        "border/ru-kp-sea": sea.reverse(),
        "border/cn-kp": shared(zones["Shanghai"], zones["Pyongyang"]).simplify(THINNING_DEG),
        "border/ru-cn": longest(shared(zones["Shanghai"], zones["Vladivostok"]).intersection(PRIMORYE)).simplify(
            THINNING_DEG
        ),
        "border/kr-kp": longest(shared(zones["Seoul"], zones["Pyongyang"]).intersection(MILITARY_DEMARCATION)),
    }


def rivers() -> BaseGeometry:
    """Tumen and Yalu where they are the border."""
    lines = shared_lines()
    return shapely.union_all([lines["border/ru-kp-river"], lines["border/cn-kp"]])


def shared(first: BaseGeometry, second: BaseGeometry) -> LineString:
    """Longest line that is on the boundary of both polygons; rings around islets are left out."""
    return longest(shapely.line_merge(shapely.intersection(first.boundary, second.boundary)))


def longest(lines: BaseGeometry) -> LineString:
    """Longest part of one or several lines."""
    return max(getattr(lines, "geoms", [lines]), key=lambda line: line.length)


def _line_feature(row: dict[str, Any], line: LineString, licence: str) -> JsonObject:
    length_m = round(line_length(list(line.coords)))
    published = [figure | {"used": False} for figure in row.get("figures", ())]
    measured = MEASURED | {"value": length_m}
    lengths = {"length_m": length_m, "figures": [measured, *published]}
    return feature(table.subject(row | lengths, licence), line)


def _point_feature(row: dict[str, Any], licence: str) -> JsonObject:
    row = dict(row)
    point = Point(row.pop("point"))
    return feature(table.subject(row, licence), point)
