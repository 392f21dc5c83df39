"""Mines and deposits: values of their sources, and the accuracy of their points."""

import pytest

import layers
from geo import distance

MINES = {row["id"]: row for row in layers.catalog().features("minerals")}


def mine(name):
    return MINES[f"mineral/{name}"]["properties"]


def test_there_are_thirty_and_more():
    assert len(MINES) >= 30


@pytest.mark.parametrize("row", MINES.values(), ids=lambda row: row["id"])
def test_every_mine_has_four_names_and_a_radius_that_suits_its_method(row):
    own = row["properties"]
    assert all(own[f"name_{language}"] for language in ("ko", "ru", "zh"))
    # A town stands for the mine, or a county was measured: never nearer than kilometres.
    assert own["accuracy_m"] >= {"published": 1000, "constructed": 10_000, "schematic": 5000}[own["geometry_method"]]
    assert own["history"][-1]["sources"]


@pytest.mark.parametrize(
    ("name", "commodity", "since"),
    [
        ("musan", ["iron"], "1935"),
        ("komdok", ["lead", "zinc"], None),
        ("hyesan", ["copper"], None),
        ("kogonwon", ["coal"], "1920"),
        ("taeyudong", ["gold", "silver"], "1896"),
        ("mannyon", ["tungsten"], "1931"),
        ("pyongsan-uranium", ["uranium"], None),
    ],
)
def test_what_sources_name(name, commodity, since):
    assert mine(name)["commodity"] == commodity
    assert mine(name)["valid_from"] == since


def test_the_coordinate_that_38_north_prints_for_pyongsan():
    printed = (126 + 25 / 60 + 57.43 / 3600, 38 + 19 / 60 + 4.56 / 3600)
    assert distance(layers.find("mineral/pyongsan-uranium").lonlat, printed) < 1


def test_rare_earths_were_studied_and_never_mined():
    deposit = mine("jongju")
    assert deposit["kind"] == "deposit"
    assert deposit["status"] == "studied"


def test_a_mine_is_found_in_every_script():
    ids = {
        layers.find(name).id
        for name in ("Komdok mine", "검덕광업련합기업소", "Комдокский свинцово-цинковый рудник", "检德铅锌矿")
    }
    assert ids == {"mineral/komdok"}
