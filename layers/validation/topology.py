"""Checks that the layers are spatially consistent with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import shape

from geo.geodesic.offset import gap_m

from .crossing import check_over_crossings
from .rail import check_network
from .report import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

    Layers = Mapping[str, list[dict[str, Any]]]

# Layers whose features lie in, or touch, each country that they name.
INSIDE = (
    "zones", "minerals", "stations", "ports", "places", "power", "pipelines", "telecom", "programmes", "highways", "checkpoints",
    "airports",
)  # fmt: skip
# A checkpoint may stand as far behind the border as the station of Makhalino or Grodekovo.
BEHIND_BORDER_M = 30_000.0


def check_topology(layers: Layers, files: Mapping[str, str]) -> Iterator[Issue]:
    """Check stations against railways, crossings against borders, everything against its country.

    Parameters
    ----------
    layers
        GeoJSON features by layer; a check is made where all the layers that it needs are there.
    files
        The file of each layer, for the message.
    """
    if {"stations", "railways"} <= layers.keys():
        yield from check_network(layers, files)
    yield from check_over_crossings(layers, files)
    if {"crossings", "border"} <= layers.keys():
        yield from _crossings_on_border(layers, files["crossings"])
    if {"shipments", "land"} <= layers.keys():
        yield from _ships_off_land(layers, files["shipments"])
    if {"checkpoints", "border"} <= layers.keys():
        yield from _checkpoints_near_border(layers, files["checkpoints"])
    if "territories" in layers:
        territories = {row["properties"]["countries"][0]: shape(row["geometry"]) for row in layers["territories"]}
        reach = shapely.box(*shapely.total_bounds(list(territories.values())))
        shapely.prepare([reach, *territories.values()])
        for name in INSIDE:
            for row in layers.get(name, ()):
                # Beyond the region that the territories cover nothing can be said: Moscow is in no polygon of ours.
                if reach.intersects(shape(row["geometry"])):
                    yield from _inside_country(row, territories, files[name])
    if "provinces" in layers:
        yield from _inside_provinces(layers, files)


def _crossings_on_border(layers: Layers, file: str) -> Iterator[Issue]:
    for row in layers["crossings"]:
        properties = row["properties"]
        countries = set(properties["countries"])
        lines = [
            (line["properties"], shape(line["geometry"]))
            for line in layers["border"]
            if "LineString" in line["geometry"]["type"] and set(line["properties"]["countries"]) == countries
        ]
        if not lines:
            problem = f"no border between {' and '.join(sorted(countries))} is known"
            yield Issue(file, properties["id"], "countries", problem, "correct the countries, or add the border")
            continue
        crossing = shape(row["geometry"])
        off, room = min((gap_m(crossing, line), border["accuracy_m"]) for border, line in lines)
        if off > properties["accuracy_m"] + room:
            problem = f"the crossing lies {off:.0f} m from the border, more than both are uncertain by"
            yield Issue(file, properties["id"], "geometry", problem, "move it, or state its true accuracy_m")


def _ships_off_land(layers: Layers, file: str) -> Iterator[Issue]:
    land = [shape(row["geometry"]) for row in layers["land"] if row["properties"]["kind"] == "land"]
    tree = shapely.STRtree(land)
    for row in layers["shipments"]:
        course = shape(row["geometry"])
        if len(hit := tree.query(course, predicate="intersects")):
            where = shapely.intersection(course, land[int(hit[0])]).representative_point()
            problem = f"the course crosses land near {where.x:.2f}, {where.y:.2f}"
            yield Issue(file, row["properties"]["id"], "geometry", problem, "lead it around the coast")


def _checkpoints_near_border(layers: Layers, file: str) -> Iterator[Issue]:
    lines = [
        (set(row["properties"]["countries"]), shape(row["geometry"]))
        for row in layers["border"]
        if "LineString" in row["geometry"]["type"]
    ]
    for row in layers["checkpoints"]:
        properties, place = row["properties"], shape(row["geometry"])
        offs = [gap_m(place, line) for countries, line in lines if set(properties["countries"]) < countries]
        if not offs or min(offs) > properties["accuracy_m"] + BEHIND_BORDER_M:
            off = f"{min(offs) / 1000:.0f} km from the nearest border" if offs else "at no border that is known"
            yield Issue(file, properties["id"], "geometry", f"it lies {off}", "correct the position or the country")


def _inside_provinces(layers: Layers, files: Mapping[str, str]) -> Iterator[Issue]:
    """Features outside the province that they name; Nampho and Kaesong have no area of their own in the layer."""
    provinces = {row["properties"]["name"]: row for row in layers["provinces"]}
    for name in ("zones", "minerals"):
        for row in layers.get(name, ()):
            properties = row["properties"]
            province = provinces.get(properties["province"])
            if province is None:
                continue
            off = gap_m(shape(row["geometry"]), shape(province["geometry"]))
            if off > properties["accuracy_m"] + province["properties"]["accuracy_m"]:
                problem = f"it lies {off / 1000:.1f} km outside {properties['province']}"
                yield Issue(files[name], properties["id"], "geometry", problem, "correct the position or the province")


def _inside_country(row: dict[str, Any], territories: Mapping[str, BaseGeometry], file: str) -> Iterator[Issue]:
    properties, place = row["properties"], shape(row["geometry"])
    for country in properties["countries"]:
        territory = territories.get(country)
        if territory is None or territory.intersects(place):
            continue
        off = gap_m(place, territory)
        if off > properties["accuracy_m"] + 500:  # the territories are thinned to 500 m
            problem = f"it lies {off / 1000:.1f} km outside {country}"
            yield Issue(file, properties["id"], "geometry", problem, "correct the position or the country")
