"""User files in every format, and invalid files."""

import json
import logging
from contextlib import suppress

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely

import maps
from maps.features.bulk import BulkData, pack_layer
from maps.features.geojson import LayerData
from maps.features.reading import read_source
from maps.themes.model import ThemeLayer, plain_symbols
from tests.maps.features.bulk.packed import chunks, rows

MANY = 3500
DRIVERS = {"gpkg": "GPKG", "fgb": "FlatGeobuf", "geojson": "GeoJSON"}


def frame(count=MANY, crs=4326):
    random = np.random.default_rng(4)
    points = gpd.points_from_xy(*random.uniform([129, 41], [132, 44], (count, 2)).T)
    names = [f"Well {n}" for n in range(count)]
    return gpd.GeoDataFrame(
        {"name": names, "depth_m": random.integers(1, 99, count)}, geometry=points, crs=4326
    ).to_crs(crs)


def write(data, path, **options):
    if path.suffix == ".parquet":
        data.to_parquet(path, **options)
    else:
        data.to_file(path, driver=DRIVERS[path.suffix[1:]], **options)
    return path


def layer():
    return ThemeLayer("own", "own", maps.Text("Own"), symbols=plain_symbols())


def assert_holds(data, expected):
    assert isinstance(data, BulkData)
    bulk = pack_layer(layer(), data)
    columns = {**chunks(bulk, "names"), **chunks(bulk, "properties")}
    names = expected["name"].tolist()
    at = [names.index(name) for name in columns["name"]]
    assert sorted(at) == list(range(len(names)))
    assert columns["depth_m"] == expected["depth_m"].iloc[at].tolist()
    lonlat = np.array([parts[0][0] for _, _, parts in rows(bulk)])
    given = shapely.get_coordinates(expected.to_crs(4326).geometry.to_numpy())[at]
    np.testing.assert_allclose(lonlat, given, atol=1e-5)


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "geojson", "parquet"])
def test_every_format(tmp_path, suffix):
    data = frame()
    assert_holds(read_source(write(data, tmp_path / f"wells.{suffix}")), data)


def test_geojson_beyond_what_is_read_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr("maps.features.reading.jsontext.CHUNK_BYTES", 1000)
    data = frame()
    assert_holds(read_source(write(data, tmp_path / "wells.geojson")), data)


def test_geoarrow_encoding(tmp_path):
    data = frame()
    path = write(data, tmp_path / "wells.parquet", geometry_encoding="geoarrow", schema_version="1.1.0")
    assert_holds(read_source(path), data)


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "parquet"])
def test_another_crs_is_transformed_and_said(tmp_path, suffix, caplog):
    caplog.set_level(logging.INFO)
    data = frame(crs=32652)
    assert_holds(read_source(write(data, tmp_path / f"wells.{suffix}")), data)
    assert "UTM zone 52N" in caplog.text


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "geojson", "parquet"])
def test_small_files_stay_features(tmp_path, suffix):
    data = read_source(write(frame(20), tmp_path / f"wells.{suffix}"))
    assert isinstance(data, LayerData)
    assert len(data.features) == 20
    assert {feature["properties"]["name"] for feature in data.features} == {f"Well {n}" for n in range(20)}


def test_few_features_of_many_vertices_are_big(tmp_path):
    line = shapely.LineString(np.random.default_rng(1).uniform([130, 42], [131, 43], (200_000, 2)))
    data = gpd.GeoDataFrame({"name": ["Coast"]}, geometry=[line], crs=4326)
    read = read_source(write(data, tmp_path / "coast.gpkg"))
    assert isinstance(read, BulkData)
    assert len(rows(pack_layer(layer(), read))[0][2][0]) == 200_000


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
@pytest.mark.parametrize("count", [20, MANY])
def test_no_crs_is_taken_as_degrees_where_it_can_be(tmp_path, count, caplog):
    data = frame(count).set_crs(None, allow_override=True)
    read = read_source(write(data, tmp_path / "wells.gpkg"))
    assert len(read.features if isinstance(read, LayerData) else read) == count
    assert "states no CRS" in caplog.text


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_no_crs_is_refused_where_it_cannot_be_degrees(tmp_path):
    data = frame(crs=32652).set_crs(None, allow_override=True)
    path = write(data, tmp_path / "wells.gpkg")
    with pytest.raises(maps.FeatureError, match=r"latitude must be .*'wells.gpkg'.*no CRS is stated"):
        read_source(path)


