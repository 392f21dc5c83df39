"""How far one gets on a network: a table of lengths, and what lies within reach."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .lonlat import LonLat
from .measure import distance, interpolate
from .quantity import check_metres
from .router import check_gauge, terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._geodesic import FloatArray
    from .edge import Coordinates, Edge, Node
    from .lonlat import Position
    from .network import Network

_MAX_CONNECTOR_M = 50_000.0
_DECIMALS = 7  # a centimetre


@dataclass(frozen=True, slots=True)
class ReachedEdge:
    """An edge, or the part of it, that lies within reach.

    Parameters
    ----------
    edge_id
        Id of the edge.
    length_m
        Metres of it within reach.
    is_whole
        Whether that is all of it.
    coordinates
        (lon, lat) pairs of the part, away from the nearer end.
    """

    edge_id: str
    length_m: float
    is_whole: bool
    coordinates: Coordinates


@dataclass(frozen=True, slots=True)
class Reach:
    """What lies within some length of way of a place; `geo.reachable` finds it.

    Parameters
    ----------
    origin_name
        Where it is counted from.
    max_m
        Metres of way, a connector to the network included.
    nodes
        Metres of way to each node within reach, nearest first.
    edges
        Whole edges and parts of edges, sorted by id; an edge reached from both ends
        without the middle comes twice.
    """

    origin_name: str
    max_m: float
    nodes: dict[str, float]
    edges: tuple[ReachedEdge, ...]

    @property
    def length_m(self) -> float:
        """Metres of network within reach."""
        return math.fsum(edge.length_m for edge in self.edges)

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """GeoJSON-like MultiLineString of the edges."""
        return {"type": "MultiLineString", "coordinates": tuple(edge.coordinates for edge in self.edges)}

    def to_geojson(self) -> dict[str, object]:
        """Return an RFC 7946 FeatureCollection, a LineString for each edge or part."""
        return {"type": "FeatureCollection", "features": [_feature(edge) for edge in self.edges]}

    def to_dict(self) -> dict[str, object]:
        """Return the figures as JSON-ready values."""
        return {
            "from": self.origin_name,
            "max_m": self.max_m,
            "network_m": round(self.length_m, 3),
            "nodes": {node_id: round(metres, 3) for node_id, metres in self.nodes.items()},
        }


def matrix(
    network: Network,
    origins: Sequence[str | Node | Position],
    destinations: Sequence[str | Node | Position],
    *,
    gauge_mm: int | None = None,
    max_connector_m: float = _MAX_CONNECTOR_M,
) -> FloatArray:
    """Return the lengths of the shortest ways from each origin to each destination.

    Parameters
    ----------
    network
        What can carry traffic.
    origins, destinations
        As of `geo.route`.
    gauge_mm, max_connector_m
        As of `geo.route`.

    Returns
    -------
    ndarray of shape (n, m)
        Metres, connectors included; infinite where there is no way. Equal to the lengths of
        `geo.route`; where both ends meet the network at one node, the sum of the connectors.

    Raises
    ------
    NoRouteError
        If a position lies too far from the network.
    UnknownNodeError, InvalidCoordinateError, InvalidQuantityError
        As `geo.route`.

    Notes
    -----
    One run of Dijkstra's algorithm for each origin.

    Examples
    --------
    >>> from geo import Edge, LonLat, Network, Node
    >>> nodes = [Node("a", LonLat(130.5, 42.4)), Node("b", LonLat(130.6, 42.4)), Node("c", LonLat(130.7, 42.4))]
    >>> network = Network(nodes, [Edge(id="ab", from_node="a", to_node="b", mode="rail", length_m=9000.0)])
    >>> matrix(network, ["a", "b"], ["b", "c"])
    array([[9000.,   inf], [   0.,   inf]])
    >>> matrix(network, [], ["a"]).shape
    (0, 1)
    """
    import numpy as np

    check_metres("max_connector_m", max_connector_m)
    check_gauge(gauge_mm)
    starts = [terminal(network, one, max_connector_m) for one in origins]
    ends = [terminal(network, one, max_connector_m) for one in destinations]
    graph = network.graph(gauge_mm)
    table = np.full((len(starts), len(ends)), math.inf)
    for row, start in enumerate(starts):
        lengths = graph.lengths(start.node.id)
        for column, end in enumerate(ends):
            along = lengths.get(end.node.id, math.inf)
            table[row, column] = math.fsum((start.gap_m, along, end.gap_m))
    return table


def reachable(
    network: Network,
    origin: str | Node | Position,
    max_m: float,
    *,
    gauge_mm: int | None = None,
    max_connector_m: float = _MAX_CONNECTOR_M,
) -> Reach:
    """Return what lies within some length of way of a place.

    Parameters
    ----------
    network
        What can carry traffic.
    origin
        As of `geo.route`.
    max_m
        Metres of way.
    gauge_mm, max_connector_m
        As of `geo.route`.

    Returns
    -------
    Reach
        Nodes and edges; the last edges are cut where the way ends.

    Raises
    ------
    NoRouteError, UnknownNodeError, InvalidCoordinateError, InvalidQuantityError
        As `geo.matrix`.

    Notes
    -----
    An edge is longer than its drawn line; it is cut at the same share of both.

    Examples
    --------
    >>> from geo import Edge, LonLat, Network, Node
    >>> nodes = [Node("a", LonLat(130.5, 42.4)), Node("b", LonLat(130.6, 42.4))]
    >>> network = Network(nodes, [Edge(id="ab", from_node="a", to_node="b", mode="rail", length_m=9000.0)])
    >>> found = reachable(network, "a", 4500)
    >>> found.nodes, found.length_m, found.edges[0].is_whole
    ({'a': 0.0}, 4500.0, False)
    >>> len(reachable(network, "a", 0).edges)
    0
    """
    check_metres("max_m", max_m)
    check_metres("max_connector_m", max_connector_m)
    check_gauge(gauge_mm)
    start = terminal(network, origin, max_connector_m)
    found = network.graph(gauge_mm).lengths(start.node.id)
    lengths = {node_id: metres + start.gap_m for node_id, metres in found.items() if metres + start.gap_m <= max_m}
    edges = [edge for edge in network.edges if gauge_mm is None or gauge_mm in edge.gauges_mm]
    parts = [part for edge in sorted(edges, key=lambda edge: edge.id) for part in _parts(network, edge, lengths, max_m)]
    nearest = sorted(lengths.items(), key=lambda pair: (pair[1], pair[0]))
    return Reach(start.stop_name, max_m, dict(nearest), tuple(parts))


def _parts(network: Network, edge: Edge, lengths: dict[str, float], max_m: float) -> list[ReachedEdge]:
    line = edge.coordinates or tuple(
        (one.lon, one.lat) for one in (network.node(edge.from_node).lonlat, network.node(edge.to_node).lonlat)
    )
    ends = ((edge.from_node, line), (edge.to_node, line[::-1]))
    left = [max_m - lengths.get(node_id, math.inf) for node_id, _ in ends]
    if max(left) >= edge.length_m or sum(max(metres, 0.0) for metres in left) >= edge.length_m:
        return [ReachedEdge(edge.id, edge.length_m, is_whole=True, coordinates=line)]
    return [
        ReachedEdge(edge.id, metres, is_whole=False, coordinates=_cut(along, metres / edge.length_m))
        for metres, (_, along) in zip(left, ends, strict=True)
        if metres > 0
    ]


def _cut(line: Coordinates, share: float) -> Coordinates:
    """Return the first share of a line."""
    steps = [distance(a, b) for a, b in pairwise(line)]
    left = math.fsum(steps) * share
    kept = [line[0]]
    for (a, b), step in zip(pairwise(line), steps, strict=True):
        if step >= left:
            end = interpolate(a, b, min(1.0, left / step)) if step else LonLat(*a)
            return (*kept, (end.lon, end.lat))
        kept.append(b)
        left -= step
    return tuple(kept)


def _feature(edge: ReachedEdge) -> dict[str, object]:
    line = [[round(degrees, _DECIMALS) for degrees in position] for position in edge.coordinates]
    properties = {"edge": edge.edge_id, "distance_m": round(edge.length_m, 3), "whole": edge.is_whole}
    return {"type": "Feature", "geometry": {"type": "LineString", "coordinates": line}, "properties": properties}
