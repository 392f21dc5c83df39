"""Exports read back unchanged, are reproducible, and are written completely or not at all."""

import csv
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import fastkml.validator
import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import rdflib
import shapely
from lxml import etree

import geo
import layers
from layers.formats import ExportStyles, Look, TableStyle, export, flat, geopackage, lines, read, tables
from layers.formats import csv_wkt as csv_format
from layers.formats.exporter import FORMATS, Options, write
from layers.formats.licence import licence
from tests.layers.formats import hostile_layer

pytestmark = pytest.mark.long

NAMES = [record.name for record in layers.catalog()]
TOGETHER = [name for name, form in FORMATS.items() if form.together]
APART = [name for name, form in FORMATS.items() if not form.together]
TAGS = {"html", "body", "p", "b", "table", "tr", "td", "ul", "li", "a"}
STYLES = ExportStyles(
    tables={"zones": TableStyle("<qgis/>", "<sld/>")},
    looks={"dot": Look(icon=b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x20")},
    features={"zone/rason": "dot"},
)


@pytest.fixture(autouse=True)
def _long_cells():
    former = csv.field_size_limit(10_000_000)  # Python reads 131 kB at most, a river has more
    yield
    csv.field_size_limit(former)


def target(folder, name, layer="export"):
    return folder / (f"{layer}{FORMATS[name].suffix}" if FORMATS[name].together else layer)


def main_file(files, name):
    """The file with the features; that of a QGIS project is its GeoPackage."""
    return next(file for file in files if file.suffix == (".gpkg" if name == "qgis" else FORMATS[name].suffix))


def hashes(files):
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Everything, in every format."""
    out = tmp_path_factory.mktemp("export")
    for name in FORMATS.keys() - {"qgis"}:  # a GeoPackage with a project, which is opened in tests/maps/gis
        export(target(out, name, name), name, styles=STYLES)
    return out


def truth(name, geometry=None):
    """Rows of a layer as a format without lists should give them, by id."""
    state = read([name])[0]
    rows = state.features if geometry is None else state.of_geometry(geometry)
    return flat.frame(name, rows).set_index("id")


def check_rows(found, expected):
    """Every cell, and every geometry to a centimetre."""
    found = found.set_index("id").loc[expected.index]
    for column in expected.columns.drop("geometry"):
        ours, theirs = expected[column], found[column]
        assert (ours.isna() == theirs.isna()).all(), column
        here = ours.notna()
        assert [_plain(value) for value in theirs[here]] == [_plain(value) for value in ours[here]], column
    theirs, ours = (shapely.normalize([_single(shape) for shape in one.geometry]) for one in (found, expected))
    assert shapely.equals_exact(theirs, ours, tolerance=1e-7).all()


def _single(shape):
    parts = getattr(shape, "geoms", [shape])
    return parts[0] if len(parts) == 1 else shape


def _plain(value):
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return value if isinstance(value, str) else float(value)


@pytest.mark.parametrize(
    "table", [table for record in layers.catalog() for table in tables(record)], ids=lambda t: t.name
)
def test_geopackage_reads_back(folder, table):
    found = gpd.read_file(folder / "gpkg.gpkg", layer=table.name)
    assert set(found.geom_type) == {table.geometry_type}
    check_rows(found, truth(table.layer, table.geometry))


@pytest.mark.parametrize("name", NAMES)
def test_geoparquet_reads_back(folder, name):
    file = folder / "parquet" / f"{name}.parquet"
    found = gpd.read_parquet(file)
    assert str(found.crs) == "OGC:CRS84"
    check_rows(found, truth(name))
    metadata = pq.read_schema(file).metadata
    assert json.loads(metadata[b"geo"])["version"] == "1.1.0"
    assert json.loads(metadata[b"tumen"])["licence"] == layers.catalog()[name].licence


@pytest.mark.parametrize("name", NAMES)
def test_flatgeobuf_reads_back(folder, name):
    file = folder / "fgb" / f"{name}.fgb"
    check_rows(gpd.read_file(file), truth(name))
    metadata = pyogrio.read_info(file)["layer_metadata"]
    assert metadata["TITLE"] == layers.catalog()[name].title
    assert layers.catalog()[name].licence in metadata["DESCRIPTION"]


@pytest.mark.parametrize("name", NAMES)
def test_csv_reads_back(folder, name):
    with (folder / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = truth(name)
    assert [row["id"] for row in rows] == list(expected.index)
    for row, (_, cells) in zip(rows, expected.iterrows(), strict=True):
        for column, value in cells.drop("geometry").items():
            text = csv_format.unguarded(row[column])
            assert text == ("" if pd.isna(value) else value if isinstance(value, str) else text)
            if not pd.isna(value) and not isinstance(value, str):
                assert text == str(value) or float(text) == float(value)
    shapes = shapely.from_wkt([row["WKT"] for row in rows])
    assert shapely.equals_exact(shapes, expected.geometry.to_numpy(), tolerance=1e-7).all()
    assert len(gpd.read_file(folder / "csv" / f"{name}.csv", engine="pyogrio")) == len(rows)


@pytest.mark.parametrize("name", NAMES)
def test_sequence_reads_back(folder, name):
    file = folder / "geojsonseq" / f"{name}.geojsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert tuple(rows) == read([name])[0].features
    assert len(gpd.read_file(f"GeoJSONSeq:{file}")) == len(rows)


def test_sequence_after_rfc_8142(tmp_path):
    file = export(tmp_path / "zones.geojsonl", "geojsonseq", names=["zones"], record_separator=True)[0]
    records = file.read_bytes().split(b"\x1e")
    assert records[0] == b""
    assert all(record.endswith(b"}\n") for record in records[1:])
    assert len(records) == 30
    assert list(lines([], record_separator=True)) == []


def test_kmz_is_valid_and_holds_every_feature(folder, tmp_path):
    with zipfile.ZipFile(folder / "kmz.kmz") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["doc.kml", "icons/dot.png"]
        (tmp_path / "doc.kml").write_bytes(archive.read("doc.kml"))
    assert fastkml.validator.validate(file_to_validate=tmp_path / "doc.kml") is True
    root = etree.parse(tmp_path / "doc.kml").getroot()
    kml = "{http://www.opengis.net/kml/2.2}"
    folders = root.findall(f".//{kml}Folder")
    assert [len(one.findall(f"{kml}Placemark")) for one in folders] == [r.features for r in layers.catalog()]
    for one, record in zip(folders, layers.catalog(), strict=True):
        for placemark in one.iterfind(f"{kml}Placemark"):
            assert record.licence in placemark.findtext(f"{kml}description")
    rason = next(one for one in root.iter(f"{kml}Placemark") if one.get("id") == "zone.rason")
    assert rason.findtext(f"{kml}TimeSpan/{kml}begin") == "1991-12-28"
    assert rason.findtext(f"{kml}styleUrl") == "#dot"


def test_kmz_reads_back(folder):
    if "LIBKML" not in pyogrio.list_drivers():
        pytest.skip("this GDAL has no LIBKML, which reads KMZ")
    record = layers.catalog()["zones"]
    found = gpd.read_file(folder / "kmz.kmz", layer=record.title)
    assert sorted(found.Name) == sorted(truth("zones").name)


@pytest.mark.parametrize("name", FORMATS)
def test_twice_the_same_bytes(tmp_path, name):
    """Of layers with points, lines, areas and several of these."""
    names = ["zones", "ports", "crossings", "water_areas"]
    folders = [tmp_path / "first", tmp_path / "again"]
    for folder in folders:
        folder.mkdir()
    first, again = (export(target(folder, name), name, names=names, styles=STYLES) for folder in folders)
    assert len(first) > 2
    assert hashes(first) == hashes(again)


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_values_come_back_as_they_were(tmp_path, name):
    state = hostile_layer.state()
    files = write([state], target(tmp_path, name), name, Options(layers.sources(), ExportStyles()))
    file = main_file(files, name)
    expected = [value.replace("\0", "\ufffd") for value in hostile_layer.VALUES]
    match name:
        case "kmz":
            root = etree.fromstring(zipfile.ZipFile(file).read("doc.kml"))
            kml = "{http://www.opengis.net/kml/2.2}"
            found = [one.findtext(f"{kml}name").strip() for one in root.iter(f"{kml}Placemark")]
            expected = [value.replace("\r\n", "\n").strip() for value in expected]
            found = [value.replace("\r\n", "\n") for value in found]
            expected = [value.replace("\x07", "\ufffd").replace("\x1b", "\ufffd") for value in expected]
            for one in root.iter(f"{kml}Placemark"):
                html = etree.HTML(one.findtext(f"{kml}description").replace("\ufffd", ""))
                assert {element.tag for element in html.iter()} <= TAGS
        case "csv":
            with file.open(encoding="utf-8", newline="") as stream:
                cells = [row["name"] for row in csv.DictReader(stream)]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
            found = [csv_format.unguarded(cell) for cell in cells]
        case "geojsonseq":
            found = [json.loads(line)["properties"]["name"] for line in file.read_text("utf-8").split("\n")[:-1]]
            expected = list(hostile_layer.VALUES)
        case "parquet":
            found = list(gpd.read_parquet(file).name)
        case _:
            found = list(gpd.read_file(file, layer=0 if name == "fgb" else "places").sort_values("population").name)
    assert found == expected
    assert json.loads(next(one for one in files if one.name.endswith("datapackage.json")).read_bytes())


def test_hostile_geopackage_is_sound(tmp_path):
    path = tmp_path / "x.gpkg"
    write([hostile_layer.state()], path, "gpkg", Options(layers.sources(), ExportStyles()))
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for (text,) in database.execute("SELECT metadata FROM gpkg_metadata WHERE mime_type = 'text/xml'"):
            etree.fromstring(text)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_on_the_record_is_an_empty_layer(tmp_path, name):
    files = export(target(tmp_path, name), name, names=["zones"], as_of="1980", styles=STYLES)
    file = main_file(files, name)
    match name:
        case "kmz":
            assert b"<Placemark" not in zipfile.ZipFile(file).read("doc.kml")
        case "geojsonseq":
            assert file.read_bytes() == b""
        case "pygeoapi":
            assert json.loads(file.read_bytes())["features"] == []
        case "parquet":
            found = gpd.read_parquet(file)
            assert len(found) == 0
            assert list(found.columns) == [*flat.column_types("zones"), "geometry"]
        case _:
            found = gpd.read_file(file, layer="zones")
            assert len(found) == 0
            assert set(flat.column_types("zones")) <= set(found.columns)
    package = json.loads(next(one for one in files if one.name.endswith("datapackage.json")).read_bytes())
    assert "temporal" not in package["resources"][0]


def test_as_of_is_the_state_of_that_day(tmp_path):
    file = export(tmp_path / "x.gpkg", "gpkg", names=["crossings"], as_of="2024-07")[0]
    found = pd.concat([gpd.read_file(file, layer=f"crossings_{kind}") for kind in ("points", "lines")]).set_index("id")
    assert found.loc["crossing/tumen-road-bridge", "status"] == "planned"


def test_dates_keep_their_precision(folder):
    found = gpd.read_file(folder / "gpkg.gpkg", layer="border_lines").set_index("id")
    river = found.loc["border/ru-kp-river"]
    assert (str(river.valid_from)[:10], river.valid_from_precision) == ("1860-11-01", "month")


# ---- GeoPackage


def test_geopackage_has_metadata(folder):
    with closing(sqlite3.connect(folder / "gpkg.gpkg")) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (10200,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        about = {row[1]: row for row in database.execute("SELECT * FROM about")}
        assert list(about) == NAMES
        for record in layers.catalog():
            assert {record.licence, record.attribution, record.sha256} <= set(about[record.name])
        cited = {row[0] for row in database.execute("SELECT id FROM sources")}
        assert {"rason-zone-law-2011"} <= cited <= set(layers.sources())
        dates = {row[0] for row in database.execute("SELECT last_change FROM gpkg_contents")}
        assert dates == {f"{max(record.retrieved for record in layers.catalog())}T00:00:00.000Z"}
        metadata = dict(
            database.execute(
                "SELECT table_name, metadata FROM gpkg_metadata_reference JOIN gpkg_metadata ON md_file_id = id "
                "WHERE mime_type = 'application/json'"
            )
        )
        assert set(metadata) == {table.name for record in layers.catalog() for table in tables(record)}
        assert json.loads(metadata["zones"])["file_of_record_sha256"] == layers.catalog()["zones"].sha256


def test_geopackage_styles_are_as_qgis_keeps_them(folder):
    with closing(sqlite3.connect(folder / "gpkg.gpkg")) as database:
        database.row_factory = sqlite3.Row
        rows = [dict(row) for row in database.execute("SELECT * FROM layer_styles")]
        kind = database.execute("SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'").fetchone()[0]
    assert kind == "attributes"
    assert [(row["f_table_name"], row["f_geometry_column"], row["useAsDefault"]) for row in rows] == [
        ("zones", "geom", 1)
    ]
    assert (rows[0]["styleQML"], rows[0]["styleSLD"]) == ("<qgis/>", "<sld/>")


def test_geopackage_without_styles_has_no_table_of_them(tmp_path):
    file = export(tmp_path / "x.gpkg", "gpkg", names=["zones"])[0]
    assert "layer_styles" not in list(pyogrio.list_layers(file)[:, 0])


def test_the_clock_of_gdal_is_left_as_it_was(tmp_path):
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2001-01-01T00:00:00.000Z"})
    try:
        export(tmp_path / "x.gpkg", "gpkg", names=["zones"])
        assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == "2001-01-01T00:00:00.000Z"
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


# ---- descriptions

PACKAGES = ["gpkg.gpkg.datapackage.json", "kmz.kmz.datapackage.json", *(f"{name}/datapackage.json" for name in APART)]


@pytest.mark.parametrize("name", PACKAGES)
def test_data_package_keeps_the_rules_of_its_profile(folder, name):
    path = folder / name
    package = json.loads(path.read_bytes())
    assert package["name"] == package["name"].lower()
    assert pd.Timestamp(package["created"]).tz is not None
    assert len(package["resources"]) == len({resource["name"] for resource in package["resources"]}) == len(NAMES)
    for resource in package["resources"]:
        assert resource["name"] in NAMES
        assert not Path(resource["path"]).is_absolute()
        assert ".." not in resource["path"]
        file = path.parent / resource["path"]
        assert resource["bytes"] == file.stat().st_size
        assert resource["hash"] == f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
        [one] = resource["licenses"]
        record = layers.catalog()[resource["name"]]
        assert (one["name"], one["path"]) == (record.licence, licence(record.licence).url)
        assert one in package["licenses"]
        assert all(source["title"] for source in resource["sources"])
        assert all(source.get("path", "https://").startswith(("https://", "http://")) for source in resource["sources"])
        west, south, east, north = resource["bbox"]
        assert west < east
        assert south < north
        if resource["profile"] == "tabular-data-resource":
            with file.open(encoding=resource["encoding"], newline="") as stream:
                head = next(csv.reader(stream))
            assert [field["name"] for field in resource["schema"]["fields"]] == head
            types = {"string", "number", "integer", "date", "any"}
            assert {field["type"] for field in resource["schema"]["fields"]} <= types


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # inside rdflib
@pytest.mark.parametrize("name", [package.replace("datapackage.json", "dcat.jsonld") for package in PACKAGES])
def test_dcat_parses(folder, name):
    graph = rdflib.Graph().parse(folder / name, format="json-ld")
    dcat, dct = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.Namespace("http://purl.org/dc/terms/")
    datasets = set(graph.subjects(rdflib.RDF.type, dcat.Dataset))
    assert len(datasets) == len(NAMES)
    for dataset in datasets:
        [identifier] = graph.objects(dataset, dct.identifier)
        assert list(graph.objects(dataset, dct.license)) == [
            rdflib.URIRef(licence(layers.catalog()[str(identifier)].licence).url)
        ]
        [distribution] = graph.objects(dataset, dcat.distribution)
        [size] = graph.objects(distribution, dcat.byteSize)
        assert int(size) > 0
    zones = rdflib.URIRef("urn:tumen:layer:zones")
    [period] = graph.objects(zones, dct.temporal)
    assert str(graph.value(period, dcat.startDate)).startswith("19")
    assert not [one for one in graph.predicates() if not str(one).startswith("http")]


def test_every_licence_of_the_layers_is_known():
    for record in layers.catalog():
        assert licence(record.licence).title != record.licence


# ---- whole or not at all


def snapshot(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", FORMATS)
def test_a_failure_leaves_the_former_export(tmp_path, monkeypatch, name):
    export(target(tmp_path, name), name, names=["zones", "power"])
    before = snapshot(tmp_path)

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("layers.formats.exporter._describe", fail)
    with pytest.raises(OSError, match="No space"):
        export(target(tmp_path, name), name, names=["zones", "ports"])
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("name", FORMATS)
def test_a_failure_leaves_nothing_where_nothing_was(tmp_path, monkeypatch, name):
    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("layers.formats.exporter._describe", fail)
    with pytest.raises(OSError, match="No space"):
        export(target(tmp_path, name), name, names=["zones"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["gpkg", "csv"])
def test_a_killed_process_leaves_the_former_export(tmp_path, name):
    path = target(tmp_path, name)
    export(path, name, names=["zones"])
    before = snapshot(tmp_path)
    program = (
        "import sys, time, layers.formats.exporter as e\n"
        "e._describe = lambda *_: (print('written', flush=True), time.sleep(60))\n"
        f"e.export({str(path)!r}, {name!r}, names=['zones', 'ports'])\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "written\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=30)
    after = {path: content for path, content in snapshot(tmp_path).items() if not path.parts[0].startswith(".tumen-")}
    assert after == before


def test_a_folder_is_replaced_as_a_whole(tmp_path):
    export(tmp_path / "out", "csv", names=["zones", "power"])
    files = export(tmp_path / "out", "csv", names=["zones"])
    assert sorted(file.name for file in files) == ["datapackage.json", "dcat.jsonld", "zones.csv"]
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == sorted(file.name for file in files)


def test_a_folder_with_other_files_is_not_touched(tmp_path):
    out = tmp_path / "out"
    export(out, "csv", names=["zones"])
    (out / "thesis.md").write_text("mine")
    with pytest.raises(layers.ExportError, match=r"thesis\.md.*no export wrote"):
        export(out, "csv", names=["zones"])
    assert (out / "thesis.md").read_text() == "mine"
    (tmp_path / "datapackage.json").write_text('{"name": "another", "resources": []}')
    with pytest.raises(layers.ExportError, match=r"datapackage\.json"):
        export(tmp_path, "fgb", names=["zones"])


# ---- arguments


@pytest.mark.parametrize(
    ("path", "name", "options", "error", "said"),
    [
        ("x.gpkg", "gpgk", {}, layers.ExportError, "did you mean 'gpkg'"),
        ("x.gpkg", "gpkg", {"names": ["zons"]}, layers.UnknownLayerError, "did you mean 'zones'"),
        ("x.gpkg", "gpkg", {"names": []}, layers.ExportError, "expected different layers"),
        ("x.gpkg", "gpkg", {"names": ["zones", "zones"]}, layers.ExportError, "expected different layers"),
        ("x.sqlite", "gpkg", {}, layers.ExportError, r"ends in \.gpkg"),
        ("x.csv", "csv", {}, layers.ExportError, "can hold one layer"),
        ("nowhere/x.kmz", "kmz", {"names": ["zones"]}, layers.ExportError, "is no folder"),
        ("x.kmz", "kmz", {"as_of": "soon"}, geo.InvalidDateError, "soon"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, path, name, options, error, said):
    with pytest.raises(error, match=said):
        export(tmp_path / path, name, **options)
    assert list(tmp_path.iterdir()) == []


def test_a_feature_without_geometry_is_named():
    state = hostile_layer.state()
    broken = state.features[0] | {"geometry": None}
    with pytest.raises(layers.ExportError, match="expected a geometry of Point"):
        geopackage.write([type(state)(state.record, state.as_of, (broken,))], Path("never.gpkg"), {}, ExportStyles())