def changed(geometry, row=MANY - 1):
    data = frame()
    geometries = data.geometry.to_numpy().copy()
    geometries[row] = geometry
    return data.set_geometry(gpd.GeoSeries(geometries, crs=4326))


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        (shapely.Point(42.4, 130.6), r"latitude .* got 130.6 \(feature 3,500 of 'w.gpkg'\); are lon and lat swapped\?"),
        (shapely.Point(390, 42), r"longitude .* got 390.0 \(feature 3,500 of 'w.gpkg'\)"),
        (shapely.LineString([(130, 42), (float("inf"), 42)]), r"two finite numbers, got \[inf, 42.0\] \(feature 3,500"),
    ],
)
def test_what_cannot_be_drawn_is_named(tmp_path, geometry, message):
    path = write(changed(geometry), tmp_path / "w.gpkg")
    with pytest.raises(maps.FeatureError, match=message):
        read_source(path)


def test_missing_geometries_are_left_out_and_said(tmp_path, caplog):
    data = changed(None, 0)
    read = read_source(write(data, tmp_path / "wells.fgb", index=False, SPATIAL_INDEX="NO"))
    assert len(read) == MANY - 1
    assert "1 feature has no geometry and is left out" in caplog.text
    bulk = pack_layer(layer(), read)
    assert "Well 0" not in chunks(bulk, "names")["name"]


def test_tables_of_a_geopackage(tmp_path):
    path = tmp_path / "two.gpkg"
    write(frame(), path, layer="wells")
    write(frame(10), path, layer="springs")
    with pytest.raises(maps.FeatureError, match=r"2 tables .*table = 'wells' \(there are wells, springs\)"):
        read_source(path)
    assert len(read_source(path, table="wells")) == MANY
    assert len(read_source(path, table="springs").features) == 10
    with pytest.raises(maps.FeatureError, match="did you mean 'wells'"):
        read_source(path, table="well")


def test_a_table_name_for_a_format_without_tables_is_refused(tmp_path):
    with pytest.raises(maps.FeatureError, match="leave it out"):
        read_source(write(frame(5), tmp_path / "wells.fgb"), table="wells")


@pytest.mark.parametrize(
    ("order", "message"), [("depth", "did you mean 'depth_m'"), ("name", "holds numbers, 'name' of .* holds")]
)
def test_order_must_be_a_column_of_numbers(tmp_path, order, message):
    path = write(frame(), tmp_path / "wells.gpkg")
    with pytest.raises(maps.FeatureError, match=message):
        read_source(path, order=order)


def test_order_of_a_small_layer_is_checked_too(source, tmp_path, theme_file):
    small = frame(5)
    builder = maps.MapBuilder("border", source=source)
    assert len(builder.add(small, order="depth_m").added) == 1
    with pytest.raises(maps.FeatureError, match="did you mean 'depth_m'"):
        builder.add(small, order="depth")
    write(small, tmp_path / "wells.gpkg")
    with pytest.raises(maps.FeatureError, match="did you mean 'depth_m'"):
        maps.MapBuilder(theme_file('[[layer]]\nsource = "wells.gpkg"\ntitle = "W"\norder = "depth"\n')).layers()


