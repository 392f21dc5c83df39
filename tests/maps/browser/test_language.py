"""One page has four languages; the switch changes every text in place, and nothing else."""

import re

import pytest

import maps
from maps.i18n.text import LANGUAGE_NAMES, LANGUAGE_TAGS, LANGUAGES, strings

from .conftest import DESKTOP, PHONE, SMALL_PHONE, Bookmark

BRIDGE = "crossing/friendship-bridge"
OTHERS = LANGUAGES[1:]
HANGUL = re.compile("[가-힣]")
KEPT = """[document.getElementById('scale').children[0].style.width,
    document.querySelector('.leaflet-map-pane').style.transform,
    [...document.querySelectorAll('[data-id]:not(.is-away)')].map((element) => element.dataset.id),
    [...document.querySelectorAll('#legend input[type=checkbox]:not(:checked)')]
    .map((box) => box.dataset.layer || box.value).sort(),
    document.getElementById('time-day').value]"""


def switch(opened, lang):
    opened.page.locator(f"[data-lang={lang}]").click()
    opened.until(f"document.documentElement.lang === '{LANGUAGE_TAGS[lang]}'")


ALL_WORDS = """(page) => {
    page.querySelectorAll('.languages, .home').forEach((element) => element.remove());
    const panel = ['h1', '.intro', '.views', '.legend', '.find', '.credits', '.as-of'];
    const texts = [...panel, '.labels', '#scale', '#measure', '#position'];
    page.querySelectorAll('.story[hidden]').forEach((element) => element.remove());  // those of other languages
    return [page.title, ...texts.map((name) => page.querySelector(name).textContent),
        [...page.querySelectorAll('[aria-label]')].map((element) => element.ariaLabel),
        [...page.querySelectorAll('[title]')].map((element) => element.title)];
}"""


def test_switched_page_is_the_page_built_in_that_language(sheet, site, tmp_path):
    opened = sheet(site / "corridor.html")
    words = {}
    for lang in OTHERS:
        switch(opened, lang)
        words[lang] = opened.page.evaluate(f"({ALL_WORDS})(document.cloneNode(true))")
    for lang in OTHERS:
        alone = sheet(maps.build("corridor", out=tmp_path / f"{lang}.html", langs=lang))
        assert words[lang] == alone.page.evaluate(f"({ALL_WORDS})(document)"), lang


def test_view_day_filter_layers_and_selection_stay(sheet, site):
    opened = sheet(site / "corridor.html")
    page = opened.page
    page.locator("#zoom button").first.click()
    page.locator("#legend input[data-layer=ports]").uncheck()
    page.locator(".filter summary").click()
    page.locator("[data-filter=kind][value=station]").uncheck()
    page.locator("#time-day").fill("2014-11-24")
    page.locator("#time-day").press("Enter")
    opened.enter(BRIDGE)
    opened.until("document.querySelector('.leaflet-popup .chooser') !== null")  # comes a moment later, above the rest
    page.locator(".cite summary").click()
    before = page.evaluate(KEPT)
    assert before[3] == ["ports", "station"]
    switch(opened, "ko")
    popup = page.locator(".leaflet-popup")
    assert popup.get_attribute("aria-label") == popup.locator("h2").text_content()
    assert HANGUL.search(popup.locator("h2").text_content())
    assert HANGUL.search(popup.locator(".citation pre").first.text_content())
    assert "Friendship Bridge" in popup.locator(".names").text_content()
    assert popup.locator(".cite").get_attribute("open") is not None
    assert page.evaluate(KEPT) == before
    switch(opened, "en")
    assert page.evaluate(KEPT) == before
    assert popup.locator("h2").text_content() == "Friendship Bridge"


def test_table_search_and_filter_are_sorted_anew(sheet, site):
    opened = sheet(site / "corridor.html")
    page = opened.page
    page.locator("[data-tool=table]").click()
    page.locator(".find summary").click()
    switch(opened, "ru")
    for rows in ("#table tbody th", "#find li button span:first-child"):
        names = page.locator(rows).all_text_contents()
        order = "(names) => [...names].sort(new Intl.Collator('ru', { numeric: true }).compare)"
        assert names == page.evaluate(order, names)
        assert any(re.match("[А-Я]", name) for name in names)
    page.locator("#table-filter").fill("мост дружбы")
    assert page.locator("#table tbody [data-row]").first.get_attribute("data-row") == BRIDGE


