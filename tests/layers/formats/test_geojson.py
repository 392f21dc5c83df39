"""A frame written as GeoJSON equals the layer that was read."""

import geopandas as gpd
import pytest
from shapely.geometry import Point

import layers
from layers.record.store import read_features


@pytest.mark.parametrize("name", ["zones", "crossings", "places", "border"])
def test_written_geojson_equals_what_was_read(name, tmp_path):
    path = layers.write(layers.load(name), tmp_path / f"{name}.geojson")
    assert layers.validate([path]).ok
    kept = ("id", "name_ko", "status", "valid_from", "valid_to", "history", "sources", "accuracy_m")
    shipped, written = (
        [{key: row["properties"].get(key) for key in kept} for row in rows]
        for rows in (layers.catalog().features(name), read_features(path))
    )
    assert written == shipped


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (gpd.GeoDataFrame({"id": ["a"]}, geometry=[Point(1, 2)], crs=32652), r"got EPSG:32652; transform it"),
        (gpd.GeoDataFrame({"id": ["a"]}, geometry=[Point(1, 2)]), "got none"),
        (gpd.GeoDataFrame({"name": ["a"]}, geometry=[Point(1, 2)], crs=4326), "no column 'id'"),
        (gpd.GeoDataFrame({"id": ["a", "a"]}, geometry=[Point(1, 2)] * 2, crs=4326), "'a' comes twice"),
        (gpd.GeoDataFrame({"id": ["a"]}, geometry=[None], crs=4326), "feature 'a' has no geometry"),
        (gpd.GeoDataFrame({"id": ["a"]}, geometry=[Point()], crs=4326), "feature 'a' has no valid geometry"),
    ],
)
def test_a_failed_write_keeps_the_old_file(frame, message, tmp_path):
    path = tmp_path / "x.geojson"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(layers.ExportError, match=message):
        layers.write(frame, path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["x.geojson"]
