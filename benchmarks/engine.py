"""Routing engines, ours and the peers', each prepared on the same graph.

A maker returns a function of two node numbers that finds the path with its nodes and returns its metres. The passage that
searoute closes is closed for all: in our network it is closed on the day, the peers, without dates, get a graph without it.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from lane import Graph

import geo

Engine = Callable[[int, int], float]
_OURS: dict[int, geo.PreparedNetwork] = {}


DISTANCE = geo.RouteOptions(cost="distance")  # as the peers count


def tumen_path(graph: Graph) -> Engine:
    """Only the ids of the path."""
    net = tumen_of(graph)
    ids = [f"n{number}" for number in range(len(graph.lonlats))]
    return lambda start, end: net.path(ids[start], ids[end], DISTANCE).cost


def tumen_route(graph: Graph) -> Engine:
    """The whole route, with legs, stops and coordinates."""
    net = tumen_of(graph)
    ids = [f"n{number}" for number in range(len(graph.lonlats))]
    return lambda start, end: geo.route(net, ids[start], ids[end], DISTANCE).length_m


def tumen_of(graph: Graph) -> geo.PreparedNetwork:
    """Our network, prepared once."""
    if id(graph) not in _OURS:
        _OURS[id(graph)] = geo.prepare(graph.network())
    return _OURS[id(graph)]


def scgraph_default(graph: Graph) -> Engine:
    """Its default algorithm, ends given as it takes them."""
    return _scgraph(graph, "bidirectional_buckets")


def scgraph_ch(graph: Graph) -> Engine:
    """Its contraction hierarchy."""
    return _scgraph(graph, "contraction_hierarchy")


def _scgraph(graph: Graph, algorithm: str) -> Engine:
    peer = scgraph_of(graph)
    places = [{"latitude": lat, "longitude": lon} for lon, lat in graph.lonlats]

    def way(start: int, end: int) -> float:
        answer = peer.get_shortest_path(
            places[start], places[end], output_units="m", algorithm_fn=algorithm, output_path=True, silent=True
        )
        return float(answer["length"])

    way(*graph.questions(1)[0])  # builds its cache
    return way


def scgraph_of(graph: Graph):  # noqa: ANN201 - it ships no types
    """Its graph, in kilometres."""
    from scgraph import GeoGraph

    near: list[dict[int, float]] = [{} for _ in graph.lonlats]
    for start, end, metres in graph.open:
        near[start][end] = near[end][start] = metres / 1000
    return GeoGraph(graph=near, nodes=[[lat, lon] for lon, lat in graph.lonlats])


def searoute_default(graph: Graph) -> Engine:
    """A GeoJSON feature, over networkx."""
    return _searoute(graph, "networkx")


def searoute_igraph(graph: Graph) -> Engine:
    """A GeoJSON feature, over igraph."""
    import igraph  # noqa: F401 - optional, GPL

    return _searoute(graph, "igraph")


def _searoute(graph: Graph, backend: str) -> Engine:
    import searoute
    from searoute.classes import marnet
    from searoute.classes.ports import Ports
    from searoute.utils import from_nodes_edges_set

    near: dict[tuple[float, float], dict[tuple[float, float], dict[str, object]]] = {
        start: {} for start in graph.lonlats
    }
    rows = zip(graph.ends, graph.lengths_m, graph.passages, strict=True)
    for (start, end), metres, passage in rows:
        a, b = graph.lonlats[start], graph.lonlats[end]
        near[a][b] = near[b][a] = {"weight": metres / 1000, "passage": passage}
    ports = Ports(backend=backend)
    lanes = from_nodes_edges_set(marnet.Marnet(backend=backend), {lonlat: {} for lonlat in graph.lonlats}, near)
    search = marnet.bidirectional_dijkstra  # making a graph binds the search of its backend, for graphs of others too

    def way(start: int, end: int) -> float:
        marnet.bidirectional_dijkstra = search
        feature = searoute.searoute(
            graph.lonlats[start], graph.lonlats[end], units="m", M=lanes, P=ports, backend=backend
        )
        return float(feature.properties["length"])

    def check(start: int, end: int) -> float:
        marnet.bidirectional_dijkstra = search
        return float(lanes.shortest_path(graph.lonlats[start], graph.lonlats[end])[0]) * 1000

    way.check = check  # type: ignore[attr-defined]  # it measures the path again on a sphere: its choice is checked instead
    return way


def networkx_best(graph: Graph) -> Engine:
    """From both ends."""
    import networkx as nx

    peer = networkx_of(graph)
    return lambda start, end: float(nx.bidirectional_dijkstra(peer, start, end)[0])


def networkx_dijkstra(graph: Graph) -> Engine:
    """From one end."""
    import networkx as nx

    peer = networkx_of(graph)
    return lambda start, end: float(nx.single_source_dijkstra(peer, start, end)[0])


def networkx_of(graph: Graph):  # noqa: ANN201 - it ships no types
    """Its graph, in metres."""
    import networkx as nx

    peer = nx.Graph()
    peer.add_weighted_edges_from(graph.open)
    return peer


def rustworkx_dijkstra(graph: Graph) -> Engine:
    """Ways as nodes; they are summed by their weights."""
    import rustworkx as rx

    peer = rustworkx_of(graph)

    def way(start: int, end: int) -> float:
        nodes = rx.dijkstra_shortest_paths(peer, start, target=end, weight_fn=float)[end]
        return sum(peer.get_edge_data(a, b) for a, b in pairwise(nodes))

    return way


def rustworkx_of(graph: Graph):  # noqa: ANN201
    """Its graph, in metres."""
    import rustworkx as rx

    peer = rx.PyGraph()
    peer.add_nodes_from(range(len(graph.lonlats)))
    peer.add_edges_from(graph.open)
    return peer


def igraph_best(graph: Graph) -> Engine:
    """Ways as edges."""
    peer = igraph_of(graph)
    weights = peer.es["weight"]

    def way(start: int, end: int) -> float:
        (edges,) = peer.get_shortest_paths(start, to=end, weights="weight", output="epath")
        return sum(weights[edge] for edge in edges)

    return way


def igraph_of(graph: Graph):  # noqa: ANN201
    """Its graph, in metres."""
    import igraph

    rows = graph.open
    peer = igraph.Graph(n=len(graph.lonlats), edges=[(start, end) for start, end, _ in rows])
    peer.es["weight"] = [metres for _, _, metres in rows]
    return peer


def scipy_dijkstra(graph: Graph) -> Engine:
    """One to all, with predecessors."""
    from scipy.sparse.csgraph import dijkstra

    peer = scipy_of(graph)

    def way(start: int, end: int) -> float:
        metres, before = dijkstra(peer, indices=start, return_predecessors=True)
        node, nodes = end, [end]
        while node != start:
            node = int(before[node])
            nodes.append(node)
        return float(metres[end])

    return way


def scipy_of(graph: Graph):  # noqa: ANN201
    """Its matrix, in metres, in both directions."""
    from scipy.sparse import csr_array

    start, end, metres = (np.array(column) for column in zip(*graph.open, strict=True))
    edges = (np.concatenate([start, end]), np.concatenate([end, start]))
    return csr_array((np.concatenate([metres, metres]), edges), shape=(len(graph.lonlats), len(graph.lonlats)))


MAKERS: dict[str, Callable[[Graph], Engine]] = {
    "tumen prepared.path": tumen_path,
    "tumen geo.route": tumen_route,
    "scgraph contraction hierarchy": scgraph_ch,
    "scgraph default": scgraph_default,
    "rustworkx, with path": rustworkx_dijkstra,
    "igraph, with path": igraph_best,
    "scipy, one to all": scipy_dijkstra,
    "networkx, both ends": networkx_best,
    "networkx, dijkstra": networkx_dijkstra,
    "searoute, igraph": searoute_igraph,
    "searoute, default": searoute_default,
}
