"""The report names each problem with its file, its feature and its fix; no file makes it crash."""

import io
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import layers
from layers.validation import validate
from layers.validation.rfc7946 import _plain, _position_problems, _position_warnings

POINT = {"type": "Point", "coordinates": [130.64, 42.42]}


def feature(geometry=POINT, **members):
    return {"type": "Feature", "id": "mine/1", "properties": {"name": "x"}, "geometry": geometry} | members


def collection(*features, **members):
    return {"type": "FeatureCollection", "features": list(features)} | members


def report_of(tmp_path, content, name="mine.geojson"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return validate([path])


def ours(name):
    """Content of a file of record, fit to be spoilt."""
    return json.loads(layers.catalog().path(name).read_bytes())


@pytest.mark.long
def test_our_layers_are_clean():
    report = validate()
    assert report.ok, "\n".join(map(str, report))
    assert report.features > 1000


def test_a_sound_file_is_sound(tmp_path):
    report = report_of(tmp_path, collection(feature()))
    assert report.ok
    assert "RFC 7946 alone" in report.notes[0]


@pytest.mark.parametrize(
    ("geometry", "problem"),
    [
        ({"type": "Point", "coordinates": [42.42, 130.64]}, "are lon and lat swapped"),
        ({"type": "Point", "coordinates": [523_000.0, 4_700_000.0]}, "not longitude, latitude in degrees"),
        ({"type": "Point", "coordinates": []}, "may mean that there is no geometry"),
        ({"type": "Point", "coordinates": [130.64]}, "2 or 3 numbers"),
        ({"type": "Point", "coordinates": ["130", "42"]}, "must be numbers"),
        ({"type": "Point", "coordinates": [True, False]}, "must be numbers"),
        ({"type": "Point", "coordinates": [130.123456789, 42.0]}, "more than 7 decimals"),
        ({"type": "Circle", "coordinates": [0, 0]}, "is none of Point"),
        ({"type": "LineString", "coordinates": [[1, 1], [1, 1]]}, "no length"),
        ({"type": "LineString", "coordinates": [[1, 1]]}, "two or more positions"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}, "counterclockwise"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, "Self-intersection"),
        ("Point", "is none of Point"),
    ],
)
def test_wrong_geometry_is_named(tmp_path, geometry, problem):
    report = report_of(tmp_path, collection(feature(geometry)))
    assert [issue.feature for issue in report] == ["mine/1"]
    assert problem in str(report.issues[0])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "not JSON"),
        (b"{", "line 1, column 2"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"\xff{}", "not UTF-8"),
        (b"[]", "got a JSON list"),
        (b'{"type": "Topology"}', "got a 'Topology'"),
        (b'{"type": "FeatureCollection", "features": 5}', "expected a FeatureCollection"),
        (b'{"type": "FeatureCollection"}', "expected a FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "NaN is not a JSON number"),
        (b"[" * 200_000, "nested too deeply"),
    ],
)
def test_unreadable_file_is_one_problem(tmp_path, content, problem):
    report = report_of(tmp_path, content)
    assert len(report.issues) == 1
    assert problem in str(report.issues[0])


def test_missing_file_is_a_problem(tmp_path):
    assert "cannot be read" in str(validate([tmp_path / "none.geojson"]).issues[0])


def test_folder_is_a_problem(tmp_path):
    assert "cannot be read" in str(validate([tmp_path]).issues[0])


def test_crs_member_is_a_problem(tmp_path):
    report = report_of(tmp_path, collection(feature(), crs={"type": "name"}))
    assert "no crs member" in str(report.issues[0])


def test_ids_are_unique(tmp_path):
    report = report_of(tmp_path, collection(feature(), feature()))
    assert "stands already in" in str(report.issues[0])


def spoil(name, feature_id, change):
    content = ours(name)
    row = next(row for row in content["features"] if row["id"] == feature_id)
    change(row)
    return content


