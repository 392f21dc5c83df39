"""Malicious and broken files: no command crashes, and nothing is half written."""

import json
import random
import signal
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import layers
import maps
from geo import GeoError
from layers.record.store import PACKAGED
from layers.validation import validate
from maps.cli import main
from maps.features.reading import features_of_file
from tests.command import TUMEN, tumen

THEME = """\
title = { en = "Mine" }
extent = [130, 42, 131, 43]
[[layer]]
source = "mine.geojson"
title = { en = "Mine" }
symbols = [{ style = "plain" }]
"""


def geometry(kind, coordinates):
    row = {
        "type": "Feature",
        "id": "a/x",
        "properties": {"name": "x"},
        "geometry": {"type": kind, "coordinates": coordinates},
    }
    return json.dumps({"type": "FeatureCollection", "features": [row]}).encode()


POINT = geometry("Point", [130.5, 42.4])
HOSTILE = {
    "malformed": (POINT[:-2], "not JSON"),
    "nothing": (b"", "not JSON"),
    "nul": (b"\x00" * 1000, "not JSON"),
    "number": (b"5", "expected a GeoJSON object"),
    "list of features": (b"[" + POINT + b"]", "expected a GeoJSON object"),
    "features null": (b'{"type": "FeatureCollection", "features": null}', "expected a FeatureCollection"),
    "deep": (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "nested too deeply"),
    "deep coordinates": (geometry("Point", [0, 0]).replace(b"[0, 0]", b"[" * 20_000 + b"]" * 20_000), ""),
    "NaN": (POINT.replace(b"42.4", b"NaN"), "NaN is not a JSON number"),
    "infinity": (POINT.replace(b"42.4", b"-Infinity"), "-Infinity is not a JSON number"),
    "too large a number": (POINT.replace(b"42.4", b"1e999"), "must be numbers"),
    "long integer": (POINT.replace(b"42.4", b"9" * 5000), ""),
    "projected": (geometry("Point", [5_300_000.0, 4_700_000.0]), "transform from its projection"),
    "swapped": (geometry("Point", [42.4, 130.5]), "are lon and lat swapped"),
    "line of one position": (geometry("LineString", [[130, 42]]), "two or more positions"),
    "ring that is open": (geometry("Polygon", [[[130, 42], [131, 42], [131, 43], [130, 43]]]), "ends where it begins"),
    "id an object": (POINT.replace(b'"a/x"', b"{}"), "an id is a string or a number"),
    "no properties": (POINT.replace(b'"properties": {"name": "x"}, ', b""), "a feature has a member 'properties'"),
    "empty polygon": (geometry("Polygon", [[]]), "expected a list of positions"),
    "UTF-16": (POINT.decode().encode("utf-16"), "not UTF-8"),
    "lone surrogate": (POINT.replace(b'"x"', b'"\\ud800"'), ""),
    "strings": (geometry("Point", ["130.5", "42.4"]), "must be numbers"),
    "properties a list": (POINT.replace(b'{"name": "x"}', b"[1]"), "properties must be an object"),
    "feature null": (b'{"type": "FeatureCollection", "features": [null]}', "expected an object"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_validation_reports_it(tmp_path, name):
    content, problem = HOSTILE[name]
    path = tmp_path / "mine.geojson"
    path.write_bytes(content)
    done = tumen("layers", "validate", path)
    assert done.returncode == (1 if problem else done.returncode)
    assert problem in done.stdout + done.stderr


TROUBLESOME = {
    "empty point": (geometry("Point", []), "may mean that there is no geometry"),
    "empty line": (geometry("LineString", []), "may mean that there is no geometry"),
    "wound wrongly": (geometry("Polygon", [[[130, 42], [130, 43], [131, 43], [130, 42]]]), "counterclockwise"),
    "beyond the antimeridian": (geometry("LineString", [[179, 42], [181, 42]]), "longitude should be in"),
    "across the antimeridian": (geometry("LineString", [[179, 42], [-179, 42]]), "crosses the 180th meridian"),
    "area across the antimeridian": (
        geometry("Polygon", [[[175, -10], [-175, -10], [-175, 10], [175, 10], [175, -10]]]),
        "crosses the 180th meridian",
    ),
    "mark at the beginning": (b"\xef\xbb\xbf" + POINT, "byte order mark"),
    "member twice": (POINT.replace(b'"id": "a/x"', b'"id": "a/x", "id": "a/y"'), "stands twice"),
    "crosses itself": (geometry("Polygon", [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]), "Self-intersection"),
    "many digits": (geometry("Point", [130.123456789, 42]), "more than 7 decimals"),
    "one position twice": (geometry("LineString", [[130, 42], [130, 42], [131, 42]]), "twice in a row"),
}


@pytest.mark.parametrize("name", TROUBLESOME)
def test_what_is_allowed_is_a_warning(tmp_path, name):
    content, problem = TROUBLESOME[name]
    path = tmp_path / "mine.geojson"
    path.write_bytes(content)
    report = validate([path])
    assert report.ok
    assert [problem in str(issue) for issue in report.warnings] == [True], list(map(str, report))
    assert main(["layers", "validate", str(path)]) == 0
    assert main(["layers", "validate", "--strict", str(path)]) == 1


@pytest.mark.parametrize("name", TROUBLESOME)
def test_what_takes_no_guess_is_mended(tmp_path, name):
    path, out = tmp_path / "mine.geojson", tmp_path / "mended.geojson"
    path.write_bytes(TROUBLESOME[name][0])
    assert main(["layers", "validate", "--fix", "-o", str(out), str(path)]) == 0
    left = [
        issue
        for issue in validate([out])
        if "Self-intersection" not in issue.problem and "no geometry" not in issue.problem
    ]
    if name != "beyond the antimeridian":
        assert left == []
    report = validate([out])
    again = tmp_path / "again.geojson"
    assert main(["layers", "validate", "--fix", "-o", str(again), str(out)]) == 0
    assert again.read_bytes() == out.read_bytes()
    assert report.ok


ALLOWED = {
    "null geometry": {"type": "Feature", "geometry": None, "properties": None},
    "a bare geometry": {"type": "Point", "coordinates": [1, 2]},
    "a geometry collection": {
        "type": "GeometryCollection",
        "geometries": [{"type": "Point", "coordinates": [1, 2]}, {"type": "Point", "coordinates": [1, 3, 9]}],
    },
    "an empty collection": {"type": "FeatureCollection", "features": []},
    "an empty geometry collection": {"type": "GeometryCollection", "geometries": []},
    "a number as id": {"type": "Feature", "id": 0, "geometry": None, "properties": {}},
    "a box across the 180th meridian": {"type": "Point", "bbox": [177, -20, -178, -16], "coordinates": [179, -18]},
    "a foreign member": {
        "type": "Feature",
        "geometry": None,
        "properties": {},
        "title": "x",
        "centerline": {"type": "Point"},
    },
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_rfc_7946_allows_is_clean(tmp_path, name):
    (tmp_path / "mine.geojson").write_text(json.dumps(ALLOWED[name]))
    report = validate([tmp_path / "mine.geojson"])
    assert list(map(str, report)) == []


BROKEN = {
    "a box of three numbers": ({"type": "Point", "coordinates": [1, 2], "bbox": [1, 2, 3]}, "4 or 6 numbers"),
    "a box upside down": ({"type": "Point", "coordinates": [1, 2], "bbox": [0, 3, 2, 1]}, "is north of its north"),
    "a feature with coordinates": (
        {"type": "Feature", "geometry": None, "properties": None, "coordinates": [1, 2]},
        "has no member 'coordinates'",
    ),
    "a geometry with properties": (
        {"type": "Point", "coordinates": [1, 2], "properties": {}},
        "has no member 'properties'",
    ),
    "no geometry member": ({"type": "Feature", "properties": {}}, "a feature has a member 'geometry'"),
    "an id that is null": ({"type": "Feature", "id": None, "geometry": None, "properties": {}}, "an id is a string"),
    "a collection of a feature": (
        {"type": "GeometryCollection", "geometries": [{"type": "Feature", "geometry": None, "properties": {}}] * 2},
        "'Feature' is none of",
    ),
    "a type in small letters": ({"type": "point", "coordinates": [1, 2]}, "expected a GeoJSON object"),
    "another crs": (
        {"type": "Point", "coordinates": [1, 2], "crs": {"type": "name", "properties": {"name": "EPSG:32652"}}},
        "this one names 'EPSG:32652'",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_rfc_7946_forbids_is_named(tmp_path, name):
    content, problem = BROKEN[name]
    (tmp_path / "mine.geojson").write_text(json.dumps(content))
    report = validate([tmp_path / "mine.geojson"])
    assert any(problem in str(issue) for issue in report.errors), list(map(str, report))


@pytest.mark.parametrize("name", HOSTILE)
def test_comparison_reports_it(tmp_path, name):
    (tmp_path / "bad.geojson").write_bytes(HOSTILE[name][0])
    (tmp_path / "good.geojson").write_bytes(POINT)
    done = tumen("layers", "diff", tmp_path / "good.geojson", tmp_path / "bad.geojson")
    assert done.returncode in {0, 1}


@pytest.mark.long
@pytest.mark.parametrize("name", HOSTILE)
def test_map_of_it_is_made_or_refused(tmp_path, name):
    (tmp_path / "mine.geojson").write_bytes(HOSTILE[name][0])
    (tmp_path / "mine.toml").write_text(THEME, encoding="utf-8")
    try:
        html, told = maps.MapBuilder(tmp_path / "mine.toml", langs="en").render().html, ""
    except GeoError as error:
        html, told = "", str(error)
    assert "mine" in told or "a/x" in told or '"tumen-layer' in html


@pytest.mark.parametrize("name", ["malformed", "NaN"])
def test_command_that_cannot_draw_it_writes_nothing(tmp_path, name):
    (tmp_path / "mine.geojson").write_bytes(HOSTILE[name][0])
    (tmp_path / "mine.toml").write_text(THEME, encoding="utf-8")
    done = tumen("build", tmp_path / "mine.toml", "--lang", "en", "--out", tmp_path / "site")
    assert done.returncode in {1, 2}
    assert done.stderr.startswith("tumen: ")
    assert not (tmp_path / "site").exists()


def test_antimeridian_is_no_fault(tmp_path):
    (tmp_path / "mine.geojson").write_bytes(
        geometry("MultiLineString", [[[179, 42], [180, 42]], [[-180, 42], [-179, 42]]])
    )
    assert tumen("layers", "validate", tmp_path / "mine.geojson").returncode == 0


@pytest.mark.long
def test_one_line_of_20_megabytes(tmp_path):
    path = tmp_path / "mine.geojson"
    row = b'{"type":"Feature","id":"a/%d","properties":{"name":"%s"},"geometry":{"type":"Point","coordinates":[130.5,42.4]}}'
    path.write_bytes(
        b'{"type":"FeatureCollection","features":[' + b",".join(row % (n, b"x" * 2000) for n in range(10_000)) + b"]}"
    )
    assert path.stat().st_size > 20_000_000
    done = tumen("layers", "validate", path)
    assert done.returncode == 0
    assert "10000 features" in done.stderr
    (tmp_path / "mine.toml").write_text(THEME, encoding="utf-8")
    done = tumen("build", tmp_path / "mine.toml", "--lang", "en", "--out", tmp_path / "site")
    assert done.returncode == 0
    assert "10,000 features, drawn on a canvas" in done.stderr


@pytest.mark.long
def test_one_string_of_20_megabytes(tmp_path):
    path = tmp_path / "mine.geojson"
    path.write_bytes(POINT.replace(b'"x"', b'"' + b"x" * 20_000_000 + b'"'))
    assert tumen("layers", "validate", path).returncode == 0


READERS = {
    "catalog.json": ["layers", "list"],
    "sources.json": ["layers", "show", "station/rajin"],
    "gazetteer.json": ["distance", "Khasan", "Rajin"],
    "lengths.json": ["route", "Khasan", "Rajin"],
    "stations.geojson": ["route", "Khasan", "Rajin"],
    "railways.geojson": ["layers", "show", "railways"],
    "zones.geojson": ["layers", "validate"],
}


@pytest.mark.long
@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "content", [b"", b"{}", b"null", b"{" * 50_000, b'{"features": [5], "places": [5], "lengths": [5], "layers": [5]}']
)
def test_data_directory_with_a_broken_file(broken_data, name, content):
    kept = (broken_data / name).read_bytes()
    (broken_data / name).write_bytes(content)
    try:
        done = tumen(*READERS[name], "--data", broken_data)
        assert done.returncode in {1, 2}
        assert name.split(".")[0] in done.stdout + done.stderr
    finally:
        (broken_data / name).write_bytes(kept)


@pytest.fixture(scope="module")
def broken_data(tmp_path_factory):
    import shutil

    return shutil.copytree(PACKAGED, tmp_path_factory.mktemp("broken") / "data")


def mutated(content, seed):
    """Bytes with a few of them changed, cut out, or doubled."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    content = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content))
        how = chance.randrange(4)
        if how == 0:
            content[at] = chance.randrange(256)
        elif how == 1:
            del content[at : at + chance.randrange(40)]
        elif how == 2:
            content[at:at] = content[at : at + chance.randrange(40)]
        else:
            content[at:at] = chance.choice([b"null", b"[]", b"{}", b"-1e308", b'"', b"[[", b"}}", b"NaN"])
        if not content:
            return b""
    return bytes(content)


ZONES = json.dumps(
    {**json.loads(layers.catalog().path("zones").read_bytes()), "features": layers.catalog().features("zones")[:3]},
    ensure_ascii=False,
).encode()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_no_spoilt_file_of_ours_makes_a_reader_fall_over(tmp_path_factory, seed):
    path = tmp_path_factory.mktemp("spoilt") / "zones.geojson"
    path.write_bytes(mutated(ZONES, seed))
    assert isinstance(validate([path]).ok, bool)
    try:
        layers.diff(path, path)
    except layers.DataFileError as error:
        told = str(error)
    else:
        told = ""
    assert "Error" not in told
    try:
        features_of_file(path)
    except GeoError:
        return


@pytest.mark.long
class TestKilled:
    """A process that dies while it writes leaves the old file or none; never half of one."""

    def test_build_killed_between_writing_and_naming(self, tmp_path):
        out = tmp_path / "site"
        assert tumen("build", "power", "--lang", "en", "--out", out).returncode == 0
        before = {path.name: path.read_bytes() for path in out.glob("*.html")}
        program = (
            "import os, sys, time\n"
            "def stop(*_): print('written', flush=True); time.sleep(60)\n"
            "os.replace = stop\n"
            "import pathlib; pathlib.Path.replace = stop\n"
            "from maps.cli import main\n"
            f"main(['build', 'power', '--lang', 'ko', '--quiet', '--out', {str(out)!r}])\n"
        )
        with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout.readline() == "written\n"
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=30)
        assert {path.name: path.read_bytes() for path in out.glob("*.html")} == before

    @pytest.mark.parametrize("content", ["places", "railways"])
    def test_output_that_cannot_be_named_leaves_the_old_one(self, tmp_path, content, monkeypatch):
        from maps.cli import main

        target = tmp_path / "x.geojson"
        target.write_bytes(b"old")

        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.replace", full)
        monkeypatch.setattr("pathlib.Path.replace", full)
        assert main(["layers", "show", content, "-o", str(target)]) == 1
        assert [path.name for path in tmp_path.iterdir()] == ["x.geojson"]
        assert target.read_bytes() == b"old"

    def test_full_disk(self, tmp_path):
        target = tmp_path / "x.geojson"
        target.write_bytes(b"old")
        limit = f"ulimit -f 8; exec {TUMEN} layers show railways -o {target}"
        done = subprocess.run(["bash", "-c", limit], capture_output=True, text=True, check=False)
        assert done.returncode != 0
        assert target.read_bytes() == b"old"
        assert [path.name for path in tmp_path.iterdir()] == ["x.geojson"] or done.returncode < 0
