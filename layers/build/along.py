"""Layers whose lines follow our railways: no course is published, and they keep to a railway or rebuild it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import rustworkx as rx
from shapely.geometry import LineString, Point

from layers.record.store import PACKAGED, properties_of, read_features

from . import package, table
from .collection import Collection, feature

if TYPE_CHECKING:
    from layers.record.store import JsonObject

    Pair = tuple[float, float]

PLACED = ("along", "line", "point")


class Railways:
    """Sections of the layer ``railways`` as a graph of stations; closed and planned ones too."""

    def __init__(self) -> None:
        self.stations = {
            str(row["id"]): _pairs(row["geometry"]["coordinates"])[0]  # type: ignore[index, call-overload]
            for row in read_features(PACKAGED / "stations.geojson")
        }
        self.graph: rx.PyGraph[str, JsonObject] = rx.PyGraph(multigraph=False)
        self.index = dict(zip(self.stations, self.graph.add_nodes_from(list(self.stations)), strict=True))
        for row in read_features(PACKAGED / "railways.geojson"):
            properties: dict[str, Any] = dict(properties_of(row))
            self.graph.add_edge(self.index[properties["from_node"]], self.index[properties["to_node"]], row)

    def way(self, start: str, end: str) -> list[Pair]:
        """Vertices of the shortest route by rail between two stations.

        Raises
        ------
        ValueError
            When a station is not known, or no railway joins the two.
        """
        if unknown := {start, end} - self.index.keys():
            raise ValueError(f"no station is called {', '.join(sorted(unknown))}")
        paths = rx.dijkstra_shortest_paths(self.graph, self.index[start], self.index[end], weight_fn=_length_m)
        if self.index[end] not in paths:
            raise ValueError(f"no railway joins {start} and {end}")
        sections = [self._section(tail, head) for tail, head in pairwise(paths[self.index[end]])]
        return [pair for number, section in enumerate(sections) for pair in section[bool(number) :]]

    def _section(self, tail: int, head: int) -> list[Pair]:
        row: Any = self.graph.get_edge_data(tail, head)
        pairs = _pairs(row["geometry"]["coordinates"])
        return pairs if row["properties"]["from_node"] == self.graph[tail] else pairs[::-1]


def build(name: str) -> Collection:
    """Build a layer from its table; a row says ``along`` (stations, or positions off the railway), ``line`` or ``point``."""
    rows = table.read(name)
    railways = Railways()
    features = []
    for row in rows["feature"]:
        properties = {key: value for key, value in row.items() if key not in PLACED}
        if "point" in row:
            geometry = Point(row["point"])
        else:
            geometry = LineString(trace(railways, row["along"]) if "along" in row else row["line"])
        features.append(feature(table.subject(properties, rows["licence"]), geometry))
    packages = (package.named("scgraph-data"),)
    return Collection(name, rows["title"], rows["licence"], rows["attribution"], features, packages)


def trace(railways: Railways, stops: list[str | list[float]]) -> list[Pair]:
    """Vertices along the railway between stations, and straight on where a stop is a position."""
    legs = [
        railways.way(start, end)
        if isinstance(start, str) and isinstance(end, str)
        else [_position(railways, start), _position(railways, end)]
        for start, end in pairwise(stops)
    ]
    return [pair for number, leg in enumerate(legs) for pair in leg[bool(number) :]]


def _position(railways: Railways, stop: str | list[float]) -> Pair:
    return railways.stations[stop] if isinstance(stop, str) else (stop[0], stop[1])


def _pairs(coordinates: Any) -> list[Pair]:  # noqa: ANN401 - one position, or a list of them
    positions = coordinates if isinstance(coordinates[0], list) else [coordinates]
    return [(lon, lat) for lon, lat in positions]


def _length_m(row: Any) -> float:  # noqa: ANN401 - a GeoJSON feature
    return float(row["properties"]["length_m"])
