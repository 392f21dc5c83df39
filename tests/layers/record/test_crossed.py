"""A closed bridge closes its track: histories over a crossing, and their effect on routes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import geo
import layers
from geo import parse_date
from layers.build import crossed
from layers.record.history import over_crossing, state_at, states_of

STATUS = ["planned", "under_construction", "operating", "suspended", "closed"]
OPENED = {"operating", "suspended", "closed"}


def entries(*pairs, **more):
    return [{"date": day, "status": status, "sources": ["x"], **more} for day, status in pairs]


@st.composite
def histories(draw, *, smallest=0):
    days = sorted(
        draw(st.sets(st.dates(parse_date("1900").earliest, parse_date("2099").latest), min_size=smallest, max_size=6))
    )
    return [
        {"date": day.isoformat(), "status": draw(st.sampled_from(STATUS)), "sources": ["x"], "mode": mode}
        if (mode := draw(st.sampled_from([None, "rail", "road"])))
        else {"date": day.isoformat(), "status": draw(st.sampled_from(STATUS)), "sources": ["x"]}
        for day in days
    ]


def status(history, day):
    known = state_at({"valid_from": None, "history": history}, day)
    return known["status"] if known and history else None


@given(own=histories(smallest=1), crossing=histories(), mode=st.sampled_from(["rail", "road"]))
def test_open_only_while_both_are(own, crossing, mode):
    merged, theirs = over_crossing(own, crossing, mode=mode), states_of(crossing, mode=mode)
    first = next((parse_date(entry["date"]).earliest for entry in theirs if entry["status"] in OPENED), None)
    for entry in [*own, *crossing]:
        day = parse_date(entry["date"]).earliest
        bridge = status(theirs, day) if first is not None and day >= first else None
        both = status(own, day) == "operating" and bridge in {None, "operating"}
        assert (status(merged, day) == "operating") == both


@given(own=histories(smallest=1), crossing=histories(), mode=st.sampled_from(["rail", "road", None]))
def test_a_section_keeps_its_own_entries_and_begins_with_them(own, crossing, mode):
    merged = over_crossing(own, crossing, mode=mode)
    assert {entry["date"] for entry in own} <= {entry["date"] for entry in merged}
    assert merged[0]["date"] == own[0]["date"]
    assert [entry["date"] for entry in merged] == sorted(entry["date"] for entry in merged)


@given(crossing=histories(), mode=st.sampled_from(["rail", "road"]))
def test_a_section_without_history_has_the_changes_of_its_crossing(crossing, mode):
    merged = over_crossing([], crossing, mode=mode)
    assert [entry["status"] for entry in merged] == [entry["status"] for entry in states_of(crossing, mode=mode)]
    assert all(one["status"] != other["status"] for one, other in pairwise(merged))
    assert not any({"mode", "set"} & entry.keys() for entry in merged)


def test_a_bridge_that_is_being_built_shuts_no_older_track():
    track = entries(("1911", "operating"))
    bridge = entries(("1937", "under_construction"), ("1943", "operating"), ("1950", "suspended"))
    assert [(entry["date"], entry["status"]) for entry in over_crossing(track, bridge)] == [
        ("1911", "operating"),
        ("1950", "suspended"),
    ]


def test_a_date_of_lower_precision_begins_with_its_first_day():
    track, bridge = entries(("1959-01-01", "operating")), entries(("1959", "operating"), ("2020-02", "suspended"))
    assert over_crossing(track, bridge)[-1] == {"date": "2020-02", "status": "suspended", "sources": ["x"]}


def test_a_crossing_that_is_not_there_is_named():
    row = {"id": "checkpoint/a", "crossing": "crossing/none", "history": "crossing", "sources": []}
    with pytest.raises(ValueError, match="checkpoint/a: no crossing is called 'crossing/none'"):
        crossed.dated(row, {}, "road")


def test_every_railway_between_two_countries_of_the_region_names_its_crossing():
    sections = [row["properties"] for row in layers.catalog().features("railways")]
    over = {row["id"] for row in sections if len(row["countries"]) > 1 and "exceptions" not in row}
    beyond = {"rail/zamyn-uud-erenhot/zamyn-uud-erenhot"}
    assert {row["id"] for row in sections if "crossing" in row} >= over - beyond
    assert len(over) >= 8


def test_the_record_types_no_date_of_a_crossing_twice():
    """What the table of a section types must not be a change of its crossing's state, word for word."""
    bridges = crossed.crossings()
    lines = crossed.table.read("railways")["line"]
    rows = [part for line in lines for part in (line, *line.get("section", ())) if "crossing" in part]
    for row in rows:
        shared = {(entry["date"], entry["status"]) for entry in row.get("history", ()) if "set" not in entry}
        shut = {
            (one["date"], one["status"]) for one in states_of(bridges[row["crossing"]]) if one["status"] == "suspended"
        }
        assert not {one for one in shared & shut if one[0] >= "2020"}, row.get("id")


class TestRoutes:
    def test_the_road_over_the_tumen_in_october_2026(self):
        net = layers.network(as_of="2026-10-01", modes=("road",))
        route = geo.route(net, layers.find("Khasan"), layers.find("Rajin"), modes=("road",))
        assert route.length_m < 60_000
        assert {"RU", "KP"} == {country for leg in route.legs for country in leg.countries}

    def test_before_it_opened_the_road_leads_through_china(self):
        net = layers.network(as_of="2026-09-06", modes=("road",))
        route = geo.route(net, layers.find("Khasan"), layers.find("Rajin"), modes=("road",))
        assert route.length_m > 120_000

    def test_the_shut_bridge_is_named(self):
        net = layers.network(as_of="2021-03-01", modes=("rail",))
        with pytest.raises(geo.NoRouteError, match=r"Friendship Bridge.*suspended") as caught:
            geo.route(net, layers.find("Khasan"), layers.find("Rajin"), modes=("rail",))
        assert caught.value.reason == "date"

    @pytest.mark.parametrize("day", ["2019-12-31", "2022-11-02"])
    def test_the_bridge_carries_trains_before_and_after(self, day):
        net = layers.network(as_of=day, modes=("rail",))
        assert geo.route(net, layers.find("Khasan"), layers.find("Rajin"), modes=("rail",)).length_m < 70_000
