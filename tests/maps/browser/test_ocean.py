"""An ocean of two thousand islands: drawn thinned from afar and exactly when near, islands picked out of their holes."""

import pytest
import shapely

import maps
from tests.maps.ocean import BAY, islands, ocean

from .test_bulk import COUNT, INK, READY, click_middle, go

FAR, NEAR = 4, 12
VERTICES = "Number(document.querySelector('canvas.bulk').dataset.vertices)"


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
    exact = (
        shapely.get_num_coordinates(ocean().geometry.to_numpy()[0]) - 1 - len(islands())
    )  # a ring's end is its beginning
    west, south, east, north = BAY
    page.follow(f"#view={FAR}/{(west + east) / 2}/{(south + north) / 2}")
    page.until(f"{VERTICES} > 0 && {VERTICES} * 2 < {exact}")
    assert click_middle(page, east=2) == "Ocean"  # between two islands, which are below a pixel here
    go(page, island, NEAR)
    assert page.page.evaluate(VERTICES) >= exact
    assert click_middle(page) == "Island 100"
    water = (island[0] + 0.2, island[1])
    go(page, water, NEAR)
    assert click_middle(page) == "Ocean"
    page.until("(document.querySelector('.hit-area.is-active')?.getAttribute('d').length ?? 0) > 0")
    assert page.messages == []
