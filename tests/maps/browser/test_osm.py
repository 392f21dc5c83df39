"""A base map from an OpenStreetMap extract: drawn on canvas by scale, lettered, credited, dark, and as SVG on a sheet."""

import pytest

import maps
from tests.maps.osm_scene import EXTENT, town

from .conftest import PHONE, Bookmark
from .test_basemap import COLOUR

READY = "document.documentElement.dataset.osm === 'ready'"
CLASSES = "document.querySelector('canvas.osm').dataset.classes.split(' ')"
LABELS = "[...document.querySelectorAll('.label-osm')].map((text) => text.textContent)"
LETTERED = f"{LABELS}.length > 0"
ON_OSM = COLOUR.replace("canvas.base", "canvas.osm").replace("'page'", "'page', 'map-park', 'map-building'")
# Of a place in degrees, by the address of the view: its pixel.
MIDDLE = [640, 400]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("osm")
    extract = town(folder / "town.osm.pbf")
    finds = [(130.4395, 42.3005), (130.4605, 42.3005)]
    seen = maps.explore(finds, title="Finds", basemap=extract, langs=("en", "ko"))
    assert seen.builder.theme.extent.west > EXTENT.west  # nearer than without streets
    return seen.save(folder / "finds.html")


def opened(sheet, path, view, **settings):
    page = sheet(Bookmark(path, f"#view={view}"), **settings)
    page.until(READY)
    return page


def test_more_is_drawn_the_nearer_one_looks(sheet, path):
    far = opened(sheet, path, "9/130.45/42.3").page.evaluate(CLASSES)
    assert {"land", "coast", "wood", "primary", "rail"} <= set(far)
    assert not {"building", "street", "siding"} & set(far)
    near = opened(sheet, path, "15/130.45/42.3").page.evaluate(CLASSES)
    assert {"building", "street", "siding", "park", "water"} <= set(near)


def test_colours_are_what_lies_there(sheet, path):
    for place, colour in (("130.5/42.28", "sea"), ("130.5/42.3", "land"), ("130.463/42.2945", "sea")):
        page = opened(sheet, path, f"16/{place}").page
        assert page.evaluate(ON_OSM, MIDDLE) == colour, place
    page = opened(sheet, path, "16/130.453/42.2945", dark=True).page
    assert page.evaluate(ON_OSM, MIDDLE) == "map-park"


def test_names_stand_on_the_map_as_text(sheet, path):
    sheet_ = opened(sheet, path, "16/130.452/42.2975")
    sheet_.until(LETTERED)
    labels = sheet_.page.evaluate(LABELS)
    assert "Village" in labels
    assert "Street 2" in labels
    assert sheet_.hacked is None
    assert all(url.startswith("file:") for url in sheet_.requests)
    sheet_.page.locator("[data-lang=ko]").click()
    sheet_.until(f"{LABELS}.includes('마을')")
    sheet_.follow("#view=17/130.453/42.2945")  # a hostile name is text
    sheet_.until(f"{LABELS}.some((text) => text.includes('onerror'))")
    assert sheet_.hacked is None


def test_openstreetmap_is_credited_on_every_screen(sheet, path):
    for settings in ({}, {"viewport": PHONE, "dark": True}):
        line = opened(sheet, path, "14/130.45/42.3", **settings).page.locator("#attribution")
        assert line.is_visible()
        assert "© OpenStreetMap contributors" in line.inner_text()


def test_a_sheet_has_the_base_map_as_lines(sheet, path):
    sheet_ = opened(sheet, path, "15/130.45/42.3")
    sheet_.page.evaluate("document.documentElement.dataset.sheet = 'paper'; window.dispatchEvent(new Event('resize'))")
    sheet_.until("document.querySelector('svg.osm path.f-map-building') !== null")
    assert sheet_.page.evaluate("document.querySelector('canvas.osm').hidden")
