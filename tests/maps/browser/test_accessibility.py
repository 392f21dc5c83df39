from pathlib import Path

import pytest

import maps

from .conftest import DESKTOP, PHONE, SMALL_PHONE

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SIZES = {"desktop": DESKTOP, "phone": PHONE, "small phone": SMALL_PHONE}


def violations(opened):
    """Every rule of axe that the page breaks, with the elements."""
    opened.page.evaluate(AXE)
    result = opened.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in result["violations"]]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [*maps.theme_names(), "index"])
def test_no_rule_is_broken(sheet, site, name, size, dark):
    opened = sheet(site / f"{name}.html", viewport=SIZES[size], dark=dark, bypass_csp=True)
    assert violations(opened) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_no_rule_is_broken_with_everything_open(sheet, site, size, dark):
    opened = sheet(site / "corridor.html", viewport=SIZES[size], dark=dark, bypass_csp=True)
    opened.enter(opened.page.evaluate("document.querySelector('.hit-point[data-id], .hit-line[data-id]').dataset.id"))
    toggle = opened.page.locator("#panel-toggle")  # a page with a story has its text below the map, and no button
    if opened.page.locator("#panel").get_attribute("data-open") == "false" and toggle.is_visible():
        toggle.click()
    opened.page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    assert violations(opened) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [*maps.theme_names(), "index"])
def test_page_does_not_scroll_sideways(sheet, site, name, size):
    opened = sheet(site / f"{name}.html", viewport=SIZES[size])
    assert opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_first_tab_stop_skips_to_the_map(sheet, site):
    opened = sheet(site / "border.html")
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.className") == "skip"
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.getElementById('map').contains(document.activeElement)")


@pytest.mark.parametrize("lang", ["ko", "ru", "zh"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_no_rule_is_broken_with_every_tool_in_use(sheet, tmp_path, size, dark, lang):
    path = maps.build("border", out=tmp_path / "border.html", langs=lang)
    opened = sheet(path, viewport=SIZES[size], dark=dark, bypass_csp=True)
    for tool in ("time", "measure", "graticule", "scheme", "table"):
        opened.page.evaluate(f"document.querySelector('[data-tool={tool}][aria-pressed=false]')?.click()")
    opened.page.evaluate("document.getElementById('tools-toggle').click()")
    opened.page.evaluate("document.querySelector('#table tbody button').click()")
    opened.page.evaluate("document.querySelector('.cite').open = true")
    opened.page.evaluate("document.querySelector('.filter').open = true")
    assert violations(opened) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert opened.messages == []
