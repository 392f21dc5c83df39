"""A page with its features in a folder beside it: it reads what it shows, and reports a folder of another page."""

import shutil

import geopandas as gpd
import numpy as np
import pytest

import geo
import maps
from maps.page.options import PageOptions

from .test_bulk import READY, click_middle, go

MANY = 4000
FOLDER = "wells.parts"


@pytest.fixture(scope="module")
def wells():
    random = np.random.default_rng(7)
    places = gpd.points_from_xy(random.uniform(129, 132, MANY), random.uniform(41, 44, MANY))
    return gpd.GeoDataFrame({"name": [f"Well {n}" for n in range(MANY)]}, geometry=places, crs=4326)


@pytest.fixture(scope="module")
def page_file(tmp_path_factory, wells):
    path = tmp_path_factory.mktemp("split") / "wells.html"
    extent = geo.BBox(129, 41, 132, 44)
    theme = maps.Theme("many", maps.Text("Many"), maps.Text(""), extent, groups={"own": maps.Text("Own")})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("maps.features.bulk.columns._SLAB", 512)
        maps.MapBuilder(theme, options=PageOptions(split=FOLDER)).add(wells, title="Wells").save(path)
    return path


def test_a_split_page_reads_what_it_shows(sheet, page_file, wells):
    page = sheet(page_file)
    page.until(READY)
    asked = []
    page.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    place = wells.geometry.iloc[1234]
    go(page, (place.x, place.y), 16)
    page.until("Number(document.querySelector('canvas.bulk').dataset.features) > 0")
    assert click_middle(page) == "Well 1234"
    files = {path.name for path in (page_file.parent / FOLDER).iterdir()}
    assert asked
    assert set(asked) < files
    assert page.messages == []


@pytest.mark.parametrize("wrong", ["missing", "another build"])
def test_a_folder_that_is_not_its_own_is_reported(sheet, page_file, tmp_path, wrong):
    shutil.copy(page_file, tmp_path)
    if wrong == "another build":
        shutil.copytree(page_file.parent / FOLDER, tmp_path / FOLDER)
        for part in (tmp_path / FOLDER).iterdir():
            part.write_text(part.read_text().replace('tumenPart("', 'tumenPart("x', 1))
    page = sheet(tmp_path / page_file.name)
    page.until("document.querySelector('[role=alert]') !== null")
    assert FOLDER in page.page.evaluate("document.querySelector('[role=alert]').textContent")
