"""Matrices and isochrones: compared with independent engines, and by properties."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import InvalidQuantityError, NoRouteError, UnknownNodeError, line_length, matrix, reachable, route
from tests.geo.line import network
from tests.geo.strategies import fast, networks


def lengths_by_networkx(net, start):
    graph = nx.MultiGraph()
    graph.add_nodes_from(one.id for one in net.nodes)
    graph.add_edges_from((edge.from_node, edge.to_node, {"weight": edge.length_m}) for edge in net.edges)
    return nx.single_source_dijkstra_path_length(graph, start)


@fast
@given(networks())
def test_matrix_agrees_with_networkx_and_is_symmetric(net):
    ids = [node.id for node in net.nodes]
    table = matrix(net, ids, ids, cost="distance")
    expected = [[lengths_by_networkx(net, a).get(b, math.inf) for b in ids] for a in ids]
    np.testing.assert_allclose(table, expected, atol=1e-3)
    np.testing.assert_allclose(table, table.T, atol=1e-6)


@fast
@given(networks())
def test_matrix_equals_the_routes(net):
    a, *others = net.nodes
    for other, metres in zip(others, matrix(net, [a], others, cost="distance")[0], strict=True):
        try:
            assert metres == pytest.approx(route(net, a, other).length_m, abs=1e-3)
        except NoRouteError:
            assert metres == math.inf


def test_connectors_count():
    camp = (130.66, 42.44)
    table = matrix(network(), [camp, "khasan"], ["rajin", camp], cost="distance")
    assert table[0, 0] == pytest.approx(route(network(), camp, "rajin").length_m)
    assert table[1, 1] == pytest.approx(table[0, 1] / 2)


@fast
@given(networks(), st.floats(0, 200_000))
def test_reach_holds_the_nodes_within_and_edges_up_to_the_limit(net, max_m):
    start = net.nodes[0].id
    found = reachable(net, start, max_m)
    expected = {node: metres for node, metres in lengths_by_networkx(net, start).items() if metres <= max_m}
    assert found.nodes == pytest.approx(expected, abs=1e-3)
    assert list(found.nodes.values()) == sorted(found.nodes.values())
    for part in found.edges:
        edge = net.edge(part.edge_id)
        assert 0 < part.length_m <= edge.length_m
        share = line_length(part.coordinates) / line_length([net.node(one).lonlat for one in edge.ends])
        assert share == pytest.approx(part.length_m / edge.length_m, abs=1e-6)


@fast
@given(networks(), st.floats(0, 100_000), st.floats(0, 100_000))
def test_reach_grows_with_the_limit(net, one, more):
    less, far = (reachable(net, net.nodes[0].id, metres) for metres in (one, one + more))
    assert set(less.nodes) <= set(far.nodes)
    assert less.length_m <= far.length_m + 1e-6


def test_reach_as_geojson():
    found = reachable(network(), "khasan", 10_000)
    features = found.to_geojson()["features"]
    assert len(features) == len(found.edges)
    assert not all(feature["properties"]["is_whole"] for feature in features)
    assert found.to_dict()["nodes"]["khasan"] == 0


def test_what_cannot_be_is_refused():
    with pytest.raises(InvalidQuantityError, match="max_m"):
        reachable(network(), "khasan", -1)
    with pytest.raises(InvalidQuantityError, match="gauge_mm"):
        matrix(network(), ["khasan"], ["rajin"], gauge_mm=0)
    with pytest.raises(UnknownNodeError, match="did you mean 'khasan'"):
        matrix(network(), ["kasan"], ["rajin"])
