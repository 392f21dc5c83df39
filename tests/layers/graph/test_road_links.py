"""Roads between stations, places, ports and checkpoints: ends, dates, lengths."""

import runpy
from pathlib import Path

import pytest

import geo
import layers
from layers.build import road
from layers.record.history import states_of

CATALOG = layers.catalog()
ROWS = {str(row["id"]): row for row in CATALOG.features("road_links")}
LINKS = {link: row["properties"] for link, row in ROWS.items()}
PLACES = {
    row["id"]: tuple(row["geometry"]["coordinates"]) for name in road.NODE_LAYERS for row in CATALOG.features(name)
}
BRIDGE = "road/tumen-road-bridge/khasan-road-tumangang"


def status(link, day):
    known = CATALOG.collection("road_links", as_of=day)["features"]
    return next((row["properties"]["status"] for row in known if row["id"] == link), None)


def test_sections_end_at_features_that_exist():
    ends = {link: {row["from_node"], row["to_node"]} for link, row in LINKS.items()}
    assert {link: named - PLACES.keys() for link, named in ends.items() if not named <= PLACES.keys()} == {}


def test_sections_meet_their_ends():
    for link, row in LINKS.items():
        for end, position in zip(("from_node", "to_node"), (0, -1), strict=True):
            drawn = tuple(ROWS[link]["geometry"]["coordinates"][position])
            assert geo.distance(PLACES[row[end]], drawn) < 1, (link, end)


def test_no_section_is_shorter_than_the_straight_line():
    straight = {link: geo.distance(PLACES[row["from_node"]], PLACES[row["to_node"]]) for link, row in LINKS.items()}
    assert [link for link, metres in straight.items() if LINKS[link]["length_m"] < metres - 1] == []


@pytest.mark.parametrize("day", ["2014-11-24", "2024-06-19", "2025-05", "2026-03", "2026-09-07", None])
def test_the_road_over_the_tumen_is_in_the_state_of_its_bridge(day):
    bridges = CATALOG.collection("crossings", as_of=day)["features"]
    bridge = next(row for row in bridges if row["id"] == "crossing/tumen-road-bridge")
    assert status(BRIDGE, day) == bridge["properties"]["status"]
    assert (status(BRIDGE, day) == "operating") == (day in {"2026-09-07", None})


def test_the_road_to_kaesong_is_dated():
    link = "road/gyeongui-road/panmun-dorasan"
    found = [status(link, day) for day in ("2002", "2010", "2017", "2018-12", "2021", "2025")]
    assert found == [None, "operating", "suspended", "operating", "suspended", "closed"]


def test_a_section_with_no_history_of_its_own_has_the_changes_of_its_bridge():
    crossings = {row["id"]: row["properties"] for row in CATALOG.features("crossings")}
    for link in LINKS.values():
        if "crossing" in link:
            changes = states_of(crossings[link["crossing"]]["history"], mode="road")
            assert [(entry["date"], entry["status"]) for entry in link["history"]] == [
                (entry["date"], entry["status"]) for entry in changes
            ]


@pytest.fixture(scope="module")
def compared():
    """Published lengths of roads, each with the route between its ends."""
    script = runpy.run_path(str(Path(__file__).parents[3] / "scripts" / "accuracy.py"))
    return script["compared_road_lengths"]()


def test_lengths_against_the_published_ones(compared):
    assert compared
    far_off = [
        (row["from"], row["to"], row["value_km"], route.length_m)
        for row, route in compared
        if abs(route.length_m - row["value_km"] * 1000) > route.uncertainty_m
    ]
    assert far_off == []


def test_sources_of_the_published_lengths_are_known(compared):
    assert {row["source"] for row, _ in compared} <= layers.sources().keys()


def test_an_unknown_end_is_named():
    row = {"line": "road/a", "from": "station/khasan", "to": "place/atlantis"}
    with pytest.raises(ValueError, match="road/a: no station, place, port or checkpoint is called place/atlantis"):
        road._section(row, {"station/khasan": {}}, None, "ODbL-1.0")
