"""The sea routes between the ports: every pair, by the sea chart, as ``seaways.json``."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from geo import LonLat, NoRouteError, sea_path

from .collection import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geo import CompiledChart, SeaPath
    from layers.record.store import JsonObject

# Rounding of coordinates in degrees: about a metre, far below the accuracy of any shore.
DECIMALS = 5


class Harbour:
    """A port as the sea chart takes it: a position with its name and accuracy."""

    __slots__ = ("accuracy_m", "id", "lonlat", "name")

    def __init__(self, feature: JsonObject) -> None:
        properties: Any = feature["properties"]
        geometry: Any = feature["geometry"]
        self.id: str = properties["id"]
        self.name: str = properties["name"]
        self.accuracy_m: float = properties["accuracy_m"]
        self.lonlat = LonLat(*geometry["coordinates"])


def text(features: Iterable[JsonObject], chart: CompiledChart) -> str:
    """Text of ``seaways.json``: the shortest sea route between each two ports, and which ports have none.

    Parameters
    ----------
    features
        Those of the layer ``ports``; only of kind ``port``.
    chart
        The land.
    """
    ways: list[dict[str, Any]] = []
    unjoined: list[dict[str, str]] = []
    ports = [Harbour(row) for row in features if _is_port(row)]
    for origin, destination in combinations(sorted(ports, key=lambda port: port.id), 2):
        try:
            ways.append(_row(origin, destination, sea_path(origin, destination, chart)))
        except NoRouteError as error:
            unjoined.append({"from": origin.id, "to": destination.id, "reason": error.reason})
    parts = [f'"{key}":[\n' + ",\n".join(map(dumps, rows)) + "\n]" for key, rows in _parts(ways, unjoined)]
    return "{" + ",\n".join(parts) + "}\n"


def write(path: Path, features: Iterable[JsonObject], chart: CompiledChart) -> int:
    """Write ``seaways.json``, and return the number of routes."""
    from layers.record.atomic import write_whole

    content = text(features, chart)
    write_whole(path, content)
    return content.count('"length_m"')


def _parts(ways: list[dict[str, Any]], unjoined: list[dict[str, str]]) -> list[tuple[str, list[Any]]]:
    return [("ways", ways), ("unjoined", unjoined)]


def _is_port(feature: JsonObject) -> bool:
    properties: Any = feature["properties"]
    return bool(properties["kind"] == "port")


def _row(origin: Harbour, destination: Harbour, path: SeaPath) -> dict[str, Any]:
    return {
        "from": origin.id,
        "to": destination.id,
        "length_m": round(path.length_m),
        "uncertainty_m": max(round(path.uncertainty_m), 1),
        "coordinates": [[round(turn.lon, DECIMALS), round(turn.lat, DECIMALS)] for turn in path.turns],
    }
