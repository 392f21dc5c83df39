"""The engines that find routes, ours and the peers', each made ready on the same graph.

A maker gives a function of two numbers of nodes that finds the way with its nodes and returns its metres. The passage that
searoute closes is closed for all: ours holds it as closed on the day, the peers, who know no days, get a graph without it.
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
    """Ids of the way alone."""
    net = tumen_of(graph)
    ids = [f"n{number}" for number in range(len(graph.lonlats))]
    return lambda one, other: net.path(ids[one], ids[other], DISTANCE).cost


def tumen_route(graph: Graph) -> Engine:
    """The whole route, with legs, stops and coordinates."""
    net = tumen_of(graph)
    ids = [f"n{number}" for number in range(len(graph.lonlats))]
    return lambda one, other: geo.route(net, ids[one], ids[other], DISTANCE).length_m


def tumen_of(graph: Graph) -> geo.PreparedNetwork:
    """Our network, made ready once."""
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
    found = scgraph_of(graph)
    places = [{"latitude": lat, "longitude": lon} for lon, lat in graph.lonlats]

    def way(one: int, other: int) -> float:
        answer = found.get_shortest_path(
            places[one], places[other], output_units="m", algorithm_fn=algorithm, output_path=True, silent=True
        )
        return float(answer["length"])

    way(*graph.questions(1)[0])  # builds what it keeps
    return way


def scgraph_of(graph: Graph):  # noqa: ANN201 - it ships no types
    """Its graph, in kilometres."""
    from scgraph import GeoGraph

    near: list[dict[int, float]] = [{} for _ in graph.lonlats]
    for one, other, metres in graph.open:
        near[one][other] = near[other][one] = metres / 1000
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

    near: dict[tuple[float, float], dict[tuple[float, float], dict[str, object]]] = {one: {} for one in graph.lonlats}
    rows = zip(graph.ends, graph.lengths_m, graph.passages, strict=True)
    for (one, other), metres, passage in rows:
        a, b = graph.lonlats[one], graph.lonlats[other]
        near[a][b] = near[b][a] = {"weight": metres / 1000, "passage": passage}
    ports = Ports(backend=backend)
    lanes = from_nodes_edges_set(marnet.Marnet(backend=backend), {lonlat: {} for lonlat in graph.lonlats}, near)
    search = marnet.bidirectional_dijkstra  # making a graph binds the search of its backend, for graphs of others too

    def way(one: int, other: int) -> float:
        marnet.bidirectional_dijkstra = search
        feature = searoute.searoute(
            graph.lonlats[one], graph.lonlats[other], units="m", M=lanes, P=ports, backend=backend
        )
        return float(feature.properties["length"])

    def check(one: int, other: int) -> float:
        marnet.bidirectional_dijkstra = search
        return float(lanes.shortest_path(graph.lonlats[one], graph.lonlats[other])[0]) * 1000

    way.check = check  # type: ignore[attr-defined]  # it measures the way anew, on a sphere: what it chose is checked
    return way


def networkx_best(graph: Graph) -> Engine:
    """From both ends."""
    import networkx as nx

    found = networkx_of(graph)
    return lambda one, other: float(nx.bidirectional_dijkstra(found, one, other)[0])


def networkx_dijkstra(graph: Graph) -> Engine:
    """From one end."""
    import networkx as nx

    found = networkx_of(graph)
    return lambda one, other: float(nx.single_source_dijkstra(found, one, other)[0])


def networkx_of(graph: Graph):  # noqa: ANN201 - it ships no types
    """Its graph, in metres."""
    import networkx as nx

    found = nx.Graph()
    found.add_weighted_edges_from(graph.open)
    return found


def rustworkx_dijkstra(graph: Graph) -> Engine:
    """Ways as nodes; they are summed by their weights."""
    import rustworkx as rx

    found = rustworkx_of(graph)

    def way(one: int, other: int) -> float:
        nodes = rx.dijkstra_shortest_paths(found, one, target=other, weight_fn=float)[other]
        return sum(found.get_edge_data(a, b) for a, b in pairwise(nodes))

    return way


def rustworkx_of(graph: Graph):  # noqa: ANN201
    """Its graph, in metres."""
    import rustworkx as rx

    found = rx.PyGraph()
    found.add_nodes_from(range(len(graph.lonlats)))
    found.add_edges_from(graph.open)
    return found


def igraph_best(graph: Graph) -> Engine:
    """Ways as edges."""
    found = igraph_of(graph)
    weights = found.es["weight"]

    def way(one: int, other: int) -> float:
        (edges,) = found.get_shortest_paths(one, to=other, weights="weight", output="epath")
        return sum(weights[edge] for edge in edges)

    return way


def igraph_of(graph: Graph):  # noqa: ANN201
    """Its graph, in metres."""
    import igraph

    rows = graph.open
    found = igraph.Graph(n=len(graph.lonlats), edges=[(one, other) for one, other, _ in rows])
    found.es["weight"] = [metres for _, _, metres in rows]
    return found


def scipy_dijkstra(graph: Graph) -> Engine:
    """One to all, with the way back."""
    from scipy.sparse.csgraph import dijkstra

    found = scipy_of(graph)

    def way(one: int, other: int) -> float:
        metres, before = dijkstra(found, indices=one, return_predecessors=True)
        node, nodes = other, [other]
        while node != one:
            node = int(before[node])
            nodes.append(node)
        return float(metres[other])

    return way


def scipy_of(graph: Graph):  # noqa: ANN201
    """Its matrix, in metres, both ways."""
    from scipy.sparse import csr_array

    one, other, metres = (np.array(column) for column in zip(*graph.open, strict=True))
    both = (np.concatenate([one, other]), np.concatenate([other, one]))
    return csr_array((np.concatenate([metres, metres]), both), shape=(len(graph.lonlats), len(graph.lonlats)))


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
