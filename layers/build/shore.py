"""The layer ``shore``: Rajin and Sonbong after OpenStreetMap, to lie over the coarser coast of the layer ``land``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import LineString, Polygon

from geo import BBox

from . import package, table
from .collection import Collection, feature

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    Pair = tuple[float, float]

# Where along a pier, from its root, the shore runs.
ROOT_SHARE = 0.1
# How far to both sides of a quay the spikes of the package are taken away, as a share of its piers' mean length.
REACH = 1.6
OWN = {"scale": "detail", "geometry_method": "constructed", "sources": ["osm-geo-maps"], "licence": "ODbL-1.0"}
# The package agrees with the tips of the piers to 55–90 m; between its vertices the shore is a chord.
ACCURACY_M = 150


def build() -> Collection:
    """Build the layer from geo-maps, its table and the piers of the layer ``ports``."""
    rows = table.read("shore")
    piers = {row["id"]: row["line"] for row in table.read("ports")["feature"] if row["kind"] == "pier"}
    features = []
    for row in rows["window"]:
        window = Polygon(row["polygon"])
        land = package.coastline(BBox(*window.buffer(0.05).bounds))
        if "quay" in row:
            land = _with_quay(land, row["quay"], piers)
        for kind, geometry in _parts(window, land):
            properties = {"id": f"shore/{row['id']}-{kind}", "kind": kind, "accuracy_m": ACCURACY_M}
            features.append(feature(properties | OWN, geometry, decimals=5))
    packages = (package.npm_named(package.COASTLINES),)
    return Collection("shore", rows["title"], rows["licence"], rows["attribution"], features, packages)


def _parts(window: Polygon, land: BaseGeometry) -> list[tuple[str, BaseGeometry]]:
    """Sea, land and coast of a window."""
    coast = shapely.line_merge(shapely.intersection(shapely.boundary(land), window))
    return [("sea", window.difference(land)), ("land", window.intersection(land)), ("coast", coast)]


def _with_quay(land: BaseGeometry, quay: list[Any], piers: dict[str, list[Pair]]) -> BaseGeometry:
    """Land with its shore along a quay: land of the package in front of it becomes water, and all behind it is land."""
    named = [piers[stop] for stop in quay if isinstance(stop, str)]
    shore = [_at_root(piers[stop]) if isinstance(stop, str) else tuple(stop) for stop in quay]
    reach = [sum(tip[axis] - root[axis] for root, tip in named) / len(named) * REACH for axis in (0, 1)]
    basin, behind = (
        Polygon([*shore, *((lon + sign * reach[0], lat + sign * reach[1]) for lon, lat in reversed(shore))])
        for sign in (1, -1)
    )
    return shapely.union(shapely.difference(land, basin.buffer(0)), behind.buffer(0))


def _at_root(pier: list[Pair]) -> Pair:
    point = LineString(pier).interpolate(ROOT_SHARE, normalized=True)
    return point.x, point.y
