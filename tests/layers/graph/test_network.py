"""The railway network: lengths compared with published ones, gauges by date."""

import runpy
from itertools import pairwise
from pathlib import Path

import pytest

import geo
import layers

ROOT = Path(__file__).parents[3]
NETWORK = layers.network(modes=["rail"])


def trip(origin, destination, **options):
    return geo.route(options.pop("network", NETWORK), layers.find(origin), layers.find(destination), **options)


def test_khasan_to_rajin_lies_among_the_published_figures():
    route = trip("Khasan", "Rajin")
    assert 50_000 < route.length_m <= 57_100
    assert abs(route.length_m - 54_000) < route.uncertainty_m


def test_the_text_says_why_sources_disagree_about_54_km():
    text = trip("Khasan", "Rajin").with_published(layers.published_lengths()).explain()
    assert "Published figures that disagree" in text
    for part in ("54 km", "52 km", "57.1 km", "counts to the border on the bridge"):
        assert part in text


def test_a_wagon_of_russian_gauge_runs_to_the_port_since_2013():
    route = trip("station/ussuriysk", "station/rajinhang", gauge_mm=1520)
    assert not route.gauge_breaks
    assert all(1520 in leg.gauges_mm for leg in route.legs if leg.mode == "rail")


def test_in_2010_the_gauge_breaks_at_tumangang():
    route = trip("Khasan", "Rajin", network=layers.network(as_of="2010", modes=["rail"]))
    assert [stop.place for stop in route.gauge_breaks] == ["Tumangang"] or [
        getattr(stop, "name", "") for stop in route.gauge_breaks
    ] == ["Tumangang"]


def test_in_2010_no_wagon_of_russian_gauge_reaches_rajin():
    with pytest.raises(geo.NoRouteError) as caught:
        trip("Khasan", "Rajin", network=layers.network(as_of="2010", modes=["rail"]), gauge_mm=1520, bogie_change=False)
    assert caught.value.reason == "gauge"


def test_rajin_to_chongjin_is_standard_gauge_only():
    with pytest.raises(geo.NoRouteError):
        trip("Rajin", "station/chongjin", gauge_mm=1520, bogie_change=False)
    assert trip("Rajin", "station/chongjin", gauge_mm=1435).length_m > 70_000


def test_nothing_crosses_the_demarcation_line_today():
    with pytest.raises(geo.NoRouteError, match="closed"):
        trip("station/pyongyang", "station/seoul")


def test_before_the_friendship_bridge_there_is_no_way():
    with pytest.raises(geo.NoRouteError):
        trip("Khasan", "Rajin", network=layers.network(as_of="1945", modes=["rail"]))


def test_coal_of_the_kuzbass_reaches_the_port_on_one_gauge():
    route = trip("station/novokuznetsk", "station/rajinhang", gauge_mm=1520, bogie_change=False)
    assert {"RU", "KP"} == {country for leg in route.legs for country in leg.countries}


@pytest.mark.parametrize(
    ("far", "near"), [("station/zabaikalsk", "station/manzhouli"), ("station/zamyn-uud", "station/erenhot")]
)
def test_both_gauges_meet_at_the_borders_of_china(far, near):
    (leg,) = (leg for leg in trip(far, near).legs if leg.mode == "rail")
    assert leg.gauges_mm == (1435, 1520)


def test_moscow_lies_as_far_by_chita_as_the_timetable_has_it():
    stops = ("moscow", "chita", "khabarovsk", "vladivostok")
    lengths = [trip(f"station/{a}", f"station/{b}", gauge_mm=1520).length_m for a, b in pairwise(stops)]
    assert sum(lengths) == pytest.approx(9_259e3, rel=0.02)


def test_the_baikal_amur_mainline_is_the_shorter_way_east_and_the_dearer_one():
    ends = ("station/taishet", "station/khabarovsk")
    lines = [leg.line for leg in layers.route(*ends, modes=["rail"], cost="distance").legs]
    assert "Baikal–Amur Mainline" in lines
    assert "Baikal–Amur Mainline" not in [leg.line for leg in layers.route(*ends, modes=["rail"]).legs]


@pytest.fixture(scope="module")
def compared():
    """Published lengths, each with the route between its ends."""
    return layers.compared_lengths()


def test_lengths_against_the_published_ones(compared):
    far_off = [
        (length.from_id, length.to_id, length.length_m, route.length_m)
        for length, route in compared
        if route.length_m != pytest.approx(length.length_m, rel=0.15, abs=5_000) and route.uncertainty_m <= 10_000
    ]
    assert far_off == []


def test_the_stated_uncertainty_holds_95_of_100_published_lengths(compared):
    held = [abs(route.length_m - length.length_m) <= route.uncertainty_m for length, route in compared]
    assert len(held) > 60
    assert sum(held) / len(held) >= 0.95


def test_lengths_are_right_on_the_whole(compared):
    measured, published = (sum(values) for values in zip(*((r.length_m, p.length_m) for p, r in compared), strict=True))
    assert measured == pytest.approx(published, rel=0.04)


@pytest.mark.slow
def test_the_page_on_accuracy_is_in_step():
    script = runpy.run_path(str(ROOT / "scripts" / "accuracy.py"))
    assert (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8") == script["document"]()


@pytest.mark.slow
def test_the_page_on_sensitivity_is_in_step():
    script = runpy.run_path(str(ROOT / "scripts" / "sensitivity.py"))
    assert (ROOT / "docs" / "sensitivity.md").read_text(encoding="utf-8") == script["document"]()
