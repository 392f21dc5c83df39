"""Isochrones and service areas: nodes and sections within reach of a place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Unpack

from geo.errors import InvalidOptionError
from geo.geodesic.measure import distance, interpolate
from geo.lonlat import LonLat
from geo.quantity import check_metres

from ._options import changed
from ._snap import terminal
from .graph.weighing import weighing_of
from .prepared import search_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely import MultiPolygon, Polygon

    from geo.lonlat import Position
    from geo.network.edge import Coordinates, Edge, Node
    from geo.network.network import Network

    from ._dijkstra import Search
    from ._options import RouteChanges, RouteOptions

_DECIMALS = 7  # a centimetre
_TIES = 1e-4  # what breaks ties lies below: metres, or hours
_ROUNDING = 1e-9
_TIDY = 6


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
    """What lies within a length or a time of travel from a place; `geo.reachable` finds it.

    Parameters
    ----------
    origin_name
        Where it is counted from.
    max_m
        Metres of travel, a connector to the network included; None where hours are the limit.
    nodes
        Metres of travel, or hours, to each node within reach, nearest first.
    edges
        Whole edges and parts of edges, sorted by id; an edge reached from both ends
        without the middle comes twice.
    max_hours
        Hours of travel; None where metres are the limit.
    """

    origin_name: str
    max_m: float | None
    nodes: dict[str, float]
    edges: tuple[ReachedEdge, ...]
    max_hours: float | None = None

    @property
    def length_m(self) -> float:
        """Metres of network within reach."""
        return math.fsum(edge.length_m for edge in self.edges)

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """GeoJSON-like MultiLineString of the edges."""
        return {"type": "MultiLineString", "coordinates": tuple(edge.coordinates for edge in self.edges)}

    def polygons(self, width_m: float) -> Polygon | MultiPolygon:
        """Return the land within some distance of the edges.

        Parameters
        ----------
        width_m
            Metres to either side, greater than 0.

        Returns
        -------
        shapely Polygon or MultiPolygon
            (lon, lat) in degrees; empty where no edge is within reach.

        Raises
        ------
        InvalidQuantityError
            If the width is not a finite number above 0.

        Notes
        -----
        Each stretch of line is buffered in its own equidistant projection, so a metre is
        a metre, to a tenth of a per cent, at any latitude. A polygon over the antimeridian is
        not cut there.
        """
        from ._buffer import buffered

        return buffered([edge.coordinates for edge in self.edges], width_m)

    def to_geojson(self) -> dict[str, object]:
        """Return an RFC 7946 FeatureCollection, a LineString for each edge or part."""
        return {"type": "FeatureCollection", "features": [_feature(edge) for edge in self.edges]}

    def to_dict(self) -> dict[str, object]:
        """Return the figures as JSON-ready values."""
        limit = {"max_m": self.max_m} if self.max_hours is None else {"max_hours": self.max_hours}
        return {
            "from_name": self.origin_name,
            **limit,
            "network_m": round(self.length_m, 3),
            "nodes": {node_id: round(cost, 3) for node_id, cost in self.nodes.items()},
        }


def reachable(
    network: Network,
    origin: str | Node | Position,
    max_m: float | None = None,
    options: RouteOptions | None = None,
    *,
    max_hours: float | None = None,
    **changes: Unpack[RouteChanges],
) -> Reach:
    """Return what lies within a length or a time of travel from a place.

    Parameters
    ----------
    network
        What can carry traffic.
    origin
        As of `geo.route`.
    max_m
        Metres of travel.
    max_hours
        Hours of travel, with those of transfers; one of the two limits.
    options, **changes
        As of `geo.route`; the objective is that of the limit.

    Returns
    -------
    Reach
        Nodes and edges; the last edges are cut where the limit is reached.

    Raises
    ------
    InvalidOptionError
        If not exactly one limit is given, or a word is unknown.
    NoRouteError, UnknownNodeError, InvalidCoordinateError, InvalidQuantityError
        As `geo.matrix`.

    Notes
    -----
    An edge is longer than its drawn line; it is cut at the same share of both. The hours of
    checks at a border are spread over their edge.

    Examples
    --------
    >>> from geo import Edge, LonLat, Network, Node
    >>> nodes = [Node("a", LonLat(130.5, 42.4)), Node("b", LonLat(130.6, 42.4))]
    >>> network = Network(nodes, [Edge(id="ab", from_node="a", to_node="b", mode="rail", length_m=9000.0)])
    >>> found = reachable(network, "a", 4500)
    >>> found.nodes, round(found.length_m, 3), found.edges[0].is_whole
    ({'a': 0.0}, 4500.0, False)
    >>> len(reachable(network, "a", 0).edges)
    0
    >>> reachable(network, "a", max_hours=1).edges[0].is_whole
    True
    """
    if (max_m is None) == (max_hours is None):
        raise InvalidOptionError(f"give max_m or max_hours, one of them, got {max_m!r} and {max_hours!r}")
    limit: float = max_m if max_m is not None else max_hours  # type: ignore[assignment]  # one is given
    check_metres("max_m" if max_hours is None else "max_hours", limit)
    chosen = changed(options, {**changes, "cost": "distance" if max_hours is None else "time"})
    key = chosen.weight_key
    start = terminal(network, origin, chosen)
    search = search_of(network, key)
    state = search.topology.start(start.node.id, chosen.gauge_mm)
    left = limit - start.cost(key, weighing_of(network))
    costs = {} if state is None or left < -_TIES else search.costs(state, left + _TIES)
    within = {state: cost for state, cost in costs.items() if cost <= left + _TIES}
    nodes: dict[str, float] = {start.node.id: limit - left} if left >= 0 else {}
    for reached, cost in sorted(within.items(), key=lambda pair: pair[1]):
        nodes.setdefault(search.topology.state_nodes[reached].id, round(cost + limit - left, _TIDY))
    parts = _parts(network, search, within, left)
    nearest = sorted(nodes.items(), key=lambda pair: (pair[1], pair[0]))
    return Reach(start.stop_name, max_m, dict(nearest), tuple(parts), max_hours)


def _parts(network: Network, search: Search, within: Mapping[int, float], limit: float) -> list[ReachedEdge]:
    """Return the edges that leave a state within reach, as far as the limit lets."""
    topology, weights = search.topology, search.weights
    left: dict[int, dict[str, float]] = {}
    for state, cost in within.items():
        for _, link, _ in topology.outgoing[state]:
            if link < len(topology.edges) and weights[link] < math.inf:
                ends = left.setdefault(link, {})
                node_id = topology.state_nodes[state].id
                share = (limit - cost) / weights[link] if weights[link] else math.inf
                ends[node_id] = max(ends.get(node_id, 0.0), share)
    return [part for link in sorted(left) for part in _cut_edge(network, topology.edges[link], left[link])]


def _cut_edge(network: Network, edge: Edge, shares: dict[str, float]) -> list[ReachedEdge]:
    """Return the parts of an edge that can be run from its ends, given the share of it from each."""
    line = edge.coordinates or tuple(
        (lonlat.lon, lonlat.lat) for lonlat in (network.node(edge.from_node).lonlat, network.node(edge.to_node).lonlat)
    )
    if math.fsum(shares.values()) >= 1 - _ROUNDING:
        return [ReachedEdge(edge.id, edge.length_m, is_whole=True, coordinates=line)]
    ends = ((edge.from_node, line), (edge.to_node, line[::-1]))
    return [
        ReachedEdge(edge.id, edge.length_m * share, is_whole=False, coordinates=_cut(along, share))
        for node_id, along in ends
        if (share := shares.get(node_id, 0.0)) > 0
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
    properties = {"id": edge.edge_id, "length_m": round(edge.length_m, 3), "is_whole": edge.is_whole}
    return {"type": "Feature", "geometry": {"type": "LineString", "coordinates": line}, "properties": properties}
