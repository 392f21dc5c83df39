"""Styles of an export come from the themes, and match the web maps in QML, SLD and KML."""

import io
import re
from functools import cache

import pytest
from lxml import etree
from PIL import Image, ImageColor

import layers
import maps
from layers.formats import tables
from maps.features.geojson import geometry_kind, properties_of
from maps.gis import export_styles
from maps.gis.export_style import list_properties
from maps.gis.lettering import MANNERS, PLACE_ZOOM
from maps.gis.rule import rules_of
from maps.gis.shape import as_point, png, svg
from maps.page.template import asset
from maps.themes.reader import default_layer
from tests.maps.node import call

BOOK = maps.style_book()
TABLES = [table for record in layers.catalog() for table in tables(record)]
SLD = {"sld": "http://www.opengis.net/sld", "ogc": "http://www.opengis.net/ogc"}


@cache
def rules(table):
    rows = [row for row in layers.catalog().features(table.layer) if geometry_kind(row) == table.geometry]
    kinds = {properties_of(row)["kind"] for row in rows}
    return rows, rules_of(default_layer(table.layer), table.geometry, kinds, list_properties(table.layer), BOOK)


def test_every_table_has_a_style(styles):
    assert set(styles.tables) == {table.name for table in TABLES}
    assert set(styles.features.values()) == set(styles.looks)


@pytest.fixture(scope="module")
def styles():
    return export_styles()


@pytest.mark.parametrize("as_of", [None, "1994", "2012-06"])
def test_each_feature_meets_one_rule_and_it_is_that_of_the_web_map(as_of):
    content = {}
    for table in TABLES:
        if table.layer not in content:
            content[table.layer] = layers.catalog().collection(table.layer, as_of=as_of)["features"]
        assert_one_rule(table, content[table.layer])


