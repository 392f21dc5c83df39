"""The tour in a real browser: by buttons, keys, swipe and address, and as a list without a script."""

import maps
from tests.maps.parsed import Parsed

from .conftest import PHONE
from .test_permalink import Bookmark

TOURS = [name for name in maps.theme_names() if maps.theme(name).story.steps]
DIMMED = "document.querySelectorAll('.is-dim').length"


def card(opened):
    return opened.page.locator("#tour")


def test_most_maps_have_a_tour():
    assert {"corridor", "border", "overview"} <= set(TOURS)
    assert all(4 <= len(maps.theme(name).story.steps) <= 7 for name in TOURS)


def test_what_steps_light_is_on_the_page(site):
    assert TOURS
    for name in TOURS:
        lit, known = lit_and_known(site / f"{name}.html")
        assert lit <= known, name


def lit_and_known(path):
    blocks = Parsed(path.read_text(encoding="utf-8")).blocks
    page = blocks["tumen-page"]
    layers = [blocks[block] for block in page["blocks"]["layers"]]
    ids = {feature["id"] for layer in layers for feature in layer.get("features", [])}
    known = ids | {f"{layer['id']}/*" for layer in layers}
    return {lit for step in page["steps"] for lit in step["lit"]}, known


def test_by_button_and_key_through_all_steps_and_back(sheet, site):
    opened = sheet(site / "corridor.html")
    page = opened.page
    assert card(opened).is_hidden()
    page.locator(".tour-start").click()
    texts = [card(opened).locator("h2").inner_text()]
    assert opened.page.evaluate("document.activeElement.textContent") == texts[0]
    while not card(opened).locator(".tour-ways button").last.is_disabled():
        page.keyboard.press("ArrowRight")
        texts.append(card(opened).locator("h2").inner_text())
    assert texts == [step.title.en for step in maps.theme("corridor").story.steps]
    page.keyboard.press("ArrowLeft")
    assert card(opened).locator("h2").inner_text() == texts[-2]
    page.keyboard.press("Escape")
    assert card(opened).is_hidden()
    assert page.evaluate(DIMMED) == 0


def test_a_step_sets_day_and_light_and_travels_in_the_address(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#step=4&lang=ru"))
    assert card(opened).locator("h2").inner_text() == maps.theme("corridor").story.steps[3].title.ru
    assert opened.page.locator("#time-day").input_value() == "2014-12-31"
    dimmed = opened.page.evaluate(DIMMED)
    assert dimmed > 0
    lit = opened.page.evaluate("document.querySelectorAll('[data-id=\"pier/rajin-3\"].is-dim').length")
    assert lit == 0
    opened.page.locator(".tour-end").click()
    assert opened.page.evaluate(DIMMED) == 0
    opened.until("!location.hash.includes('step')")


def test_a_step_that_is_none_does_nothing(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#step=99"))
    assert card(opened).is_hidden()
    for step in ("0", "x", "-1", "1e0", "%3Cimg%20onerror%3D1%3E"):
        opened.follow(f"#step={step}")
        assert card(opened).is_hidden(), step
    assert opened.messages == []
    opened.follow("#step=2")
    assert card(opened).is_visible()


def test_on_a_phone_the_card_fits_and_swipes(sheet, site):
    opened = sheet(site / "corridor.html", viewport=PHONE, touch=True)
    opened.page.evaluate("document.querySelector('.tour-start').click()")
    box = card(opened).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert box["y"] + box["height"] <= PHONE["height"]
    opened.page.evaluate(
        """() => {
            const touch = (x) => new Touch({ identifier: 1, target: document.getElementById('tour'), clientX: x, clientY: 5 });
            for (const [type, x] of [['touchstart', 300], ['touchend', 100]]) {
              document.getElementById('tour').dispatchEvent(new TouchEvent(type, { changedTouches: [touch(x)], bubbles: true }));
            }
        }"""
    )
    assert card(opened).locator("h2").inner_text() == maps.theme("corridor").story.steps[1].title.en


def test_without_a_script_the_steps_are_a_numbered_list(site):
    titles = [text for text, _ in Parsed((site / "corridor.html").read_text(encoding="utf-8")).all("h3")]
    assert [step.title.en for step in maps.theme("corridor").story.steps] == titles[:7]
