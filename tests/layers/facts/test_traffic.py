"""Trains, voyages, freight, visitors, sanctions: compared with the sources."""

import pytest

import layers

SOURCES = layers.sources()
NAMED = {place.id for place in layers.gazetteer()}


@pytest.mark.parametrize("row", [*layers.services(), *layers.voyages()], ids=lambda row: row.id)
def test_every_row_is_sourced_and_lies_between_places_of_the_gazetteer(row):
    assert row.sources
    assert set(row.sources) <= SOURCES.keys()
    piers = getattr(row, "piers", ())
    assert {row.origin, *piers, *getattr(row, "via", ())} <= NAMED
    assert row.destination in NAMED or row.where


def test_the_train_to_moscow_has_its_days():
    (train,) = [train for train in layers.services() if train.id == "service/pyongyang-moscow"]
    assert train.since == "2025-06-17"
    assert "3rd and 17th" in train.days
    assert "12th and 26th" in train.days
    assert not train.holds("2025-06-16")
    assert train.holds("2025-06-17")


def test_a_train_that_was_announced_alone_is_not_confirmed_by_that():
    (tourists,) = [train for train in layers.services() if train.id == "service/vladivostok-rajin-2025-05"]
    assert tourists.runs == "confirmed"
    assert set(tourists.sources) > {"news-pravda-train-2025"}  # which announced it


def test_ships_used_two_piers():
    assert {pier for row in layers.voyages() for pier in row.piers} == {"pier/rajin-1", "pier/rajin-2"}
    assert min(row.since for row in layers.voyages()) == "2023-08"


@pytest.mark.parametrize(
    ("series", "period", "part", "value"),
    [
        ("khasan-freight", "2016", "", 1600),
        ("khasan-freight", "2015", "to the DPRK", 1200),
        ("rajin-freight", "2015", "", 1122),
        ("rajin-freight", "2024-04/2024-05", "", 132),
        ("trade", "2016", "", 76.9),
        ("trade", "2021", "", 0.040569),
        ("trade", "2024", "", 34),
        ("visits-to-dprk", "2025", "", 9985),
        ("visits-to-dprk", "2025", "tourists", 5075),
        ("visits-to-dprk", "2025-07/2025-09", "", 3460),
    ],
)
def test_values_equal_those_of_the_sources(series, period, part, value):
    assert layers.series(series).value(period, part).value == value


def test_coal_was_most_of_what_went_to_the_dprk():
    coal = layers.series("rajin-freight").value("2015").value
    whole = layers.series("khasan-freight").value("2015", "to the DPRK").value
    assert coal / whole == pytest.approx(0.942, abs=0.01)  # printed as 94.2 %; the whole is rounded


def test_visitors_by_mode_add_up():
    visits = layers.series("visits-to-dprk")
    assert sum(visits.value("2025", f"by {way}").value for way in ("air", "rail", "sea")) == visits.value("2025").value


def test_each_resolution_with_an_exemption_for_rajin_is_an_event_and_a_label():
    exempting = [event for event in layers.events() if event.kind == "sanction" and event.outcome == "exemption"]
    assert {event.date for event in exempting} == {"2016-03-02", "2017-08-05", "2017-09-11", "2017-12-22"}
    assert all("port/rajin" in event.features for event in exempting)
