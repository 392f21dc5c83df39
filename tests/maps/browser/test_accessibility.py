import pytest

from .conftest import DESKTOP, PHONE, SMALL_PHONE
from .test_permalink import opened_at
from .violations import violations_in_both_schemes

SIZES = {"desktop": DESKTOP, "small phone": SMALL_PHONE}


def broken(opened):
    """Rules of axe that the page breaks, and whether it scrolls sideways."""
    wide = opened.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return violations_in_both_schemes(opened) + ["scrolls sideways"] * wide


@pytest.mark.parametrize("size", SIZES)
def test_index(sheet, site, size):
    assert broken(sheet(site / "index.html", viewport=SIZES[size])) == []


@pytest.mark.parametrize("size", SIZES)
def test_everything_open(sheet, site, size):
    opened = sheet(site / "corridor.html", viewport=SIZES[size])
    opened.enter(opened.page.evaluate("document.querySelector('.hit-point[data-id], .hit-line[data-id]').dataset.id"))
    toggle = opened.page.locator("#panel-toggle")  # a page with a story has its text below the map, and no button
    if opened.page.locator("#panel").get_attribute("data-open") == "false" and toggle.is_visible():
        toggle.click()
    opened.page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    assert broken(opened) == []


def test_first_tab_stop_skips_to_the_map(sheet, site):
    opened = sheet(site / "border.html")
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.className") == "skip"
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.getElementById('map').contains(document.activeElement)")


@pytest.mark.parametrize(("viewport", "lang"), [(DESKTOP, "ru"), (PHONE, "ko")], ids=["desktop", "phone"])
def test_every_tool_in_use(sheet, site, viewport, lang):
    opened = opened_at(sheet, site / "border.html", f"#lang={lang}", viewport=viewport)
    for tool in ("time", "measure", "graticule", "table"):
        opened.page.evaluate(f"document.querySelector('[data-tool={tool}][aria-pressed=false]')?.click()")
    opened.page.evaluate("document.getElementById('tools-toggle').click()")
    opened.page.evaluate("document.querySelector('#table tbody button').click()")
    opened.page.evaluate("document.querySelector('.cite').open = true")
    opened.page.evaluate("document.querySelector('.filter').open = true")
    assert broken(opened) == []
    assert opened.messages == []
