"""The pages in Firefox and in WebKit: opened, a popup, a language, another day, a route, and no errors."""

import os

import pytest

import maps

from .conftest import missing
from .drivers import Firefox, WebKit, is_there
from .test_planner import TRIAL

pytestmark = pytest.mark.slow
READY = "document.documentElement.dataset.complete === 'true'"
# The first feature whose middle is on top, as a reader's pointer finds it.
FREE = (
    "[...document.querySelectorAll('#map .hit:not(.is-away, .is-hidden)')].find((one) => {"
    " const { left, top, width, height } = one.getBoundingClientRect();"
    " return width > 0 && document.elementFromPoint(left + width / 2, top + height / 2) === one; })"
)
SHOWN = "document.querySelectorAll('#map [data-id]:not(.is-away)').length"


@pytest.fixture(scope="module", params=[Firefox, WebKit], ids=["firefox", "webkit"])
def browser(request, tmp_path_factory):
    if os.environ.get("TUMEN_CHROMIUM") == "none" or not is_there(request.param):
        missing(f"no {request.param.__name__} found; scripts/browsers installs it")
    if request.param is Firefox:
        pytest.importorskip("websockets")
    opened = request.param(str(tmp_path_factory.mktemp("profile")))
    yield opened
    opened.close()


@pytest.mark.parametrize("name", maps.theme_names())
def test_page_works(browser, site, name):
    browser.open((site / f"{name}.html").as_uri())
    browser.until(READY)
    assert browser.evaluate("document.querySelector('h1').textContent") == maps.theme(name).title.en
    popup(browser)
    browser.click("document.querySelector('[data-lang=ko]')")
    browser.until("document.documentElement.lang === 'ko'")
    assert browser.evaluate("document.querySelector('h1').textContent") == maps.theme(name).title.ko
    if browser.evaluate("document.getElementById('time').hidden === false"):
        another_day(browser)
    if maps.theme(name).planner:
        route(browser)
    assert browser.errors == []


def popup(browser):
    label = browser.evaluate(f"{FREE}.getAttribute('aria-label')")
    browser.click(FREE)
    browser.until("document.querySelector('.leaflet-popup h2') !== null")
    assert label.startswith(browser.evaluate("document.querySelector('.leaflet-popup h2').textContent"))
    browser.click("document.querySelector('.leaflet-popup-close-button')")
    browser.until("document.querySelector('.leaflet-popup') === null")


def another_day(browser):
    newest, shown = browser.evaluate(f"[document.getElementById('time-day').value, {SHOWN}]")
    browser.evaluate("(location.hash = '#day=1950-01-01', 0)")
    browser.until("document.getElementById('time-day').value === '1950-01-01'")
    assert newest > "2014"
    assert browser.evaluate(SHOWN) < shown


def route(browser):
    browser.evaluate(f"(location.hash = '#{TRIAL}', 0)")
    browser.until("document.querySelector('.planner-total') !== null")
    assert "km" in browser.evaluate("document.querySelector('.planner-total').textContent")
