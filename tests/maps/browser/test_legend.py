"""The legend lists what is in view on the day shown; the rest is behind a button."""

from .conftest import Bookmark

ROWS = "[...document.querySelectorAll('#legend .rules li')].filter((row) => row.checkVisibility()).map((row) => row.textContent)"
LAYERS = """[...document.querySelectorAll('#legend [data-layer]')].filter((box) => box.checkVisibility())
    .map((box) => box.dataset.layer)"""


def test_legend_lists_what_is_in_view(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#view=13.5/130.64000/42.42000"))
    page = opened.page
    assert "Border station" in page.evaluate(ROWS)
    assert "Port station" not in page.evaluate(ROWS)
    assert "ports" not in page.evaluate(LAYERS)
    page.locator(".legend-all").click()
    assert "Port station" in page.evaluate(ROWS)
    assert "ports" in page.evaluate(LAYERS)
    page.locator(".legend-all").click()
    page.locator("#views button").last.click()
    assert "ports" in page.evaluate(LAYERS)
    assert "Border station" not in page.evaluate(ROWS)


def test_legend_follows_the_day(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#view=13.5/130.64000/42.42000&day=1940-01-01"))
    assert "Combined 1435 + 1520 mm" not in opened.page.evaluate(ROWS)
    opened.follow("#day=2020-01-01")
    opened.until(f"({ROWS}).includes('Combined 1435 + 1520 mm')")


def test_layer_that_is_off_can_be_switched_on_again(sheet, site):
    opened = sheet(site / "corridor.html")
    box = opened.page.locator("#legend [data-layer=stations]")
    box.uncheck()
    opened.page.locator("#views button").last.click()
    assert box.is_visible()
    box.check()
    assert box.is_checked()
