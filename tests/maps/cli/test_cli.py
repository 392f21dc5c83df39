"""The command ``tumen`` as a user meets it: a process, its output, its exit code."""

import json
import math
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

import layers
from maps.cli.main import PARTS, make_parser
from tests.command import TUMEN, tumen, tumen_process


def test_help_teaches():
    done = tumen_process("--help")
    assert done.returncode == 0
    assert "examples:" in done.stdout
    assert "exit codes:" in done.stdout


@pytest.mark.parametrize(
    "command",
    [
        "build",
        "verify",
        "themes",
        "distance",
        "sea-distance",
        "route",
        "compare",
        "matrix",
        "reachable",
        "layers",
        "claims",
        "doctor",
    ],
)
def test_every_command_has_help(command):
    assert tumen(command, "--help").returncode == 0


def test_distance_as_text_and_json():
    text = tumen_process("distance", "Khasan", "라진").stdout
    assert "35.5 km ± 0.4 km" in text
    row = json.loads(tumen("distance", "Khasan", "라진", "--json").stdout)
    assert set(row) == {"from_id", "to_id", "length_m", "uncertainty_m", "initial_bearing_deg"}
    assert (row["from_id"], row["to_id"]) == ("station/khasan", "station/rajin")
    assert row["length_m"] == pytest.approx(35_507, abs=1)
    places = (layers.find(name) for name in ("Khasan", "라진"))
    assert row["uncertainty_m"] == pytest.approx(math.hypot(*(place.accuracy_m for place in places)), abs=0.1)
    assert 235 < row["initial_bearing_deg"] < 236


