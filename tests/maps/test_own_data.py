"""User data of many kinds, and their result on the page."""

import gzip
import json
import subprocess
import sys
import zipfile
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pytest
import shapely

import maps
from maps.cli import main
from maps.features.geojson import LayerData
from maps.features.reading import read_source
from maps.page.looks import upper_bounds
from maps.themes.classes import palettes
from tests.maps.parsed import Parsed, features_of


def feature(coordinates=(130.5, 42.4), kind="Point", **members):
    return {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": coordinates}} | members


def collection(*features, **members):
    return {"type": "FeatureCollection", **members, "features": list(features)}


def save(path, content):
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def block_of(page):
    return Parsed(page.html).blocks["tumen-layer-0"]


def told(block):
    """Properties of each feature of a block, as the page's script has them."""
    return [each["properties"] for each in features_of(block)]


def coordinates(data):
    return [each["geometry"]["coordinates"] for each in data.features]


@pytest.mark.parametrize(("crs", "off_m"), [(4301, 300), (4284, 50), (4267, 1)])
def test_a_crs_in_degrees_is_not_wgs_84(tmp_path, crs, off_m, caplog):
    frame = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(139.7, 35.7)], crs=crs)
    frame.to_file(tmp_path / "a.gpkg")
    data = read_source(tmp_path / "a.gpkg")
    expected = frame.to_crs(4326).geometry.iloc[0]
    assert shapely.Point(coordinates(data)[0]).distance(expected) < 1e-8
    assert "brought from" in caplog.text
    moved = (
        gpd.GeoSeries([expected], crs=4326)
        .to_crs(3857)
        .distance(gpd.GeoSeries([shapely.Point(139.7, 35.7)], crs=4326).to_crs(3857))
    )
    assert moved.iloc[0] >= off_m or crs == 4267


@pytest.mark.parametrize("place", ["before", "behind"])
def test_the_crs_member_is_read_wherever_it_stands(tmp_path, place):
    crs = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32652"}}}
    body = {"features": [feature((624000.0, 4695279.06))]}
    content = {"type": "FeatureCollection", **(crs | body if place == "before" else body | crs)}
    ((lon, lat),) = coordinates(read_source(save(tmp_path / "a.geojson", content)))
    assert (lon, lat) == pytest.approx((130.5, 42.4), abs=0.05)


def test_an_unknown_crs_is_named(tmp_path):
    content = collection(feature(), crs={"type": "name", "properties": {"name": "EPSG:999999"}})
    with pytest.raises(maps.FeatureError, match="'EPSG:999999', which is no CRS"):
        read_source(save(tmp_path / "a.geojson", content))


def test_features_of_one_id_have_their_own_rule():
    content = collection(feature(id=7, properties={"state": "open"}), feature(id=7, properties={"state": "closed"}))
    shown = maps.explore(content, column="state").builder.render()
    block = block_of(shown)
    assert [each["id"] for each in block["features"]] == ["7", "7~2"]
    labels = [block["symbols"][each["symbol"]]["label"]["en"] for each in block["features"]]
    assert labels == ["open", "closed"]


def test_user_values_are_shown_unchanged():
    row = {
        "id2": 182891173641581479,
        "postcode": 690001,
        "ppm": 0.0000456,
        "x": 42.4161561,
        "date": 20140718,
        "name": "Bridge",
        "label": "B-12",
        "rank": 3,
        "crossing": "x",
        "sources": "https://example.org/r.pdf",
        "history": "built 1952",
        "figures": [1, {"a": None}],
        "licence": "own",
        "status": "open",
    }
    block = block_of(maps.explore(feature(properties=row)).builder.render())
    assert told(block)[0] == row | {"id2": "182891173641581479"}
    assert [each["column"] for each in block["own"]["fields"]] == list(row)


@pytest.mark.long
@pytest.mark.parametrize("many", [False, True])
def test_dates_of_a_user_have_a_slider(many, monkeypatch):
    if many:
        monkeypatch.setattr("maps.features.reading.intake.MAX_ELEMENTS", 1)
    content = collection(
        *(feature(properties={"opened": f"201{n}-05-01", "shut": 20190101 if n == 2 else None}) for n in range(5))
    )
    shown = maps.explore(content, time=["opened", "shut"])
    block = block_of(shown.builder.render())
    assert shown.builder.as_of == "2019-01-01"
    if many:
        assert block["bulk"]["days"][0] == "2010-05-01"
        assert block["bulk"]["days"][-1] == "2019-01-02"
    else:
        assert block["dated"]
        assert sum(each["symbol"] >= 0 for each in block["features"]) == 5
        assert told(block)[2]["valid_to"] == "2019-01-01"


