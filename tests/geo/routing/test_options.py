"""Options, loads, handling at ports and reversals, and their effect on the route."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from geo import (
    Carrier,
    CostModel,
    Edge,
    InvalidNetworkError,
    InvalidOptionError,
    InvalidQuantityError,
    LonLat,
    Network,
    Node,
    NoRouteError,
    RouteOptions,
    Transfer,
    Via,
    matrix,
    prepare,
    route,
    routes,
)
from geo.routing._options import RouteChanges

RAIL, SEA, LORRY = Carrier("rail", 1520), Carrier("sea"), Carrier("road")
NODES = [
    Node("mine", LonLat(130.0, 42.0), "Mine", country="RU"),
    Node("yard", LonLat(130.2, 42.0), "Yard", country="RU"),
    Node("quay", LonLat(130.3, 42.0), "Quay", country="RU"),
    Node("other", LonLat(130.3, 41.8), "Other", country="KP"),
    Node("far", LonLat(130.9, 41.0), "Far", country="KR"),
]


def edge(one: str, other: str, mode: str = "rail", **told: object) -> Edge:
    """An edge between two of the nodes, as long as a little more than the straight line."""
    length = {node.id: node.lonlat for node in NODES}
    from geo import distance

    gauges = (1520,) if mode == "rail" else ()
    straight = distance(length[one], length[other])
    return Edge(
        id=f"{mode}-{one}-{other}", from_node=one, to_node=other, mode=mode, length_m=straight * 1.05, gauges_mm=gauges,
        **told,
    )  # fmt: skip


def handling(node: str, one: Carrier | None, other: Carrier | None, **told: object) -> Transfer:
    """Handling at a port."""
    return Transfer(
        id=f"{node}-{one}-{other}", kind="port_handling", node_id=node, from_carrier=one, to_carrier=other, hours=48.0,
        assumption="a guess", **told,
    )  # fmt: skip


EDGES = [
    edge("mine", "yard"),
    edge("yard", "quay"),
    edge("yard", "other", systematic_m=10.0),
    edge("quay", "far", "sea", depth_m=9.0),
    edge("other", "far", "sea", depth_m=14.0),
    edge("quay", "other", "sea", depth_m=9.0),
]
HANDLINGS = [handling(node, RAIL, SEA) for node in ("quay", "other")]
QUAYS = [handling(node, None, SEA) for node in ("quay", "other", "far")]


def network(*more: Transfer, edges: list[Edge] = EDGES, models: dict[str, CostModel] | None = None) -> Network:
    """A mine, two ports and a port far off."""
    return Network(NODES, edges, transfers=[*HANDLINGS, *QUAYS, *more], cost_models=models)


def test_the_changes_are_the_fields_of_the_options():
    assert set(RouteChanges.__annotations__) == {field.name for field in fields(RouteOptions) if field.init}


def test_options_and_changes_are_one():
    options = RouteOptions(load="coal", modes=["sea", "rail"])
    by_options, by_words = (
        route(network(), "mine", "far", options),
        route(network(), "mine", "far", load="coal", modes=["rail", "sea"]),
    )
    assert by_options == by_words
    assert route(network(), "mine", "far", options, cost="distance").cost > 1000


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        ({"load": "cole"}, InvalidOptionError, "did you mean 'coal'"),
        ({"lod": "coal"}, InvalidOptionError, "an option is one of .*, got 'lod'; did you mean 'load'"),
        ({"draught_m": 0}, InvalidQuantityError, "draught_m must be greater than 0, got 0"),
        ({"gauge_mm": -1}, InvalidQuantityError, "gauge_mm must be greater than 0, got -1"),
    ],
)
def test_wrong_options_are_reported(words, error, message):
    with pytest.raises(error, match=message):
        route(network(), "mine", "far", **words)


class TestPorts:
    def test_a_route_that_ends_in_a_port_is_unloaded_there(self):
        trip = route(network(), "mine", "far")
        assert [leg.kind for leg in trip.legs if leg.mode == "transfer"] == ["port_handling", "port_handling"]
        assert (trip.legs[-1].carrier, trip.legs[-1].to_carrier) == ("sea", "")
        assert trip.hours > 96

    def test_a_via_can_require_handling(self):
        passed = route(network(), "mine", "far", via=["other"], avoid=["rail-yard-other"])
        assert [leg.from_node for leg in passed.legs if leg.kind == "port_handling"] == ["quay", "far"]
        with pytest.raises(NoRouteError):
            route(network(), "mine", "far", via=[Via("other", "handle")], avoid=["rail-yard-other"])
        trip = route(network(), "mine", "far", via=[Via("other", "handle")])
        assert [leg.from_node for leg in trip.legs if leg.kind == "port_handling"] == ["other", "far"]
        assert [leg.mode for leg in trip.legs if leg.length_m] == ["rail", "rail", "sea"] or trip.legs[
            0
        ].to_node == "other"

    def test_call_is_a_stop_of_the_ship(self):
        trip = route(network(), "mine", "far", via=[Via("quay", "handle"), Via("other", "call")])
        assert [stop.node_id for stop in trip.stops] == ["mine", "yard", "quay", "other", "far"]
        assert [leg.from_node for leg in trip.legs if leg.kind == "port_handling"] == ["quay", "far"]
        with pytest.raises(NoRouteError, match="no ship calls at 'Yard'"):
            route(network(), "mine", "far", via=[Via("yard", "call")])
        with pytest.raises(NoRouteError, match=r"nothing is handled .* at 'Yard'"):
            route(network(), "mine", "far", via=[Via("yard", "handle")])

    def test_alternatives_handle_at_the_port_too(self):
        for trip in routes(network(), "mine", "far", via=[Via("other", "handle")], k=3):
            assert "other" in [leg.from_node for leg in trip.legs if leg.kind == "port_handling"]

    def test_the_same_from_every_engine(self):
        pytest.importorskip("pyroutingkit")
        fast = prepare(network())
        for via in ([], [Via("other", "handle")], [Via("quay", "handle"), Via("other", "call")]):
            assert route(fast, "mine", "far", via=via) == route(network(), "mine", "far", via=via)
        assert matrix(fast, ["mine"], ["far"], measure="hours")[0, 0] == pytest.approx(route(fast, "mine", "far").hours)


class TestLoads:
    def test_an_edge_that_does_not_accept_a_load_is_closed_to_it(self):
        edges = [replace(one, loads=("coal",)) if one.id == "rail-yard-quay" else one for one in EDGES]
        assert route(network(edges=edges), "mine", "far", load="coal").stops[2].node_id == "quay"
        assert route(network(edges=edges), "mine", "far", load="general").stops[2].node_id == "other"
        shut = [replace(one, loads=("coal",)) if one.mode == "sea" else one for one in EDGES]
        with pytest.raises(NoRouteError, match="closed to containers: Quay - Far") as caught:
            route(network(edges=shut), "quay", "far", load="containers")
        assert caught.value.reason == "load"

    def test_a_ship_with_deep_draught_uses_deep_ports_only(self):
        assert route(network(), "mine", "far", draught_m=8.0).stops[2].node_id == "quay"
        assert route(network(), "mine", "far", draught_m=12.0).stops[2].node_id == "other"
        with pytest.raises(NoRouteError, match="too shallow for a draught of 20 m") as caught:
            route(network(), "mine", "far", draught_m=20.0)
        assert caught.value.reason == "draught"

    def test_hours_and_costs_are_those_of_the_load(self):
        slow = [replace(one, load_hours=(("coal", 96.0),)) for one in (*HANDLINGS, *QUAYS)]
        net = Network(NODES, EDGES, transfers=slow, cost_models={"coal": CostModel(per_hour=0.0, port_handling=7.0)})
        coal, general = (route(net, "mine", "far", load=load) for load in ("coal", "general"))
        assert coal.hours == pytest.approx(general.hours + 96)
        lengths = sum(leg.length_m / 1000 * (1 if leg.mode == "rail" else 0.2) for leg in coal.legs)
        assert coal.cost == pytest.approx(lengths + 14)


class TestReversals:
    TURN = Transfer(
        id="turn", kind="reversal", node_id="yard", between=(("rail-mine-yard", "rail-yard-quay"),), hours=2.0,
        assumption="the engine runs round",
    )  # fmt: skip

    def test_a_reversal_is_a_stop_with_its_dwell(self):
        trip = route(network(self.TURN), "mine", "quay")
        assert [leg.kind for leg in trip.legs if leg.mode == "transfer"] == ["reversal"]
        assert trip.hours == pytest.approx(route(network(), "mine", "quay").hours + 2)
        assert route(network(self.TURN), "quay", "mine").transfers == (self.TURN,)
        assert route(network(self.TURN), "mine", "other", modes=["rail"]).transfers == ()

    def test_no_train_turns_by_running_back(self):
        dear = replace(self.TURN, hours=50.0)
        back = replace(dear, id="back", node_id="other", between=(("rail-yard-other", "rail-yard-other"),))
        assert (
            len(route(network(dear), "mine", "quay", modes=["rail"]).stops) == 5
        )  # nothing is known of a turn at the other port
        detour = route(network(dear, back), "mine", "quay", modes=["rail"])
        assert [stop.node_id for stop in detour.stops] == ["mine", "yard", "quay"]
        assert detour.transfers[0].kind == "reversal"

    def test_no_reversal_at_the_start_or_the_end(self):
        assert route(network(self.TURN), "yard", "quay").transfers == ()
        assert route(network(self.TURN), "mine", "yard").transfers == ()

    def test_the_same_from_every_engine(self):
        pytest.importorskip("pyroutingkit")
        for ends in (("mine", "quay"), ("quay", "mine"), ("mine", "far"), ("far", "mine")):
            assert route(prepare(network(self.TURN)), *ends) == route(network(self.TURN), *ends)

    @pytest.mark.parametrize(
        ("told", "message"),
        [
            ({"between": ()}, "a reversal, and nothing else, names the edges"),
            ({"between": (("rail-mine-yard", "rail-nowhere"),)}, "'rail-nowhere' is not among the edges"),
            ({"between": (("rail-mine-yard", "sea-quay-far"),)}, "where edge 'sea-quay-far' does not end"),
        ],
    )
    def test_a_wrong_one_is_refused(self, told, message):
        with pytest.raises(InvalidNetworkError, match=message):
            network(replace(self.TURN, **told))


def test_a_higher_rate_gives_a_higher_cost():
    edges = [replace(one, rate=3.0) if one.id == "rail-mine-yard" else one for one in EDGES]
    plain, dear = (route(network(edges=some), "mine", "yard") for some in (EDGES, edges))
    assert dear.cost == pytest.approx(3 * plain.cost)
    assert dear.length_m == plain.length_m


def test_a_wagon_costs_its_loading_at_both_ends():
    model = {"general": CostModel(wagon=20.0)}
    assert route(network(models=model), "mine", "yard").cost == pytest.approx(
        route(network(), "mine", "yard").cost + 40
    )


def test_a_long_name_in_the_headline_is_wrapped_not_cut():
    summary = replace(route(network(), "mine", "far").summary(), headline="Khabarovsk " * 12 + "→ Wonsan")
    text = summary.text()
    assert text.split("\n\n")[0].split() == summary.headline.split()
    assert all(len(line) <= 100 for line in text.splitlines())


def test_summary_is_short():
    told = route(network(TestReversals.TURN), "mine", "far", load="coal").summary()
    text = told.text()
    assert all(len(line) <= 100 for line in text.splitlines())
    assert len(told.notes) <= 5
    assert told.headline.startswith("Mine → Far (coal): ")
    assert [row.mode for row in told.rows] == ["rail", "port", "sea", "port"]
    assert told.columns == ("", "from → to", "km", "hours", "gauge or carrier")
    assert route(network(), "mine", "far").summary("nmi").columns[2] == "nmi"
