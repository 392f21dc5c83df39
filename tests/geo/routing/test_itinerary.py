"""The output of a route: legs, gauges, uncertainty, text, GeoJSON."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest

from geo import (
    Edge,
    InvalidGeometryError,
    InvalidQuantityError,
    Leg,
    LonLat,
    Network,
    Node,
    PublishedLength,
    Route,
    UnknownNodeError,
    distance,
    gauge_text,
    route,
)
from geo.routing.leg import gauge_breaks
from tests.geo.line import BRIDGE, EDGES, NODES, RAJIN, SONBONG, network

RZD = PublishedLength("tumangang", "rajin", 52_000.0, "rzd", "Russian Railways")
CHAINAGE = PublishedLength("rajin", "tumangang", 52_100.0, "hambuk", used=True)
ELSEWHERE = PublishedLength("khasan", "busan", 1.0, "nobody")


def trip() -> Route:
    return route(network(), "khasan", "chongjin")


def leg(*gauges: int, mode: str = "rail", start: str = "x") -> Leg:
    line = ((130.0, 42.0), (130.1, 42.0))
    return Leg(
        mode=mode,
        from_name=start.title(),
        to_name="Y",
        from_node=start,
        to_node="y",
        length_m=9000.0,
        uncertainty_m=0.0,
        coordinates=line,
        gauges_mm=gauges,
    )


def test_equal_edges_merge_into_one_leg():
    merged = trip().legs[2]
    assert [part.line for part in trip().legs] == ["", "Hongui Line", "Hambuk Line", "Pyongra Line"]
    assert (merged.from_name, merged.to_name) == ("Hongui", "Rajin")
    assert (merged.length_m, merged.uncertainty_m, merged.chainage_m) == (42_000.0, 500.0, 42_600.0)
    assert merged.sources == ("hambuk", "rzd")
    assert merged.countries == ("KP",)
    assert merged.coordinates == ((130.5366, 42.4255), (130.3794, 42.3527), (130.2892, 42.2497))


@pytest.mark.parametrize(
    "change",
    [{"mode": "road"}, {"line": "Other"}, {"gauges_mm": (1435,)}, {"status": "suspended"}, {"geometry_method": "osm"}],
)
def test_unequal_edges_do_not_merge(change):
    edges = [replace(edge, **change) if edge is SONBONG else edge for edge in EDGES]
    assert len(route(Network(NODES, edges), "khasan", "chongjin").legs) == 5


def without_chainage(*, at_start, at_end):
    """Network in which a station between Hongui and Rajin has no chainage on one or both of its edges."""
    ends = {SONBONG: (285.6, None if at_start else 313.0), RAJIN: (None if at_end else 313.0, 328.2)}
    return Network(NODES, [replace(edge, chainages_km=ends.get(edge, edge.chainages_km)) for edge in EDGES])


def test_chainage_needs_only_the_ends_of_a_leg():
    network = without_chainage(at_start=True, at_end=True)
    assert route(network, "hongui", "rajin").legs[0].chainage_m == 42_600.0
    assert route(network, "rajin", "hongui").legs[0].chainage_m == 42_600.0


def test_chainage_that_restarts_is_not_subtracted():
    assert route(without_chainage(at_start=False, at_end=True), "hongui", "rajin").legs[0].chainage_m is None


def test_coordinates_run_in_the_direction_of_travel():
    # the Hongui Line is stored from Hongui to Tumangang
    assert trip().legs[1].coordinates == ((130.6081, 42.4214), (130.57, 42.43), (130.5366, 42.4255))
    line = trip().coordinates
    assert (line[0], line[-1]) == (tuple(NODES[0].lonlat), tuple(NODES[5].lonlat))
    assert all(a != b for a, b in pairwise(line))


def test_independent_errors_add_in_quadrature_and_systematic_ones_linearly():
    assert trip().uncertainty_m == pytest.approx(math.hypot(100, 200, 300, 400, 1000, 20, 200))
    biased = Network(NODES, [replace(edge, systematic_m=50.0) for edge in EDGES])
    together = route(biased, "khasan", "chongjin")
    assert together.uncertainty_m == pytest.approx(math.hypot(5 * 50, 100, 200, 300, 400, 1000, 20, 200))
    assert together.legs[2].uncertainty_m == pytest.approx(math.hypot(2 * 50, 300, 400))
    assert together.between("hongui", "rajin").uncertainty_m == pytest.approx(math.hypot(2 * 50, 300, 400))


@dataclass(frozen=True)
class Camp:
    lonlat: LonLat
    accuracy_m: float


def test_connectors_are_independent_and_counted_once():
    free = route(network(), Camp(LonLat(130.66, 42.44), 500.0), "chongjin")
    assert free.legs[0].uncertainty_m == math.hypot(500, 20)
    assert free.uncertainty_m == pytest.approx(math.hypot(100, 200, 300, 400, 1000, 500, 20, 200))


def test_distance_holds_length_and_uncertainty():
    whole = trip().distance
    assert (whole.metres, whole.uncertainty_m) == (trip().length_m, trip().uncertainty_m)
    assert whole.metres == 146_400.0


def test_detour_factor_is_length_by_geodesic():
    straight = distance(NODES[0], NODES[5])
    assert trip().straight_line_m == straight
    assert trip().detour_factor == pytest.approx(146_400 / straight)


def test_detour_of_a_loop_is_not_reported():
    nodes = [Node("a", LonLat(130, 42)), Node("b", LonLat(130, 42))]
    loop = Edge(id="loop", from_node="a", to_node="b", mode="rail", length_m=500.0)
    assert route(Network(nodes, [loop]), "a", "b").detour_factor is None


def test_between_two_stops_of_the_route():
    part = trip().between("rajin", "tumangang")
    assert (part.metres, part.uncertainty_m) == (51_400.0, pytest.approx(math.hypot(200, 300, 400)))
    with pytest.raises(UnknownNodeError, match="the route does not pass 'busan'"):
        trip().between("busan", "rajin")


@pytest.mark.parametrize(
    ("legs", "breaks"),
    [
        ([leg(1520), leg(1435)], [("x", (1520,), (1435,))]),
        ([leg(1520), leg(1435, 1520), leg(1435)], [("x", (1520,), (1435,))]),  # dual gauge hides no break
        ([leg(1435, 1520), leg(1435)], []),
        ([leg(1520), leg(mode="transfer"), leg(1435)], [("x", (1520,), (1435,))]),
        ([leg(1520), leg(), leg(1435)], [("x", (1520,), (1435,))]),  # unknown gauge opens no way
        ([leg(1520), leg(mode="sea"), leg(1435)], []),  # unloaded at the port
        ([leg(1520), leg(1435), leg(1520)], [("x", (1520,), (1435,)), ("x", (1435,), (1520,))]),
        ([leg(mode="road")], []),
    ],
)
def test_breaks_of_gauge(legs, breaks):
    assert [(one.node_id, one.before_mm, one.after_mm) for one in gauge_breaks(tuple(legs))] == breaks


def test_break_of_gauge_of_the_line_is_at_rajin():
    (one,) = trip().gauge_breaks
    assert str(one) == "break of gauge at Rajin: 1520 mm before, 1435 mm after"


@pytest.mark.parametrize(
    ("gauges", "text"),
    [
        ((1520,), "1520 mm"),
        ((1435, 1520), "1435 + 1520 mm (four-rail)"),
        ((1067, 1435), "1067 + 1435 mm (three-rail)"),
        ((1000, 1435, 1520), "1000 + 1435 + 1520 mm"),
        ((), ""),
    ],
)
def test_gauges_in_words(gauges, text):
    assert gauge_text(gauges) == text


def test_warnings_name_the_weak_parts():
    free = route(network(), (130.66, 42.44), "chongjin")
    assert [warning.split(":")[0] for warning in free.warnings] == [
        "130.66,42.44 to Khasan",
        "Hongui to Rajin",
        "Rajin to Chongjin",
        "break of gauge at Rajin",
    ]
    assert "straight connector" in free.warnings[0]
    assert "schematic" in free.warnings[1]
    assert "status is suspended" in free.warnings[2]


def test_sound_route_has_no_warning():
    assert route(network(), "khasan", "hongui").warnings == ()


def test_unknown_gauge_is_warned_of():
    net = Network(NODES, [replace(BRIDGE, gauges_mm=())])
    assert route(net, "khasan", "tumangang").warnings == ("Khasan to Tumangang: the gauge is not known",)


def test_published_lengths_are_kept_when_both_ends_are_passed():
    assert trip().with_published([RZD, CHAINAGE, ELSEWHERE]).published == (RZD, CHAINAGE)
    assert trip().published == ()


def test_explain_from_top_to_bottom():
    assert trip().with_published([RZD, CHAINAGE]).explain().splitlines() == [
        (
            "Khasan → Chongjin: 146 km ± 1 km along the network, 100.5 km ± 0.2 km in a straight line, detour factor 1.46, "
            "about 4.2 h"
        ),
        "  1. rail: Khasan → Tumangang, 5.0 km ± 0.1 km, 1520 mm [osm]",
        (
            "  2. rail Hongui Line: Tumangang → Hongui, 9.4 km ± 0.2 km, published chainage 9.5 km, "
            "1435 + 1520 mm (four-rail) [hambuk]"
        ),
        (
            "  3. rail Hambuk Line: Hongui → Rajin, 42.0 km ± 0.5 km, published chainage 42.6 km, "
            "1435 + 1520 mm (four-rail) [hambuk, rzd]"
        ),
        "  4. rail Pyongra Line: Rajin → Chongjin, 90 km ± 1 km, 1435 mm, suspended",
        "",
        "Breaks of gauge",
        "  break of gauge at Rajin: 1520 mm before, 1435 mm after",
        "",
        "Published figures that disagree",
        "  Tumangang - Rajin: measured here 51.4 km ± 0.5 km",
        "    52 km [rzd] Russian Railways",
        "    52.1 km (used) [hambuk]",
        "",
        "Warnings",
        "  Hongui to Rajin: schematic: the course is not published or drawn in chords",
        "  Rajin to Chongjin: schematic: the course is not published or drawn in chords; the status is suspended",
        "  break of gauge at Rajin: 1520 mm before, 1435 mm after",
    ]


def test_agreeing_figures_are_listed_separately():
    text = (
        trip()
        .with_published([replace(RZD, length_m=51_900.0), replace(CHAINAGE, length_m=51_930.0, note="rounded")])
        .explain()
    )
    assert "Published figures that agree\n  Tumangang - Rajin: measured here 51.4 km ± 0.5 km\n" in text
    assert "    51.93 km (used) [hambuk]: rounded" in text
    assert "disagree" not in text


def test_figures_far_from_ours_disagree_though_equal():
    text = trip().with_published([replace(RZD, length_m=32_000.0)]).explain()
    assert "Published figures that disagree" in text


def test_a_leg_without_distance_is_reported_as_such():
    nodes = [*NODES, Node("rajin-port", NODES[4].lonlat, "Rajin port")]
    lift = Edge(id="lift", from_node="rajin", to_node="rajin-port", mode="road", length_m=0.0)
    text = route(Network(nodes, [*EDGES, lift]), "sonbong", "rajin-port").explain()
    assert "  2. road: Rajin → Rajin port, no distance" in text


def test_geojson_has_a_line_for_each_leg_and_nothing_foreign():
    collection = json.loads(json.dumps(trip().to_geojson()))
    assert set(collection) == {"type", "features"}
    assert all(set(feature) == {"type", "geometry", "properties"} for feature in collection["features"])
    assert [feature["geometry"]["type"] for feature in collection["features"]] == ["LineString"] * 4
    first = collection["features"][0]
    assert first["geometry"]["coordinates"] == [[130.6449, 42.4301], [130.6081, 42.4214]]
    assert first["properties"] == {
        "mode": "rail",
        "line": "",
        "from_id": "khasan",
        "from_name": "Khasan",
        "to_id": "tumangang",
        "to_name": "Tumangang",
        "length_m": 5000.0,
        "uncertainty_m": 100.0,
        "geometry_m": 5000.0,
        "chainage_m": None,
        "gauges_mm": [1520],
        "status": "operating",
        "countries": ["RU", "KP"],
        "sources": ["osm"],
        "hours": 0.143,
        "kind": "",
        "carrier": "rail:1520",
        "to_carrier": "",
        "explanation": "",
        "assumption": "",
        "labels": [],
        "geometry_method": "osm",
    }


def test_dict_is_complete_and_json_ready():
    told = json.loads(json.dumps(trip().with_published([RZD]).to_dict()))
    assert list(told) == [
        "from_id",
        "from_name",
        "to_id",
        "to_name",
        "load",
        "length_m",
        "uncertainty_m",
        "straight_line_m",
        "hours",
        "cost",
        "legs",
        "gauge_breaks",
        "borders",
        "labels",
        "warnings",
        "published",
    ]
    assert (told["from_name"], told["to_id"], told["length_m"]) == ("Khasan", "chongjin", 146_400.0)
    assert sum(part["length_m"] for part in told["legs"]) == pytest.approx(told["length_m"])
    assert told["gauge_breaks"] == [{"node_id": "rajin", "name": "Rajin", "before_mm": [1520], "after_mm": [1435]}]
    assert told["published"][0]["length_m"] == 52_000.0


def test_geo_interface_is_the_whole_line():
    assert trip().__geo_interface__ == {"type": "LineString", "coordinates": trip().coordinates}


def test_a_leg_is_a_geojson_feature():
    leg = trip().legs[0]
    line = {"type": "LineString", "coordinates": leg.coordinates}
    assert leg.__geo_interface__ == {"type": "Feature", "geometry": line, "properties": leg.properties}


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"legs": ()}, InvalidGeometryError, "a leg and two stops, got 0 and 6"),
        ({"stops": ()}, InvalidGeometryError, "a leg and two stops, got 4 and 0"),
        ({"origin_accuracy_m": -1}, InvalidQuantityError, "origin_accuracy_m .* got -1"),
    ],
)
def test_impossible_routes_are_refused(change, error, message):
    with pytest.raises(error, match=message):
        replace(trip(), **change)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"coordinates": ()}, InvalidGeometryError, "two positions, got none .*'X' to 'Y'"),
        ({"length_m": -1.0}, InvalidQuantityError, r"length_m .* got -1\.0 \(leg from 'X' to 'Y'\)"),
    ],
)
def test_impossible_legs_are_refused(change, error, message):
    with pytest.raises(error, match=message):
        replace(leg(1520), **change)


def test_impossible_published_length_is_refused():
    with pytest.raises(InvalidQuantityError, match=r"length_m .* got nan \(published by 'rzd'\)"):
        replace(RZD, length_m=math.nan)