def test_values_that_are_no_numbers_are_counted(tmp_path, caplog):
    path = tmp_path / "a.geojson"
    text = json.dumps(collection(feature(properties={"a": float("nan"), "b": 1, "c": 10**400})))
    path.write_text(text.replace('"b": 1', '"b": 1e999'))
    data = read_source(path)
    assert data.features[0]["properties"] == {}
    assert "3 values that are no numbers" in caplog.text


DEGENERATE = {
    "a line of one position": (
        feature([[130, 42]], "LineString", id="x"),
        r"at least two positions, got 1 \(feature 'x'\)",
    ),
    "a ring of two": (feature([[[130, 42], [131, 42], [130, 42]]], "Polygon"), "ring has at least four"),
    "a position of one number": (feature([130]), "must be positions"),
    "positions in text": (feature(["130", "42"]), "must be positions"),
    "an integer of hundreds of digits": (feature([10**400, 42]), "must be positions"),
    "infinity": (feature([130, float("inf")]), "two finite numbers"),
    "metres": (feature([523000.0, 4700000.0]), "latitude must be in"),
}


@pytest.mark.parametrize("name", DEGENERATE)
def test_a_degenerate_geometry_is_named_and_nothing_written(tmp_path, name):
    content, message = DEGENERATE[name]
    save(tmp_path / "a.geojson", collection(content))
    assert main(["map", str(tmp_path / "a.geojson"), "-o", str(tmp_path / "a.html")]) == 2
    assert not (tmp_path / "a.html").exists()
    with pytest.raises(maps.FeatureError, match=message):
        read_source(tmp_path / "a.geojson")


@pytest.mark.parametrize(
    ("shape", "notice"),
    [
        (feature([[175, 42], [-175, 43]], "LineString"), "crosses the 180th meridian"),
        (
            feature([[[175, -10], [-175, -10], [-175, 10], [175, 10], [175, -10]]], "Polygon"),
            "crosses the 180th meridian",
        ),
        (
            feature([[[175, -10], [185, -10], [185, 10], [175, 10], [175, -10]]], "Polygon"),
            "crosses the 180th meridian",
        ),
        (feature([185, 42]), "turned by 360 degrees"),
    ],
)
def test_the_antimeridian(tmp_path, shape, notice, caplog):
    data = read_source(save(tmp_path / "a.geojson", collection(shape)))
    drawn = shapely.from_geojson(json.dumps(data.features[0]["geometry"]))
    assert drawn.bounds[0] >= -180
    assert drawn.bounds[2] <= 180
    assert max((part.bounds[2] - part.bounds[0] for part in shapely.get_parts(drawn)), default=0) <= 10
    assert notice in caplog.text


def test_a_world_wide_box_stays_one(tmp_path):
    content = feature([[[-180, -60], [180, -60], [180, 80], [-180, 80], [-180, -60]]], "Polygon")
    data = read_source(save(tmp_path / "a.geojson", content))
    assert data.notes == ()


def test_byte_order_mark_zero_and_unclosed_ring(tmp_path):
    content = collection(feature([[[130, 42], [131, 42], [131, 43]]], "Polygon", id=0))
    path = tmp_path / "a.geojson"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(content).encode())
    data = read_source(path)
    assert data.features[0]["id"] == "0"
    assert coordinates(data)[0][0][0] == coordinates(data)[0][0][-1]
    assert data.notes == ("1 feature had a ring that did not end where it begins; it was closed",)


def test_null_geometries_collections_and_bare_geometries(tmp_path):
    mixed = {
        "type": "GeometryCollection",
        "geometries": [
            {"type": "Point", "coordinates": [130, 42]},
            {"type": "LineString", "coordinates": [[130, 42], [131, 42]]},
        ],
    }
    content = collection(feature(), feature(geometry=None), feature(geometry=mixed))
    data = read_source(save(tmp_path / "a.geojson", content))
    assert [each["geometry"]["type"] for each in data.features] == ["Point", "MultiPoint", "MultiLineString"]
    assert "1 feature has no geometry and is left out" in data.notes
    assert len(read_source(save(tmp_path / "b.geojson", mixed)).features) == 2
    empty = read_source(save(tmp_path / "c.geojson", collection(feature(geometry=None))))
    assert "it holds no feature with a geometry; nothing of it is drawn" in empty.notes


