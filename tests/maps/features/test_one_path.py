"""Small and large layers are read alike: the same features and the same notices."""

import json
import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.affinity import translate

import maps
from maps.errors import FeatureError
from maps.features.bulk import BulkData, pack_layer
from maps.features.bulk.shape import WORLD
from maps.features.geojson import LayerData, script_values
from maps.features.reading import read_given, read_source
from maps.features.reading.given import read_document
from maps.features.reading.vector import Options
from maps.themes.model import ThemeLayer, plain_symbols
from tests.examples import examples
from tests.maps.features.bulk.packed import chunks, rows

LAYER = ThemeLayer("own", "own", maps.Text("Own"), symbols=plain_symbols())
STEP_DEG = 360 / WORLD


def both(read):
    """Read the same as elements and as columns."""
    few = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("maps.features.reading.intake.MAX_ELEMENTS", -1)
        many = read()
    assert isinstance(few, LayerData)
    assert isinstance(many, BulkData)
    return few, many


def as_told(few):
    """Id, kind, parts and properties of each feature that is drawn as an element."""
    told = []
    for feature in few.features:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        properties = dict(zip(feature["properties"], script_values(list(feature["properties"].values())), strict=True))
        told.append((feature["id"], shapely.get_dimensions(shape), parts_of(shape), filled(properties)))
    return sorted(told, key=lambda each: (each[0], each[1]))


def as_packed(many):
    """The same of each row of the columns."""
    bulk = pack_layer(LAYER, many)
    names, properties = chunks(bulk, "names"), chunks(bulk, "properties")
    told = []
    for at, (_, kind, parts) in enumerate(rows(bulk)):
        number = names[""][at] if "" in names else None
        given_id = names.get("id", {at: None})[at] if "id" in names else None
        columns = {key: values[at] for key, values in {**names, **properties}.items() if key != ""}
        if "id" in names and "id" not in properties:
            del columns["id"]
        told.append((given_id or f"{many.record.name}/{number}", kind, parts, filled(columns)))
    return sorted(told, key=lambda each: (each[0], each[1]))


def filled(properties):
    return {key: value for key, value in properties.items() if value not in (None, "")}


def parts_of(shape):
    if shapely.get_dimensions(shape) == 0:
        return [shapely.get_coordinates(shape)]
    parts = shapely.get_parts(shape)
    if shapely.get_dimensions(shape) == 2:
        return [shapely.get_coordinates(ring)[:-1] for ring in shapely.get_rings(parts)]
    return [shapely.get_coordinates(part) for part in parts]


def assert_same(few, many):
    assert list(few.notes) == list(many.notes)
    one, other = as_told(few), as_packed(many)
    assert [(each[0], each[1], each[3]) for each in one] == [(each[0], each[1], each[3]) for each in other]
    for (_, _, parts, _), (_, _, packed, _) in zip(one, other, strict=True):
        assert [len(part) for part in parts] == [len(part) for part in packed]
        for part, pack in zip(parts, packed, strict=True):
            np.testing.assert_allclose(pack, part, atol=0.51 * STEP_DEG)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=8),
    st.dates().map(str),
    st.lists(st.one_of(st.integers(0, 9), st.none(), st.floats()), max_size=3),
    st.dictionaries(st.sampled_from("xy"), st.integers(0, 3), max_size=2),
)
LON, LAT = st.floats(-200, 200).map(lambda x: round(x, 5)), st.floats(-84, 84).map(lambda y: round(y, 5))
POSITIONS = st.tuples(LON, LAT)
SHAPES = st.one_of(
    st.none(),
    POSITIONS.map(lambda xy: {"type": "Point", "coordinates": xy}),
    st.lists(POSITIONS, min_size=1, max_size=3).map(lambda xy: {"type": "MultiPoint", "coordinates": xy}),
    st.lists(POSITIONS, min_size=2, max_size=4).map(lambda xy: {"type": "LineString", "coordinates": xy}),
    st.tuples(st.floats(-185, 175), st.floats(-80, 70), st.floats(1, 20)).map(
        lambda box: json.loads(shapely.to_geojson(shapely.box(box[0], box[1], box[0] + box[2], box[1] + box[2] / 2)))
    ),
    st.just({"type": "LineString", "coordinates": []}),
    POSITIONS.map(
        lambda xy: {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Point", "coordinates": xy},
                {"type": "LineString", "coordinates": [xy, (xy[0] / 2, xy[1] / 2)]},
            ],
        }
    ),
)
FEATURES = st.fixed_dictionaries(
    {
        "type": st.just("Feature"),
        "geometry": SHAPES,
        "properties": st.one_of(
            st.none(), st.dictionaries(st.sampled_from(["id", "name", "rank", "sources", "n"]), VALUES)
        ),
    },
    optional={"id": st.one_of(st.integers(0, 3), st.sampled_from(["a", "0", "", "b"]), st.none())},
)


@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FEATURES, max_size=8))
def test_any_collection_is_the_same_however_it_is_drawn(features):
    assert_same(*both(lambda: read_given({"type": "FeatureCollection", "features": features}, "mine")))


