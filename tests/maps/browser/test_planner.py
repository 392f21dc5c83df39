"""The route planner: the same lengths as `geo.route`, by name, by position, by address; hostile input does nothing."""

import base64
import json
import random
import zlib
from datetime import date
from functools import cache

import pytest

import geo
import layers
from layers.graph.request import stop
from tests.maps.node import call

from .conftest import PHONE, Bookmark

MODES = ("rail", "sea", "ferry", "road")
CHOICES = (["rail"], ["sea"], ["road"], ["rail", "sea"], ["rail", "sea", "ferry"], list(MODES))
FIRST, LAST = date(1990, 1, 1).toordinal(), date(2026, 7, 1).toordinal()
TRIAL = "day=2014-11-24&route=station/khasan~~port/pohang~rail+sea~1520~distance~10"
READY = "document.getElementById('planner').dataset.ready === 'true'"
ANSWER = "document.querySelector('.planner-total') !== null"
HOSTILE = "<img src=x onerror=document.documentElement.dataset.hacked=1>"


@pytest.fixture(scope="module")
def block(site):
    from tests.maps.parsed import Parsed

    packed = Parsed((site / "routes.html").read_text(encoding="utf-8")).blocks["tumen-planner"]["packed"]
    return json.loads(zlib.decompress(base64.b64decode(packed)))


@pytest.fixture
def router(block):
    """Ask the page's own router, outside the page, many questions at once."""
    ask = "({ make }, [block, questions]) => { const router = make(block); return questions.map((one) => router.route(one)); }"
    return lambda questions: call("planner/router.js", ask, [block, questions])


def questions(block, count):
    chance = random.Random(1959)  # noqa: S311 - places, not secrets
    ids = block["nodes"]["id"]
    days = [date.fromordinal(chance.randint(FIRST, LAST)).isoformat() for _ in range(4)]
    for _ in range(count):
        here, there = chance.sample(ids, 2)
        position = [round(chance.uniform(126, 132), 3), round(chance.uniform(36, 44), 3)]
        yield {
            "from": position if chance.random() < 0.15 else here,
            "via": chance.choice(ids) if chance.random() < 0.15 else None,
            "to": there,
            "day": chance.choice(days),
            "modes": chance.choice(CHOICES),
            "gauge": chance.choice([0, 0, 1435, 1520]),
            "bogieChange": chance.random() < 0.8,
            "planned": chance.random() < 0.2,
            "cost": chance.choice(["distance", "time", "generalized"]),
            "load": chance.choice(geo.LOADS),
        }


@cache
def network_of(day, *, planned):
    return layers.network(as_of=day, modes=MODES, include_planned=planned)


def by_geo(asked):
    """Length, hours and uncertainty of `geo.route`; None where it finds no way."""
    network = network_of(asked["day"], planned=asked["planned"])
    if asked["via"] is not None and asked["via"] not in network:
        return None
    here, between, there = (
        tuple(asked[key]) if isinstance(asked[key], list) else asked[key] for key in ("from", "via", "to")
    )
    try:
        route = geo.route(
            network,
            here,
            there,
            cost=asked["cost"],
            load=asked["load"],
            via=[stop(network, layers.find(between))] if between else (),
            modes=asked["modes"],
            gauge_mm=asked["gauge"] or None,
            bogie_change=asked["bogieChange"],
        )
    except geo.GeoError:
        return None
    return route.length_m, route.hours, route.uncertainty_m, len(route.legs)


def test_the_same_lengths_as_geo_route(router, block):
    asked = list(questions(block, 400))
    compared = 0
    for question, ours in zip(asked, router(asked), strict=True):
        theirs = by_geo(question)
        assert ("error" in ours) == (theirs is None), question
        if theirs is not None:
            compared += 1
            length_m, hours, uncertainty_m, legs = theirs
            assert ours["length"] == pytest.approx(length_m, abs=0.001), question
            assert ours["hours"] == pytest.approx(hours, abs=1e-6), question
            assert ours["uncertainty"] == pytest.approx(uncertainty_m, abs=0.01), question
            assert len(ours["legs"]) == legs, question
    assert compared >= 120


def test_why_there_is_no_route(router):
    cases = [
        ({"to": "station/chongjin", "gauge": 1520, "bogieChange": False, "modes": ["rail"]}, "gauge"),
        ({"to": "port/niigata", "modes": ["rail"]}, "mode"),
        ({"to": "station/woljeongri", "modes": list(MODES)}, "date"),
        ({"to": [90.0, 10.0]}, "off_network"),
        ({"to": "station/nowhere"}, "unknown"),
        ({"to": "station/khasan"}, "same"),
    ]
    asked = {"from": "station/khasan", "via": None, "day": "2020-01-01", "modes": ["rail", "sea"], "gauge": 0}
    asked |= {"bogieChange": True, "planned": False, "cost": "distance", "load": "general"}
    answers = router([asked | change for change, _ in cases])
    assert [answer["error"] for answer in answers] == [error for _, error in cases]