def test_types_are_kept_apart_in_rules_and_columns_must_exist():
    content = collection(feature(properties={"cls": 0}), feature(properties={"cls": False}))
    builder = maps.explore(content, filter="cls == 0").builder
    assert [each["cls"] for each in told(block_of(builder.render()))] == [0]
    with pytest.raises(maps.FeatureError, match=r"no column 'clss', which filter asks for; did you mean 'cls'\?"):
        maps.explore(content, filter="clss == 0").builder.render()


def test_a_layer_without_a_title_is_called_as_its_file(theme_file, tmp_path):
    save(tmp_path / "finds.geojson", collection(feature()))
    theme = maps.theme(theme_file('[[layer]]\nsource = "finds.geojson"\n'))
    assert theme.layers[0].title.en == "finds"


# ---- formats

POINTS = gpd.GeoDataFrame(
    {"name": ["A", "라진"], "n": [1, 2]}, geometry=[shapely.Point(130.5, 42.4), shapely.Point(130.25, 42.125)], crs=4326
)


def shapefile(folder):
    POINTS.to_file(folder / "p.shp", encoding="utf-8")
    return folder / "p.shp"


def zipped(folder):
    shapefile(folder)
    with zipfile.ZipFile(folder / "p.zip", "w") as archive:
        for path in folder.glob("p.*"):
            if path.suffix != ".zip":
                archive.write(path, f"inner/{path.name}")
    return folder / "p.zip"


def gzipped(folder):
    path = folder / "p.geojson.gz"
    path.write_bytes(gzip.compress(POINTS.to_json().encode()))
    return path


def sequence(folder):
    rows = json.loads(POINTS.to_json())["features"]
    return save(folder / "p.geojsonl", "".join(f"\x1e{json.dumps(row)}\n" for row in rows))


def kml(folder):
    marks = "".join(
        f"<Placemark><name>{row.name}</name><ExtendedData><Data name='n'><value>{row.n}</value></Data></ExtendedData>"
        f"<Point><coordinates>{row.geometry.x},{row.geometry.y},0</coordinates></Point></Placemark>"
        for row in POINTS.rename(columns={"name": "title"}).rename(columns={"title": "name"}).itertuples()
    )
    return save(
        folder / "p.kml",
        f'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>',
    )


def kmz(folder):
    with zipfile.ZipFile(folder / "p.kmz", "w") as archive:
        archive.write(kml(folder), "doc.kml")
    return folder / "p.kmz"


def gpx(folder):
    marks = "".join(
        f'<wpt lat="{p.y}" lon="{p.x}"><name>{name}</name></wpt>'
        for p, name in zip(POINTS.geometry, POINTS.name, strict=True)
    )
    return save(
        folder / "p.gpx", f'<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">{marks}</gpx>'
    )


def topojson(folder):
    objects = [
        {"type": "Point", "coordinates": [p.x, p.y], "properties": {"name": name}}
        for p, name in zip(POINTS.geometry, POINTS.name, strict=True)
    ]
    return save(
        folder / "p.json",
        {"type": "Topology", "objects": {"p": {"type": "GeometryCollection", "geometries": objects}}, "arcs": []},
    )


def table_of(text, suffix=".csv"):
    def write(folder):
        return save(folder / f"p{suffix}", text)

    return write


def plain_parquet(folder):
    frame = POINTS.assign(lng=POINTS.geometry.x, Lat=POINTS.geometry.y).drop(columns="geometry")
    frame.to_parquet(folder / "p.parquet")
    return folder / "p.parquet"


