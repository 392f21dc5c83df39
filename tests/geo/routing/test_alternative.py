"""Alternative routes, and buffers around service areas."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from geo import (
    Edge,
    InvalidQuantityError,
    LonLat,
    Network,
    Node,
    NoRouteError,
    area,
    destination,
    distance,
    matrix,
    reachable,
    route,
    routes,
)
from tests.geo.peninsula import network as peninsula
from tests.geo.strategies import fast, networks

# a ladder: two long sides, and a rung in the middle
_CORNERS = {"a": (130.0, 42.0), "n": (130.2, 42.1), "s": (130.2, 41.9), "m": (130.4, 42.1), "t": (130.4, 41.9)}
_SIDES = {"an": 20.5, "nm": 20.1, "mz": 20.5, "as": 22.5, "st": 22.1, "tz": 22.5, "mt": 23.0}


def ladder(**more: float) -> Network:
    nodes = [Node(name, LonLat(*at)) for name, at in (_CORNERS | {"z": (130.6, 42.0)}).items()]
    edges = [
        Edge(id=ends, from_node=ends[0], to_node=ends[1], mode="road", length_m=km * 1000)
        for ends, km in (_SIDES | more).items()
    ]
    return Network(nodes, edges)


def passed(trip):
    return "".join(stop.node_id for stop in trip.stops)


def test_the_other_side_is_an_alternative():
    assert [passed(trip) for trip in routes(ladder(), "a", "z", k=2)] == ["anmz", "astz"]


def test_a_detour_by_one_edge_is_not_an_alternative():
    # four stations in a row, and a second track between two of them
    nodes = [Node(name, LonLat(130 + i / 10, 42)) for i, name in enumerate("abcde")]
    edges = [
        Edge(id=one.id + other.id, from_node=one.id, to_node=other.id, mode="rail", length_m=9000.0)
        for one, other in pairwise(nodes)
    ]
    twin = Edge(id="twin", from_node="b", to_node="c", mode="rail", length_m=9200.0)
    assert len(routes(Network(nodes, [*edges, twin]), "a", "e", k=5)) == 1
    assert len(routes(Network(nodes, [*edges, twin]), "b", "c", k=5)) == 2


def test_an_expensive_route_is_not_an_alternative():
    net = Network(ladder().nodes, [one for one in ladder(az=200.0).edges if one.id != "tz"])
    assert [passed(trip) for trip in routes(net, "a", "z", k=3)] == ["anmz", "astmz"]


@pytest.mark.parametrize("k", [0, -1, 1.5])
def test_k_is_a_whole_number_above_zero(k):
    with pytest.raises(InvalidQuantityError, match="k must be a whole number >= 1"):
        routes(ladder(), "a", "z", k=k)


@fast
@given(networks(), st.integers(2, 4))
def test_alternatives_share_at_most_two_thirds(net, k):
    try:
        found = routes(net, net.nodes[0], net.nodes[-1], k=k)
    except NoRouteError:
        return
    used = [{edge for leg in trip.legs for edge in leg.edge_ids} for trip in found]
    for number, (trip, edges) in enumerate(zip(found, used, strict=True)):
        for other in used[:number]:
            shared = math.fsum(net.edge(one).length_m for one in edges & other)
            assert shared <= trip.length_m * 2 / 3 + 1e-3
        ids = [stop.node_id for stop in trip.stops]
        assert len(set(ids)) == len(ids)


def test_alternatives_via_a_place_pass_it():
    found = routes(ladder(), "a", "z", via=["m"], k=4)
    assert found[0].legs == route(ladder(), "a", "z", via=["m"]).legs
    assert all("m" in passed(trip) for trip in found)
    assert passed(found[1]) in {"astmz", "anmtz"}


@fast
@given(networks(), st.data())
def test_a_route_via_places_is_the_sum_of_its_sections(net, data):
    places = data.draw(st.permutations([one.id for one in net.nodes]))[:4]
    parts = [matrix(net, [one], [other], measure="length")[0, 0] for one, other in pairwise(places)]
    try:
        trip = route(net, places[0], places[-1], via=places[1:-1])
    except NoRouteError as error:
        assert math.inf in parts
        assert error.reason == "disconnected"  # noqa: PT017
        return
    assert trip.length_m == pytest.approx(sum(parts), abs=2e-3)


def test_a_buffer_has_the_given_width():
    found = reachable(peninsula(), "khasan", max_hours=30)
    shape = found.polygons(2000.0)
    assert shape.is_valid
    khasan = LonLat(130.64, 42.43)
    for bearing in (0, 90, 180, 270):
        near = destination(khasan, bearing, 1950.0)
        assert shape.covers(Point(near.lon, near.lat))
    # the line leaves to the north-east and to the west
    far = destination(khasan, 160.0, 2050.0)
    assert not shape.covers(Point(far.lon, far.lat))
    straight = Network(
        [Node("a", LonLat(130.0, 42.0)), Node("b", LonLat(133.0, 42.0))],
        [Edge(id="ab", from_node="a", to_node="b", mode="sea", length_m=distance((130, 42), (133, 42)))],
    )
    band = reachable(straight, "a", 1e6).polygons(5000.0)
    metres = straight.edge("ab").length_m
    assert area([band.exterior.coords]) == pytest.approx(metres * 10_000 + math.pi * 5000**2, rel=2e-3)


def test_buffer_of_an_empty_reach_is_empty():
    assert reachable(peninsula(), "khasan", 0.0).polygons(100.0).is_empty
    with pytest.raises(InvalidQuantityError, match="width_m must be a finite number > 0"):
        reachable(peninsula(), "khasan", 1e5).polygons(0)
