"""The layer ``water_areas``: Tumen and Yalu as areas, built around the border line from the widths that are known."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import LineString, Point

from geo.lonlat import METRES_PER_DEGREE

from . import border, package, table
from .collection import Collection, feature

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

# Vertices of the border stand 50 m apart; the banks need no finer step than this.
STEP_M, THINNING_M = 80.0, 20.0
# Banks are drawn as far as the circle at the end of an area, this much wider than the river there.
END_REACH = 1.25
OWN = {"scale": "detail", "geometry_method": "constructed", "licence": "ODbL-1.0"}


@dataclass(frozen=True, slots=True)
class Width:
    """Water to the left and right of the border line at a place on it, all in metres."""

    along_m: float
    left_m: float
    right_m: float


class Plane:
    """Metres east and north, true to shape about one latitude."""

    def __init__(self, lat: float) -> None:
        self.scale = np.array([np.cos(np.radians(lat)), 1.0]) * METRES_PER_DEGREE

    def metres(self, geometry: BaseGeometry) -> BaseGeometry:
        """Geometry in metres."""
        return shapely.transform(geometry, lambda pairs: pairs * self.scale)

    def degrees(self, geometry: BaseGeometry) -> BaseGeometry:
        """Geometry in degrees."""
        return shapely.transform(geometry, lambda pairs: pairs / self.scale)


def build() -> Collection:
    """Build the layer from timezonefinder, its table and the bridges of the layer ``crossings``."""
    rows = table.read("water_areas")
    lines = border.shared_lines()
    # Each as the river runs; the border with China leads from the tripoint up the Tumen and down the Yalu.
    upstream = shapely.reverse(lines["border/cn-kp"])
    courses = {
        "water/tumen": LineString([*upstream.coords, *lines["border/ru-kp-river"].coords[1:]]),
        "water/yalu": lines["border/cn-kp"],
    }
    bridges = {row["id"]: row["line"] for row in table.read("crossings")["feature"] if "line" in row}
    features = []
    for row in rows["area"]:
        properties = {key: value for key, value in row.items() if key not in {"begin", "end", "width"}}
        area, banks = _area(row, courses[row["id"]], bridges)
        for kind, geometry in (("river_area", area), ("river_bank", banks)):
            suffix = "" if kind == "river_area" else "/banks"
            features.append(feature(properties | OWN | {"id": row["id"] + suffix, "kind": kind}, geometry, decimals=5))
    packages = (package.named("timezonefinder"), package.named("timezonefinder-data"))
    return Collection("water_areas", rows["title"], rows["licence"], rows["attribution"], features, packages)


def _area(row: dict[str, Any], course: LineString, bridges: dict[str, Any]) -> tuple[BaseGeometry, BaseGeometry]:
    """Water of a river, and its banks without the round ends of the water."""
    plane = Plane(row["begin"][1])
    line = plane.metres(course)
    begin = line.project(plane.metres(Point(row["begin"])))
    end = line.length if row["end"] == "mouth" else line.project(plane.metres(Point(row["end"])))
    widths = sorted((_width(width, line, plane, bridges) for width in row["width"]), key=lambda width: width.along_m)
    stops = np.append(np.arange(begin, end, STEP_M), end)
    # The border's own vertices too: it must run in the water everywhere.
    vertices = shapely.line_locate_point(line, shapely.points(line.coords))
    stops = np.unique(np.concatenate([stops, vertices[(vertices > begin) & (vertices < end)]]))
    area = _swept(line, stops, widths).simplify(THINNING_M)
    ends = (
        line.interpolate(place).buffer((width.left_m + width.right_m) / 2 * END_REACH)
        for place, width in ((begin, widths[0]), (end, widths[-1]))
    )
    banks = shapely.line_merge(shapely.boundary(area).difference(shapely.union_all(list(ends))))
    return plane.degrees(area), plane.degrees(banks)


def _width(row: dict[str, Any], line: LineString, plane: Plane, bridges: dict[str, Any]) -> Width:
    """Width at a place, or at a bridge, of which `share` stands over water on each side of the border line.

    Raises
    ------
    ValueError
        When a bridge does not cross the line.
    """
    if not isinstance(row["at"], str):
        return Width(line.project(plane.metres(Point(row["at"]))), row["width_m"] / 2, row["width_m"] / 2)
    bridge = plane.metres(LineString(bridges[row["at"]]))
    meeting = bridge.intersection(line)
    if meeting.geom_type != "Point":
        raise ValueError(f"{row['at']} does not cross the border line once: {meeting.geom_type}")
    along_m = line.project(meeting)
    first, last = Point(bridge.coords[0]), Point(bridge.coords[-1])
    direction = _direction(line, along_m)
    offset = np.array(first.coords[0]) - np.array(meeting.coords[0])
    left, right = (first, last) if direction[0] * offset[1] - direction[1] * offset[0] > 0 else (last, first)
    return Width(along_m, meeting.distance(left) * row["share"], meeting.distance(right) * row["share"])


def _direction(line: LineString, along_m: float) -> NDArray[np.float64]:
    ahead, behind = line.interpolate(along_m + STEP_M), line.interpolate(max(along_m - STEP_M, 0.0))
    vector = np.array([ahead.x - behind.x, ahead.y - behind.y])
    return vector / max(float(np.hypot(*vector)), 1e-9)


def _swept(line: LineString, stops: NDArray[np.float64], widths: list[Width]) -> BaseGeometry:
    """Union of circles along the line and of the hulls of neighbours, each as wide as the river is there."""
    places = [width.along_m for width in widths]
    left = np.interp(stops, places, [width.left_m for width in widths])
    right = np.interp(stops, places, [width.right_m for width in widths])
    circles = []
    for along_m, to_left, to_right in zip(stops, left, right, strict=True):
        direction, point = _direction(line, along_m), line.interpolate(along_m)
        shift = (to_left - to_right) / 2
        centre = Point(point.x - direction[1] * shift, point.y + direction[0] * shift)
        circles.append(centre.buffer((to_left + to_right) / 2, quad_segs=6))
    return shapely.union_all([shapely.union(circle, following).convex_hull for circle, following in pairwise(circles)])