FORMATS = {
    "shapefile": shapefile,
    "zipped shapefile": zipped,
    "gzip": gzipped,
    "sequence": sequence,
    "kml": kml,
    "kmz": kmz,
    "gpx": gpx,
    "topojson": topojson,
    "csv": table_of("name,Longitude,Latitude\nA,130.5,42.4\n라진,130.25,42.125\n"),
    "csv of decimal commas": table_of("name;lon;lat\nA;130,5;42,4\n라진;130,25;42,125\n"),
    "csv of degrees": table_of("name\tx\ty\nA\t130°30'E\t42°24'00\"N\n라진\t130.25E\tN 42 7.5\n", ".tsv"),
    "csv in Korean": table_of("name,위도,경도\nA,42.4,130.5\n라진,42.125,130.25\n"),
    "csv of wkt": table_of('name,WKT\nA,POINT (130.5 42.4)\n라진,"POINT (130.25 42.125)"\n'),
    "csv of geojson": table_of(
        'name,geom\nA,"{""type"":""Point"",""coordinates"":[130.5,42.4]}"\n라진,POINT (130.25 42.125)\n'
    ),
    "parquet without geometry": plain_parquet,
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format(tmp_path, name):
    data = read_source(FORMATS[name](tmp_path))
    assert isinstance(data, LayerData)
    by_name = {each["properties"].get("name", each["properties"].get("Name")): each for each in data.features}
    assert set(by_name) == {"A", "라진"}
    assert by_name["A"]["geometry"]["coordinates"] == pytest.approx([130.5, 42.4], abs=1e-6)
    assert by_name["라진"]["geometry"]["coordinates"] == pytest.approx([130.25, 42.125], abs=1e-6)


def test_codes_stay_text_and_numbers_become_numbers(tmp_path):
    text = "lon,lat,code,n,x,day\n130,42,007,1,1.5,2014-11-24\n131,42,690001,,2,\n"
    first = read_source(save(tmp_path / "a.csv", text)).features[0]["properties"]
    assert first == {"lon": 130, "lat": 42, "code": "007", "n": 1, "x": 1.5, "day": "2014-11-24"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "no column of 'a.csv' tells where its rows are"),
        ("lon,lat\n130,here\n", r"'here' in the column 'lat' is no coordinate \(row 1 of 'a.csv'\)"),
        ("lon,lat\n42.4N,130\n", "is no coordinate"),
        ("lon,lat\n42,130\n", "are lon and lat swapped"),
        ("wkt\nPOINT (1\n", "the geometry in 'wkt' cannot be read"),
        ("x,y\n523000,4700000\n", "no CRS is stated"),
    ],
)
def test_tables_that_are_wrong(tmp_path, text, message):
    with pytest.raises(maps.FeatureError, match=message):
        read_source(save(tmp_path / "a.csv", text))


def test_a_table_in_metres_with_its_crs(tmp_path):
    path = save(tmp_path / "a.csv", "x,y,name\n624000,4695279.06,A\n")
    (position,) = coordinates(read_source(path, crs="EPSG:32652"))
    assert position == pytest.approx([130.5, 42.4], abs=0.05)


def test_an_archive_that_is_a_disguise(tmp_path):
    (tmp_path / "a.kml").write_text("<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>")
    with pytest.raises(maps.FeatureError, match="is not KML, although its name ends in"):
        read_source(tmp_path / "a.kml")


# ---- classes


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["quantiles", "natural-breaks", "equal", "std", "log"])
def test_every_number_is_in_one_class(scheme):
    values = np.random.default_rng(2).lognormal(3, 1, 300).round(3)
    content = collection(*(feature(properties={"v": float(value)}) for value in values), feature())
    block = block_of(maps.explore(content, column="v", scheme=scheme, k=6).builder.render())
    labels = [symbol["label"]["en"] for symbol in block["symbols"]]
    assert labels[-1] == "no data"
    counts = np.bincount([each["symbol"] for each in block["features"]], minlength=len(labels))
    assert counts.sum() == 301
    assert counts[-1] == 1
    bounds = upper_bounds(values, scheme, 6)
    ends = [0, *bounds]
    expected = [((values > low) & (values <= high)).sum() for low, high in pairwise(ends)]
    assert [count for count in counts[:-1].tolist() if count] == [int(count) for count in expected if count]


@pytest.mark.long
def test_few_and_many_are_put_into_the_same_classes(monkeypatch):
    values = np.random.default_rng(3).normal(size=50).round(4)
    content = collection(*(feature(properties={"v": float(value), "w": abs(float(value))}) for value in values))
    few = block_of(maps.explore(content, column="v", size="w").builder.render())
    monkeypatch.setattr("maps.features.reading.intake.MAX_ELEMENTS", 1)
    many = block_of(maps.explore(content, column="v", size="w").builder.render())
    assert [symbol["label"] for symbol in few["symbols"]] == [symbol["label"] for symbol in many["symbols"]]
    assert few["own"]["keys"] == many["own"]["keys"]
    assert len(few["own"]["keys"]) > 2


def test_categories_with_other_and_no_data():
    kinds = [*"aaaabbbccd", None]
    content = collection(*(feature(properties={"kind": kind}) for kind in kinds))
    block = block_of(maps.explore(content, column="kind", k=2).builder.render())
    labels = [block["symbols"][each["symbol"]]["label"]["en"] for each in block["features"]]
    assert labels == [*"aaaabbb", "other", "other", "other", "no data"]


