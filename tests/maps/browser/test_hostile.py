"""Whatever a value says, it is shown as text: in popup, tooltip, legend, label, attribution, title, index."""

import json

import pytest

import maps
from tests.maps.conftest import AS_OF
from tests.maps.hostile import EVERYTHING, collection, sources

TEXT = EVERYTHING.replace("\\", "\\\\").replace('"', '\\"')
THEME = f"""
title = "{TEXT}"
intro = "{TEXT}"
extent = [130.1, 42.1, 130.9, 42.6]
[group]
evil = "{TEXT}"
[[view]]
title = "{TEXT}"
extent = [130.1, 42.1, 130.9, 42.6]
[[layer]]
source = "hostile.geojson"
title = "{TEXT}"
group = "evil"
labels = {{ }}
symbols = [
  {{ style = "plain-point", when = {{ geometry = "point" }}, label = "{TEXT}" }},
  {{ style = "plain", when = {{ geometry = "line" }}, label = "{TEXT}" }},
  {{ style = "plain-area", label = "{TEXT} and more" }},
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


@pytest.mark.parametrize("feature", collection()["features"], ids=lambda feature: feature["geometry"]["type"])
def test_popup_and_tooltip_show_text(sheet, pages, feature):
    opened = sheet(pages / "evil.html")
    page = opened.page
    value = feature["properties"]["name"]
    opened.enter(feature["id"])
    popup = page.locator(".leaflet-popup")
    assert popup.locator("h2").text_content() == value
    assert popup.locator("h2").evaluate("(h2) => h2.childElementCount") == 0
    assert popup.text_content().count(value) > 8
    assert popup.locator("a[target]").count() == 0
    page.keyboard.press("Escape")
    page.evaluate("document.querySelector('.leaflet-popup')?.remove()")
    opened.element(feature["id"]).dispatch_event("mouseover")
    opened.until("document.querySelector('.tip') !== null")
    assert page.locator(".tip").text_content() == value
    assert opened.hacked is None
    assert opened.requests == [(pages / "evil.html").as_uri()]
    assert opened.messages == []


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
