"""The base map shows the fine shore where people look closely, and the river everywhere."""

import pytest

from .conftest import Bookmark

HIDDEN = "document.querySelector('.leaflet-tumen-base-shore-pane').hidden"
RIVER = "document.querySelectorAll('.leaflet-tumen-base-water_areas-pane path').length"


@pytest.mark.parametrize(("zoom", "hidden"), [(9, True), (11, False), (14, False)])
def test_fine_shore_shows_from_zoom_11(sheet, site, zoom, hidden):
    page = sheet(Bookmark(site / "corridor.html", f"#view={zoom}/130.29/42.23")).page
    assert page.evaluate(HIDDEN) is hidden
    assert page.evaluate(RIVER) == 2  # its water and its banks


def test_fine_shore_comes_and_goes_with_the_zoom(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#view=10.75/130.29/42.23"))
    assert opened.page.evaluate(HIDDEN)
    opened.page.locator(".zoom button").first.click()
    opened.until(f"!{HIDDEN}")
