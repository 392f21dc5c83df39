"""Coast, water, rivers and roads of an extract replace the shipped ones within its area only."""

import pytest
import shapely
from shapely.geometry import Point, shape

import layers
from layers.osm import refresh
from layers.osm.basemap import read_basemap, renewed
from layers.record.store import PACKAGED, properties_of
from layers.validation import validate

from .scene import BOX, add_basemap, tumen_scene

pytestmark = pytest.mark.long

WINDOW = shapely.box(*BOX)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("basemap")
    path = add_basemap(tumen_scene()).write(folder / "tumen.osm.pbf")
    refresh(path, folder / "data")
    return folder / "data"


def shapes(data, layer, kind=None):
    return {
        row["id"]: shape(row["geometry"])
        for row in layers.catalog(data=data).features(layer)
        if kind is None or properties_of(row)["kind"] == kind
    }


def test_directory_is_valid_and_says_where_it_is_from(data):
    assert validate(data=data).ok
    for name in ("shore", "water_areas", "roads"):
        assert any(package.startswith("tumen.osm.pbf") for package in layers.catalog(data=data)[name].packages)


def test_land_lies_on_the_left_of_the_coast(data):
    land, sea = (shapes(data, "shore", kind)[f"shore/osm-{kind}"] for kind in ("land", "sea"))
    assert land.contains(Point(130.4, 42.3))
    assert sea.contains(Point(130.4, 42.17))
    assert land.contains(Point(130.51, 42.19))  # the island
    assert land.area + sea.area == pytest.approx(WINDOW.area)


def test_a_river_keeps_its_islet_and_a_lagoon_is_no_river(data):
    river = shapes(data, "water_areas", "river_area")["water/relation-2"]
    assert river.contains(Point(130.632, 42.405))
    assert not river.contains(Point(130.64, 42.412))
    (lagoon,) = shapes(data, "water_areas", "lake").values()
    assert lagoon.contains(Point(130.51, 42.36))


def test_main_roads_and_rivers_come_in_and_streets_stay_out(data):
    inside = [line for name, line in shapes(data, "roads").items() if line.intersects(WINDOW.buffer(-0.001))]
    assert [line.length for line in inside] == [pytest.approx(0.234, abs=0.01)]
    assert len(shapes(data, "water_areas", "river")) == 1


@pytest.mark.parametrize("layer", ["lakes", "rivers"])
def test_what_is_under_another_licence_is_only_cut_away(data, layer):
    ours, shipped = (shapely.union_all(list(shapes(place, layer).values())) for place in (data, PACKAGED))
    inner = WINDOW.buffer(-0.0001)
    assert not ours.intersects(inner)
    assert ours.difference(WINDOW).equals_exact(shipped.difference(WINDOW), 1e-6, normalize=True)


def test_our_river_goes_on_where_the_extract_ends(data):
    tumen = shapes(data, "water_areas")["water/tumen"]
    assert not tumen.intersects(WINDOW.buffer(-0.0001))
    assert tumen.bounds[0] < 129.7


def test_a_coast_with_a_gap_is_left_out(tmp_path):
    scene = tumen_scene()
    scene.way([scene.node(pair) for pair in [(130.1, 42.2), (130.4, 42.22), (130.6, 42.27)]], natural="coastline")
    found = read_basemap(scene.write(tmp_path / "gap.osm.pbf"), BOX)
    assert found.coast
    assert list(renewed({}, found, "osm-extract", "gap 1")) == []
