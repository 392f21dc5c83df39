"""The build reproduces the files of record byte for byte."""

import re
import subprocess
import sys
from itertools import pairwise

import pytest
from shapely.geometry import LineString, Point, Polygon

import layers
from layers.build import along, border, index, point, record, table
from layers.build.__main__ import ORDER, main
from layers.build.collection import Collection, feature, read_collection
from layers.build.course import swing

DATA = layers.catalog().directory


@pytest.mark.parametrize("name", ["crossings", "zones", "power", "pipelines", "highways", "checkpoints", "shipments"])
def test_typed_layers_are_what_their_tables_say(name):
    assert point.build_typed(name).text() == (DATA / f"{name}.geojson").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["telecom", "programmes"])
def test_layers_along_the_railways_are_what_their_tables_say(name):
    pytest.importorskip("scgraph_data")
    assert along.build(name).text() == (DATA / f"{name}.geojson").read_text(encoding="utf-8")


def test_a_line_along_the_railways_names_stations_that_exist():
    with pytest.raises(ValueError, match="no station is called station/atlantis"):
        along.Railways().way("station/khasan", "station/atlantis")


@pytest.mark.slow
def test_border_is_what_its_package_holds():
    assert border.build().text() == (DATA / "border.geojson").read_text(encoding="utf-8")


def test_files_beside_the_layers_are_derived_from_them():
    collections = [read_collection(DATA / f"{name}.geojson") for name in ORDER]
    for name, text in {
        "catalog": index.catalog(
            collections,
            {name: (DATA / file).read_bytes() for name, file in index.COMPILED.items()},
            {name: (DATA / f"{name}.parquet").read_bytes() for name in ORDER},
        ),
        "sources": index.sources(collections),
        "gazetteer": index.gazetteer(collections),
        "lengths": index.lengths(),
        **record.texts(),
    }.items():
        assert text == (DATA / f"{name}.json").read_text(encoding="utf-8"), (
            f"{name}.json is out of step with the layers"
        )


def test_reading_gives_what_was_written():
    for name in ORDER:
        path = DATA / f"{name}.geojson"
        assert read_collection(path).text() == path.read_text(encoding="utf-8")


def test_unknown_layer_is_a_usage_error():
    with pytest.raises(SystemExit) as caught:
        main(["rail"])
    assert caught.value.code == 2


def test_help_says_what_it_does():
    done = subprocess.run([sys.executable, "-m", "layers.build", "--help"], capture_output=True, text=True, check=True)
    assert "files of record" in done.stdout


class TestFeature:
    def test_polygons_run_by_the_right_hand_rule(self):
        row = feature({"id": "a/b"}, Polygon([(0, 0), (0, 1), (1, 1), (1, 0)]))
        ring = row["geometry"]["coordinates"][0]
        assert sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) < 0

    def test_lines_keep_their_vertices(self):
        pairs = [(130.0, 42.0), (130.5, 42.0), (131.0, 42.0)]
        assert feature({"id": "a/b"}, LineString(pairs))["geometry"]["coordinates"] == [list(pair) for pair in pairs]

    def test_coordinates_are_rounded(self):
        assert feature({"id": "a/b"}, Point(130.12345678, 42.0))["geometry"]["coordinates"] == [130.123457, 42.0]

    def test_geometry_that_vanishes_by_rounding_is_refused(self):
        with pytest.raises(ValueError, match="'a/b' has no valid geometry"):
            feature({"id": "a/b"}, Polygon([(0, 0), (1e-9, 0), (0, 1e-9)]))


def test_collection_is_one_feature_a_line():
    rows = [feature({"id": f"a/{number}"}, Point(130, 42)) for number in range(3)]
    assert Collection("x", "X", "CC0-1.0", "", rows).text().count("\n") == 5


def test_swing_is_half_the_width_of_the_ellipse():
    assert swing(5.0, 3.0) == pytest.approx(2.0)


class TestSummaries:
    """One plain sentence a feature: what it is and why it matters; what has a date stands in the feature itself."""

    ROWS = table.summaries()

    def test_each_speaks_of_a_feature_on_record(self):
        known = {str(feature["id"]) for name in ORDER for feature in layers.catalog().features(name)}
        assert self.ROWS.keys() <= known

    def test_each_stands_in_its_layer(self):
        found = {f["id"]: f["properties"] for name in ORDER for f in layers.catalog().features(name)}
        assert all(found[key].items() >= row.items() for key, row in self.ROWS.items())

    @pytest.mark.parametrize(
        ("key", "script"),
        [("summary", "[A-Za-z]"), ("summary_ko", "[가-힣]"), ("summary_ru", "[а-яё]"), ("summary_zh", "[一-鿿]")],
    )
    def test_each_is_one_sentence_of_its_language_without_a_year_or_a_length(self, key, script):
        for name, row in self.ROWS.items():
            assert re.search(script, row[key]), name
            assert row[key][-1] in ".。", name
            assert not re.search(r"[12][0-9]{3}|\bkm\b|км|公里|킬로", row[key]), (name, row[key])
