"""All engines give the same results: compared with each other, with networkx, and by properties."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise, permutations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo import Carrier, CostModel, Edge, LonLat, Network, Node, NoRouteError, Speeds, Transfer, distance
from geo.routing import _dijkstra as search_module
from geo.routing._options import RouteOptions
from geo.routing.graph.weighing import weighing_of
from geo.routing.prepared import search_of
from tests.geo.peninsula import network as peninsula
from tests.geo.strategies import fast, local, networks, node

COSTS = ("distance", "time", "generalized", CostModel(road=0.5, per_hour=1.0))
CARRIERS = tuple(map(Carrier.parse, ("rail:1435", "rail:1520", "road", "sea")))
BY_CCH = pytest.mark.skipif(sys.version_info >= (3, 14), reason="pyroutingkit has no wheel for this Python yet")


@st.composite
def mixed(draw: st.DrawFn) -> Network:
    """A network of 2 to 6 places with rail of two gauges, roads, ships, transfers and checks, some withheld."""
    grid = st.tuples(st.integers(0, 150), st.integers(0, 110))
    cells = draw(st.lists(grid, min_size=2, max_size=6, unique=True))
    nodes = [node(i, LonLat(129.5 + x / 100, 41.7 + y / 100)) for i, (x, y) in enumerate(cells)]
    edges = [draw(_edge(number, nodes)) for number in range(draw(st.integers(0, 12)))]
    transfers = [draw(_transfer(number, nodes)) for number in range(draw(st.integers(0, 8)))]
    if edges and draw(st.booleans()):
        at = draw(st.sampled_from(edges)).id
        transfers.append(Transfer(id="checks", kind="border_crossing", edge_id=at, hours=3.0, assumption="test"))
    split = draw(st.integers(0, 2))
    return Network(
        nodes,
        edges[split:],
        withheld=edges[:split],
        transfers=transfers[split:],
        withheld_transfers=transfers[:split],
        speeds=Speeds(sea=10.0),
    )


@st.composite
def _edge(draw: st.DrawFn, number: int, nodes: list[Node]) -> Edge:
    one, other = draw(st.permutations(nodes))[:2]
    mode = draw(st.sampled_from(["rail", "rail", "road", "sea"]))
    gauges = draw(st.sampled_from([(1435,), (1520,), (1435, 1520), ()])) if mode == "rail" else ()
    length = distance(one, other) * draw(st.floats(1.0, 3.0))
    return Edge(id=f"e{number}", from_node=one.id, to_node=other.id, mode=mode, length_m=length, gauges_mm=gauges)


@st.composite
def _transfer(draw: st.DrawFn, number: int, nodes: list[Node]) -> Transfer:
    one, other = draw(st.permutations(CARRIERS))[:2]
    return Transfer(
        id=f"t{number}",
        kind="transshipment",
        node_id=draw(st.sampled_from(nodes)).id,
        from_carrier=one,
        to_carrier=other,
        hours=draw(st.floats(0, 30)),
        assumption="test",
        both_ways=draw(st.booleans()),
    )


options = st.fixed_dictionaries(
    {"cost": st.sampled_from(COSTS)},
    optional={
        "modes": st.lists(st.sampled_from(["rail", "road", "sea"]), min_size=1),
        "gauge_mm": st.sampled_from([1435, 1520]),
        "bogie_change": st.booleans(),
        "avoid": st.lists(st.sampled_from(["sea", "transshipment", "border_crossing", "n1"])),
    },
)


def cost_of(net: Network, one: str, other: str, **given_options) -> float:
    try:
        return geo.route(net, one, other, **given_options).cost
    except NoRouteError:
        return math.inf


@fast
@given(mixed(), options)
def test_engines_agree(net, asked):
    prepared = geo.prepare(net)
    if sys.version_info < (3, 14):
        assert prepared.engine == "cch"
    ids = [one.id for one in net.nodes]
    table = geo.matrix(net, ids, ids, **asked)
    np.testing.assert_allclose(geo.matrix(prepared, ids, ids, **asked), table, atol=2e-3)
    for one, other in permutations(ids, 2):
        expected = table[ids.index(one), ids.index(other)]
        assert cost_of(net, one, other, **asked) == pytest.approx(expected, abs=1e-3)
        assert cost_of(prepared, one, other, **asked) == pytest.approx(expected, abs=1e-3)


@fast
@given(mixed(), options)
def test_paths_of_ids_equal_those_of_routes(net, asked):
    prepared = geo.prepare(net)
    ends = net.nodes[0].id, net.nodes[-1].id
    try:
        path = prepared.path(*ends, **asked)
    except NoRouteError:
        assert cost_of(net, *ends, **asked) == math.inf
        return
    trip = geo.route(net, *ends, **asked)
    assert path.cost == pytest.approx(trip.cost, abs=1e-3)
    assert (path.node_ids[0], path.node_ids[-1]) == ends
    for edge_id, pair in zip(path.edge_ids, pairwise(path.node_ids), strict=True):
        assert set(net.edge(edge_id).ends) == set(pair)


@fast
@given(mixed(), st.sampled_from(COSTS))
def test_search_agrees_with_networkx_over_the_same_states(net, cost):
    weighing = weighing_of(net)
    weights = weighing.weights(RouteOptions(cost=cost).weight_key)
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(len(weighing.topology.state_nodes)))
    for tail, head, link in weighing.topology.arcs:
        if weights[link] < math.inf:
            graph.add_edge(tail, head, weight=weights[link])
    start = weighing.topology.start(net.nodes[0].id, None)
    expected = nx.single_source_dijkstra_path_length(graph, start)
    assert search_of(net, RouteOptions(cost=cost).weight_key).costs(start) == pytest.approx(expected, abs=1e-9)


@fast
@given(mixed(), st.sampled_from(COSTS))
def test_rustworkx_gives_the_same_table(net, cost):
    search = search_of(net, RouteOptions(cost=cost).weight_key)
    states = range(len(search.topology.state_nodes))
    expected = search.table(states, states)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_module, "_LARGE", 0)
        np.testing.assert_allclose(search.table(states, states), expected, atol=1e-9)


@fast
@given(mixed(), options)
def test_each_leg_uses_edges_open_to_its_carrier(net, asked):
    ends = net.nodes[0].id, net.nodes[-1].id
    try:
        trip = geo.route(net, *ends, **asked)
    except NoRouteError:
        return
    assert trip.length_m >= distance(net.nodes[0], net.nodes[-1]) - 1e-6
    assert trip.hours == pytest.approx(sum(leg.hours for leg in trip.legs))
    withheld = {edge.id for edge in net.withheld}
    for before, after in pairwise(trip.legs):
        assert (before.to_carrier or before.carrier) == after.carrier or weighing_of(net).topology.is_free
    for leg in trip.legs:
        assert not withheld.intersection(leg.edge_ids)
        assert leg.mode in {"transfer", *asked.get("modes", ["rail", "road", "sea"])}
        if leg.gauges_mm and not weighing_of(net).topology.is_free:
            assert int(leg.carrier.partition(":")[2]) in leg.gauges_mm
    if not asked.get("bogie_change", True):
        assert not any(transfer.changes_gauge for transfer in trip.transfers)
    if trip.legs[0].mode == "rail" and trip.legs[0].gauges_mm and "gauge_mm" in asked:
        assert asked["gauge_mm"] in trip.legs[0].gauges_mm or weighing_of(net).topology.is_free


@fast
@given(mixed(), st.sampled_from(COSTS), st.data())
def test_costs_are_symmetric_and_keep_the_triangle(net, cost, data):
    both = [replace(one, both_ways=True) for one in net.transfers]
    net = Network(net.nodes, net.edges, withheld=net.withheld, transfers=both)
    ids = [one.id for one in net.nodes]
    table = geo.matrix(net, ids, ids, cost=cost)
    np.testing.assert_allclose(table, table.T, atol=1e-6)
    one, other = data.draw(st.permutations(range(len(ids))))[:2]
    # a place passed may ask for a change of carrier that a stop there does not: the stop is continuous
    for third in set(range(len(ids))) - {one, other}:
        try:
            by_way = geo.route(net, ids[one], ids[other], via=[ids[third]], cost=cost).cost
        except NoRouteError:
            continue
        assert table[one, other] <= by_way + 1e-3
        assert by_way >= table[one, third] + table[third, other] - 1e-3


@pytest.mark.long
@fast
@given(mixed(), options, st.data())
def test_a_route_via_places_is_the_best_over_all_carriers(net, asked, data):
    places = data.draw(st.permutations([one.id for one in net.nodes]))[:4]
    route_options = {key: value for key, value in asked.items() if key != "gauge_mm"}
    words = {key: tuple(sorted(set(value))) for key, value in route_options.items() if key in {"modes", "avoid"}}
    weighing = weighing_of(net)
    weights, topology = weighing.weights(RouteOptions(**(route_options | words)).weight_key), weighing.topology
    graph = nx.MultiDiGraph()
    for layer in range(len(places) - 1):
        for tail, head, link in topology.arcs:
            if weights[link] < math.inf:
                graph.add_edge((layer, tail), (layer, head), weight=weights[link])
    for layer, passed in enumerate(places[1:-1]):
        for state, at in enumerate(topology.state_nodes):
            if at.id == passed and (topology.carriers[state] is not None or len(topology.places[passed].arrived) == 0):
                graph.add_edge((layer, state), (layer + 1, state), weight=0.0)
    start, end = (0, topology.places[places[0]].start), (len(places) - 2, topology.end(places[-1]))
    graph.add_nodes_from([start, end])
    try:
        expected = nx.dijkstra_path_length(graph, start, end)
    except nx.NetworkXNoPath:
        expected = math.inf
    for asked_of in (net, geo.prepare(net)):
        found = cost_of(asked_of, places[0], places[-1], via=places[1:-1], **route_options)
        assert found == pytest.approx(expected, abs=1e-3)


@fast
@given(mixed(), options, st.data())
def test_another_edge_never_makes_a_route_more_expensive(net, asked, data):
    new = data.draw(_edge(99, list(net.nodes)))
    ends = net.nodes[0].id, net.nodes[-1].id
    before = cost_of(net, *ends, **asked)
    more = Network(
        net.nodes,
        [*net.edges, new],
        withheld=net.withheld,
        transfers=net.transfers,
        withheld_transfers=net.withheld_transfers,
        speeds=net.speeds,
    )
    try:
        after = cost_of(more, *ends, **asked)
    except geo.InvalidOptionError:
        return
    assert after <= before + 1e-3


@fast
@given(mixed(), options, st.integers(1, 5))
def test_alternatives_are_sorted_distinct_and_begin_with_the_route(net, asked, k):
    ends = net.nodes[0].id, net.nodes[-1].id
    try:
        best = geo.route(net, *ends, **asked)
    except NoRouteError:
        return
    found = geo.routes(net, *ends, k=k, **asked)
    assert found[0] == best
    assert len(found) <= k
    assert [trip.cost for trip in found] == pytest.approx(sorted(trip.cost for trip in found), abs=1e-3)
    used = [{edge for leg in trip.legs for edge in leg.edge_ids} for trip in found]
    assert all(one != other for one, other in permutations(used, 2))
    assert all(trip.cost <= 3 * best.cost + 1e-3 for trip in found)


@BY_CCH
def test_a_prepared_network_is_a_network():
    prepared = geo.prepare(peninsula())
    assert prepared.engine == "cch"
    assert geo.prepare(prepared) is prepared
    assert 0 < prepared.unit("distance") < 0.01
    assert prepared.unit("time") < 1e-6
    assert len(prepared) == len(peninsula())
    assert geo.routes(prepared, "ussuri", "daegu") == geo.routes(peninsula(), "ussuri", "daegu")
    assert geo.reachable(prepared, "khasan", 1e5) == geo.reachable(peninsula(), "khasan", 1e5)
    way = {"via": ["sonbong", "rajin"], "gauge_mm": 1520}
    assert geo.route(prepared, "ussuri", "daegu", **way) == geo.route(peninsula(), "ussuri", "daegu", **way)
    with pytest.raises(NoRouteError, match=r"geo\.route says why"):
        prepared.path("ussuri", "daegu", avoid=["sea"])
    with pytest.raises(geo.UnknownNodeError, match="did you mean 'rajin'"):
        prepared.path("ussuri", "rajinn")


@BY_CCH
def test_a_detour_longer_than_the_engine_can_count_is_still_found():
    # a ring: with everything open no way is longer than half of it
    count = 40
    nodes = [
        Node(f"n{i:02}", LonLat(130 + math.cos(i / count * math.tau) / 2, 42 + math.sin(i / count * math.tau) / 2))
        for i in range(count)
    ]
    edges = [
        Edge(id=f"e{i:02}", from_node=a.id, to_node=b.id, mode="sea", length_m=distance(a, b))
        for i, (a, b) in enumerate(pairwise([*nodes, nodes[0]]))
    ]
    net = Network(nodes, edges)
    closed = {"avoid": ["e39"], "cost": "distance"}
    whole = sum(edge.length_m for edge in edges[:-1])
    prepared = geo.prepare(net)
    assert geo.route(prepared, "n00", "n39", **closed).length_m == pytest.approx(whole)
    assert prepared.path("n00", "n39", **closed).cost == pytest.approx(whole)
    assert geo.matrix(prepared, ["n00"], ["n39", "n01"], **closed)[0, 0] == pytest.approx(whole)


def test_without_its_package_a_prepared_network_works_as_before():
    root = str(Path(geo.__file__).parents[1])
    program = (
        f"import sys; sys.path.insert(0, {root!r}); sys.modules['pyroutingkit'] = None\n"
        "from tests.geo.peninsula import network; import geo\n"
        "p = geo.prepare(network()); print(p.engine, p.unit(), geo.route(p, 'ussuri', 'daegu') == "
        "geo.route(network(), 'ussuri', 'daegu'), p.path('ussuri', 'rajin').node_ids[-1])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["dijkstra", "0.0", "True", "rajin"]


@fast
@given(networks(), local)
def test_a_prepared_network_finds_the_same_nearest_node(net, position):
    assert geo.prepare(net).nearest(position) == net.nearest(position)


def test_nothing_is_near_in_an_empty_prepared_network():
    with pytest.raises(geo.UnknownNodeError, match="has no nodes"):
        geo.prepare(Network([], [])).nearest((130, 42))


def test_weights_of_options_are_cached():
    net = peninsula()
    one = weighing_of(net).weights(RouteOptions(cost="time").weight_key)
    assert weighing_of(net).weights(RouteOptions(cost="time").weight_key) is one
    for number in range(30):
        weighing_of(net).weights(RouteOptions(cost=CostModel(per_hour=number)).weight_key)
    assert weighing_of(net).weights(RouteOptions(cost="time").weight_key) == one
    assert weighing_of(net).weights(RouteOptions(cost="time").weight_key) is not one


@BY_CCH
def test_units_do_not_depend_on_the_first_request():
    one, other = geo.prepare(peninsula()), geo.prepare(peninsula())
    costs = ("distance", "time", "generalized")
    assert [one.unit(cost) for cost in costs] == [other.unit(cost) for cost in reversed(costs)][::-1]


def test_a_needless_change_of_carrier_is_not_an_alternative():
    ends = [geo.Node("a", geo.LonLat(130.5, 42.4)), geo.Node("b", geo.LonLat(130.6, 42.4))]
    edge = geo.Edge(id="ab", from_node="a", to_node="b", mode="rail", length_m=9000.0, gauges_mm=(1520,))
    lorry = geo.Transfer(
        id="t",
        kind="transshipment",
        node_id="b",
        from_carrier=geo.Carrier("rail", 1520),
        to_carrier=geo.Carrier("road"),
        hours=0.2,
        assumption="test",
    )
    assert len(geo.routes(Network(ends, [edge], transfers=[lorry]), "a", "b", cost="time")) == 1
