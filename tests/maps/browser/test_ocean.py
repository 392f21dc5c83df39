"""An ocean of two thousand islands: drawn thinned from afar and exactly when near, islands picked out of their holes."""

import pytest

import maps
from tests.maps.ocean import islands, ocean

from .test_bulk import COUNT, INK, READY, click_middle, go

NEAR = 12


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("ocean") / "ocean.html"
    maps.explore(ocean()).save(path)
    return path


def test_an_ocean_is_drawn_and_its_islands_are_found(sheet, page_file):
    page = sheet(page_file)
    page.until(READY)
    layer = page.page.evaluate("document.querySelector('canvas.bulk').dataset.layer")
    assert page.page.evaluate(COUNT, layer) > 100
    island = islands()[100].centroid.coords[0]
    assert page.page.evaluate(INK, layer) > 0
    go(page, island, NEAR)
    assert click_middle(page) == "Island 100"
    water = (island[0] + 0.2, island[1])
    go(page, water, NEAR)
    assert click_middle(page) == "Ocean"
    page.until("(document.querySelector('.hit-area.is-active')?.getAttribute('d').length ?? 0) > 0")
    assert page.messages == []
