"""Nodes, edges and networks: every error is found and named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from geo import (
    Edge,
    InvalidCoordinateError,
    InvalidGeometryError,
    InvalidNetworkError,
    InvalidQuantityError,
    LonLat,
    Network,
    Node,
    UnknownNodeError,
    distance,
)
from tests.geo.line import BRIDGE, EDGES, HONGUI, NODES, network
from tests.geo.strategies import fast, local, networks


def test_node_is_called_by_its_id_without_a_name():
    assert Node("a", LonLat(1, 2)).name == "a"


def test_gauges_are_sorted_and_once():
    assert replace(BRIDGE, gauges_mm=(1520, 1435, 1520)).gauges_mm == (1435, 1520)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"mode": "rial"}, InvalidNetworkError, "mode must be one of .* got 'rial' .*did you mean 'rail'"),
        ({"status": "open"}, InvalidNetworkError, r"status must be one of operating.* got 'open' \(edge 'bridge'\)"),
        ({"geometry_method": "Schematic"}, InvalidNetworkError, "did you mean 'schematic'"),
        ({"length_m": -1}, InvalidQuantityError, r"length_m .* got -1 \(edge 'bridge'\)"),
        ({"length_m": float("nan")}, InvalidQuantityError, "length_m .* got nan"),
        ({"uncertainty_m": float("inf")}, InvalidQuantityError, "uncertainty_m .* got inf"),
        ({"chainages_km": (0.0, float("nan"))}, InvalidQuantityError, "chainages_km .* got nan"),
        ({"gauges_mm": (-1520,)}, InvalidQuantityError, "gauges_mm .* got -1520"),
        ({"coordinates": ((130, 42),)}, InvalidGeometryError, r"two positions, got 1 \(edge 'bridge'\)"),
        ({"coordinates": ((130, 42, 0), (131, 42, 0))}, InvalidGeometryError, r"\(lon, lat\), got \(130, 42, 0\)"),
        (
            {"coordinates": ((130, 42), (42, 130))},
            InvalidCoordinateError,
            r"edge 'bridge', position 1\); are lon and lat",
        ),
        ({"id": ""}, InvalidNetworkError, "the id of an edge must be a text"),
    ],
)
def test_impossible_edges_are_refused(change, error, message):
    with pytest.raises(error, match=message):
        replace(BRIDGE, **change)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"id": ""}, InvalidNetworkError, "id of a node"),
        ({"accuracy_m": -1}, InvalidQuantityError, r"accuracy_m .* got -1 \(node 'khasan'\)"),
    ],
)
def test_impossible_nodes_are_refused(change, error, message):
    with pytest.raises(error, match=message):
        replace(NODES[0], **change)


@pytest.mark.parametrize(
    ("edge", "message"),
    [
        (replace(BRIDGE, id="x", to_node="nowhere"), "edge 'x' ends at 'nowhere', which is not among the nodes"),
        (
            replace(BRIDGE, id="x", length_m=3000.0),
            r"edge 'x' is 3000\.0 m long, shorter than the geodesic of 31\d\d\.\d m",
        ),
        (replace(HONGUI, id="x", coordinates=HONGUI.coordinates[::-1]), "edge 'x' runs from .* reverse them"),
        (BRIDGE, "edge 'bridge' comes twice"),
    ],
)
def test_edges_that_do_not_fit_are_named(edge, message):
    with pytest.raises(InvalidNetworkError, match=message):
        Network(NODES, [*EDGES, edge])
    with pytest.raises(InvalidNetworkError, match=message):
        Network(NODES, EDGES, withheld=[edge])


def test_every_problem_is_listed():
    wrong = [replace(BRIDGE, id=f"e{i}", length_m=1.0) for i in range(12)]
    with pytest.raises(
        InvalidNetworkError, match=r"13 problems in the network: node 'khasan' comes twice; .*; and 3 more"
    ) as caught:
        Network([*NODES, NODES[0]], wrong)
    assert len(caught.value.problems) == 13


def test_length_may_be_a_thousandth_short():
    a, b = NODES[4], NODES[5]
    straight = distance(a.lonlat, b.lonlat)
    edge = Edge(id="e", from_node=a.id, to_node=b.id, mode="sea", length_m=straight * 0.9991)
    assert Network(NODES, [edge]).edge("e") is edge
    with pytest.raises(InvalidNetworkError, match="shorter than the geodesic"):
        Network(NODES, [replace(edge, length_m=straight * 0.9985)])


def test_lookups():
    net = network()
    assert net.node("rajin").name == "Rajin"
    assert net.edge("bridge") is BRIDGE
    assert (len(net), "rajin" in net, "wonsan" in net) == (7, True, False)
    assert (net.nodes, net.edges) == (NODES, EDGES)
    assert net.gauges_mm == (1435, 1520)
    assert repr(net) == "<Network: 7 nodes, 5 edges, as of 2014-11-24>"


@pytest.mark.parametrize("kind", ["node", "edge"])
def test_unknown_ids_get_the_nearest_spelling(kind):
    wanted, near = {"node": ("kasan", "khasan"), "edge": ("brige", "bridge")}[kind]
    with pytest.raises(
        UnknownNodeError, match=f"as of 2014-11-24 has no {kind} '{wanted}'; did you mean '{near}'"
    ) as caught:
        getattr(network(), kind)(wanted)
    assert caught.value.node_id == wanted


def test_bbox_holds_nodes_and_lines():
    far = replace(BRIDGE, coordinates=((130.6449, 42.4301), (130.9, 42.9), (130.6081, 42.4214)))
    assert tuple(Network(NODES[:2], [far]).bbox) == (130.6081, 42.4214, 130.9, 42.9)


@fast
@given(networks(), local)
def test_nearest_is_nearest(net, position):
    node, metres = net.nearest(position)
    assert metres == distance(node, position)
    assert metres == min(distance(other, position) for other in net.nodes)


def test_nearest_of_equally_near_nodes_is_the_first_id():
    twins = [Node("b", LonLat(130, 42)), Node("a", LonLat(130, 42))]
    assert Network(twins, []).nearest((130.1, 42))[0].id == "a"


def test_nothing_is_near_in_an_empty_network():
    with pytest.raises(UnknownNodeError, match="has no nodes"):
        Network([], []).nearest((130, 42))
    with pytest.raises(InvalidGeometryError, match="at least one position"):
        _ = Network([], []).bbox


def test_a_node_is_a_geojson_feature():
    feature = Node("a", LonLat(130.6, 42.4), accuracy_m=20).__geo_interface__
    assert feature["geometry"] == {"type": "Point", "coordinates": (130.6, 42.4)}
    assert feature["properties"] == {"id": "a", "name": "a", "accuracy_m": 20}
