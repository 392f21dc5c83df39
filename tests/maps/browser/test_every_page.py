"""What holds of every page, on a desktop and on a small phone: each is opened once for all that is looked at."""

import pytest

import maps
from maps.i18n.text import LANGUAGE_TAGS, LANGUAGES, strings
from tests.maps.parsed import Parsed

from .conftest import DESKTOP, SMALL_PHONE, Sheet
from .violations import violations_in_both_schemes

SIZES = {"desktop": DESKTOP, "small phone": SMALL_PHONE}
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > window.innerWidth"
# Every word of the interface that is on the page: what is read, and what is read aloud.
SAID = """[['ui', 'textContent'], ['ui-label', 'ariaLabel'], ['ui-title', 'title'], ['ui-placeholder', 'placeholder']]
    .flatMap(([data, property]) => [...document.querySelectorAll(`[data-${data}]`)]
    .map((element) => [element.getAttribute(`data-${data}`), element[property]]))"""
BOXES = """(selector) => [...document.querySelectorAll(selector)].map((element) => [element, element.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0).map(([element, box]) => [element.textContent, box.left, box.top, box.right, box.bottom])"""
CHARTS = """[...document.querySelectorAll('.story:not([hidden]) .chart')].map((chart) => {
    const panel = document.getElementById('panel-body').getBoundingClientRect();
    const texts = [...chart.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()]);
    const pairs = texts.flatMap(([a, p], i) => texts.slice(i + 1).filter(([, q]) =>
      Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1
      && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 3).map(([b]) => [a, b]));
    const room = texts.map(([, box]) => box);
    return [panel.left, panel.right, Math.min(...room.map((box) => box.left)), Math.max(...room.map((box) => box.right)),
      Math.min(...room.map((box) => box.height)), pairs];
})"""


@pytest.fixture(scope="module", params=[(name, size) for name in maps.theme_names() for size in SIZES], ids="-".join)
def look(request, tabs, site):
    """The page of a theme on a screen, opened: its name, the size of the screen, the page."""
    name, size = request.param
    settings = {
        "viewport": SIZES[size],
        "color_scheme": "light",
        "bypass_csp": True,
        "has_touch": False,
        "device_scale_factor": 1,
    }
    opened = Sheet(tabs.take(settings)).open(site / f"{name}.html")
    yield name, size, opened
    opened.leave()
    tabs.give_back(opened.page, settings)


def features(site, name):
    every = Parsed((site / f"{name}.html").read_text(encoding="utf-8")).blocks
    return {
        feature["id"] for key, block in every.items() if key.startswith("tumen-layer") for feature in block["features"]
    }


def overlapping(boxes, others, x, y):
    """Pairs of which one covers more than so many pixels of the other."""
    return [
        (a[0], b[0])
        for a in boxes
        for b in others
        if a is not b and min(a[3], b[3]) - max(a[1], b[1]) > x and min(a[4], b[4]) - max(a[2], b[2]) > y
    ]


def test_no_rule_of_accessibility_is_broken(look):
    assert violations_in_both_schemes(look[2]) == []


def test_page_does_not_scroll_sideways(look):
    assert not look[2].page.evaluate(SCROLLS_SIDEWAYS)


def test_every_feature_is_on_the_map_with_a_name_and_a_place_in_the_tab_order(look, site):
    name, _, opened = look
    expected = features(site, name)
    assert expected
    ids = "(all) => all.map((element) => element.dataset.id)"
    assert set(opened.page.locator("[data-id]").evaluate_all(ids)) == expected
    assert set(opened.page.locator("[data-id][tabindex='0']").evaluate_all(ids)) == expected
    nameless = "[...document.querySelectorAll('[data-id]')].filter((e) => !e.ariaLabel || e.role !== 'button').length"
    assert opened.page.evaluate(nameless) == 0


def test_names_on_the_map_do_not_overlap(look):
    _, size, opened = look
    boxes = opened.page.evaluate(BOXES, "text.label")
    assert boxes or size != "desktop"
    assert overlapping(boxes, boxes, 1, 2) == []


def test_callouts_stand_in_the_opening_view_and_meet_nothing(look):
    name, size, opened = look
    told = [callout for callout in maps.theme(name).story.callouts if not callout.is_dated]
    for lang in ("ru", "en"):
        switch(opened, lang)
        found = opened.page.evaluate(BOXES, ".callout")
        rest = 0 if size == "desktop" else opened.page.locator(".callouts-rest li").count()  # told below the map
        assert len(found) + rest == len(told)
        ((_, left, top, right, bottom),) = opened.page.evaluate(BOXES, "#map")
        assert all(left <= a[1] and a[3] <= right and top <= a[2] and a[4] <= bottom for a in found)
        if size == "desktop":
            assert opened.page.locator(".leaders circle").count() == len(told)
            others = opened.page.evaluate(
                BOXES, ".labels text, #panel, #tools, #zoom, #scale, #time, #locator, #attribution"
            )
            assert overlapping(found, [*others, *found], 0, 0) == []


def test_charts_fit_and_can_be_read(look):
    _, size, opened = look
    for left, right, first, last, height, pairs in opened.page.evaluate(CHARTS):
        assert left <= first
        assert last <= right
        assert height >= 8.5
        assert pairs == [] or size != "desktop"


def test_story_lies_below_the_map_of_a_phone(look):
    name, size, opened = look
    if size == "desktop" or not maps.theme(name).story:
        return
    top = opened.page.locator("#map").bounding_box()
    story = opened.page.locator(".story:not([hidden])").first.bounding_box()
    assert opened.page.locator("h1").bounding_box()["y"] < top["y"]
    assert story["y"] >= top["y"] + top["height"]
    assert opened.page.evaluate("document.documentElement.scrollHeight > window.innerHeight + 200")


def switch(opened, lang):
    opened.page.evaluate("(lang) => { document.querySelector(`[data-lang=${lang}]`).click(); }", lang)
    opened.until(f"document.documentElement.lang === '{LANGUAGE_TAGS[lang]}'")


def test_every_word_is_switched_and_fits(look, site):
    name, size, opened = look
    page = opened.page
    theme = maps.MapBuilder(name).told  # with what the record says filled in
    page.evaluate("document.querySelector('[data-tool=table]').click()")
    for lang in (*LANGUAGES[1:], "en"):
        switch(opened, lang)
        ui = strings(lang)["ui"]
        assert page.title() == page.locator("h1").inner_text() == getattr(theme.title, lang)
        assert page.locator(".intro p").text_content() == getattr(theme.intro, lang)
        assert page.locator("#views button").all_text_contents() == [getattr(view.title, lang) for view in theme.views]
        said = page.evaluate(SAID)
        assert len(said) > 30
        assert [words for words in said if words[1] != ui[words[0]]] == []
        titles = {layer.title.into(lang) for layer in theme.layers}
        assert set(page.locator(".layer-title:not([data-ui])").all_text_contents()) <= titles
        assert page.locator("text.label").count() > 0 or size != "desktop"
        assert page.locator("#map").get_attribute("aria-label").startswith(ui["map"])
        shown = page.locator(".story[lang]:not([hidden])").evaluate_all("(all) => all.map((one) => one.lang)")
        assert set(shown) <= {LANGUAGE_TAGS[lang]}
        assert bool(shown) == bool(theme.story)
        assert not page.evaluate(SCROLLS_SIDEWAYS)
    page.evaluate("document.querySelector('[data-tool=table]').click()")
    assert opened.messages == []
    assert opened.requests == [(site / f"{name}.html").as_uri()]
