"""Two days side by side in a real browser: by pointer, touch, keys and address, and as two maps on a sheet."""

import re

import maps
from tests.maps.parsed import Parsed

from .conftest import PHONE
from .test_permalink import Bookmark
from .violations import violations_in_both_schemes

PAIR = "#compare=2010~2026-06-30"
SHARE = "Number(document.querySelector('.compare-divider').getAttribute('aria-valuenow'))"
# The middle of a feature on the screen.
AT = """(id) => {
  const box = document.querySelector(`.leaflet-tumen-hit-pane [data-id="${id}"]`).getBoundingClientRect();
  return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
}"""


def divider(opened):
    return opened.page.locator(".compare-divider")


def days(opened):
    return [field.input_value() for field in opened.page.locator(".compare-day input").all()]


def drag(opened, to):
    box = divider(opened).bounding_box()
    opened.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    opened.page.mouse.down()
    opened.page.mouse.move(to, 300, steps=4)
    opened.page.mouse.up()


def answer(opened, x, y):
    """Whether the map of the earlier or of the later day answers at a point."""
    return opened.page.evaluate(
        "([x, y]) => document.elementsFromPoint(x, y).map((element) => element.closest('.of-then, .of-now')?.className ?? '')"
        ".map((name) => name.match(/of-(then|now)/)?.[1]).find((side) => side) ?? ''",
        [x, y],
    )