@pytest.mark.parametrize(
    ("unit", "shown"),
    [("km", "35.5 km"), ("nmi", "19.2 nmi ± 0.2 nmi"), ("mi", "22.1 mi ± 0.3 mi"), ("m", "m ± 400 m")],
)
def test_distance_in_a_unit(unit, shown):
    assert shown in tumen("distance", "Khasan", "Rajin", "--unit", unit).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["distance", "Khasan", "Rajn"], "station/rajin"),
        (["distance", "Khasan", "42.25,130.29"], "are lon and lat swapped"),
        (["distance", "Khasan", "Rajin", "--unit", "parsec"], "km"),
        (["distance", "Tumen", "Rajin"], "several places"),
        (["route", "Khasan", "Rajin", "--as-of", "yesterday"], "yesterday"),
        (["layers", "show", "station/rajn"], "station/rajin"),
        (["layers", "export", "--format", "gpgk", "-o", "x.gpkg"], "did you mean 'gpkg'"),
        (["layers", "export", "--format", "gpkg", "--layers", "zons", "-o", "x.gpkg"], "did you mean 'zones'"),
        (["layers", "export", "--format", "gpkg", "-o", "-"], "cannot be printed"),
        (["layers", "export", "--format", "gpkg"], "missing -o/--output\nexample: tumen layers export"),
        (["layers", "sho"], "did you mean 'show'"),
        (["layers"], "one of list, show"),
        (["route", "Khasan"], "missing TO\nexample: tumen route Khasan Rajin"),
        (["route", "Khasan", "Rajin", "--explian"], "no option is called '--explian'; did you mean --explain?"),
        (["distance", "Khasan", "Rajin", "Busan"], "unexpected argument 'Busan'"),
        (["distance", "Khasan", "Rajin", "--unit", "kms"], "did you mean 'km'?"),
        (["map", "."], "is a folder; give a file in it"),
        (["batch", "within", "none.csv", "-o", "x.csv", "--layer", "zones"], "no such file: none.csv"),
        (["build", "corridr"], "corridor"),
        (["build", "corridor", "--only", "coridor"], "did you mean 'corridor'"),
        (["build", "--lang", "jp"], "invalid choice"),
        (["rout"], "no command is called 'rout'; did you mean 'route'?"),
        ([], "tumen build --open"),
    ],
)
def test_what_is_not_understood_is_explained_with_code_2(arguments, said, tmp_path):
    done = tumen(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_no_route_is_an_answer_with_code_1():
    done = tumen("route", "station/pyongyang", "station/seoul", "--mode", "rail")
    assert done.returncode == 1
    assert "closed" in done.stderr


def test_each_command_is_parsed_by_its_own_parser_alone():
    every = make_parser().format_help()
    assert make_parser(["--version", "distance"]).format_help() == every
    for names in PARTS.values():
        for name in names:
            assert f"\n    {name}" in every
            alone = make_parser(["--data", "route", name]).format_help()
            assert f"\n    {name}" in alone
            assert len(alone) < len(every)


def test_data_before_and_after_the_command_is_the_same():
    where = str(layers.data_directory())
    before, after = (
        tumen("--data", where, "distance", "Khasan", "Rajin"),
        tumen("distance", "Khasan", "Rajin", "--data", where),
    )
    assert before.stdout == after.stdout == tumen("distance", "Khasan", "Rajin").stdout


def test_help_is_as_wide_as_the_terminal():
    wide = tumen("distance", "--help", env={"COLUMNS": "200"}).stdout
    narrow = tumen("distance", "--help", env={"COLUMNS": "40"}).stdout
    assert len(narrow.splitlines()) > len(wide.splitlines())


def test_distance_imports_nothing_heavy():
    program = "import sys; from maps.cli import main; main(['distance', 'Khasan', 'Rajin']); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    for heavy in ("numpy", "pandas", "geopandas", "folium", "shapely", "pyproj", "rustworkx", "jinja2"):
        assert f"'{heavy}'" not in loaded


def test_route_as_text_json_and_geojson(tmp_path):
    assert "Published figures that disagree" in tumen_process("route", "Khasan", "Rajin", "--explain").stdout
    text = tumen("route", "Khasan", "Rajin").stdout
    assert all(len(line) <= 100 for line in text.splitlines())
    head, _, columns, *rest = text.splitlines()
    assert head.startswith("Khasan → Rajin: 5")
    assert columns.split() == ["from", "→", "to", "km", "hours", "gauge", "or", "carrier"]
    notes = rest[rest.index("") + 1 :]
    assert len([line for line in notes if not line.startswith("  ")]) <= 5
    assert "UNSCR 2397 (2017), exemption" in " ".join(notes).replace("   ", " ")  # wrapped, never cut
    row = json.loads(tumen("route", "Khasan", "Rajin", "--format", "json").stdout)
    assert row["length_m"] == pytest.approx(sum(leg["length_m"] for leg in row["legs"]))
    assert {"mode", "gauges_mm", "chainage_m", "geometry_m", "status", "sources", "countries"} <= set(row["legs"][0])
    target = tmp_path / "trip.geojson"
    assert tumen("route", "Khasan", "Rajin", "--format", "geojson", "-o", str(target)).returncode == 0
    assert tumen("layers", "validate", str(target)).returncode == 0


def test_sea_distance_as_text_json_and_geojson(tmp_path):
    text = tumen("sea-distance", "Rajin", "Busan", "--unit", "nmi").stdout
    assert "442 nmi ± 3 nmi by sea" in text
    assert "detour factor 1.03" in text
    assert "straight to the water" in text
    row = json.loads(tumen("sea-distance", "Rajin", "Busan", "--json").stdout)
    assert row["distance_m"] > row["straight_line_m"] > 790_000
    target = tmp_path / "sea.geojson"
    assert tumen("sea-distance", "Rajin", "Busan", "--format", "geojson", "-o", str(target)).returncode == 0
    modes = [feature["properties"]["mode"] for feature in json.loads(target.read_bytes())["features"]]
    assert modes == ["connector", "sea", "connector"]
    assert tumen("layers", "validate", str(target)).returncode == 0


def test_sea_distance_takes_the_port_and_says_so():
    assert tumen("sea-distance", "Rajin", "Dangjin").stdout.startswith("Rajin (port/rajin) → Dangjin (port/dangjin)\n")
    assert "0.000 m by sea" in tumen("sea-distance", "Rajin", "라진").stdout


@pytest.mark.long
def test_sea_distance_tells_the_join_and_the_offing():
    text = tumen("sea-distance", "Rajin", "Pohang", "--offing", "12", "--offing-from", "KP").stdout
    assert "keeps 12 nmi off the coast of KP, but not within" in text
    far = tumen("sea-distance", "Vladivostok", "Vancouver", "--unit", "nmi").stdout
    assert "nmi around the land, joined at" in far
    assert "8 % of their length" in far
    done = tumen("sea-distance", "Rajin", "Busan", "--offing", "12", "--offing-from", "XX")
    assert done.returncode != 0
    assert "there are CN, KP, KR, RU" in done.stderr


def test_matrix_as_table_csv_and_json():
    ends = ("--from", "Khasan", "--from", "Ussuriysk", "--to", "Rajin", "--to", "station/seoul")
    ends = (*ends, "--mode", "rail")
    row = json.loads(tumen("matrix", *ends, "--format", "json").stdout)
    assert row["from_ids"] == ["station/khasan", "station/ussuriysk"]
    route = json.loads(tumen("route", "Khasan", "Rajin", "--format", "json").stdout)
    assert row["lengths_m"][0][0] == pytest.approx(route["length_m"], abs=1e-3)
    assert row["lengths_m"][0][1] is None
    assert tumen("matrix", *ends, "--format", "csv").stdout.splitlines()[0] == "from,Rajin,Seoul"
    assert "57" in tumen("matrix", *ends).stdout
    assert "rail" in tumen("matrix", *ends, "--explain").stdout


def test_reachable_lists_stations_and_writes_geojson(tmp_path):
    text = tumen("reachable", "Khasan", "--km", "60").stdout
    assert "Rajin" in text
    target = tmp_path / "reach.geojson"
    assert tumen("reachable", "Khasan", "--km", "60", "--format", "geojson", "-o", str(target)).returncode == 0
    assert tumen("layers", "validate", str(target)).returncode == 0


def test_sea_distance_from_inland_names_ports_with_code_1():
    done = tumen("sea-distance", "Pyongyang", "Rajin")
    assert done.returncode == 1
    assert "port/nampo" in done.stderr


def test_layers_list_names_licence_and_accuracy():
    text = tumen("layers", "list").stdout
    for record in layers.catalog():
        assert record.name in text
        assert record.licence in text
    assert len(json.loads(tumen("layers", "list", "--json").stdout)) == len(layers.catalog())


def test_a_layer_shown_is_geojson_that_validates(tmp_path):
    target = tmp_path / "zones.geojson"
    target.write_text(tumen("layers", "show", "zones", "--as-of", "2013-12").stdout, encoding="utf-8")
    assert len(json.loads(target.read_bytes())["features"]) == 18


def test_a_feature_shown_tells_its_history_and_sources():
    text = tumen("layers", "show", "crossing/friendship-bridge").stdout
    for part in ("우정", "Мост", "1959-08-09", "length_m 623", "Sources", "ODbL-1.0"):
        assert part in text


def test_a_closed_pipe_is_not_an_error():
    with subprocess.Popen(
        [TUMEN, "layers", "show", "places"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.long
def test_validation_exit_codes(tmp_path):
    bad = tmp_path / "bad.geojson"
    bad.write_text('{"type": "FeatureCollection", "features": [{"type": "Feature"}]}', encoding="utf-8")
    done = tumen("layers", "validate", str(bad), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["issues"][0]["file"] == str(bad)
    assert tumen("layers", "validate").returncode == 0


@pytest.mark.long
def test_doctor_finds_this_installation_sound():
    done = tumen_process("doctor")
    assert done.returncode == 0, done.stdout
    assert "no problems found" in done.stdout


@pytest.mark.long
def test_build_reports_each_page(tmp_path):
    done = tumen_process("build", "power", "--out", tmp_path / "site", "--lang", "en", "--as-of", "2016")
    assert done.returncode == 0
    assert "power.html" in done.stderr
    assert (tmp_path / "site" / "index.html").is_file()


def test_every_public_name_of_maps_is_there():
    import maps

    for name in maps.__all__:
        assert getattr(maps, name) is not None
    with pytest.raises(AttributeError, match="MapBilder"):
        _ = maps.MapBilder


@pytest.mark.parametrize(
    "arguments",
    [
        ["layers", "show", "zones"],
        ["layers", "show", "zones", "--as-of", "2013-12"],
        ["layers", "show", "station/rajin", "--format", "geojson"],
        ["layers", "export", "--format", "geojsonseq", "--layers", "zones,ports", "-o", "-"],
        ["layers", "export", "--format", "geojsonseq", "--layers", "zones", "--rs", "-o", "-"],
    ],
)
def test_what_is_shown_goes_through_a_pipe_into_validation(arguments):
    done = tumen("layers", "validate", "-", input=tumen(*arguments).stdout)
    assert done.returncode == 0, done.stdout
    assert "no problem" in done.stderr


@pytest.mark.long
def test_export_carries_the_styles_of_the_maps(tmp_path):
    target = tmp_path / "x.gpkg"
    done = tumen("layers", "export", "--format", "gpkg", "--layers", "zones", "--lang", "ru", "-o", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    assert "x.gpkg.datapackage.json" in done.stderr
    with closing(sqlite3.connect(target)) as database:
        [(qml,)] = database.execute("SELECT styleQML FROM layer_styles")
    assert "Туристическая" in qml
    assert tumen("layers", "export", "--format", "gpkg", "--no-styles", "-o", str(target)).returncode == 0
    with closing(sqlite3.connect(target)) as database:
        assert not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'layer_styles'").fetchall()


def test_export_leaves_a_folder_of_others_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    done = tumen("layers", "export", "--format", "csv", "-o", str(tmp_path))
    assert done.returncode == 2
    assert "mine.txt" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_point_through_a_pipe_is_a_place():
    shown = tumen("layers", "show", "station/rajin", "--format", "geojson").stdout
    text = tumen("distance", "Khasan", "-", input=shown).stdout
    assert text == tumen("distance", "Khasan", "station/rajin").stdout
    camp = {"type": "Point", "coordinates": [130.29, 42.25]}
    feature = {"type": "Feature", "properties": {"name": "Camp", "accuracy_m": 25}, "geometry": camp}
    assert "Camp" in tumen("distance", "-", "Khasan", input=json.dumps(feature)).stdout
    assert tumen("route", "Khasan", "-", input=json.dumps(camp)).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "text", "said"),
    [
        (["-", "-"], "", "only one of FROM and TO"),
        (["-", "Rajin"], "Khasan", "expected a GeoJSON Point"),
        (["-", "Rajin"], "[]", "expected a GeoJSON Point"),
        (["-", "Rajin"], '{"type": "LineString", "coordinates": [[1, 2], [3, 4]]}', "got 'LineString'"),
        (["-", "Rajin"], '{"type": "Point", "coordinates": [42.25, 130.29]}', "are lon and lat swapped"),
    ],
)
def test_an_invalid_point_is_explained(arguments, text, said):
    done = tumen("distance", *arguments, input=text)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["distance", "Khasan", "Rajin"],
        ["sea-distance", "Rajin", "Busan"],
        ["route", "Khasan", "Rajin"],
        ["matrix", "--from", "Khasan", "--to", "Rajin"],
        ["reachable", "Khasan", "--km", "50"],
        ["layers", "list"],
        ["layers", "show", "zones"],
        ["layers", "validate"],
        ["layers", "export", "--format", "csv", "-o", "out"],
        ["claims"],
        ["build", "border", "--lang", "en"],
        ["doctor"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_no_command_passes_over_the_data_directory(arguments, tmp_path):
    done = tumen("--data", str(tmp_path / "gone"), *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "does not exist" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["layers", "show", "zones", "-o", "folder"], "folder is a folder; give the path of a file"),
        (["build", "corridor", "--out", "file"], "file is a file, or below one; give the path of a folder"),
    ],
)
def test_system_errors_are_reported_plainly(arguments, said, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    done = tumen(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, f"tumen: {said}\n")


def test_ctrl_c_ends_with_a_word_and_code_130():
    program = """
import os, signal, sys
from maps.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job has it ignored


class Keyboard:
    def read(self):
        os.kill(os.getpid(), signal.SIGINT)

sys.stdin = Keyboard()
sys.exit(main(["distance", "Khasan", "-"]))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.startswith("tumen: stopped")


def test_facts_are_listed_by_kind_and_day_and_told_in_full():
    counts = json.loads(tumen("layers", "facts", "--json").stdout)
    assert counts["services"] == len(layers.services())
    assert counts["series"] == len(layers.series_names())
    ran = json.loads(tumen("layers", "facts", "services", "--as-of", "2025-01-25", "--json").stdout)
    assert {row["id"] for row in ran} == {train.id for train in layers.services() if train.holds("2025-01-25")}
    assert "2,000  voyage/maia-1" in tumen("layers", "facts", "voyages").stdout
    text = tumen("layers", "facts", "series", "trade-far-east").stdout
    assert "period 2022, value 0.0, note Trade through the customs" in text
    assert "[sinonk-trade-2022] North Korea-Russia Trade" in text
    venture = tumen("layers", "facts", "organisations", "organisation/rasoncontrans").stdout
    assert "type owned_by, to organisation/port-of-rajin, since 2008, share_pct 30" in venture
    done = tumen("layers", "facts", "voyages", "voyage/maia")
    assert (done.returncode, "did you mean 'voyage/maia-1'?" in done.stderr) == (2, True)
    assert "--as-of selects" in tumen("layers", "facts", "series", "--as-of", "2012").stderr
