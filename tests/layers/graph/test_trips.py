"""Trips of record: the computed route passes the places that the train, lorry or ship passed."""

from __future__ import annotations

from functools import cache

import pytest

import geo
import layers
from layers.record.store import PACKAGED, read_json

TRIPS = read_json(PACKAGED / "trips.json")["trips"]


@cache
def found(number: int) -> geo.Route:
    """Route of a trip."""
    row = TRIPS[number]
    words = {"load": row["load"], "modes": row.get("modes")}
    return layers.route(row["from"], row["to"], via=row.get("via", ()), as_of=row["day"], **words)


@pytest.mark.parametrize("number", range(len(TRIPS)), ids=[row["id"] for row in TRIPS])
def test_the_route_passes_what_the_trip_passed(number):
    row, stops = TRIPS[number], iter([stop.node_id for stop in found(number).stops])
    missing = [place for place in row["passes"] if place not in stops]
    assert not missing, f"not passed in this order: {missing}"
    avoided = {leg.line for leg in found(number).legs} | {name for leg in found(number).legs for name in leg.countries}
    assert avoided.isdisjoint(row.get("not_by", ()))


@pytest.mark.parametrize("number", range(len(TRIPS)), ids=[row["id"] for row in TRIPS])
def test_a_port_on_the_way_is_used(number):
    handled = [leg.from_node for leg in found(number).legs if leg.kind == "port_handling"]
    assert [port for port in handled if port in TRIPS[number].get("via", ())] == TRIPS[number].get("via", [])


@pytest.mark.parametrize(
    "number",
    [number for number, row in enumerate(TRIPS) if "published_km" in row],
    ids=lambda number: TRIPS[number]["id"],
)
def test_its_length_is_the_published_one_within_its_uncertainty(number):
    row, trip = TRIPS[number], found(number)
    part = trip.between(*row["of"]) if "of" in row else trip.distance
    assert abs(part.metres - row["published_km"] * 1000) <= max(part.uncertainty_m, 0.01 * part.metres)


def test_there_are_enough_of_them_and_each_is_sourced():
    known = layers.sources()
    assert len(TRIPS) >= 15
    assert {row["load"] for row in TRIPS} == set(geo.LOADS)
    assert all(row["sources"] and set(row["sources"]) <= known.keys() for row in TRIPS)


@pytest.mark.parametrize(
    ("origin", "destination", "km"),
    [
        ("station/ussuriysk", "station/khasan", 260),
        ("station/baranovsky", "station/khasan", 238),
        ("station/shenyang", "station/dandong", 277),
        ("station/pyongyang", "station/sinuiju", 225.1),
    ],
)
def test_lengths_are_those_of_the_timetables(origin, destination, km):
    trip = layers.route(origin, destination, modes=["rail"])
    assert trip.length_m == pytest.approx(km * 1000, rel=0.01)
    drawn = sum(leg.geometry_m or leg.length_m for leg in trip.legs)
    assert {"length_m", "geometry_m"} <= set(trip.legs[0].properties)
    assert drawn != pytest.approx(trip.length_m, rel=1e-6)


def test_trains_to_vladivostok_take_the_trans_siberian():
    lines = [leg.line for leg in layers.route("Moscow", "Vladivostok", modes=["rail"]).legs]
    assert "Trans-Siberian Railway (Tygda–Khabarovsk)" in lines
    assert "Baikal–Amur Mainline" not in lines
    by_length = layers.route("Moscow", "Khabarovsk", modes=["rail"], avoid=["CN"], cost="distance")
    assert "Baikal–Amur Mainline" in [leg.line for leg in by_length.legs]  # shorter, and dearer
