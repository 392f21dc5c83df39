"""Every value is shown as text: in popup, tooltip, legend, label, attribution, title, index."""

import json

import pytest

import maps
from tests.maps.conftest import AS_OF
from tests.maps.hostile import EVERYTHING, IN_THEME, VALUES, collection, sources

from .conftest import Bookmark

THEME = f"""
title = "{IN_THEME}"
intro = "{IN_THEME}"
extent = [130.1, 42.1, 130.9, 42.6]
[group]
evil = "{IN_THEME}"
[[view]]
title = "{IN_THEME}"
extent = [130.1, 42.1, 130.9, 42.6]
[[layer]]
source = "hostile.geojson"
title = "{IN_THEME}"
group = "evil"
labels = {{ }}
symbols = [
  {{ style = "plain-point", when = {{ geometry = "point" }}, label = "{IN_THEME}" }},
  {{ style = "plain", when = {{ geometry = "line" }}, label = "{IN_THEME}" }},
  {{ style = "plain-area", label = "{IN_THEME} and more" }},
]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "hostile.geojson").write_text(json.dumps(collection()), encoding="utf-8")
    (folder / "sources.json").write_text(json.dumps(sources()), encoding="utf-8")
    (folder / "evil.toml").write_text(THEME, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def pages(folder):
    maps.build_all(folder, names=[str(folder / "evil.toml")], source=maps.GeoJsonFolder(folder, AS_OF))
    return folder


def test_page_shows_text(sheet, pages):
    opened = sheet(pages / "evil.html")
    page = opened.page
    assert page.title() == " ".join(EVERYTHING.split(" ")).strip()
    for place in ("h1", ".intro p", "#legend legend", ".layer-title", "#attribution", "#views button"):
        assert EVERYTHING in page.locator(place).first.text_content()
    assert page.locator(".rules li").first.text_content() == EVERYTHING
    assert page.evaluate("document.querySelectorAll('img').length") == 0
    assert opened.hacked is None
    assert opened.messages == []


def test_popup_and_tooltip_show_text(sheet, pages):
    opened = sheet(pages / "evil.html")
    for feature in collection()["features"]:
        popup_and_tooltip(opened, feature["id"], feature["properties"]["name"])
    assert opened.hacked is None
    assert opened.requests == [(pages / "evil.html").as_uri()]
    assert opened.messages == []


def popup_and_tooltip(opened, feature_id, value):
    page = opened.page
    opened.enter(feature_id)
    popup = page.locator(".leaflet-popup")
    assert popup.locator("h2").text_content() == value
    assert popup.locator("h2").evaluate("(h2) => h2.childElementCount") == 0
    assert popup.text_content().count(value) > 8, feature_id
    assert popup.locator("a[target]").count() == 0
    page.keyboard.press("Escape")
    opened.until("document.querySelector('.leaflet-popup') === null")
    page.evaluate("document.activeElement.blur()")
    opened.until("document.querySelector('.tip') === null")
    opened.element(feature_id).dispatch_event("mouseover")
    opened.until("document.querySelector('.tip') !== null")
    assert page.locator(".tip").text_content() == value
    opened.element(feature_id).dispatch_event("mouseout")


def test_labels_show_text(sheet, folder, tmp_path):
    theme = tmp_path / "labelled.toml"
    theme.write_text(THEME.replace("labels = { }", "labels = { priority = 90 }"), encoding="utf-8")
    (tmp_path / "hostile.geojson").write_bytes((folder / "hostile.geojson").read_bytes())
    page = maps.build(theme, out=tmp_path / "labelled.html", source=maps.GeoJsonFolder(folder, AS_OF))
    opened = sheet(page)
    assert opened.page.locator("text.label").count() > 0
    assert opened.page.evaluate("document.querySelectorAll('img').length") == 0
    assert opened.hacked is None
    assert opened.messages == []


def test_index_shows_text(sheet, pages):
    opened = sheet(pages / "index.html")
    assert opened.page.locator(".card a").text_content() == EVERYTHING
    assert opened.hacked is None
    assert opened.messages == []


NAMES = sorted([*VALUES, EVERYTHING, EVERYTHING])
# Whatever is handed to a place that takes text for markup.
LISTEN = """
    globalThis.fed = [];
    for (const [prototype, name] of [[Element.prototype, 'innerHTML'], [Element.prototype, 'outerHTML'],
        [ShadowRoot.prototype, 'innerHTML'], [HTMLIFrameElement.prototype, 'srcdoc']]) {
        const { get, set } = Object.getOwnPropertyDescriptor(prototype, name);
        Object.defineProperty(prototype, name, { get, set(text) { fed.push(String(text)); set.call(this, text); } });
    }
    for (const [owner, name] of [[Element.prototype, 'insertAdjacentHTML'], [Document.prototype, 'write'],
        [Range.prototype, 'createContextualFragment'], [DOMParser.prototype, 'parseFromString']]) {
        const before = owner[name];
        owner[name] = function (...given) { fed.push(given.join()); return before.apply(this, given); };
    }
