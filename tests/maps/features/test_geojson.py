import geopandas as gpd
import pytest
from shapely.geometry import LineString, Point

import maps
from maps.features.geojson import positions, properties_of
from maps.features.reading import features_of, features_of_file, read_given


def test_frame_keeps_lists_and_drops_nothing_else():
    frame = gpd.GeoDataFrame(
        {
            "id": ["a/1", "a/2"],
            "gauge_mm": [[1435, 1520], None],
            "length_m": [623.0, float("nan")],
            "name": ["Bridge", None],
        },
        geometry=[Point(130.64, 42.42), LineString([(130, 42), (131, 43)])],
        crs="EPSG:4326",
    )
    first, second = read_given(frame, "data").features
    assert first["id"] == "a/1"
    assert properties_of(first) == {"id": "a/1", "gauge_mm": [1435, 1520], "length_m": 623.0, "name": "Bridge"}
    assert properties_of(second) == {"id": "a/2"}
    assert list(positions(second["geometry"]["coordinates"])) == [(130.0, 42.0), (131.0, 43.0)]


def test_frame_is_brought_to_degrees():
    frame = gpd.GeoDataFrame(geometry=[Point(130.64, 42.42)], crs="EPSG:4326").to_crs("EPSG:32652")
    ((lon, lat),) = positions(read_given(frame, "data").features[0]["geometry"]["coordinates"])
    assert (lon, lat) == pytest.approx((130.64, 42.42), abs=1e-9)


def test_frame_without_crs():
    with pytest.raises(maps.FeatureError, match="has no CRS; set one"):
        read_given(gpd.GeoDataFrame(geometry=[Point(0, 0)]), "data")


def test_features_without_id_are_numbered():
    collection = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "geometry": Point(130, 42).__geo_interface__, "properties": None}] * 2,
    }
    assert [feature["id"] for feature in features_of(collection, "mine").features] == ["mine/1", "mine/2"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([], "expected GeoJSON, got list"),
        ({"type": "Topology"}, "got type 'Topology'"),
        ({"type": "FeatureCollection"}, "features must be a list"),
        ({"type": "Feature", "geometry": {"type": "Circle"}}, "expected a geometry of Point.*got 'Circle'"),
        (
            {"type": "Feature", "id": "x", "geometry": {"type": "Point", "coordinates": [42, 130]}},
            r"\(feature 'x' of 'mine'\).*swapped",
        ),
        ({"type": "Point", "coordinates": [390, 42]}, r"longitude must be in \[-180, 180\], got 390"),
        ({"type": "Point", "coordinates": [float("nan"), 42]}, "two finite numbers"),
    ],
)
def test_invalid_geojson_is_refused(content, message):
    with pytest.raises(maps.FeatureError, match=message):
        features_of(content, "mine")


def test_a_file_that_is_not_json_is_refused(tmp_path):
    path = tmp_path / "mine.geojson"
    path.write_text("{")
    with pytest.raises(maps.FeatureError, match=r"mine\.geojson' is not valid JSON"):
        features_of_file(path)


def test_file_carries_its_record(source):
    record = source.features("zones", None).record
    assert (record.title, record.licence, record.attribution) == ("Special economic zones", "CC-BY-4.0", "GeoNames")
    assert record.accuracy_m == (2000, 2000)


def test_unknown_layer_hints_at_the_nearest(source):
    with pytest.raises(maps.UnknownSourceError, match="did you mean 'railways'"):
        source.features("railway", None)
