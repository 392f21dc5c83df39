"""Callouts in a real browser: where they stand, when they go, how they read, and the steps of a tour on a sheet."""

import pytest

import layers
import maps

from .conftest import SMALL_PHONE
from .test_permalink import Bookmark

NAMED = [name for name in maps.theme_names() if maps.theme(name).story.callouts]
BOXES = """(selector) => [...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect())
  .filter((box) => box.width > 0).map((box) => [box.left, box.top, box.right, box.bottom])"""


def callouts(opened):
    return opened.page.locator(".callout")


def boxes(opened, selector):
    return opened.page.evaluate(BOXES, selector)


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_the_maps_of_the_border_have_callouts():
    assert {"overview", "corridor", "border", "crossings"} <= set(NAMED)
    assert all(3 <= len(maps.theme(name).story.callouts) <= 4 for name in NAMED)


def test_they_speak_the_language_fill_their_fields_and_go_with_the_opening_view(sheet, site):
    opened = sheet(site / "corridor.html")
    assert "has been in use since 7 September 2026" in opened.page.locator(".callouts").inner_text().replace("\n", " ")
    opened.page.locator("[data-lang=zh]").click()
    assert "2026年9月7日" in opened.page.locator(".callouts").inner_text()
    assert opened.page.locator(".callouts ul").get_attribute("aria-label") == "本图要点"
    opened.follow("#day=2010-01-01")
    assert boxes(opened, ".callout") == []
    opened.follow(f"#day={layers.latest_date()}")
    assert len(boxes(opened, ".callout")) == len(maps.theme("corridor").story.callouts)
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
    every = [callout.text.en for callout in maps.MapBuilder("crossings").told.story.callouts]
    told = opened.page.locator(".callouts-rest li").all_text_contents()
    assert told
    assert sorted([*callouts(opened).all_text_contents(), *told]) == sorted(every)
    opened.page.evaluate("location.hash = 'day=2010-01-01'")
    opened.until("!document.querySelector('.callouts-rest li') && !document.querySelector('.callout')")
