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
ACCURACY = runpy.run_path(str(Path(__file__).parents[3] / "scripts" / "accuracy.py"))
COMPARED = ACCURACY["compared_road_lengths"]()
BRIDGE = "road/tumen-road-bridge/khasan-road-tumangang"


def status(link, day):
    known = CATALOG.collection("road_links", as_of=day)["features"]
    return next((row["properties"]["status"] for row in known if row["id"] == link), None)


@pytest.mark.parametrize("link", LINKS)
def test_a_section_ends_at_features_that_exist(link):
    assert {LINKS[link]["from_node"], LINKS[link]["to_node"]} <= PLACES.keys()


@pytest.mark.parametrize("link", LINKS)
def test_a_section_meets_its_ends(link):
    for end, position in zip(("from_node", "to_node"), (0, -1), strict=True):
        assert geo.distance(PLACES[LINKS[link][end]], tuple(ROWS[link]["geometry"]["coordinates"][position])) < 1


@pytest.mark.parametrize("link", LINKS)
def test_a_section_is_no_shorter_than_the_straight_line(link):
    ends = [PLACES[LINKS[link][end]] for end in ("from_node", "to_node")]
    assert LINKS[link]["length_m"] >= geo.distance(*ends) - 1


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


@pytest.mark.parametrize(("row", "route"), COMPARED, ids=[f"{row['from']}–{row['to']}" for row, _ in COMPARED])
def test_length_against_the_published_one(row, route):
    assert abs(route.length_m - row["value_km"] * 1000) <= route.uncertainty_m


def test_sources_of_the_published_lengths_are_known():
    assert {row["source"] for row, _ in COMPARED} <= layers.sources().keys()


def test_an_unknown_end_is_named():
    row = {"line": "road/a", "from": "station/khasan", "to": "place/atlantis"}
    with pytest.raises(ValueError, match="road/a: no station, place, port or checkpoint is called place/atlantis"):
        road._section(row, {"station/khasan": {}}, None, "ODbL-1.0")
