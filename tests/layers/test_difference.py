"""Moved, new, removed and changed features, in directories and in files."""

import copy
import json
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import layers
from layers.record.store import PACKAGED
from tests.command import tumen

KHASAN, RAJIN = [130.644917, 42.430056], [130.28917, 42.24972]


def row(feature_id, coordinates=KHASAN, **properties):
    geometry = {"type": "Point" if isinstance(coordinates[0], float) else "LineString", "coordinates": coordinates}
    return {"type": "Feature", "id": feature_id, "geometry": geometry, "properties": {"id": feature_id} | properties}


def write(path, *rows):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(rows)}), encoding="utf-8")
    return path


OLD = (
    row("a/still", name="Still"),
    row("a/moved", [KHASAN, RAJIN]),
    row("a/gone", name="Gone"),
    row("a/opened", status="planned", capacity_mw=3),
)
NEW = (
    row("a/still", name="Still"),
    row("a/moved", [KHASAN, [130.28917, 42.25972]]),
    row("a/opened", status="operating", capacity_mw=5, name="Opened"),
    row("a/new", name="New"),
)


@pytest.fixture
def pair(tmp_path):
    return write(tmp_path / "old.geojson", *OLD), write(tmp_path / "new.geojson", *NEW)


def test_each_kind_of_difference(pair):
    found = layers.diff(*pair)
    assert [(item.id, round(item.offset_m)) for item in found.moved] == [("a/moved", 1111)]
    assert [(item.id, item.name) for item in found.appeared] == [("a/new", "New")]
    assert [(item.id, item.name) for item in found.vanished] == [("a/gone", "Gone")]
    assert [(item.id, item.old, item.new) for item in found.status] == [("a/opened", "planned", "operating")]
    assert [(item.attribute, item.old, item.new) for item in found.changed] == [
        ("capacity_mw", 3, 5),
        ("name", None, "Opened"),
    ]
    assert found.summary() == "1 moved, 1 appeared, 1 vanished, 1 changed status, 1 changed attributes"


def test_backwards_is_the_mirror(pair):
    there, back = layers.diff(*pair), layers.diff(*reversed(pair))
    assert there.appeared == tuple(layers.Named(item.id, "new", item.name) for item in back.vanished)
    assert [item.offset_m for item in there.moved] == pytest.approx([item.offset_m for item in back.moved], abs=1)
    assert {(item.id, item.old, item.new) for item in there.changed} == {
        (item.id, item.new, item.old) for item in back.changed
    }


@pytest.mark.long
def test_shipped_data_does_not_differ_from_its_copy(tmp_path):
    shutil.copytree(PACKAGED, tmp_path / "copy")
    found = layers.diff(None, tmp_path / "copy")
    assert not found
    assert found.summary() == "no difference"


def test_directory_against_the_shipped_data(tmp_path):
    shutil.copytree(PACKAGED, tmp_path / "copy")
    path = tmp_path / "copy" / "zones.geojson"
    content = json.loads(path.read_bytes())
    content["features"][0]["geometry"]["coordinates"][1] += 0.01
    path.write_text(json.dumps(content), encoding="utf-8")
    (moved,) = layers.diff(None, tmp_path / "copy").moved
    assert (moved.id, moved.layer) == ("zone/rason", "zones")
    assert moved.offset_m == pytest.approx(1111, abs=2)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "not JSON"),
        ("[]", "expected a GeoJSON object"),
        ('{"type": "FeatureCollection", "features": [5]}', "expected an object of type 'Feature'"),
        (json.dumps({"type": "FeatureCollection", "features": [row("a/x", [42.4, 130.6])]}), "are lon and lat swapped"),
        (json.dumps({"type": "FeatureCollection", "features": [row("a/x"), row("a/x")]}), "stands twice"),
        (json.dumps({"type": "FeatureCollection", "features": [row("")]}), "has no id"),
    ],
)
def test_file_that_cannot_be_compared_is_told(tmp_path, pair, content, problem):
    (tmp_path / "bad.geojson").write_text(content, encoding="utf-8")
    with pytest.raises(layers.DataFileError, match=problem):
        layers.diff(pair[0], tmp_path / "bad.geojson")


def test_file_against_directory_is_told(pair):
    with pytest.raises(layers.DataFileError, match="two directories or two files"):
        layers.diff(None, pair[0])


def test_missing_is_told(tmp_path):
    with pytest.raises(layers.DataDirectoryError, match="does not exist"):
        layers.diff(None, tmp_path / "gone")


class TestCommand:
    def run(self, *arguments):
        return tumen("layers", "diff", *arguments)

    def test_text(self, pair):
        done = self.run(*pair)
        assert done.returncode == 0
        for part in (
            "Moved: 1",
            "a/moved  1110.8 m",
            "Appeared: 1",
            "a/opened  planned → operating",
            "capacity_mw: 3 → 5",
        ):
            assert part in done.stdout

    def test_json(self, pair):
        assert json.loads(self.run(*pair, "--json").stdout)["vanished"] == [
            {"id": "a/gone", "layer": "old", "name": "Gone"}
        ]

    def test_map(self, pair, tmp_path):
        target = tmp_path / "diff.html"
        assert self.run(*pair, "--map", target).returncode == 0
        text = target.read_text(encoding="utf-8")
        for title in ("Moved: new place", "Moved: old place", "Appeared", "Vanished"):
            assert title in text

    @pytest.mark.long
    def test_map_of_nothing(self, pair, tmp_path):
        assert self.run(pair[0], pair[0], "--map", tmp_path / "diff.html").returncode == 0

    def test_error_is_one_line(self, tmp_path):
        done = self.run(tmp_path / "gone")
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1


PLACES = st.tuples(st.floats(129, 131), st.floats(41, 43)).map(list)


@settings(deadline=None)  # the first call imports shapely
@given(st.lists(PLACES, min_size=1, max_size=5), st.lists(PLACES, min_size=1, max_size=5))
def test_moved_is_symmetric_and_nothing_moves_from_itself(tmp_path_factory, one, other):
    folder = tmp_path_factory.mktemp("diff")
    paths = [
        write(folder / f"{name}.geojson", *(row(f"a/{i}", pair) for i, pair in enumerate(pairs)))
        for name, pairs in (("one", one), ("other", other))
    ]
    assert not layers.diff(paths[0], copy.copy(paths[0]))
    there, back = layers.diff(*paths), layers.diff(*reversed(paths))
    assert {item.id: item.offset_m for item in there.moved} == pytest.approx(
        {item.id: item.offset_m for item in back.moved}
    )
    assert len(there.appeared) == len(back.vanished)
