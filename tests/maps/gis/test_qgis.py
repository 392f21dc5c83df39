"""The GeoPackage as QGIS opens it: each table valid, its style taken by itself, the map as it should look."""

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from lxml import etree
from PIL import Image

import layers
import maps
from layers.formats import tables
from maps.gis import export_styles

PYTHON = "/usr/bin/python3"
PROBE = Path(__file__).with_name("qgis_probe.py")
EXTENT = (130.15, 42.15, 130.85, 42.55)
WIDTH = 1200
BOOK = maps.style_book()
TABLES = [table for record in layers.catalog() for table in tables(record)]


def _why_not():
    if not Path(PYTHON).is_file():
        return f"there is no {PYTHON}; scripts/qgis installs QGIS on Debian"
    done = subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, text=True, check=False)
    return f"QGIS is missing, scripts/qgis installs it: {done.stderr.strip()[-200:]}" if done.returncode else ""


pytestmark = [pytest.mark.qgis, pytest.mark.long]


@pytest.fixture(scope="module", autouse=True)
def qgis():
    if reason := _why_not():
        pytest.skip(reason)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A folder with GeoPackage and project, moved after the export, and their styles."""
    folder = tmp_path_factory.mktemp("qgis")
    styles = export_styles()
    layers.export(folder / "tumen.qgz", "qgis", styles=styles)
    moved = folder / "moved"
    moved.mkdir()
    for name in ("tumen.qgz", "tumen.gpkg"):
        (folder / name).rename(moved / name)
    return moved, styles


def run_probe(program, folder, *arguments):
    """Run a program for QGIS's own Python; what it wrote as JSON."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder)}
    environment.pop("PYTHONPATH", None)
    command = [PYTHON, program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def opened(exported, tmp_path_factory):
    """What QGIS found in the GeoPackage, and its picture as rows of RGB."""
    folder = tmp_path_factory.mktemp("opened")
    found = run_probe(PROBE, folder, exported[0] / "tumen.gpkg", folder / "map.png", *EXTENT, WIDTH)
    return found, _pixels(folder / "map.png"), exported[1]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_table_is_valid_and_styled_by_itself(opened, table):
    found, styles = opened[0]["layers"][table.name], opened[2]
    record = layers.catalog()[table.layer]
    assert found["valid"]
    assert found["geometry"] == ["point", "line", "area"].index(table.geometry)
    assert found["title"] == record.title
    assert found["licences"] == [record.licence]
    wanted = etree.fromstring(styles.tables[table.name].qml)
    assert found["renderer"] == "RuleRenderer"
    assert [rule["label"] for rule in found["rules"]] == [rule.get("label") for rule in wanted.iter("rule")]
    counts = [len(symbol.findall("layer")) for symbol in wanted.findall("renderer-v2/symbols/symbol")]
    assert [rule["layers"] for rule in found["rules"]] == counts
    assert not [rule["error"] for rule in found["rules"] if rule["error"]]
    if any(rule["filter"] for rule in found["rules"]):
        assert sum(rule["matches"] for rule in found["rules"]) == found["features"]
    if wanted.find("labeling") is not None:
        assert found["halo"]
        assert found["min_scale"] == float(wanted.find(".//rendering").get("scaleMax", 0))


PROJECT = PROBE.with_name("project_probe.py")


@pytest.fixture(scope="module")
def project(exported, tmp_path_factory):
    """What QGIS found in the project, and the folder with a picture of each theme."""
    folder = tmp_path_factory.mktemp("project")
    return run_probe(PROJECT, folder, exported[0] / "tumen.qgz", folder, 600), folder


def test_project_opens_with_its_layers_themes_and_metadata(project):
    found, _ = project
    assert (found["crs"], found["background"]) == ("EPSG:3857", BOOK.colours["sea"].light)
    assert found["relative"]
    assert found["groups"][:2] == ["Border", "Transport"]
    assert set(found["layers"]) == {f"tumen_{name}" for name in (*(table.name for table in TABLES), "about", "sources")}
    assert all(layer["valid"] for layer in found["layers"].values())
    for table in TABLES:
        layer, record = found["layers"][f"tumen_{table.name}"], layers.catalog()[table.layer]
        assert layer["title"] == record.title
        assert layer["licences"] == [record.licence]
        assert layer["rights"] == [record.attribution]
        assert record.attribution in found["abstract"]
    assert found["layers"]["tumen_zones"]["temporal"] == "valid_from"
    assert not found["layers"]["tumen_zones"]["visible"]  # it opens with the overview
    assert found["order"].index("tumen_stations") < found["order"].index("tumen_railways")
    assert found["order"][-1].startswith("tumen_land")


def test_project_has_the_themes_of_the_web_maps(project):
    found, folder = project
    titles = {maps.theme(name).title.en for name in maps.theme_names()}
    left_out = {maps.theme(name).title.en for name in ("claims", "trade")}
    assert set(found["themes"]) == set(found["bookmarks"]) == titles - left_out
    assert not any(found["errors"].values())
    zones = found["themes"][maps.theme("zones").title.en]
    assert zones["tumen_zones"] == "zones"
    assert "tumen_railways" not in zones  # hidden until asked for
    continental = found["themes"][maps.theme("continental").title.en]
    assert continental["tumen_railways"] == "continental"
    for number in range(len(found["themes"])):
        assert _colours(_pixels(folder / f"{number}.png")) > 50


def test_tables_of_words_open(opened):
    found = opened[0]["layers"]
    assert found["about"]["features"] == len(layers.catalog())
    assert found["sources"]["features"] > 300


def test_columns_have_their_types(opened):
    fields = opened[0]["layers"]["zones"]["fields"]
    assert (fields["decreed"], fields["area_km2"], fields["name_ko"], fields["history"]) == (
        "Date",
        "Real",
        "String",
        "String",
    )


def test_map_is_not_blank(opened):
    pixels = opened[1]
    assert pixels.shape[1] == WIDTH
    assert _colours(pixels) > 100
    for token, share in (("land", 0.3), ("sea", 0.15)):
        assert (pixels == _rgb(token)).all(axis=2).mean() > share


@pytest.mark.parametrize(
    ("lonlat", "tokens"),
    [
        ((130.6466, 42.50), {"rail-1520"}),  # Baranovsky–Khasan
        ((130.2795, 42.30), {"rail-1435", "rail-1520"}),  # Sonbong–Rajin, four rails
        ((130.393, 42.503), {"rail-1435"}),  # Hambuk line
        ((130.664, 42.34), {"border"}),  # the river border
        ((130.78, 42.218), {"border"}),  # the border at sea
    ],
)
def test_lines_have_their_colour_where_they_should_be(opened, lonlat, tokens):
    window = _around(opened[1], lonlat, 36)
    for token in tokens:
        near = np.abs(window.astype(int) - _rgb(token)).sum(axis=-1) < 40
        assert near.sum() >= 4, token  # the edge of four rails is less than a pixel and a half wide


def test_there_is_no_railway_in_the_sea(opened):
    window = _around(opened[1], (130.70, 42.19), 20)
    for token in ("rail-1435", "rail-1520"):
        assert not (np.abs(window.astype(int) - _rgb(token)).sum(axis=-1) < 40).any()


def _rgb(token):
    colour = BOOK.colours[token].light
    return np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)])


def _around(pixels, lonlat, reach):
    west, south, east, north = EXTENT
    top, bottom, here = (np.arcsinh(np.tan(np.radians(lat))) for lat in (north, south, lonlat[1]))
    x = round((lonlat[0] - west) / (east - west) * pixels.shape[1])
    y = round((top - here) / (top - bottom) * pixels.shape[0])
    return pixels[max(y - reach, 0) : y + reach, max(x - reach, 0) : x + reach]


def _pixels(path):
    with Image.open(path) as picture:
        return np.array(picture.convert("RGB"))


def _colours(pixels):
    return len(np.unique(pixels.astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)))
