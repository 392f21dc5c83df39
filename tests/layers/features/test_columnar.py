"""Layers in columns: the same frame as from the files of record, on every day, and never from another file."""

import hashlib
import json
import shutil
from datetime import date, timedelta
from itertools import pairwise

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pandas.testing import assert_frame_equal

import layers
from layers.features import columnar
from layers.features.typed import frame_of, text_dates
from layers.record.history import features_at, states, turning_days
from layers.record.store import properties_of

CATALOG = layers.catalog()
NAMES = [record.name for record in CATALOG]


def days_of(features):
    """Some of the days on which something changes, each with the day before; the first, the middle and the last of all."""
    turns = sorted({day for row in features for day in turning_days(properties_of(row))} - {date.min})
    chosen = {turns[0], turns[len(turns) // 2], turns[-1]} if turns else set()
    return sorted({date(1, 1, 1), date(9999, 12, 31), *chosen, *(day - timedelta(1) for day in chosen)})


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
class TestShipped:
    def test_columns_are_those_of_the_record(self, name):
        content = (CATALOG.directory / f"{name}.parquet").read_bytes()
        row = json.loads((CATALOG.directory / "catalog.json").read_text("utf-8"))["columns"][name]
        assert (row["sha256"], row["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))
        anew = columnar.encode(name, CATALOG.features(name), CATALOG[name].sha256)
        shipped, made = (pq.read_table(pa.BufferReader(one)) for one in (content, anew))
        assert shipped.equals(made, check_metadata=True), "build them: python -m layers.build columns"

    def test_frame_equals_that_of_the_geojson(self, name):
        features = CATALOG.features(name)
        for day in days_of(features):
            frame = columnar.read(CATALOG.path(name), day, CATALOG[name])
            expected = text_dates(frame_of(name, features_at(features, day)))
            assert_frame_equal(frame, expected)
            assert type(frame) is gpd.GeoDataFrame
            assert frame.crs == expected.crs

    def test_other_software_reads_it(self, name):
        frame = gpd.read_parquet(CATALOG.directory / f"{name}.parquet")
        assert str(frame.crs) == "OGC:CRS84"
        assert set(frame.id) == {row["id"] for row in CATALOG.features(name)}


@pytest.fixture
def copy(tmp_path):
    """Copy of the shipped directory."""
    return shutil.copytree(CATALOG.directory, tmp_path / "data")


def poles(data):
    return layers.load("stations", data=data)


class TestFallback:
    def test_directory_without_columns_loads_the_same(self, copy):
        (copy / "stations.parquet").unlink()
        assert_frame_equal(poles(copy), layers.load("stations"))

    @pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1 and then nothing that is Parquet"])
    def test_damaged_columns_are_passed_over(self, copy, content):
        (copy / "stations.parquet").write_bytes(content)
        assert_frame_equal(poles(copy), layers.load("stations"))

    def test_columns_of_another_file_are_passed_over(self, copy):
        shutil.copy(copy / "ports.parquet", copy / "stations.parquet")
        assert set(poles(copy).id) == set(layers.load("stations").id)

    def test_geojson_that_was_edited_counts(self, copy):
        path = copy / "stations.geojson"
        path.write_text(path.read_text("utf-8").replace('"name":"Khasan"', '"name":"Khasan mended"'), "utf-8")
        assert "Khasan mended" in set(poles(copy).name)

    def test_changes_to_a_returned_frame_do_not_affect_the_cache(self):
        frame = layers.load("stations")
        frame.loc[0, "name"] = "changed"
        frame.sources.iloc[0].append("changed")
        again = layers.load("stations")
        assert again.name[0] != "changed"
        assert "changed" not in again.sources.iloc[0]


def test_states_of_a_feature_follow_each_other_without_a_gap():
    for feature in CATALOG.features("crossings"):
        rows = states(feature)
        assert all(end + timedelta(1) == begin for (_, end, _), (begin, _, _) in pairwise(rows))