def test_a_route_by_address_shows_legs_and_a_line(sheet, site):
    opened = sheet(Bookmark(site / "routes.html", f"#{TRIAL}"))
    opened.until(ANSWER)
    network = layers.network(as_of="2014-11-24", modes=MODES)
    route = geo.route(network, "station/khasan", "port/pohang", modes=["rail", "sea"], gauge_mm=1520, cost="distance")
    assert opened.page.locator(".planner-total").text_content().startswith(f"{route.length_m / 1000:.1f}")
    assert opened.page.locator(".planner-leg").count() == len(route.legs)
    assert opened.page.locator(".leaflet-tumen-route-pane path").count() > 2
    assert opened.messages == []
    assert len(opened.requests) == 1  # the page itself
    a_change_of_language_tells_the_route_anew(opened.page)
    the_day_of_the_page_is_that_of_the_route(opened)


def test_by_name_in_any_script_with_the_keyboard_alone(sheet, site):
    opened = sheet(site / "routes.html")
    opened.until(READY)
    opened.page.locator("#planner-from").focus()
    opened.page.keyboard.type("하산")
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#planner-from").input_value() == "Khasan"
    opened.page.locator("#planner-to").focus()
    opened.page.keyboard.type("Туманган")
    opened.page.keyboard.press("Enter")
    opened.until(ANSWER)
    opened.page.wait_for_timeout(400)
    assert "route=station/khasan~~station/tumangang~" in opened.page.url


def test_a_click_on_the_map_sets_an_end(sheet, site):
    opened = sheet(Bookmark(site / "routes.html", "#view=9/130.6/42.4"))
    opened.until(READY)
    opened.page.locator("#planner-from").fill("Khasan")
    opened.page.keyboard.press("Enter")
    opened.page.get_by_label("Set the destination on the map").click()
    opened.page.mouse.click(600, 620)
    opened.until(ANSWER)
    assert opened.page.locator("#planner-to").input_value() != ""
    assert opened.page.get_by_label("Set the destination on the map").get_attribute("aria-pressed") == "false"


def the_day_of_the_page_is_that_of_the_route(opened):
    assert opened.page.locator("#planner-day").input_value() == "2014-11-24"
    assert "ROK measures" in opened.page.locator("#planner").text_content()
    opened.page.locator("#planner-day").fill("1950")
    opened.page.keyboard.press("Enter")
    opened.until("document.querySelector('.planner-error') !== null")
    assert opened.page.locator("#time-day").input_value() == "1950-12-31"


def a_change_of_language_tells_the_route_anew(page):
    page.locator("[data-lang=ru]").click()
    assert page.locator("#planner-from").input_value() == "Хасан"
    assert "ж/д" in page.locator(".planner-legs").text_content()
    page.locator("[data-lang=en]").click()
    assert page.locator("#planner-from").input_value() == "Khasan"


def test_a_hostile_address_finds_nothing(sheet, site):
    opened = sheet(Bookmark(site / "routes.html", f"#route={HOSTILE}~~port/pohang~rail~0~distance~10"))
    opened.until(READY)
    finds_nothing(opened)
    for asked in (
        "station/khasan~~port/pohang~rail~0~distance~99",
        "station/khasan~~port/pohang~teleport~0~distance~10",
        "station/khasan~~constructor~rail~0~distance~10",
        "station/khasan~~port/pohang~rail~1066~distance~10",
        "station/khasan~~999,99~rail~0~distance~10",
        "%E0%A4%A~~port/pohang~rail~0~distance~10",
    ):
        opened.follow(f"#route={asked}")
        finds_nothing(opened)
    opened.follow(f"#{TRIAL}")
    opened.until(ANSWER)
    assert opened.page.locator("#planner-from").input_value() == "Khasan"


def finds_nothing(opened):
    assert opened.page.locator(".planner-total").count() == 0
    assert opened.page.locator("#planner-from").input_value() == ""
    assert opened.hacked is None
    assert opened.messages == []


def test_hostile_words_stay_words(sheet, site):
    opened = sheet(site / "routes.html")
    opened.until(READY)
    opened.page.locator("#planner-from").fill("Khasan")
    opened.page.keyboard.press("Enter")
    opened.page.locator("#planner-to").fill(HOSTILE)
    opened.page.keyboard.press("Enter")
    opened.until("document.querySelector('.planner-error') !== null")
    assert opened.page.locator("#planner img").count() == 0
    assert opened.hacked is None


def test_on_a_phone_the_card_lies_below_the_map(sheet, site):
    opened = sheet(Bookmark(site / "routes.html", f"#{TRIAL}"), viewport=PHONE, touch=True)
    opened.until(ANSWER)
    box = opened.page.locator("#planner").bounding_box()
    assert box["x"] == 0
    assert box["width"] == PHONE["width"]
    assert box["y"] + box["height"] == pytest.approx(PHONE["height"], abs=1)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