@pytest.mark.parametrize(
    ("name", "feature_id", "change", "problem"),
    [
        ("zones", "zone/rason", lambda row: row["properties"].update(zone_typ="x"), "did you mean 'zone_type'"),
        ("zones", "zone/rason", lambda row: row["properties"].update(zone_type="harbour"), "is not one of"),
        ("zones", "zone/rason", lambda row: row["properties"].update(accuracy_m=0), "accuracy_m"),
        ("zones", "zone/rason", lambda row: row["properties"].update(licence="ODbL-1.0"), "one file holds one licence"),
        ("zones", "zone/rason", lambda row: row["properties"].update(sources=["geoname"]), "did you mean 'geonames'"),
        ("zones", "zone/rason", lambda row: row.update(id="zone/other"), "make both the same"),
        ("zones", "zone/rason", lambda row: row["properties"].update(status="closed"), "the history ends with"),
        ("zones", "zone/rason", lambda row: row["properties"].update(valid_to="1900"), "before it begins"),
        ("zones", "zone/rason", lambda row: row["properties"]["history"].reverse(), "oldest first"),
        ("zones", "zone/rason", lambda row: row["properties"]["history"][0].update(date="2014-02-31"), "2014-02"),
        (
            "crossings",
            "crossing/tumen-road-bridge",
            lambda row: row["properties"].update(length_m=1006),
            "is marked as used",
        ),
    ],
)
def test_breach_of_the_data_model_is_named(tmp_path, name, feature_id, change, problem):
    report = report_of(tmp_path, spoil(name, feature_id, change), f"{name}.geojson")
    assert not report.ok
    assert problem in "\n".join(map(str, report))
    assert all(issue.feature in {feature_id, "zone/other"} for issue in report)


@pytest.mark.long
def test_layers_must_agree_on_the_ground(tmp_path):
    moved = {
        "station/rajin": ([130.4, 42.4], "ends"),
        "zone/kaesong": ([127.5, 36.5], "outside KP"),
        "zone/hyesan": ([126.4, 40.9], "outside Ryanggang"),
    }
    paths = []
    for record in layers.catalog():
        content = ours(record.name)
        for row in content["features"]:
            if row["id"] in moved:
                row["geometry"]["coordinates"] = moved[row["id"]][0]
        paths.append(tmp_path / f"{record.name}.geojson")
        paths[-1].write_text(json.dumps(content), encoding="utf-8")
    told = [str(issue) for issue in validate(paths)]
    for feature_id, (_, problem) in moved.items():
        assert any(feature_id in text and problem in text for text in told), feature_id


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "feature_id", "coordinates", "problem"),
    [
        ("shipments", "shipment/trial-1-pohang", [[130.29, 42.22], [128.0, 36.5]], "crosses land"),
        ("checkpoints", "checkpoint/khasan-rail", [134.0, 44.0], "km from the nearest border"),
    ],
)
def test_ships_keep_off_land_and_checkpoints_to_the_border(tmp_path, name, feature_id, coordinates, problem):
    spoilt = spoil(name, feature_id, lambda row: row["geometry"].update(coordinates=coordinates))
    (tmp_path / f"{name}.geojson").write_text(json.dumps(spoilt), encoding="utf-8")
    others = [layers.catalog().path(other) for other in ("land", "border")]
    assert problem in str(validate([tmp_path / f"{name}.geojson", *others]).issues[0])


def test_a_bridge_must_stand_on_the_border(tmp_path):
    def move(row):
        row["geometry"]["coordinates"] = [[lon + 0.1, lat + 0.1] for lon, lat in row["geometry"]["coordinates"]]

    spoilt = spoil("crossings", "crossing/friendship-bridge", move)
    (tmp_path / "crossings.geojson").write_text(json.dumps(spoilt), encoding="utf-8")
    report = validate([tmp_path / "crossings.geojson", layers.catalog().path("border")])
    assert "from the border" in str(report.issues[0])


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
HOSTILE = st.builds(
    lambda kind, value, more: {"type": kind, "features": value} | more,
    st.sampled_from(["FeatureCollection", "Feature", "Point"]),
    st.lists(
        st.builds(lambda g, p: {"type": "Feature", "geometry": g, "properties": p}, JSON_VALUES, JSON_VALUES),
        max_size=3,
    )
    | JSON_VALUES,
    st.dictionaries(st.sampled_from(["licence", "crs", "geometry", "properties"]), JSON_VALUES),
)