def assert_one_rule(table, rows):
    layer, (_, found) = default_layer(table.layer), rules(table)
    for row in rows:
        if geometry_kind(row) != table.geometry:
            continue
        properties = properties_of(row)
        met = [
            rule
            for rule in found
            if all(condition.holds(properties) for condition in rule.when)
            and not any(all(condition.holds(properties) for condition in one) for one in rule.unless)
        ]
        number = layer.symbol_of({**properties, "geometry": table.geometry})
        assert [rule.symbol for rule in met] == [layer.symbols[number]], row["id"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_qml_has_a_symbol_layer_for_each_stroke(styles, table):
    root = etree.fromstring(styles.tables[table.name].qml)
    _, found = rules(table)
    assert [one.get("label") for one in root.iter("rule")] == [rule.symbol.label.en for rule in found]
    for symbol, rule in zip(root.findall("renderer-v2/symbols/symbol"), found, strict=True):
        kinds = [one.get("class") for one in symbol.findall("layer")]
        stand_in = ["MarkerLine"] if table.geometry == "line" and rule.style.shape else []
        match table.geometry:
            case "point":
                assert kinds == ["SvgMarker"]
            case "line":
                assert kinds == ["SimpleLine"] * len(rule.style.strokes) + stand_in
            case _:
                assert kinds == ["SimpleFill"] + ["SimpleLine"] * len(rule.style.strokes)
        for layer, stroke in zip(symbol.findall("layer[@class='SimpleLine']"), rule.style.strokes, strict=False):
            options = {one.get("name"): one.get("value") for one in layer.iter("Option")}
            colour = BOOK.colours[stroke.colour].light
            assert options["line_color"].startswith(",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)))
            assert float(options["line_width"]) == pytest.approx(stroke.width * 25.4 / 96, abs=1e-4)
            assert options["use_custom_dash"] == str(int(bool(stroke.dash)))
    assert (root.find("labeling") is not None) == (default_layer(table.layer).labels is not None)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_sld_has_every_rule_in_the_order_of_its_schema(styles, table):
    root = etree.fromstring(styles.tables[table.name].sld)
    _, found = rules(table)
    titles = {one.text for one in root.iterfind(".//sld:Title", SLD)}
    assert titles == {rule.symbol.label.en for rule in found}
    order = ["Title", "Filter", "MaxScaleDenominator", "PointSymbolizer", "LineSymbolizer", "PolygonSymbolizer"]
    for rule in root.iterfind(".//sld:Rule", SLD):
        places = [order.index(etree.QName(child).localname) for child in rule]
        assert places == sorted(places)


def test_words_in_another_language():
    style = export_styles(["zones"], lang="ko").tables["zones"]
    assert "농업" in style.qml
    assert "농업" in style.sld
    assert 'coalesce("name_ko", "name")' in etree.fromstring(style.qml).find(".//text-style").get("fieldName")
    with pytest.raises(maps.LanguageError, match="jp"):
        export_styles(["zones"], lang="jp")


def test_an_unknown_layer_is_named():
    with pytest.raises(layers.UnknownLayerError, match="did you mean 'zones'"):
        export_styles(["zons"])


def test_looks_of_a_day(styles):
    assert export_styles(["crossings"], as_of="1994").features.get("crossing/tumen-road-bridge") is None
    assert export_styles(["crossings"], as_of="2026-09-06").features["crossing/tumen-road-bridge"] == "bridge-works"
    assert styles.features["crossing/tumen-road-bridge"] == "bridge-road"
    assert styles.looks["rail-1520"].line_colour == BOOK.colours["rail-1520"].light
    assert styles.looks["border-river"].line_colour == BOOK.colours["border"].light
    assert styles.looks["base-land"].fill_colour == BOOK.colours["land"].light


@pytest.mark.parametrize("name", [name for name, style in BOOK.styles.items() if style.shape])
def test_icons_show_their_colour(name):
    style = as_point(BOOK.styles[name])
    picture = png(style, BOOK)
    with Image.open(io.BytesIO(picture)) as image:
        assert image.format == "PNG"
        assert image.width == image.height > 2 * style.size
        pixels = {colour for _, colour in image.convert("RGBA").getcolors(image.width * image.height)}
    assert (*ImageColor.getrgb(BOOK.colours[style.fill].light), 255) in pixels
    etree.fromstring(svg(style, BOOK))


# ---- one truth: what the page's scripts and stylesheets have, and what we say here


def test_base_map_is_that_of_the_page():
    classes = call("basemap/classes.js", "({ CLASSES }) => CLASSES", None)
    (sea,) = re.findall(
        r"area\(data\.seas\), '(\w+)'", asset("js/basemap/painter.js")
    )  # water that a coarse coast shows as land
    assert len(classes) > 5
    for one in classes:
        styles = [BOOK.styles[symbol.style] for symbol in default_layer(one["id"]).symbols]
        ours = [(pen.colour, pen.width, pen.dash) for style in styles for pen in style.strokes]
        assert ours == [(pen["colour"], pen["width"], tuple(pen.get("dash", ()))) for pen in one["pens"]], one["id"]
        seas = any(properties_of(row)["kind"] == "sea" for row in layers.catalog().features(one["id"]))
        expected = [*([sea] if seas else []), *([one["fill"]] if "fill" in one else [])]
        assert [style.fill for style in styles if style.fill] == expected


def test_lettering_is_that_of_the_page():
    script, names = asset("js/map/lettering.js"), asset("js/map/names.js")
    for name, manner in MANNERS.items():
        line = re.search(rf"  {'village' if name == 'place' else name}: \{{(.*)\}},", script).group(1)
        assert f"size: {manner.size:g}, weight: {manner.weight}" in line
        assert manner.italic == ("italic: true" in line)
    zooms = re.search(r"PLACE_ZOOM = \[(.*)\];", names).group(1)
    pairs = [(float(people), float(zoom)) for people, zoom in re.findall(r"\[([\de.]+), ([\d.]+)\]", zooms)]
    assert pairs == [(float(people), zoom) for people, zoom in PLACE_ZOOM]
