"""Tiles in a real browser: requests, refusals, and the page without a response."""

import base64
from urllib.parse import urlsplit

import pytest

import maps
from tests.maps.conftest import AS_OF, FOLDER

from .conftest import DESKTOP, Sheet

PROVIDER = "OpenTopoMap"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TILES = "document.querySelectorAll('img.leaflet-tile').length"


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    options = maps.PageOptions(tiles=maps.tiles(PROVIDER))
    source = maps.GeoJsonFolder(FOLDER, AS_OF)
    return maps.MapBuilder("corridor", source=source, options=options).save(
        tmp_path_factory.mktemp("tiles") / "corridor.html"
    )


@pytest.fixture
def routed(chromium):
    """Open a page whose every request over a network is answered here, or refused."""
    contexts = []

    def open_(path, *, answer=True, dark=False):
        context = chromium.new_context(
            viewport=DESKTOP, reduced_motion="reduce", color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        asked = []

        def handle(route):
            asked.append(route.request.url)
            if answer:
                route.fulfill(status=200, content_type="image/png", body=PIXEL)
            else:
                route.abort()

        context.route(lambda url: not url.startswith("file:"), handle)
        return Sheet(context.new_page()).open(path), asked

    yield open_
    for context in contexts:
        context.close()


def test_only_the_hosts_of_the_provider_are_asked(routed, page_file):
    opened, asked = routed(page_file)
    opened.until(f"{TILES} > 3")
    opened.page.locator("#zoom button").first.click()
    opened.page.wait_for_timeout(500)
    assert asked
    assert {urlsplit(url).netloc for url in asked} <= set(maps.tiles(PROVIDER).hosts)
    assert {urlsplit(url).scheme for url in asked} == {"https"}
    assert opened.messages == []


def test_any_other_host_is_refused_by_the_policy(routed, page_file):
    opened, asked = routed(page_file)
    before = {urlsplit(url).netloc for url in asked}
    opened.page.evaluate(
        """(address) => {
          document.documentElement.dataset.refused = '';
          document.addEventListener('securitypolicyviolation', (event) => {
            document.documentElement.dataset.refused += event.effectiveDirective + ' ';
          });
          new Image().src = 'https://tiles.example.org/0/0/0.png';
          fetch(address).catch(() => {});
        }""",
        maps.tiles(PROVIDER).origins[0] + "/0/0/0.png",
    )
    opened.until("document.documentElement.dataset.refused.split(' ').length > 2")
    refused = opened.page.evaluate("document.documentElement.dataset.refused")
    assert set(refused.split()) == {"img-src", "connect-src"}
    assert {urlsplit(url).netloc for url in asked} - before <= set(maps.tiles(PROVIDER).hosts)
    assert not [url for url in asked if "example" in url]


def test_when_nothing_comes_the_base_map_is_there(routed, page_file):
    opened, asked = routed(page_file, answer=False)
    opened.until("document.querySelector('canvas.base') !== null")
    assert asked
    assert opened.page.locator("canvas.base").is_visible()
    assert opened.page.evaluate("document.querySelectorAll('img.leaflet-tile-loaded[src^=http]').length") == 0


def test_tiles_lie_between_base_map_and_subject_and_a_button_takes_them_away(routed, page_file):
    opened, _ = routed(page_file)
    opened.until(f"{TILES} > 0")
    heights = opened.page.evaluate(
        """['base', 'tiles', 'subject'].map((name) =>
          Number(document.querySelector(`.leaflet-tumen-${name}-pane`).style.zIndex))"""
    )
    assert heights == sorted(heights)
    assert len(set(heights)) == 3
    button = opened.page.locator("[data-tool=tiles]")
    button.click()
    assert opened.page.evaluate(TILES) == 0
    assert button.get_attribute("aria-pressed") == "false"


def test_dark_pages_dim_them(routed, page_file):
    opened, _ = routed(page_file, dark=True)
    filter_ = "getComputedStyle(document.querySelector('.leaflet-tumen-tiles-pane')).filter"
    assert opened.page.evaluate(filter_) == "brightness(0.62)"


def test_pages_without_tiles_have_no_button(sheet, site):
    assert sheet(site / "corridor.html").page.locator("[data-tool=tiles]").count() == 0