def test_a_palette_has_a_colour_for_each_class_on_every_screen():
    for palette in palettes().values():
        colours = palette.take(7 if palette.kind != "qualitative" else len(palette.colours))
        assert len({colour.light for colour in colours}) == len(colours), palette.name
        assert len({colour.dark for colour in colours}) == len(colours), palette.name


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"scheme": "quantile"}, "did you mean 'quantiles'"),
        ({"cmap": "YlGnBl"}, "did you mean 'YlGnBu'"),
        ({"k": 40}, "2 to 12 classes"),
        ({"column": "nam"}, "did you mean 'name'"),
        ({"column": "name", "scheme": "equal"}, "puts numbers into classes"),
        ({"size": "name"}, "a column of sizes holds numbers above 0"),
        ({"filter": "n >"}, "is no filter"),
    ],
)
def test_impossible_drawing_options_are_refused(options, message):
    with pytest.raises((maps.ThemeError, maps.FeatureError), match=message):
        maps.explore(POINTS, **options).builder.render()


@pytest.mark.parametrize(
    "what",
    [
        POINTS,
        POINTS.geometry,
        POINTS.geometry.iloc[0],
        json.loads(POINTS.to_json()),
        pa.table(POINTS.to_arrow()),
        pa.table({"lon": [130.5], "lat": [42.4]}),
        [(130.5, 42.4), (130.25, 42.125)],
    ],
    ids=["frame", "series", "shape", "mapping", "geoarrow", "table", "pairs"],
)
def test_explore_takes(what):
    block = block_of(maps.explore(what).builder.render())
    assert block["features"]


def test_a_frame_has_the_accessor():
    assert POINTS.tumen.explore(column="n").builder.theme.title.en == "features"


@pytest.mark.long
def test_the_accessor_comes_with_maps_and_pandas_does_not():
    programs = [
        "import sys, maps; print('pandas' not in sys.modules)",
        "import geopandas, maps; print(hasattr(geopandas.GeoDataFrame, 'tumen'))",
        "import maps, pandas; maps.Text; print(hasattr(pandas.DataFrame, 'tumen'))",
    ]
    for program in programs:
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert done.stdout == "True\n", program


# ---- the command


@pytest.mark.long
def test_one_line_grows_into_a_theme(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save(tmp_path / "wells.csv", "NAME,lon,lat,depth_m\nA,130.5,42.4,3\nB,130.6,42.5,30\n")
    arguments = ["map", "wells.csv", "--column", "depth_m", "--k", "2", "--popup", "NAME", "--filter", "depth_m > 1"]
    assert main([*arguments, "--save-theme", "wells.toml"]) == 0
    said = capsys.readouterr().err
    assert "named by 'NAME', coloured by 'depth_m'" in said
    assert "the geometry is read from 'lon' and 'lat'" in said
    page = (tmp_path / "wells.html").read_text(encoding="utf-8")
    assert len(Parsed(page).scripts) == 1
    theme = maps.theme(tmp_path / "wells.toml")
    (drawn,) = maps.MapBuilder(theme).layers()
    assert [symbol.label.en for symbol in drawn.layer.symbols] == ["3", "30"]
    assert [field.column for field in drawn.telling.fields] == ["NAME"]
    assert main(arguments) == 0
    assert (tmp_path / "wells.html").read_text(encoding="utf-8") == page


def test_a_geopackage_table_and_a_pipe(tmp_path, monkeypatch):
    POINTS.to_file(tmp_path / "p.gpkg", layer="one")
    POINTS.to_file(tmp_path / "p.gpkg", layer="two")
    assert main(["map", f"{tmp_path}/p.gpkg#two", "-o", str(tmp_path / "a.html"), "--quiet"]) == 0
    assert main(["map", f"{tmp_path}/p.gpkg", "-o", str(tmp_path / "b.html"), "--quiet"]) == 2
    assert not (tmp_path / "b.html").exists()

    class Pipe:
        buffer = (tmp_path / "p.gpkg").open("rb")

    Pipe.buffer.close()
    save(tmp_path / "p.geojson", POINTS.to_json())
    Pipe.buffer = (tmp_path / "p.geojson").open("rb")
    monkeypatch.setattr("sys.stdin", Pipe)
    assert main(["map", "-", "-o", str(tmp_path / "c.html"), "--quiet"]) == 0
    Pipe.buffer.close()


def test_hostile_text_stays_text():
    text = "</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}"
    page = maps.explore(
        feature(properties={text: text, "name": text}), column=text, popup=[text], tooltip=[text], title=text
    ).builder.render()
    parsed = Parsed(page.html)
    assert len(parsed.scripts) == 1
    assert not parsed.all("img")
    assert told(block_of(page))[0][text] == text
