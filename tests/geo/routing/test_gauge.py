"""The gauge of a wagon in the search: through running, bogie change, transshipment, end of track."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from geo import Carrier, InvalidOptionError, Network, NoRouteError, Transfer, matrix, reachable, route, routes
from tests.geo.peninsula import (
    BOGIES,
    BROAD,
    CHECKS,
    EDGES,
    LORRY,
    NODES,
    PIER,
    QUAY,
    STANDARD,
    TRANSFERS,
    YARD,
    edge,
    network,
)


def carriers(trip):
    return [leg.carrier for leg in trip.legs if leg.mode != "transfer"]


def test_a_broad_wagon_runs_over_four_rail_track_without_change():
    trip = route(network(), "ussuri", "rajin", gauge_mm=1520)
    assert set(carriers(trip)) == {"rail:1520"}
    assert trip.transfers == (CHECKS,)
    assert trip.gauge_breaks == ()


def test_bogies_are_changed_where_they_can_be():
    trip = route(network(), "ussuri", "chongjin")
    assert trip.transfers == (CHECKS, BOGIES)
    assert carriers(trip) == ["rail:1520", "rail:1435", "rail:1435", "rail:1435"]
    (one,) = trip.gauge_breaks
    assert (one.place, one.before_mm, one.after_mm) == ("Tumangang", (1520,), (1435,))
    back = route(network(), "chongjin", "ussuri")
    assert back.transfers == (BOGIES, CHECKS)
    assert [(leg.carrier, leg.to_carrier) for leg in back.legs if leg.transfer is BOGIES] == [
        ("rail:1435", "rail:1520")
    ]
    assert (back.length_m, back.hours) == pytest.approx((trip.length_m, trip.hours))


def test_without_a_change_of_gauge_the_place_is_named():
    pattern = r"without a change of gauge it ends at 'Tumangang', where 1520 mm meets 1435 mm; with bogie_change=True"
    with pytest.raises(NoRouteError, match=pattern) as caught:
        route(network(), "ussuri", "chongjin", bogie_change=False, modes=["rail"])
    assert caught.value.reason == "gauge"


def test_goods_reach_a_wagon_of_another_gauge_by_ship():
    trip = route(network(), "ussuri", "daegu", gauge_mm=1520, bogie_change=False)
    assert trip.transfers == (CHECKS, QUAY, PIER)
    assert carriers(trip)[-1] == "rail:1435"
    assert trip.gauge_breaks == ()
    assert [leg.to_carrier for leg in trip.legs if leg.mode == "transfer"] == ["rail:1520", "sea", "rail:1435"]


def test_a_route_that_returns_to_change_its_carrier_says_so():
    # no rule forbids a ship to turn round, but nobody should overlook that it did
    trip = route(network(), "ussuri", "chongjin", bogie_change=False)
    assert trip.transfers == (CHECKS, QUAY, QUAY)
    assert trip.warnings[-1] == "Rajin is passed twice"
    assert not any("passed twice" in one for one in route(network(), "ussuri", "chongjin").warnings)


def test_the_checks_at_the_border_count_once_in_either_direction():
    assert route(network(), "khasan", "tumangang").transfers == (CHECKS,)
    there, back = (route(network(), *pair, cost="time") for pair in (("khasan", "rajin"), ("rajin", "khasan")))
    running = sum(leg.length_m for leg in there.legs) / 1000 / 35
    assert there.cost == back.cost == pytest.approx(running + 5.0)
    assert there.hours == pytest.approx(there.cost)


def test_a_one_way_transfer_is_not_used_in_reverse():
    net = network(transfers=(CHECKS, replace(BOGIES, both_ways=False)))
    assert route(net, "ussuri", "chongjin").transfers == (CHECKS, replace(BOGIES, both_ways=False))
    with pytest.raises(NoRouteError, match="no transfer is known from rail:1435 to rail:1520"):
        route(net, "chongjin", "ussuri")
    assert matrix(net, ["chongjin"], ["ussuri"])[0, 0] == math.inf


def test_without_a_known_transfer_there_is_no_route():
    with pytest.raises(
        NoRouteError, match="from rail:1520 to sea at 'Rajin', from sea to rail:1435 at 'Busan'"
    ) as caught:
        route(network(transfers=(CHECKS,)), "khasan", "daegu", gauge_mm=1520)
    assert caught.value.reason == "transfer"
    with pytest.raises(NoRouteError, match="from rail:1520 to rail:1435 at") as caught:
        route(network(transfers=(CHECKS,)), "khasan", "hamhung")
    assert caught.value.reason == "gauge"


def test_a_lorry_cannot_bypass_a_change_of_gauge():
    load = Transfer(
        id="load", kind="loading", node_id="tumangang", from_carrier=Carrier("rail"), to_carrier=LORRY, hours=1.0,
        assumption="a ramp",
    )  # fmt: skip
    track = edge("tumangang", "mine", "road", factor=3.0)
    net = network(edges=(*EDGES, track), transfers=(*TRANSFERS, load))
    with pytest.raises(NoRouteError) as caught:
        route(net, "ussuri", "hamhung", bogie_change=False, modes=["rail"])
    assert caught.value.reason == "gauge"
    by_road = route(net, "ussuri", "hamhung", bogie_change=False, cost="distance")
    assert by_road.transfers == (CHECKS, load, YARD)
    free = Network(NODES, (*EDGES, track))
    assert all(leg.mode == "rail" for leg in route(free, "ussuri", "hamhung", cost="distance").legs)
    assert any(leg.mode == "road" for leg in route(free, "ussuri", "hamhung", bogie_change=False, cost="distance").legs)


def test_a_closed_border_names_itself():
    net = network(transfers=TRANSFERS[1:], withheld_transfers=(replace(CHECKS, status="closed"),))
    with pytest.raises(NoRouteError, match=r"Khasan - Tumangang \(the border crossing is closed\)") as caught:
        route(net, "ussuri", "rajin")
    assert caught.value.reason == "date"


def test_a_closed_yard_names_itself():
    net = network(transfers=(CHECKS,), withheld_transfers=(replace(BOGIES, status="suspended"),))
    with pytest.raises(
        NoRouteError, match=r"were not open on that day: bogie change at Tumangang \(suspended\)$"
    ) as caught:
        route(net, "ussuri", "chongjin")
    assert caught.value.reason == "date"


@pytest.mark.parametrize(
    ("options", "reason", "message"),
    [
        ({"modes": ["rail"]}, "mode", r"which modes excludes: Rajin - Busan \(sea\)"),
        ({"avoid": ["sea"]}, "avoided", r"which avoid excludes: Rajin - Busan \(operating\)"),
        (
            {"avoid": ["port_handling"]},
            "avoided",
            "avoid excludes.*: port handling at Rajin .*, port handling at Busan",
        ),
        ({"avoid": ["border_crossing"]}, "avoided", "Khasan - Tumangang"),
        ({"avoid": ["KP"]}, "avoided", "Khasan - Tumangang .*Tumangang - Rajin"),
        ({"avoid": ["Rajin Line"]}, "avoided", "Tumangang - Rajin"),
        ({"avoid": ["tumangang"]}, "avoided", "Khasan - Tumangang"),
        (
            {"avoid": ["rajin-busan"], "modes": ["rail", "road"]},
            "avoided",
            "which modes excludes: .*; and .* which avoid excludes",
        ),
    ],
)
def test_links_closed_by_options_are_named(options, reason, message):
    with pytest.raises(NoRouteError, match=message) as caught:
        route(network(), "ussuri", "daegu", **options)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"cost": "tyme"}, "cost must be of distance, time, generalized, got 'tyme'; did you mean 'time'"),
        ({"modes": ["rial"]}, "modes must be of rail, .*did you mean 'rail'"),
        ({"modes": []}, "at least one mode"),
        ({"modes": "rail"}, r"takes several words, got the text 'rail'; write \['rail'\]"),
        ({"avoid": "KP"}, r"write \['KP'\]"),
        ({"avoid": ["tumangan"]}, "got 'tumangan', which the network lacks; did you mean 'tumangang'"),
        ({"avoid": ["port_handlin"]}, "did you mean 'port_handling'"),
    ],
)
def test_unknown_words_get_the_nearest_spelling(options, message):
    with pytest.raises(InvalidOptionError, match=message):
        route(network(), "ussuri", "rajin", **options)


def test_words_of_the_vocabulary_are_known_even_where_unused():
    assert route(network(), "ussuri", "rajin", avoid=["ferry", "planned", "surveyed"]).length_m > 0


def test_an_intermediate_stop_keeps_the_carrier():
    # straight on to Sonbong on broad wheels would be as short, but only Tumangang changes bogies
    trip = route(network(), "ussuri", "chongjin", via=["rajin"])
    assert trip.transfers == (CHECKS, BOGIES)
    with pytest.raises(NoRouteError, match="by way of 'Rajin'") as caught:
        route(network(), "ussuri", "chongjin", via=["rajin"], bogie_change=False, modes=["rail"])
    assert caught.value.reason == "gauge"
    assert [stop.node_id for stop in trip.stops].count("rajin") == 1


def test_a_round_trip_via_a_place():
    trip = route(network(), "rajin", "rajin", via=["busan"])
    assert trip.length_m == pytest.approx(2 * route(network(), "rajin", "busan").length_m)
    camp = (130.30, 42.26)
    off = route(network(), "khasan", "sonbong", via=[camp])
    assert [leg.mode for leg in off.legs].count("connector") == 2
    assert off.stops[-1].at_m == pytest.approx(off.length_m)


def test_hours_and_cost_are_reported():
    trip = route(network(), "ussuri", "daegu", cost="generalized")
    handled = [5.0, 24.0, 12.0]
    km = {mode: sum(leg.length_m for leg in trip.legs if leg.mode == mode) / 1000 for mode in ("rail", "sea")}
    assert trip.cost == pytest.approx(km["rail"] + 0.2 * km["sea"] + 10 * sum(handled))
    assert trip.hours == pytest.approx(km["rail"] / 35 + km["sea"] / 22 + sum(handled))
    assert [str(one) for one in trip.borders] == [
        "RU → KP between Khasan and Tumangang",
        "KP → KR between Rajin and Busan",
    ]


def test_stated_hours_of_an_edge_come_before_its_speed():
    fast = [replace(one, hours=1.0) if one.id == "ussuri-khasan" else one for one in EDGES]
    assert route(network(edges=fast), "ussuri", "khasan", cost="time").cost == 1.0


def test_explain_lists_transfers_and_legal_restrictions():
    text = route(network(), "ussuri", "daegu").explain()
    assert "  2. transfer at Tumangang: border crossing, 5 h (assumed: as at other borders)" in text
    assert "transfer at Rajin: port handling, rail → sea, 24 h [port]" in text
    assert "\nRules of law\n  UNSCR 2375 (since 2017-09-11): coal from abroad by way of Rajin is exempt [un]" in text
    assert "\nBorders\n  RU → KP between Khasan and Tumangang" in text
    told = json.loads(json.dumps(route(network(), "ussuri", "daegu").to_dict()))
    assert told["labels"][0]["regime"] == "UNSCR 2375"
    assert [leg["kind"] for leg in told["legs"] if leg["mode"] == "transfer"] == [
        "border_crossing",
        "port_handling",
        "port_handling",
    ]


def test_unknown_hours_give_a_warning():
    net = network(transfers=(CHECKS, replace(BOGIES, hours=None)))
    assert any(
        "how long the bogie change takes is not known" in one for one in route(net, "ussuri", "chongjin").warnings
    )


def test_alternatives_over_transfers_are_routes_of_their_own():
    found = routes(network(), "ussuri", "rajin", k=3)
    assert found[0].legs == route(network(), "ussuri", "rajin").legs
    assert [trip.cost for trip in found] == sorted(trip.cost for trip in found)


def test_reach_by_hours_stops_at_the_yard():
    near = reachable(network(), "khasan", max_hours=5.5)
    assert set(near.nodes) == {"khasan", "tumangang"}
    assert near.nodes["tumangang"] == pytest.approx(route(network(), "khasan", "tumangang", cost="time").cost)
    broad = reachable(network(), "khasan", 400_000, gauge_mm=1520, bogie_change=False, modes=["rail"])
    assert set(broad.nodes) == {"khasan", "tumangang", "rajin", "sonbong", "ussuri"}
    with pytest.raises(InvalidOptionError, match="give max_m or max_hours, one of them"):
        reachable(network(), "khasan", 1.0, max_hours=1.0)


def test_rail_without_gauge_means_every_wagon_there():
    for gauge in (1435, 1520):
        assert route(network(), "tumangang", "busan", gauge_mm=gauge).transfers == (QUAY,)
    assert STANDARD < BROAD


def test_html_holds_the_legs_and_escapes_them():
    nodes = [replace(node, name="<b>Rajin</b>") if node.id == "rajin" else node for node in NODES]
    html = route(Network(nodes, EDGES, transfers=TRANSFERS), "ussuri", "busan")._repr_html_()
    assert "<b>" not in html
    assert "&lt;b&gt;Rajin" in html
    assert html.count("<tr>") == 1 + len(route(network(), "ussuri", "busan").legs)
    assert "stroke-dasharray" in html


def test_a_change_of_gauge_is_reported_after_track_of_unknown_gauge():
    unknown = [replace(one, gauges_mm=()) if one.id == "khasan-tumangang" else one for one in EDGES]
    first = edge("mine", "khasan", "road", factor=2.0)
    load = Transfer(
        id="load",
        kind="loading",
        node_id="khasan",
        from_carrier=LORRY,
        to_carrier=BROAD,
        hours=1.0,
        assumption="a ramp",
    )
    net = network(edges=[*unknown, first], transfers=(*TRANSFERS, load))
    asked = {"avoid": ["yard"], "modes": ["rail", "road"]}
    trip = route(net, "mine", "hamhung", **asked)
    assert [(one.place, one.before_mm, one.after_mm) for one in trip.gauge_breaks] == [("Tumangang", (1520,), (1435,))]
    with pytest.raises(NoRouteError, match="ends at 'Tumangang', where 1520 mm meets 1435 mm"):
        route(net, "mine", "hamhung", bogie_change=False, **asked)