@pytest.mark.parametrize("name", ["a.gpkg", "a.fgb", "a.parquet", "a.geojson"])
@pytest.mark.parametrize("content", [b"", b"nonsense", b"<OGRVRTDataSource></OGRVRTDataSource>"])
def test_a_file_with_a_wrong_suffix_is_refused(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(maps.FeatureError, match=r"is not .*, although its name ends|is empty|not valid JSON"):
        read_source(path)


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "parquet", "geojson"])
@pytest.mark.parametrize("part", [0.05, 0.5, 0.97])
def test_files_cut_off(tmp_path, suffix, part):
    path = write(frame(), tmp_path / f"wells.{suffix}")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    with suppress(maps.FeatureError):  # or it was cut after the last feature
        assert 3000 < len(read_source(path)) <= MANY


def test_parquet_without_geography(tmp_path):
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(maps.FeatureError, match=r"no column of 'a\.parquet' tells where its rows are"):
        read_source(tmp_path / "a.parquet")


@pytest.mark.parametrize("geo", [b"null", b"{}", b'{"primary_column": 3, "columns": []}', b"\xff"])
def test_parquet_with_a_hostile_description(tmp_path, geo):
    path = write(frame(), tmp_path / "a.parquet")
    table = pq.read_table(path)
    pq.write_table(table.replace_schema_metadata({b"geo": geo}), path)
    with pytest.raises(maps.FeatureError, match=r"'a.parquet'"):
        read_source(path)


def test_parquet_with_broken_geometry(tmp_path):
    path = write(frame(), tmp_path / "a.parquet")
    table = pq.read_table(path)
    shapes = table["geometry"].to_pylist()
    shapes[70] = b"\x01\x02\x00\x00\x00\xff\xff\xff\xff"  # a line of four thousand million vertices
    broken = table.set_column(table.schema.get_field_index("geometry"), "geometry", [shapes])
    pq.write_table(broken.replace_schema_metadata(table.schema.metadata), path)
    with pytest.raises(maps.FeatureError, match=r"broken .*\(feature 71 of 'a.parquet'\); mend or drop"):
        read_source(path)


def test_geojson_of_wrong_types(tmp_path):
    path = tmp_path / "a.geojson"
    rows_ = [
        {
            "type": "Feature",
            "properties": {"n": n if n % 2 else str(n)},
            "geometry": {"type": "Point", "coordinates": [130, 42]},
        }
        for n in range(MANY)
    ]
    rows_[5]["geometry"]["coordinates"] = ["a", None]
    rows_[6]["geometry"] = 7
    rows_[8]["properties"] = [1]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows_}))
    with suppress(maps.FeatureError):
        assert len(read_source(path)) <= MANY


def test_more_than_a_page_can_hold(tmp_path, monkeypatch):
    monkeypatch.setattr("maps.features.reading.intake.MAX_FEATURES", 3400)
    with pytest.raises(maps.FeatureError, match=r"more than 3,400 features .*; take a part of it"):
        read_source(write(frame(), tmp_path / "wells.fgb"))


def test_theme_with_a_geopackage(tmp_path, theme_file, source):
    write(frame(), tmp_path / "wells.gpkg", layer="wells")
    text = '[[layer]]\nsource = "wells.gpkg"\ntable = "wells"\norder = "depth_m"\ntitle = "Wells"\n'
    page = maps.MapBuilder(theme_file(text), source=source).render()
    assert page.html.count('type="application/octet-stream"') > 3
    assert maps.MapBuilder(theme_file(text), source=source).render().html == page.html


@pytest.mark.parametrize("key", ["table", "order"])
def test_keys_of_files_only(theme_file, key):
    with pytest.raises(maps.ThemeError, match=f"{key}: is for a file of your own"):
        maps.theme(theme_file(f'[[layer]]\nsource = "zones"\n{key} = "a"\n'))


def test_add_a_big_frame_and_big_geojson(source):
    builder = maps.MapBuilder("border", source=source)
    data = frame()
    mapping = json.loads(data.to_json())
    for what in (data, mapping):
        (added, *_) = builder.add(what, title="Wells").layers()
        assert added.bulk.count == MANY
        assert not added.features
    assert "added-0" in builder.add(data).render().html