"""
# Leaflet's own words: how it learns what a browser draws, and the cross of a popup.
CONSTANTS = {"<svg/>", '<v:shape adj="1"/>', '<span aria-hidden="true">&#215;</span>'}


def harmless(opened):
    assert opened.page.evaluate("document.querySelectorAll('img, iframe, object, embed').length") == 0
    assert opened.page.evaluate("document.querySelectorAll('script:not([type])').length") == 1
    assert opened.hacked is None
    assert opened.messages == []


def test_search_results_and_table_show_text(sheet, pages):
    opened = sheet(pages / "evil.html")
    page = opened.page
    page.locator(".find summary").click()
    rows = page.locator("#find li button > span:first-child")
    assert sorted(rows.all_text_contents()) == NAMES
    assert rows.evaluate_all("(rows) => rows.every((row) => row.childElementCount === 0)")
    page.locator("#find-text").fill("<img src=x onerror=")
    assert "<img" in page.locator("#find li:visible").first.text_content()
    page.locator("[data-tool=table]").click()
    assert sorted(page.locator("#table tbody th").all_text_contents()) == NAMES
    for column in (2, 4):
        cells = page.locator(f"#table tbody td:nth-child({column})")
        assert sorted(cells.all_text_contents()) == NAMES
        assert cells.evaluate_all("(cells) => cells.every((cell) => cell.childElementCount === 0)")
    assert all(name in page.locator(".table-summary").text_content() for name in VALUES)
    page.locator("#table-filter").fill("<img")
    harmless(opened)


def test_filter_shows_text(sheet, pages):
    opened = sheet(pages / "evil.html")
    page = opened.page
    page.locator(".filter summary").click()
    words = page.locator(".filter label > span:nth-child(2)")
    assert set(words.all_text_contents()) == set(NAMES)
    assert words.evaluate_all("(words) => words.every((word) => word.childElementCount === 0)")
    page.locator("[data-filter=kind]").first.uncheck()
    opened.until("location.hash.includes('filter=')")
    harmless(opened)
    again = sheet(Bookmark(pages / "evil.html", page.evaluate("location.hash")))
    assert again.page.locator("[data-filter]:not(:checked)").count() == 1
    harmless(again)


TRANSLATED = f"""
title = {{ en = "Fine", ko = "{IN_THEME}", ru = "{IN_THEME}", zh = "{IN_THEME}" }}
intro = {{ en = "Fine", ko = "{IN_THEME}", ru = "{IN_THEME}", zh = "{IN_THEME}" }}
extent = [130.1, 42.1, 130.9, 42.6]
[[view]]
title = {{ en = "Fine", ko = "{IN_THEME}", ru = "{IN_THEME}", zh = "{IN_THEME}" }}
extent = [130.1, 42.1, 130.9, 42.6]
[[layer]]
source = "hostile.geojson"
title = {{ en = "Fine", ko = "{IN_THEME}", ru = "{IN_THEME}", zh = "{IN_THEME}" }}
labels = {{ priority = 90 }}
symbols = [{{ style = "plain-point", label = {{ en = "Fine", ko = "{IN_THEME}", ru = "{IN_THEME}", zh = "{IN_THEME}" }} }}]
"""


def test_language_switch_shows_text(sheet, folder, tmp_path):
    (tmp_path / "translated.toml").write_text(TRANSLATED, encoding="utf-8")
    (tmp_path / "hostile.geojson").write_bytes((folder / "hostile.geojson").read_bytes())
    source = maps.GeoJsonFolder(folder, AS_OF)
    maps.build_all(tmp_path, names=[str(tmp_path / "translated.toml")], source=source)
    opened = sheet(tmp_path / "translated.html", first=LISTEN)
    page = opened.page
    opened.enter(collection()["features"][0]["id"])
    for lang in ("ko", "ru", "zh"):
        page.locator(f"[data-lang={lang}]").click()
        for place in ("h1", ".intro p", ".layer-title", "#views button", ".credits h2"):
            assert page.locator(place).first.text_content() == EVERYTHING, (lang, place)
            assert page.locator(place).first.locator(":scope > :not(svg, span)").count() == 0, (lang, place)
        assert page.title() == " ".join(EVERYTHING.split(" ")).strip()
        index = sheet(Bookmark(tmp_path / "index.html", f"#lang={lang}"), first=LISTEN)
        assert index.page.locator(".card a").text_content() == EVERYTHING
        assert index.page.evaluate("fed") == []
        harmless(index)
        page.bring_to_front()
    assert set(page.evaluate("fed")) <= CONSTANTS
    harmless(opened)


def test_nothing_is_ever_handed_over_as_markup(sheet, pages):
    opened = sheet(pages / "evil.html", first=LISTEN)
    page = opened.page
    for feature in collection()["features"][:3]:
        opened.enter(feature["id"])
        page.keyboard.press("Escape")
        opened.element(feature["id"]).dispatch_event("mouseover")
        opened.until("document.querySelector('.tip') !== null")
    for tool in ("table", "graticule", "measure"):
        page.locator(f"[data-tool={tool}]").click()
    page.locator("#table-filter").fill("<b>bold</b>")
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    page.locator("#find-text").fill("<b>bold</b>")
    page.locator("[data-lang=ko]").click()
    page.locator("[data-lang=en]").click()
    page.evaluate("location.hash = 'feature=%3Cimg%20src=x%3E&lang=%3Cb%3E&ruler=%3Cb%3E&filter=%3Cb%3E'")
    page.wait_for_timeout(300)
    assert set(page.evaluate("fed")) <= CONSTANTS
    assert page.locator(".leaflet-control, .leaflet-div-icon, .leaflet-marker-icon").count() == 0
    harmless(opened)


def test_listener_hears_what_it_should(sheet, pages):
    opened = sheet(pages / "evil.html", first=LISTEN)
    opened.page.evaluate("document.createElement('div').innerHTML = '<b>heard</b>'")
    assert "<b>heard</b>" in opened.page.evaluate("fed")