@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FEATURES, min_size=1, max_size=8))
def test_a_document_read_in_pieces_is_the_same_as_in_memory(features):
    import io
    from unittest.mock import patch

    from maps.features.reading.document import Document, features_of_mapping, features_of_text

    content = {"type": "FeatureCollection", "features": features}
    text = json.dumps(content).encode()
    with patch("maps.features.reading.jsontext.CHUNK_BYTES", 7):
        read = list(features_of_text(io.BytesIO(text), Document("mine")))
    told = list(features_of_mapping(json.loads(text), Document("mine")))
    assert json.dumps(read) == json.dumps(told)


def long_and_whole(content, path):
    """What is made of a document whose geometries are taken apart as long ones are, and of the same in memory."""
    from unittest.mock import patch

    path.write_text(json.dumps(content))
    results = []
    for long in (1, 1 << 30):
        with (
            patch("maps.features.reading.jsontext.CHUNK_BYTES", 7),
            patch("maps.features.reading.jsontext._LONG", long),
        ):
            try:
                results.append(read_document(path, Options()).features)
            except FeatureError as error:
                results.append(str(error))
    return results


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FEATURES, min_size=1, max_size=8))
def test_a_long_geometry_is_read_as_a_short_one(tmp_path_factory, features):
    path = tmp_path_factory.mktemp("long") / "mine.geojson"
    long, whole = long_and_whole({"type": "FeatureCollection", "features": features}, path)
    assert long == whole
    shapes = [feature["geometry"] for feature in features]
    long, whole = long_and_whole(
        {"type": "GeometryCollection", "geometries": [shape for shape in shapes if shape]}, path
    )
    assert long == whole


@pytest.mark.parametrize(
    "coordinates",
    [
        [],
        [[1, 2], [3]],
        [[1, 2], []],
        [[1, 2], None],
        [[1, 2], ["3", 4]],
        [1, 2],
        [[1, 2], [3, {"a": [4]}]],
        [[[1, 2]]],
        {},
    ],
)
def test_what_is_wrong_with_a_long_geometry_is_told_as_of_a_short_one(tmp_path, coordinates):
    line = {"type": "LineString", "coordinates": coordinates}
    good = {"type": "LineString", "coordinates": [[1, 2], [3, 4, 5]]}
    long, whole = long_and_whole({"type": "GeometryCollection", "geometries": [good, line]}, tmp_path / "mine.geojson")
    assert long == whole
    assert coordinates == [] or "2 of 'mine.geojson'" in long


CRS = [4326, 4301, 32652, 3857, 4267, "ESRI:54009"]


@pytest.mark.parametrize("crs", CRS)
def test_any_frame_is_the_same_however_it_is_drawn(crs):
    random = np.random.default_rng(5)
    near = [shapely.Point(130.5, 42.5), shapely.LineString([(130, 42), (130.5, 42.5)]), shapely.box(130, 42, 131, 43)]
    shapes = [translate(near[n % 3], *random.uniform(-0.2, 0.2, 2)) for n in range(30)] + [None, shapely.Point()]
    count = len(shapes)
    frame = gpd.GeoDataFrame(
        {
            "id": [n % 28 for n in range(count)],
            "day": pd.to_datetime(["2014-11-24", None] * (count // 2)),
            "moment": pd.to_datetime(["2014-11-24T10:30:00.123456", None] * (count // 2), utc=True),
            "x": [*random.normal(size=count).tolist()[:-1], math.nan],
            "big": pd.array([2**60 + n for n in range(count)], "Int64"),
            "kind": pd.Categorical(["well", "spring"] * (count // 2)),
            "flag": pd.array([True, None] * (count // 2), "boolean"),
            "mixed": ["a", 1] * (count // 2),
            "list": [[1, {"a": None}], None] * (count // 2),
        },
        geometry=shapes,
        crs=4326,
    ).to_crs(crs)
    few, many = both(lambda: read_given(frame, "mine"))
    assert_same(few, many)
    assert any("2 features have no geometry" in note for note in few.notes)
    assert any(note.startswith("brought from") for note in few.notes) == (crs != 4326)
    first = shapely.from_geojson(json.dumps(few.features[0]["geometry"]))
    assert first.distance(shapes[0]) < 2e-6


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "parquet", "geojson", "shp"])
def test_any_format_is_the_same_however_it_is_drawn(tmp_path, suffix):
    frame = gpd.GeoDataFrame(
        {"id": [7, 7, 8], "name": ["Well", None, "라진"], "day": pd.to_datetime(["2014-11-24", None, "2015-01-01"])},
        geometry=[shapely.Point(130 + n, 42) for n in range(3)],
        crs=4326,
    ).to_crs(4301)
    path = tmp_path / f"mine.{suffix}"
    if suffix == "shp":
        frame = frame.drop(columns="day")  # it has dates without times alone
    if suffix == "parquet":
        frame.to_parquet(path)
    else:
        options = {"encoding": "utf-8"} if suffix == "shp" else {}
        frame.to_file(path, index=False, **options)
    few, many = both(lambda: read_source(path))
    assert_same(few, many)
    assert sorted(feature["id"] for feature in few.features) == ["7", "7~2", "8"]
    by_name = {feature["properties"].get("name"): feature for feature in few.features}
    assert {feature["properties"].get("name") for feature in few.features} == {"Well", None, "라진"}
    assert suffix == "shp" or by_name["Well"]["properties"]["day"].startswith("2014-11-24")
    assert by_name["Well"]["geometry"]["coordinates"] == pytest.approx([130, 42], abs=1e-7)
    assert any("Tokyo" in note for note in few.notes)
