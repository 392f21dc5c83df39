"""Callouts in a real browser: placement, hiding, text, and the steps of a tour on a sheet."""

import pytest

import layers
import maps
from geo import parse_date
from layers.record.history import may_hold

from .conftest import SMALL_PHONE
from .test_permalink import Bookmark

NAMED = [name for name in maps.theme_names() if maps.theme(name).story.callouts]
BOXES = """(selector) => [...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect())
  .filter((box) => box.width > 0).map((box) => [box.left, box.top, box.right, box.bottom])"""


def callouts(opened):
    return opened.page.locator(".callout")


def of_today(name):
    return [callout for callout in maps.theme(name).story.callouts if not callout.is_dated]


def boxes(opened, selector):
    return opened.page.evaluate(BOXES, selector)


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_the_maps_of_the_border_have_callouts():
    assert {"overview", "corridor", "border", "crossings"} <= set(NAMED)
    assert all(3 <= len(of_today(name)) <= 4 for name in NAMED)


def test_they_speak_the_language_fill_their_fields_and_go_with_the_opening_view(sheet, site):
    opened = sheet(site / "corridor.html")
    assert "has been in use since 7 September 2026" in opened.page.locator(".callouts").inner_text().replace("\n", " ")
    opened.page.locator("[data-lang=zh]").click()
    assert "2026年9月7日" in opened.page.locator(".callouts").inner_text()
    assert opened.page.locator(".callouts ul").get_attribute("aria-label") == "本图要点"
    opened.follow("#day=1950-01-01")
    assert boxes(opened, ".callout") == []
    opened.follow(f"#day={layers.latest_date()}")
    assert len(boxes(opened, ".callout")) == len(of_today("corridor"))
    opened.follow("#view=6/130.60000/42.40000")
    assert boxes(opened, ".callout") == []


@pytest.mark.parametrize("away", ["#view=15/130.64000/42.41700", "#step=2"])
def test_they_are_away_where_a_page_opens_elsewhere(sheet, site, away):
    opened = sheet(Bookmark(site / "corridor.html", away))
    assert boxes(opened, ".callout") == []


def test_one_of_a_feature_goes_with_its_layer(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#layers=railways,stations"))
    assert callouts(opened).count() == 1


def test_steps_are_numbered_on_a_sheet(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#sheet=1123x794"))
    numbers = sorted(int(text) for text in opened.page.locator(".callout-number").all_inner_texts())
    assert numbers == list(range(1, len(maps.theme("corridor").story.steps) + 1))
    assert maps.theme("corridor").story.steps[3].title.en in callouts(opened).filter(has_text="4").inner_text()


def test_a_phone_tells_what_finds_no_room_on_its_map(sheet, site):
    opened = sheet(site / "crossings.html", viewport=SMALL_PHONE)
    every = [row.text.en for row in maps.MapBuilder("crossings").filled_theme.story.callouts if not row.is_dated]
    told = opened.page.locator(".callouts-rest li").all_text_contents()
    assert told
    assert sorted([*callouts(opened).all_text_contents(), *told]) == sorted(every)
    opened.follow("#day=1950-01-01")
    opened.until("!document.querySelector('.callouts-rest li') && !document.querySelector('.callout')")


@pytest.mark.parametrize("name", ["border", "corridor", "crossings", "trade"])
def test_a_day_has_its_own_and_they_meet_nothing(sheet, site, name):
    opened = sheet(site / f"{name}.html")
    dated = [row for row in maps.MapBuilder(name).filled_theme.story.callouts if row.is_dated]
    assert dated
    for last in {row.end for row in dated}:
        day = parse_date(last).latest
        told = {row.text.ru for row in dated if may_hold(row.begin, row.end, day)}
        opened.page.evaluate("(hash) => { location.hash = hash; }", f"day={day}&lang=ru")
        opened.until(f"document.querySelector('#time-day').value === '{day}' && document.querySelector('.callout')")
        assert set(callouts(opened).all_text_contents()) == told, day
        found = boxes(opened, ".callout")
        others = boxes(opened, ".labels text, #panel, #tools, #zoom, #scale, #time, #locator, #attribution")
        assert not [(a, b) for a in found for b in [*others, *found] if a is not b and overlap(a, b)], day


def test_a_sheet_of_an_earlier_day_prints_what_is_said_of_it(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#sheet=1123x794&day=2014-12-31"))
    texts = callouts(opened).all_text_contents()
    assert any("40,500\u202ft of Russian coal for Pohang" in text for text in texts)
    assert opened.page.locator(".callout-number").count() == 0


def test_a_page_of_an_earlier_day_has_those_of_days_alone(tmp_path, sheet):
    maps.build("corridor", out=tmp_path / "then.html", as_of="2014-12-31")
    texts = callouts(sheet(tmp_path / "then.html")).all_text_contents()
    assert len(texts) == 2
    assert any("first trial shipment" in text for text in texts)
