"""Routes: compared with an independent engine, by properties, and the reasons when there is none."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from itertools import permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import (
    Edge,
    InvalidGeometryError,
    InvalidQuantityError,
    LonLat,
    Network,
    Node,
    NoRouteError,
    Route,
    UnknownNodeError,
    distance,
    route,
)
from tests.geo.line import BRIDGE, EDGES, NODES, PYONGRA, network
from tests.geo.strategies import fast, networks, node


@dataclass(frozen=True)
class Place:
    lonlat: LonLat
    name: str = "Camp"
    accuracy_m: float | None = 30.0
    node_id: str | None = None


def ends(net: Network) -> tuple[str, str]:
    return net.nodes[0].id, net.nodes[-1].id


def found(net: Network, **options) -> Route | None:
    try:
        return route(net, *ends(net), **options)
    except NoRouteError:
        return None


def shortest_by_networkx(net: Network) -> float | None:
    graph = nx.MultiGraph()
    graph.add_nodes_from(one.id for one in net.nodes)
    graph.add_edges_from((edge.from_node, edge.to_node, {"weight": edge.length_m}) for edge in net.edges)
    try:
        return nx.dijkstra_path_length(graph, *ends(net))
    except nx.NetworkXNoPath:
        return None


@fast
@given(networks())
def test_length_agrees_with_networkx_to_the_millimetre(net):
    expected, trip = shortest_by_networkx(net), found(net)
    assert (trip is None) == (expected is None)
    if trip is not None:
        assert trip.length_m == pytest.approx(expected, abs=1e-3)


def test_length_agrees_with_networkx_on_a_larger_network():
    rng = random.Random(1935)  # noqa: S311 -- no secret
    nodes = [node(i, LonLat(130 + i % 20 / 50, 42 + i // 20 / 50)) for i in range(400)]
    edges = []
    for i in range(400):
        for j in (i + 1, i + 20):
            if j < 400 and (j % 20 or j == i + 20):
                length = distance(nodes[i], nodes[j]) * rng.uniform(1, 2)
                edges.append(Edge(id=f"e{i}-{j}", from_node=f"n{i}", to_node=f"n{j}", mode="road", length_m=length))
    net = Network(nodes, edges)
    assert route(net, "n0", "n399").length_m == pytest.approx(shortest_by_networkx(net), abs=1e-3)


@fast
@given(networks())
def test_route_is_the_sum_of_its_legs_and_not_below_the_geodesic(net):
    trip = found(net)
    if trip is None:
        assert shortest_by_networkx(net) is None
        return
    assert trip.length_m == pytest.approx(sum(leg.length_m for leg in trip.legs), abs=1e-6)
    assert trip.length_m >= distance(net.nodes[0], net.nodes[-1]) - 1e-6
    assert trip.stops[-1].at_m == pytest.approx(trip.length_m, abs=1e-6)


@fast
@given(networks(), st.floats(1, 2), st.data())
def test_another_edge_never_lengthens_a_route(net, factor, data):
    before = found(net)
    a, b = data.draw(st.permutations(net.nodes))[:2]
    new = Edge(id="new", from_node=a.id, to_node=b.id, mode="road", length_m=distance(a, b) * factor)
    after = found(Network(net.nodes, [*net.edges, new]))
    assert before is None or after.length_m <= before.length_m + 1e-6


@fast
@given(networks(), st.randoms(use_true_random=False))
def test_order_of_edges_does_not_matter(net, rng):
    nodes, edges = list(net.nodes), list(net.edges)
    rng.shuffle(nodes)
    rng.shuffle(edges)
    one, other = (_legs(each, ends(net)) for each in (net, Network(nodes, edges)))
    assert one == other


def _legs(net: Network, pair: tuple[str, str]):
    try:
        return route(net, *pair).legs
    except NoRouteError:
        return None


def test_ties_fall_the_same_way_in_any_order():
    corners = [
        Node(name, LonLat(*at)) for name, at in {"a": (130, 42), "b": (130, 43), "c": (131, 42), "d": (131, 43)}.items()
    ]
    edges = [
        Edge(id=p + q, from_node=p, to_node=q, mode="road", length_m=200_000.0) for p, q in ("ab", "ac", "bd", "cd")
    ]
    passed = {
        route(Network(nodes, order), "a", "d").stops[1].node_id
        for order in permutations(edges)
        for nodes in permutations(corners)
    }
    assert len(passed) == 1


def test_the_reverse_route_has_the_same_length():
    there, back = route(network(), "khasan", "chongjin"), route(network(), "chongjin", "khasan")
    assert there.length_m == back.length_m
    assert there.coordinates == back.coordinates[::-1]


def test_of_parallel_edges_the_shortest_counts():
    road = Edge(id="road", from_node="tumangang", to_node="khasan", mode="road", length_m=4000.0)
    assert route(Network(NODES, [*EDGES, road]), "khasan", "tumangang", cost="distance").legs[0].mode == "road"


def test_node_id_node_and_place_name_the_same():
    by_id = route(network(), "khasan", "rajin")
    place = Place(LonLat(130.0, 42.0), node_id="rajin")
    assert route(network(), NODES[0], NODES[4]) == by_id == route(network(), "khasan", place)


def test_place_off_the_network_is_joined_by_a_connector():
    place = Place(LonLat(130.66, 42.44))
    trip = route(network(), place, "rajin")
    gap = distance(place, NODES[0])
    assert trip.legs[0].mode == "connector"
    assert (trip.legs[0].from_name, trip.legs[0].to_node) == ("Camp", "khasan")
    assert trip.legs[0].length_m == gap
    assert trip.length_m == pytest.approx(route(network(), "khasan", "rajin").length_m + gap)
    assert trip.coordinates[0] == (130.66, 42.44)


def test_connectors_at_both_ends_run_in_the_direction_of_travel():
    trip = route(network(), (130.66, 42.44), [130.28, 42.24])
    assert [leg.mode for leg in trip.legs][:: len(trip.legs) - 1] == ["connector", "connector"]
    assert (trip.legs[-1].from_name, trip.legs[-1].to_name) == ("Rajin", "130.28,42.24")
    assert (trip.coordinates[0], trip.coordinates[-1]) == ((130.66, 42.44), (130.28, 42.24))
    assert trip.length_m == pytest.approx(sum(leg.length_m for leg in trip.legs))
    assert [trip.stops[0].node_id, trip.stops[-1].node_id] == [None, None]


def test_position_of_a_node_needs_no_connector():
    assert route(network(), NODES[0].lonlat, "rajin").legs == route(network(), "khasan", "rajin").legs


def test_too_far_from_the_network():
    with pytest.raises(
        NoRouteError, match=r"'100,40' is 25\d\d\.\d+ km from the nearest node 'Chongjin', more than"
    ) as caught:
        route(network(), (100, 40), "rajin")
    assert caught.value.reason == "off_network"
    assert route(network(), (129.5, 42.4), "khasan", max_connector_m=1e5).legs[0].mode == "connector"


@pytest.mark.parametrize(
    ("origin", "destination"),
    [("rajin", "rajin"), ("rajin", (130.28, 42.25)), ((130.29, 42.24), (130.28, 42.25)), ("rajin", NODES[4])],
)
def test_both_ends_at_one_node_are_refused(origin, destination):
    with pytest.raises(InvalidGeometryError, match="both meet the network at 'Rajin'"):
        route(network(), origin, destination)


def test_nothing_has_length_zero():
    twins = [Node("a", LonLat(130, 42)), Node("b", LonLat(130, 42))]
    swap = Edge(id="t", from_node="a", to_node="b", mode="road", length_m=0.0)
    with pytest.raises(InvalidGeometryError, match="longer than 0 m: 'a' and 'b' are one place"):
        route(Network(twins, [swap]), "a", "b")


@pytest.mark.parametrize("place", ["kasan", Place(LonLat(130, 42), node_id="kasan")])
def test_unknown_node_is_refused(place):
    with pytest.raises(UnknownNodeError, match="has no node 'kasan'; did you mean 'khasan'"):
        route(network(), place, "rajin")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"gauge_mm": 0}, "gauge_mm must be greater than 0"),
        ({"max_connector_m": -1}, "max_connector_m must be a finite"),
    ],
)
def test_impossible_options_are_refused(options, message):
    with pytest.raises(InvalidQuantityError, match=message):
        route(network(), "khasan", "rajin", **options)


def test_gauge_is_kept():
    short = replace(BRIDGE, id="short", length_m=4000.0, gauges_mm=(1435,))
    net = Network(NODES, [*EDGES, short])
    assert route(net, "khasan", "rajin").legs[0].gauges_mm == (1435,)
    assert all(1520 in leg.gauges_mm for leg in route(net, "khasan", "rajin", gauge_mm=1520, bogie_change=False).legs)


def test_end_of_the_gauge_is_named():
    pattern = (
        r"for 1520 mm: without a change of gauge it ends at 'Rajin', where 1520 mm meets 1435 mm; "
        r"with bogie_change=True there is a route of 146 km"
    )
    with pytest.raises(NoRouteError, match=pattern) as caught:
        route(network(), "khasan", "chongjin", gauge_mm=1520, bogie_change=False)
    assert caught.value.reason == "gauge"


def test_a_ship_takes_the_load_of_any_wagon():
    sea = Edge(id="sea", from_node="rajin", to_node="busan", mode="sea", length_m=900_000.0)
    trip = route(Network(NODES, [*EDGES, sea]), "khasan", "busan", gauge_mm=1520, bogie_change=False)
    assert trip.legs[-1].mode == "sea"
    assert trip.gauge_breaks == ()


def test_the_gauge_of_the_first_wagon_is_that_of_the_track():
    with pytest.raises(NoRouteError, match="the track at 'Chongjin' is of 1435 mm") as caught:
        route(network(), "chongjin", "rajin", gauge_mm=1520)
    assert caught.value.reason == "gauge"
    trip = route(network(), "rajin", "chongjin", gauge_mm=1520)
    assert [(one.place, one.before_mm) for one in trip.gauge_breaks] == [("Rajin", (1520,))]


def test_a_gauge_without_track_is_reported():
    with pytest.raises(NoRouteError, match="no edge of the network has that gauge; gauges laid: 1435, 1520"):
        route(network(), "khasan", "rajin", gauge_mm=1067)


def test_disconnected_says_how_far_apart():
    pattern = (
        r"separate parts of the network \(6 nodes and 1 node\); "
        r"the reachable node nearest to 'Busan' is 'Chongjin', 743\.\d+ km"
    )
    with pytest.raises(NoRouteError, match=pattern) as caught:
        route(network(), "khasan", "busan")
    assert caught.value.reason == "disconnected"


def test_wrong_day_names_what_would_open_a_route():
    planned = replace(PYONGRA, id="planned", status="planned")
    other = replace(BRIDGE, id="second", status="planned", mode="road", length_m=4000.0)
    net = Network(NODES, EDGES[:-1], withheld=[planned, other], as_of="1930")
    with pytest.raises(
        NoRouteError, match=r"on 1930: a route would use these, .*: Rajin - Chongjin on Pyongra Line \(planned\)$"
    ) as caught:
        route(net, "khasan", "chongjin")
    assert caught.value.reason == "date"


def test_withheld_edges_carry_nothing():
    short = replace(BRIDGE, id="second", status="planned", mode="road", length_m=4000.0)
    net = Network(NODES, EDGES, withheld=[short])
    assert route(net, "khasan", "rajin").legs[0].length_m == BRIDGE.length_m
