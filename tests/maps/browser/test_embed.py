"""A compact page for the frame of an article."""

import pytest

from maps.cli.main import main

from .test_attribution import WHOLE

SIZES = [(320, 240), (640, 480)]


@pytest.fixture(scope="module")
def embedded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("embed")
    assert main(["build", "corridor", "--embed", "--out", str(folder), "--quiet"]) == 0
    return folder


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_frame_shows_the_map_and_its_attribution_alone(sheet, embedded, width, height):
    opened = sheet(embedded / "corridor.html", viewport={"width": width, "height": height})
    page = opened.page
    assert not page.locator("#panel").is_visible()
    assert not page.locator("#tools").is_visible()
    assert page.locator("#zoom").bounding_box()["height"] < 80
    assert page.evaluate(WHOLE) == [True] * 5
    map_box = page.locator("#map").bounding_box()
    assert (map_box["width"], map_box["height"]) == (width, height)
    assert (page.locator(".callout").count() > 0) == (height > 300)
    page.locator("[data-label='station/khasan']").click()
    opened.until("document.querySelector('.leaflet-popup h2')?.textContent === 'Khasan'")
    assert opened.messages == []


def test_snippet_works_in_its_sandbox(sheet, embedded, capsys):
    assert main(["build", "corridor", "--embed", "--out", str(embedded), "--quiet"]) == 0
    (snippet,) = capsys.readouterr().out.strip().splitlines()
    assert 'sandbox="allow-scripts allow-popups"' in snippet
    article = embedded / "article.html"
    article.write_text(f"<!DOCTYPE html><title>Article</title><p>Text</p>{snippet}", encoding="utf-8")
    opened = sheet(article)
    frame = opened.page.frame_locator("iframe")
    frame.locator("[data-label='station/khasan']").wait_for()
    assert opened.page.locator("iframe").get_attribute("title") == "The Khasan–Rajin corridor"


def test_a_frame_that_is_hidden_at_first_opens_at_its_extent(sheet, embedded):
    hidden = '<div id="tab" style="display: none"><iframe src="corridor.html" width="640" height="480"></iframe></div>'
    article = embedded / "tabs.html"
    article.write_text(f"<!DOCTYPE html><title>Tabs</title>{hidden}", encoding="utf-8")
    opened = sheet(article)
    frame = opened.page.frame_locator("iframe")
    frame.locator("#map.leaflet-container").wait_for(state="attached")
    opened.page.evaluate("document.getElementById('tab').style.display = 'block'")
    frame.locator("[data-label='station/khasan']").wait_for()
    assert "10 km" in frame.locator("#scale").inner_text()