@given(HOSTILE)
def test_no_json_makes_it_fall_over(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("hostile") / "zones.geojson"
    path.write_text(json.dumps(content), encoding="utf-8")
    report = validate([path])
    assert report.features >= 0
    assert all(issue.problem and issue.fix for issue in report)


@given(st.lists(st.lists(st.floats(-200, 200) | st.just(math.pi), min_size=2, max_size=3), min_size=1, max_size=5))
def test_no_position_makes_it_fall_over(tmp_path_factory, coordinates):
    path = tmp_path_factory.mktemp("hostile") / "mine.geojson"
    path.write_text(
        json.dumps(collection(feature({"type": "LineString", "coordinates": coordinates}))), encoding="utf-8"
    )
    assert isinstance(validate([path]).ok, bool)


# ---- sequences and standard input


NUMBERS = st.one_of(
    st.floats(-200, 200).map(lambda number: round(number, 7)),
    st.floats(-100, 100),
    st.sampled_from([0, -0.0, 90, 90.0000001, 180, -180.0000001, True, None, "1", 10**400, math.nan, math.inf]),
)


@given(st.lists(st.lists(NUMBERS, min_size=1, max_size=3), min_size=2, max_size=4))
def test_a_list_that_is_in_order_at_a_glance_is_so_position_by_position(positions):
    one_by_one = [problem for position in positions for problem in _position_problems(position)]
    one_by_one += (
        [] if one_by_one else [problem for position in positions for problem in _position_warnings(position, 0)]
    )
    assert _plain(positions) == (not one_by_one and {len(position) for position in positions} == {2})


def sequence(*features, head="", end="\n"):
    return "".join(f"{head}{json.dumps(row)}{end}" for row in features).encode()


@pytest.mark.parametrize("head", ["", "\x1e"])
def test_a_sequence_is_read_feature_by_feature(tmp_path, head):
    swapped = feature({"type": "Point", "coordinates": [42.42, 130.64]}, id="mine/2")
    report = report_of(tmp_path, sequence(feature(), swapped, feature(id="mine/3"), head=head))
    assert report.features == 3
    assert [(issue.feature, "swapped" in issue.fix) for issue in report] == [("mine/2", True)]


def test_a_broken_record_is_named_and_the_others_are_read(tmp_path):
    report = report_of(tmp_path, sequence(feature()) + b'{"type": "Feat\n' + sequence(feature(id="mine/2")))
    assert report.features == 2
    assert [issue.feature for issue in report] == ["record 2"]


def test_a_sequence_of_our_features_is_held_to_our_model(tmp_path):
    rows = ours("zones")["features"][:3]
    assert report_of(tmp_path, sequence(*rows)).ok
    rows[1]["properties"]["status"] = "thriving"
    assert "status" in str(report_of(tmp_path, sequence(*rows)).issues[0])


def test_a_layer_without_its_name_is_known_by_its_title(tmp_path):
    content = ours("zones")
    assert report_of(tmp_path, content).ok
    assert not any("RFC 7946 alone" in note for note in report_of(tmp_path, content).notes)
    del content["features"][0]["properties"]["zone_type"]
    assert not report_of(tmp_path, content).ok


def test_ids_that_are_no_text_do_not_stop_the_report(tmp_path):
    assert report_of(tmp_path, sequence(feature(id=[1]), feature(id={}), feature(id=3))).features == 3


def test_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(sequence(feature(), feature(id="mine/2")))))
    report = validate(["-"])
    assert (report.features, report.ok, report.files) == (2, True, ("-",))
