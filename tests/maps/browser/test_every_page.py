"""Rules for every page, on a desktop and a small phone; each page is opened once for all checks."""

import pytest

import maps
from maps.i18n.text import LANGUAGE_TAGS, LANGUAGES, strings
from tests.maps.parsed import Parsed

from .conftest import DESKTOP, SMALL_PHONE
from .papers import title_map_legend_and_sources_stand_on_one_sheet
from .violations import violations_in_both_schemes

SIZES = {"desktop": DESKTOP, "small phone": SMALL_PHONE}
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > window.innerWidth"
# Every word of the interface that is on the page: what is read, and what is read aloud.
SAID = """[['ui', 'textContent'], ['ui-label', 'ariaLabel'], ['ui-title', 'title'], ['ui-placeholder', 'placeholder']]
    .flatMap(([data, property]) => [...document.querySelectorAll(`[data-${data}]`)]
    .map((element) => [element.getAttribute(`data-${data}`), element[property]]))"""
# A table of hundreds of rows takes longer to be written anew than all the rest.
FEW_ROWS = """(() => {
    const field = document.getElementById('table-filter');
    field.value = 'raj';
    field.dispatchEvent(new Event('input', { bubbles: true }));
})()"""
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


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", maps.theme_names())
def test_page(sheet, site, name, size):
    path = site / f"{name}.html"
    opened = sheet(path, viewport=SIZES[size])
    no_rule_of_accessibility_is_broken(opened)
    page_does_not_scroll_sideways(opened)
    every_feature_is_on_the_map_with_a_name_and_a_place_in_the_tab_order(opened, path)
    names_on_the_map_do_not_overlap(opened, size)
    callouts_stand_in_the_opening_view_and_meet_nothing(opened, name, size)
    charts_fit_and_can_be_read(opened, size)
    story_lies_below_the_map_of_a_phone(opened, name, size)
    every_word_is_switched_and_fits(opened, name, size)
    if size == "desktop":
        title_map_legend_and_sources_stand_on_one_sheet(opened, "A4-landscape")
        every_button_can_be_used(opened)
    assert opened.messages == []
    assert opened.requests == [path.as_uri()]


def features(path):
    every = Parsed(path.read_text(encoding="utf-8")).blocks
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


def no_rule_of_accessibility_is_broken(opened):
    assert violations_in_both_schemes(opened) == []


def page_does_not_scroll_sideways(opened):
    assert not opened.page.evaluate(SCROLLS_SIDEWAYS)


def every_feature_is_on_the_map_with_a_name_and_a_place_in_the_tab_order(opened, path):
    expected = features(path)
    assert expected
    ids = "(all) => all.map((element) => element.dataset.id)"
    assert set(opened.page.locator("[data-id]").evaluate_all(ids)) == expected
    assert set(opened.page.locator("[data-id][tabindex='0']").evaluate_all(ids)) == expected
    nameless = "[...document.querySelectorAll('[data-id]')].filter((e) => !e.ariaLabel || e.role !== 'button').length"
    assert opened.page.evaluate(nameless) == 0


def names_on_the_map_do_not_overlap(opened, size):
    boxes = opened.page.evaluate(BOXES, "text.label")
    assert boxes or size != "desktop"
    assert overlapping(boxes, boxes, 1, 2) == []


def callouts_stand_in_the_opening_view_and_meet_nothing(opened, name, size):
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


def charts_fit_and_can_be_read(opened, size):
    for left, right, first, last, height, pairs in opened.page.evaluate(CHARTS):
        assert left <= first
        assert last <= right
        assert height >= 8.5
        assert pairs == [] or size != "desktop"


def story_lies_below_the_map_of_a_phone(opened, name, size):
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


def every_word_is_switched_and_fits(opened, name, size):
    page = opened.page
    theme = maps.MapBuilder(name).filled_theme  # with what the record says filled in
    page.evaluate("document.querySelector('[data-tool=table]').click()")
    page.evaluate(FEW_ROWS)
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


def every_button_can_be_used(opened):
    page = opened.page
    page.emulate_media(media="screen")
    opened.until("!document.querySelector('.sheet-foot')")
    for button in page.locator("#views button").all():
        button.click()
    page.locator("#zoom button").first.click()
    page.locator("#zoom button").last.click()
    page.locator(".credits summary").click()
    page.locator("#panel-toggle").click()
    assert page.locator("#panel").get_attribute("data-open") == "false"
    page.locator("#panel-toggle").click()
    assert page.locator("#panel").get_attribute("data-open") == "true"
