"""Corrected values of the record, each with its source."""

import pytest

import layers


def properties(feature_id):
    return layers.catalog().feature(feature_id)[1]["properties"]


def entry(feature_id, date):
    return next(one for one in properties(feature_id)["history"] if one["date"] == date)


@pytest.mark.parametrize(
    ("feature_id", "date", "status", "source"),
    [
        ("crossing/tumen-road-bridge", "2026-09-07", "operating", "ap-road-bridge-2026-09-07"),
        ("crossing/tumen-road-bridge", "2015-04-15", "proposed", "upi-road-bridge-2015-04-16"),
        ("checkpoint/tumangang-road", "2025-10-14", "under_construction", "sbs-tumen-bridge-2025-10-28"),
        ("crossing/friendship-bridge", "2020-02-03", "suspended", "tass-khasan-trains-2020-02-03"),
        ("crossing/friendship-bridge", "2020-06-29", "suspended", "kbs-tumangang-test-2020-07-03"),
        ("crossing/quanhe-wonjong", "2023-01-31", "operating", "kbs-hunchun-trucks-2023-02-01"),
        ("crossing/sino-korean-friendship-bridge", "2022-04-29", "suspended", "kyodo-dandong-2022-04-29"),
        ("crossing/sino-korean-friendship-bridge", "2023-11-13", "operating", "kbs-dandong-trucks-2023-11-14"),
        ("crossing/sino-korean-friendship-bridge", "2026-03-12", "operating", "yonhap-dandong-passengers-2026-03-12"),
        ("checkpoint/nanping", "2023-06-20", "operating", "sbs-nanping-2023-06"),
        ("port/rajin", "1935", "operating", "kci-rajin-1930s"),
        ("pier/rajin-1", "1935", "operating", "nyt-rajin-1996-09-19"),
        ("pier/rajin-2", "1935", "operating", "nyt-rajin-1996-09-19"),
        ("pier/rajin-3", "1935", "operating", "nyt-rajin-1996-09-19"),
        ("rail/gyeongui-link/panmun-dorasan", "1951-06", "closed", "washtimes-2000-09-19"),
        ("shipment/trial-2-dangjin", "2015-04-20", "operating", "kbs-rajin-coal-2015-04"),
    ],
)
def test_a_change_and_who_says_so(feature_id, date, status, source):
    found = entry(feature_id, date)
    assert found["status"] == status
    assert source in found["sources"]
    assert layers.sources()[source].publisher


@pytest.mark.parametrize("feature_id", ["port/rajin", "pier/rajin-1", "pier/rajin-2", "pier/rajin-3"])
def test_rajin_is_of_the_1930s_and_1974_is_a_designation(feature_id):
    assert properties(feature_id)["valid_from"] == "1935"
    assert "designated" in (note := entry(feature_id, "1974")["note"]) or "Made a trade port" in note


def test_the_general_assembly_of_2014_and_not_its_committee():
    vote = next(event for event in layers.events() if event.id == "event/unga-resolution-2014")
    assert dict(vote.votes) == {"for": 116, "against": 20, "abstaining": 53}
    assert "kbs-unga-2014-12-24" in vote.sources


def test_the_tonnage_of_boryeong_stands_in_a_source_that_was_cited_all_along():
    ship = properties("shipment/trial-2-boryeong")
    (figure,) = [one for one in ship["figures"] if one["attribute"] == "tonnes"]
    assert (ship["tonnes"], figure["value"], figure["source"]) == (50000, 50000, "immining-rajin-coal-2015")
    assert properties("shipment/trial-2-dangjin")["departed"] == "2015-04-20"


def test_the_tourist_train_ran():
    train = next(one for one in layers.services() if one.id == "service/vladivostok-rajin-2025-05")
    assert train.runs == "confirmed"
    assert "iz-tourist-train-2025-05-09" in train.sources
