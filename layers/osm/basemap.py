"""The base map out of an extract: coast, water, rivers and main roads, as OpenStreetMap has them.

Where the extract reaches, they stand in for the coarser ones that tumen ships. Geometry of OpenStreetMap goes into layers under
the ODbL alone: coast into ``shore``, water and rivers into ``water_areas``, roads into ``roads``. From ``lakes`` and ``rivers``,
which are under another licence, the part inside is only cut away.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import shapely
import shapely.ops
from shapely.geometry import LineString, shape

from geo import BBox
from layers.build.collection import feature
from layers.errors import ExtractError
from layers.record.store import properties_of

from .coast import coast_of
from .pbf import GET_AGAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from layers.build.collection import Collection
    from layers.record.store import JsonObject


LICENCE = "ODbL-1.0"
# The lower Tumen: beyond it the shipped base map does, and a page stays within its size.
REGION = BBox(129.4, 41.5, 132.6, 43.8)
ROADS = frozenset({"motorway", "trunk", "primary", "secondary", "tertiary"})
STREAMS = frozenset({"river", "canal"})
FLOWING = frozenset({"river", "riverbank", "stream", "canal"})
ACCURACY_M = 30
# Half a metre on the map at 1:25,000 and more than the nodes are worth; ponds below two hectares are left out.
THINNING_DEG, SMALLEST_DEG2 = 0.00005, 0.0000022


@dataclass(slots=True)
class Found:
    """What an extract holds of the base map, within a box; each object with its name in OpenStreetMap.

    Attributes
    ----------
    box
        West, south, east, north in degrees.
    water
        Areas of water: whether the water flows, and the area.
    streams, roads
        Lines.
    coast
        Lines with the land on their left.
    """

    box: BBox
    water: dict[str, tuple[bool, BaseGeometry]] = field(default_factory=dict)
    streams: dict[str, BaseGeometry] = field(default_factory=dict)
    roads: dict[str, BaseGeometry] = field(default_factory=dict)
    coast: dict[str, BaseGeometry] = field(default_factory=dict)


def read_basemap(path: Path, box: BBox) -> Found:
    """Read the base map from an extract that was checked to be complete.

    Parameters
    ----------
    path
        A file ``.osm.pbf``.
    box
        West, south, east, north in degrees; parts outside are cut off.

    Raises
    ------
    ExtractError
        When the file turns out to be damaged.
    """
    import osmium
    import osmium.filter

    west, south = max(box.west, REGION.west), max(box.south, REGION.south)
    east, north = min(box.east, REGION.east), min(box.north, REGION.north)
    basemap = Found(BBox(west, south, max(east, west), max(north, south)))
    keys = osmium.filter.KeyFilter("natural", "waterway", "highway")
    objects = osmium.FileProcessor(str(path)).with_locations().with_areas(keys).with_filter(keys)
    factory = osmium.geom.GeoJSONFactory()
    window = shapely.box(*basemap.box)
    try:
        for element in objects:
            tags = dict(element.tags)
            if isinstance(element, osmium.osm.Area):
                if _is_water(tags):
                    kind = "way" if element.from_way() else "relation"
                    area = shape(json.loads(factory.create_multipolygon(element)))
                    _keep(basemap, f"{kind}-{element.orig_id()}", tags, area, window)
            elif isinstance(element, osmium.osm.Way) and _is_line(tags):
                pairs = [(node.lon, node.lat) for node in element.nodes if node.location.valid()]
                if len(pairs) > 1:
                    _keep(basemap, f"way-{element.id}", tags, LineString(pairs), window)
    except RuntimeError as error:  # what osmium raises for anything wrong inside
        raise ExtractError(f"{error}; {GET_AGAIN}", path) from None
    return basemap


def renewed(shipped: Mapping[str, Collection], basemap: Found, source: str, package: str) -> Iterator[Collection]:
    """Layers of the base map with what an extract holds in place of ours, as far as it reaches.

    Parameters
    ----------
    shipped
        Our layers by name.
    found
        What the extract holds.
    source
        Id of the extract among the sources.
    package
        Name of the extract with its day, for the catalog.
    """
    window = shapely.box(*basemap.box)
    own = {
        "scale": "detail",
        "accuracy_m": ACCURACY_M,
        "geometry_method": "osm",
        "sources": [source],
        "licence": LICENCE,
    }
    new: dict[str, list[JsonObject]] = {
        "shore": _shore(basemap, window, own),
        "water_areas": _water(basemap, own),
        "roads": [
            feature({"id": f"road/{name}", "kind": "road"} | own, line) for name, line in sorted(basemap.roads.items())
        ],
    }
    for name, rows in new.items():
        if rows:
            old = shipped[name]
            packages = tuple(dict.fromkeys([*old.packages, package]))
            yield replace(old, features=[*_outside(old.features, window), *rows], packages=packages)
    if new["water_areas"]:
        for name in ("lakes", "rivers"):
            yield replace(shipped[name], features=list(_outside(shipped[name].features, window)))


def _is_water(tags: Mapping[str, str]) -> bool:
    return tags.get("natural") == "water" or tags.get("waterway") == "riverbank"


def _is_line(tags: Mapping[str, str]) -> bool:
    return tags.get("natural") == "coastline" or tags.get("waterway") in STREAMS or tags.get("highway") in ROADS


def _keep(basemap: Found, name: str, tags: Mapping[str, str], geometry: BaseGeometry, window: BaseGeometry) -> None:
    inside = shapely.intersection(geometry, window)
    if inside.is_empty:
        return
    if _is_water(tags):
        area = shapely.make_valid(shapely.simplify(shapely.make_valid(inside), THINNING_DEG))
        polygons = [
            part for part in shapely.get_parts(area) if part.geom_type == "Polygon" and part.area > SMALLEST_DEG2
        ]
        if polygons:
            flows = tags.get("water") in FLOWING or tags.get("waterway") == "riverbank"
            basemap.water[name] = flows, shapely.multipolygons(polygons) if len(polygons) > 1 else polygons[0]
        return
    lines = [part for part in shapely.get_parts(inside) if part.geom_type == "LineString"]
    if not lines:
        return
    if tags.get("natural") == "coastline":
        basemap.coast[name] = shapely.multilinestrings(lines)
        return
    line = shapely.simplify(shapely.line_merge(shapely.multilinestrings(lines)), THINNING_DEG)
    (basemap.streams if "waterway" in tags else basemap.roads)[name] = line


def _water(basemap: Found, own: dict[str, Any]) -> list[JsonObject]:
    rows = []
    for name, (flows, area) in sorted(basemap.water.items()):
        kind = "river_area" if flows else "lake"
        rows.append(feature({"id": f"water/{name}", "kind": kind} | own, area))
    for name, line in sorted(basemap.streams.items()):
        rows.append(feature({"id": f"water/{name}", "kind": "river"} | own, line))
    return rows


def _shore(basemap: Found, window: BaseGeometry, own: dict[str, Any]) -> list[JsonObject]:
    """Land, sea and coast of the box; nothing where no coast runs through it from edge to edge."""
    coast = coast_of(list(basemap.coast.values()), window)
    if coast is None:
        return []
    rows = []
    for kind, geometry in (("land", coast.land), ("sea", coast.sea), ("coast", coast.line)):
        thinned = shapely.simplify(geometry, THINNING_DEG)
        merged = shapely.line_merge(thinned) if kind == "coast" else thinned
        rows.append(feature({"id": f"shore/osm-{kind}", "kind": kind} | own, shapely.make_valid(merged)))
    return rows


def _outside(rows: Iterable[JsonObject], window: BaseGeometry) -> Iterator[JsonObject]:
    """Features without the part of them that lies in a box."""
    for row in rows:
        geometry = shape(row["geometry"])
        if not geometry.intersects(window):
            yield row
            continue
        parts = shapely.get_parts(geometry.difference(window))
        # Where a line only touches the box, a point of it may remain.
        remaining = [part for part in parts if shapely.get_dimensions(part) == shapely.get_dimensions(geometry)]
        remaining = [part for part in remaining if not part.is_empty]
        if remaining:
            merged = shapely.union_all(remaining)
            merged_line = shapely.line_merge(merged) if "Line" in merged.geom_type else merged
            yield feature(dict(properties_of(row)), merged_line)