def test_address_opens_both_days_and_keeps_them(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", PAIR))
    assert divider(opened).is_visible()
    assert days(opened) == ["2010-12-31", "2026-06-30"]
    assert opened.page.locator("#time-day").input_value() == "2026-06-30"
    opened.page.locator(".compare-day.is-left input").fill("2014")
    opened.page.keyboard.press("Enter")
    opened.until("location.hash.includes('compare=2014-12-31~2026-06-30')")
    opened.page.locator("[data-tool=compare]").click()
    assert divider(opened).is_hidden()
    opened.until("!location.hash.includes('compare')")


def test_each_side_is_as_the_record_has_it_on_its_day(sheet, site):
    """The line to Rajin has one gauge in 2010 and two in 2026: the lines of the two maps differ in colour."""
    opened = sheet(Bookmark(site / "corridor.html", PAIR))
    broad = (
        "(side) => document.querySelectorAll(`.leaflet-tumen-subject${side}-pane [data-layer=railways] path.s-rail-1520`)"
        ".length"
    )
    assert opened.page.evaluate(broad, "") > opened.page.evaluate(broad, "-then")
    words = "(side) => document.querySelector(`${side} .labels`).textContent"
    assert "road bridge" not in opened.page.evaluate(words, ".leaflet-tumen-label-then-pane")
    names = "(side) => document.querySelector(`${side} [data-id='crossing/tumen-road-bridge']`).matches('.is-away')"
    assert opened.page.evaluate(names, ".leaflet-tumen-hit-then-pane")
    assert not opened.page.evaluate(names, ".leaflet-tumen-hit-pane")
    pointer_swipes_and_what_is_cut_off_does_not_answer(opened)
    what_has_the_focus_is_not_behind_the_divider(opened)
    keys_move_the_divider(opened)


def pointer_swipes_and_what_is_cut_off_does_not_answer(opened):
    x, y = opened.page.evaluate(AT, "station/khasan")
    drag(opened, x + 80)
    assert answer(opened, x, y) == "then"
    drag(opened, x - 80)
    assert answer(opened, x, y) == "now"


def what_has_the_focus_is_not_behind_the_divider(opened):
    divider(opened).focus()
    opened.page.keyboard.press("End")
    assert opened.page.evaluate(SHARE) == 100
    opened.page.locator(".leaflet-tumen-hit-pane [data-id='station/khasan']").focus()
    assert opened.page.evaluate(SHARE) < 100


def keys_move_the_divider(opened):
    divider(opened).focus()
    before = opened.page.evaluate(SHARE)
    opened.page.keyboard.press("ArrowLeft")
    assert opened.page.evaluate(SHARE) < before
    opened.page.keyboard.press("Home")
    assert opened.page.evaluate(SHARE) == 0
    assert "31 December 2010" in divider(opened).get_attribute("aria-valuetext")
    opened.page.keyboard.press("Escape")
    assert divider(opened).is_hidden()


def test_a_popup_tells_the_day_of_its_side(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#compare=2012~2026"))
    x, y = opened.page.evaluate(AT, "station/rajin")
    drag(opened, x + 100)
    opened.page.mouse.click(x, y)
    opened.until("document.querySelector('.leaflet-popup') !== null")
    told = opened.page.locator(".leaflet-popup").inner_text()
    assert not re.search(r"201[3-9]-\d\d|202\d-\d\d", told.split("Sources")[0])


def test_layers_and_filter_hold_on_both_sides(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", PAIR + "&layers=stations"))
    hidden = (
        "document.querySelectorAll('.leaflet-tumen-subject-then-pane [data-layer=railways]:not(.is-hidden)').length"
    )
    assert opened.page.evaluate(hidden) == 0
    shown = "document.querySelectorAll('.leaflet-tumen-subject-then-pane [data-layer=stations]:not(.is-hidden) path').length"
    assert opened.page.evaluate(shown) > 0


def test_touch_swipes_on_a_phone(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", PAIR), viewport=PHONE, touch=True)
    box = divider(opened).bounding_box()
    client = opened.page.context.new_cdp_session(opened.page)
    x, y = box["x"] + 22, box["y"] + box["height"] / 2
    for kind, at in (("touchStart", [{"x": x, "y": y}]), ("touchMove", [{"x": x - 90, "y": y}]), ("touchEnd", [])):
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
    opened.until(f"{SHARE} < 35")
    assert 0 < opened.page.evaluate(SHARE) < 35


def test_a_pair_that_is_none_does_nothing(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#compare=2010~9999-99"))
    assert opened.page.locator("#compare").is_hidden()
    for pair in ("", "2010", "2010~", "~2026", "2010-13~2026", "a~b", "2010~2026~2027", "%3Cimg%3E~2026"):
        opened.follow(f"#compare={pair}")
        assert opened.page.locator("#compare").is_hidden(), pair
    assert opened.messages == []
    opened.follow(PAIR)
    assert opened.page.locator("#compare").is_visible()


def test_no_rule_of_accessibility_is_broken_and_a_step_of_the_tour_ends_it(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", PAIR))
    assert violations_in_both_schemes(opened) == []
    opened.page.locator(".tour-start").click()
    assert divider(opened).is_hidden()
    opened.page.locator(".compare-start").click()
    assert divider(opened).is_visible()
    assert opened.page.locator("#tour").is_hidden()
    assert days(opened)[0] == "2010-12-31"


def test_on_a_sheet_they_are_two_maps(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#compare=2010~2026&sheet=1123x794"))
    left, right = (opened.page.locator(one).bounding_box() for one in (".compare-then", "#map"))
    assert left["x"] + left["width"] < right["x"]
    assert abs(left["width"] - right["width"]) <= 1
    texts = opened.page.evaluate(
        "['.compare-then', '#map'].map((one) => [...document.querySelectorAll(`${one} .labels`)]"
        ".filter((e) => getComputedStyle(e.parentElement).display !== 'none').map((e) => e.textContent).join())"
    )
    assert "road bridge" in texts[1]
    assert "road bridge" not in texts[0]
    assert divider(opened).is_hidden()
    for side in ("of-now", "of-then"):
        assert opened.page.locator(f"#map .{side}.leaflet-tumen-uncertainty-pane path").count() > 0
    assert re.search(r"31 December 2010 \| \d+ \w+ 2026", opened.page.locator(".sheet-state").text_content())


def test_themes_with_a_pair_have_a_button(site):
    assert [name for name in maps.theme_names() if maps.theme(name).story.compare]
    page = Parsed((site / "corridor.html").read_text(encoding="utf-8")).blocks["tumen-page"]
    assert page["compare"] == ["2010", "2026"]