def test_numbers_are_written_as_the_language_does(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#feature=rail/hambuk/kwangok-rajin"))
    english = opened.page.locator(".leaflet-popup .facts").inner_text()
    numbers = re.findall(r"\d+\.\d+", english)
    assert numbers
    switch(opened, "ru")
    russian = opened.page.locator(".leaflet-popup .facts").inner_text()
    assert all(number.replace(".", ",") in russian for number in numbers)


def test_tooltip_and_tools_opened_later_speak_the_language(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#lang=zh"))
    page = opened.page
    opened.element(BRIDGE).dispatch_event("mouseover")
    opened.until("document.querySelector('.tip') !== null")
    assert re.search("[一-鿿]", page.locator(".tip").text_content())
    page.locator("[data-tool=measure]").click()
    assert page.locator(".measure-total").text_content().startswith(strings("zh")["ui"]["total"])


def test_by_keyboard(sheet, site):
    opened = sheet(site / "border.html")
    page = opened.page
    group = page.locator("#language")
    assert group.get_attribute("aria-label") == "Language"
    assert group.locator("button").all_inner_texts() == list(LANGUAGE_NAMES.values())
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.lang") == "ru":
            break
    page.keyboard.press("Space")
    assert page.evaluate("document.documentElement.lang") == "ru"
    assert page.evaluate("document.activeElement.dataset.lang") == "ru"
    assert group.locator("[aria-pressed=true]").all_inner_texts() == ["Русский"]


def test_language_stands_in_the_address_and_goes_to_the_index_and_back(sheet, site):
    opened = sheet(site / "border.html")
    for lang in OTHERS:
        switch(opened, lang)
        opened.until(f"location.hash === '#lang={lang}'")
        if not opened.page.locator(".home a").is_visible():
            opened.page.locator("#panel-toggle").click()
        opened.page.locator(".home a").click()
        opened.until(f"!document.getElementById('map') && document.documentElement.lang === '{LANGUAGE_TAGS[lang]}'")
        assert opened.page.locator("h1").inner_text() == strings(lang)["ui"]["index_title"]
        assert opened.page.title() == strings(lang)["ui"]["index_title"]
        opened.page.locator(".card a").first.click()
        opened.until("document.documentElement.dataset.complete === 'true'")
        assert opened.page.evaluate("document.documentElement.lang") == LANGUAGE_TAGS[lang]


def test_index_switches_in_place_and_believes_no_fragment(sheet, site):
    opened = sheet(site / "index.html")
    page = opened.page
    for lang in (*OTHERS, "en"):
        switch(opened, lang)
        chosen = {getattr(maps.theme(name).title, lang) for name in maps.theme_names()}
        assert set(page.locator(".card h2").all_inner_texts()) == chosen
        assert page.evaluate("location.hash") == ("" if lang == "en" else f"#lang={lang}")
    assert opened.messages == []
    for wrong in ("#lang=<img src=x onerror=alert(1)>", "#lang=__proto__", "#lang=fr", "#lang=koo", "#ko"):
        opened = sheet(Bookmark(site / "index.html", wrong))
        assert opened.page.evaluate("document.documentElement.lang") == "en", wrong
        assert opened.page.locator("h1").inner_text() == strings("en")["ui"]["index_title"], wrong
        assert opened.page.evaluate("document.querySelectorAll('img').length") == 0, wrong
        assert opened.messages == [], wrong


def test_first_language_is_that_of_the_build(unscripted, tmp_path):
    maps.build_all(tmp_path, names=["border"], langs=["ko", "en"])
    for name in ("border", "index"):
        unscripted.goto((tmp_path / f"{name}.html").as_uri())
        assert HANGUL.search(unscripted.locator("h1").inner_text())
        assert unscripted.locator("html").get_attribute("lang") == "ko"
        assert not unscripted.locator("#language").is_visible()


def test_page_opens_in_the_language_of_the_browser_unless_another_is_chosen(chromium, site):
    shown = "document.documentElement.lang"
    for locale, lang in (("zh-TW", "zh-Hans"), ("fr-FR", "en"), ("ko-KR", "ko")):
        with chromium.new_context(locale=locale, offline=True) as context:
            page = context.new_page()
            for name in ("index", "border"):
                page.goto((site / f"{name}.html").as_uri())
                assert page.evaluate(shown) == lang
                assert page.evaluate("location.hash") == ""
                if lang == "ko":
                    another_is_chosen(page, site / f"{name}.html")
            if lang == "ko":  # a sheet asked for by its address is in the language of the build
                page.goto("about:blank")
                page.goto((site / "border.html").as_uri() + "#sheet=A4-landscape")
                assert page.evaluate(shown) == "en"


def another_is_chosen(page, path):
    shown = "document.documentElement.lang"
    page.goto("about:blank")
    page.goto(path.as_uri() + "#lang=ru")
    assert page.evaluate(shown) == "ru"
    page.locator("[data-lang=en]").click()
    assert page.evaluate(shown) == "en"
    page.wait_for_timeout(400)
    assert page.evaluate("location.hash") == "#lang=en"


@pytest.mark.parametrize("size", [DESKTOP, PHONE, SMALL_PHONE], ids=["desktop", "phone", "small phone"])
def test_switch_is_in_sight(sheet, site, size):
    opened = sheet(site / "overview.html", viewport=size)
    for lang in LANGUAGES:
        switch(opened, lang)
        for button in opened.page.locator("#language button").all():
            box = button.bounding_box()
            assert box["height"] >= 24
            assert 0 <= box["x"] < box["x"] + box["width"] <= size["width"]
            assert 0 <= box["y"] < box["y"] + box["height"] <= size["height"]


def test_day_stands_above_the_sheet_of_a_phone(sheet, site):
    opened = sheet(Bookmark(site / "routes.html", "#day=2014-11-24"), viewport=SMALL_PHONE, touch=True)
    above = """(() => {
      const [bar, panel] = ['time', 'panel'].map((id) => document.getElementById(id).getBoundingClientRect());
      return document.querySelector('main').style.getPropertyValue('--sheet') !== '' && bar.height > 0 && bar.bottom <= panel.top;
    })()"""
    opened.until(above)
    for lang in OTHERS:
        opened.follow(f"#lang={lang}")
        assert opened.page.evaluate("document.documentElement.lang") == LANGUAGE_TAGS[lang]
        opened.until(above)
