"""The base map of an extract, packed for a page: classes, names, and tiers left out to fit."""

import re
from importlib.resources import files

import numpy as np
import osmium
import pytest
import shapely

from geo import BBox
from layers.osm.drawing import read_drawing
from maps.cli import main
from maps.errors import FeatureError
from maps.features.bulk.shape import mercator
from maps.features.osm import osm_base
from maps.features.osm.naming import names_of
from maps.features.osm.table import MANNERS, kinds
from tests.maps.osm_scene import EXTENT, HOSTILE, town

LANGS = ("en", "ko")
PLENTY = 24_000_000


@pytest.fixture(scope="module")
def extract(tmp_path_factory):
    return town(tmp_path_factory.mktemp("osm") / "town.osm.pbf")


def js(name):
    return (files("maps") / "assets" / "js" / name).read_text(encoding="utf-8")


def test_every_class_has_a_look_and_every_manner_a_lettering():
    looks = js("basemap/classes.js").partition("LOOKS = {")[2]
    for kind in kinds():
        if kind.drawn:
            assert re.search(rf"^  '?{kind.objects.name}'?: ", looks, re.MULTILINE), kind.objects.name
    for manner in MANNERS:
        assert re.search(rf"^  {manner}: ", js("map/lettering.js"), re.MULTILINE), manner


def test_tags_of_the_wild_find_their_classes(extract):
    table = kinds()
    drawing = read_drawing(extract, [kind.objects for kind in table])
    found = {table[number].objects.name for number in drawing.classes.tolist()}
    assert {"building", "street", "primary", "rail", "siding", "park", "water", "village", "tunnel-road"} <= found
    schools = [shape for shape, number in zip(drawing.geometries, drawing.classes, strict=True)
               if table[number].objects.name == "commercial" and shape.area < 1e-6]  # fmt: skip
    assert schools == []  # a school that is a building is drawn as one


def test_the_same_extract_gives_the_same_base_map(extract, tmp_path):
    first = osm_base(extract, EXTENT, LANGS, PLENTY)
    copy = tmp_path / extract.name
    copy.write_bytes(extract.read_bytes())
    second = osm_base(copy, EXTENT, LANGS, PLENTY)
    assert (first.about, first.pieces, first.notes) == (second.about, second.pieces, second.notes)
    assert first.record.licence == "ODbL-1.0"
    assert "OpenStreetMap contributors" in first.record.attribution


def test_what_does_not_fit_is_left_out_and_named(extract):
    size = sum(map(len, osm_base(extract, EXTENT, LANGS, PLENTY).pieces))
    said = []
    for budget in (size - 1, round(size * 0.8)):
        small = osm_base(extract, EXTENT, LANGS, budget)
        assert sum(map(len, small.pieces)) <= budget
        said += [note.partition("bytes: ")[2] for note in small.notes if "left out" in note]
    assert said[0] == "details of its surroundings"
    assert "buildings of the map's extent" in said[1]
    with pytest.raises(FeatureError, match="not even what shows on small scales fits 100 bytes"):
        osm_base(extract, EXTENT, LANGS, 100)


def test_an_extract_of_another_region_is_an_error(extract):
    with pytest.raises(FeatureError, match=r"covers 130\.\d+–130\.\d+° E.*take one of the map's region"):
        osm_base(extract, BBox(24.0, 60.0, 25.0, 61.0), LANGS, PLENTY)


def test_a_long_street_is_named_more_than_once_and_never_upside_down():
    table = kinds()
    number = [kind.objects.name for kind in table].index("street")
    west_to_east = shapely.LineString([(130.4, 42.3), (130.45, 42.31)])
    geometries = np.array([west_to_east, west_to_east.reverse()], dtype=object)
    for at in (0, 1):
        names = names_of(table, np.array([number]), geometries[[at]], [{"": "Long Street"}])
        assert len(names.texts) > 3
        assert all(-900 <= angle <= 900 for angle in names.angle)
        (x, _), (east, _) = mercator(shapely.get_coordinates(west_to_east))
        assert all(x < place < east for place in names.x)
        assert all(room > 0 for room in names.room)


def test_a_bent_street_has_room_only_where_it_is_straight():
    table = kinds()
    number = [kind.objects.name for kind in table].index("street")
    turns = np.linspace(0, 6 * np.pi, 200)
    spiral = shapely.LineString(np.column_stack([130.4 + 0.0002 * np.cos(turns), 42.3 + 0.0002 * np.sin(turns)]))
    names = names_of(table, np.array([number]), np.array([spiral], dtype=object), [{"": HOSTILE}])
    assert names.texts == []


def test_an_extract_without_osmium_names_the_package(extract, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "osmium", None)
    with pytest.raises(Exception, match="pip install osmium"):
        osm_base(extract, EXTENT, ("ru",), PLENTY)
    assert osmium


@pytest.mark.long
def test_a_command_that_cannot_be_done_says_why(extract, tmp_path, capsys):
    finds = tmp_path / "finds.csv"
    finds.write_text("lon,lat\n130.44,42.3\n", encoding="utf-8")
    page = tmp_path / "finds.html"
    for options, reason in (
        (["--basemap-bytes", "3M"], "add --basemap FILE.osm.pbf"),
        (["--basemap", str(tmp_path / "none.osm.pbf")], "check the path"),
        (["--basemap", str(finds)], "it is not an OSM PBF"),
        (["--basemap", str(extract), "--basemap-bytes", "many"], "expected a size such as 500k"),
    ):
        try:
            code = main(["map", str(finds), "-o", str(page), *options])
        except SystemExit as stop:
            code = stop.code
        assert code in {1, 2}
        assert reason in capsys.readouterr().err
        assert not page.exists()
    assert main(["map", str(finds), "-o", str(page), "--basemap", str(extract), "--quiet"]) == 0
    assert "OpenStreetMap extract: town.osm.pbf, 2026-02-03" in page.read_text(encoding="utf-8")
