"""The commands over the multimodal network: what a user types and sees."""

import json

import pytest

from tests.command import tumen

POINT = '{"type": "Feature", "id": "station/khasan", "geometry": {"type": "Point", "coordinates": [130.645, 42.43]}}'


def rows(*arguments):
    done = tumen(*arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("command", ["route", "compare", "matrix", "reachable"])
def test_help_teaches_with_examples(command):
    text = tumen(command, "--help").stdout
    assert "examples:" in text
    assert f"  tumen {command} " in text
    for option in (
        "--mode",
        "--gauge",
        "--no-bogie-change",
        "--as-of",
        "--include-planned",
        "--avoid",
        "--load",
        "--draught",
    ):
        assert option in text


def test_the_first_trial_with_its_rules():
    text = tumen("route", "Khasan", "Pohang", "--via", "port/rajin", "--as-of", "2014-11-24", "--gauge", "1520").stdout
    assert "at Rajin" in text
    assert "rail:1520 → sea" in text
    assert "Exception to the ROK measures of 24 May 2010" in text
    assert "UNSCR" not in text


def test_modes_gauge_and_avoid_are_passed_on():
    legs = rows("route", "Khasan", "Rajin", "--mode", "rail")["legs"]
    assert {leg["mode"] for leg in legs} == {"rail", "transfer"}
    done = tumen("route", "Khasan", "station/chongjin", "--mode", "rail", "--gauge", "1520", "--no-bogie-change")
    assert done.returncode == 1
    assert "Tumangang" in done.stderr
    around = rows("route", "Khasan", "Rajin", "--avoid", "CN,port_handling")
    assert {leg["kind"] for leg in around["legs"]} == {"", "border_crossing", "reversal"}


def test_alternatives_and_units(tmp_path):
    found = rows("route", "Vladivostok", "Busan", "--alternatives", "2")["routes"]
    assert len(found) == 2
    assert tumen("route", "Khasan", "Rajin", "--unit", "verst").stdout.count("verst") > 1
    assert tumen("route", "Khasan", "Rajin", "--unit", "verst", "--explain").stdout.count("verst") > 2
    target = tmp_path / "ways.geojson"
    done = tumen("route", "Vladivostok", "Busan", "--alternatives", "2", "--format", "geojson", "-o", str(target))
    assert done.returncode == 0
    assert {row["properties"]["route"] for row in json.loads(target.read_bytes())["features"]} == {1, 2}


def test_compare_puts_modes_side_by_side():
    text = tumen("compare", "Rajin", "Vladivostok", "--unit", "nmi").stdout
    assert [line.split()[0] for line in text.splitlines()[2:6]] == ["rail", "sea", "road", "multimodal"]
    content = rows("compare", "Khasan", "station/seoul")
    assert set(content["routes"]) == {"rail", "sea", "road", "multimodal"}
    assert "closed" in content["routes"]["rail"]["reason"]
    assert content["routes"]["multimodal"]["length_m"] > content["straight_line_m"]


def test_matrix_in_hours_and_from_a_pipe():
    content = rows("matrix", "--from", "Khasan", "--from", "Rajin", "--show", "hours")
    assert 4 < content["hours"][0][1] < 10
    done = tumen("matrix", "--from", "Rajin", "--to", "-", "--format", "json", input=POINT)
    assert json.loads(done.stdout)["to_ids"] == ["station/khasan"]
    many = f'{{"type": "FeatureCollection", "features": [{POINT}, {POINT}]}}'
    assert (
        json.loads(tumen("matrix", "--from", "-", "--format", "json", input=many).stdout)["from_ids"]
        == ["station/khasan"] * 2
    )


def test_reachable_in_hours_and_from_a_pipe():
    done = tumen("reachable", "-", "--hours", "8", "--format", "json", input=POINT)
    content = json.loads(done.stdout)
    assert content["max_hours"] == 8
    assert "station/rajin" in content["nodes"]


def test_sea_distance_and_compare_take_a_pipe():
    port = '{"type": "Point", "coordinates": [130.28, 42.22]}'
    assert tumen("sea-distance", "-", "Busan", input=port).returncode == 0
    assert "Rajin" in tumen("compare", "-", "Rajin", input=POINT).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["route", "Khasan", "Rajin", "--mode", "rial"], "did you mean 'rail'"),
        (["route", "Khasan", "Rajin", "--avoid", "port_handlin"], "port_handling"),
        (["route", "Khasan", "Rajin", "--alternatives", "0"], "whole number"),
        (["reachable", "Khasan"], "required"),
        (["matrix", "--from", "-", "--to", "-"], "standard input"),
    ],
)
def test_what_is_not_understood_is_explained(arguments, said):
    done = tumen(*arguments, input=POINT)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.long
def test_doctor_reports_disconnected_parts():
    assert "ports without a railway" in tumen("doctor").stdout


def test_a_negative_longitude_is_not_read_as_an_option():
    text = tumen("distance", "-130.64,42.43", "Rajin").stdout
    assert text.startswith("-130.64,42.43 → Rajin")
    assert tumen("distance", "Rajin", "-0.5,51.5").returncode == 0
    assert (
        tumen("route", "Khasan", "Rajin", "--via", "-130.64,42.43").returncode == 1
    )  # too far from the network, and understood


def test_names_are_taken_by_their_role():
    assert rows("route", "Shenyang", "Dandong", "--mode", "rail")["from_id"] == "station/shenyang"
    assert rows("route", "Rajin", "Pohang", "--mode", "sea")["to_id"] == "port/pohang"
    assert "station/rajin (not port/rajin" in tumen("route", "Khasan", "Rajin").stdout


def test_hunchun_rajin_is_the_road_and_khasan_rajin_the_railway():
    assert {leg["mode"] for leg in rows("route", "Hunchun", "Rajin")["legs"]} == {"road", "transfer"}
    assert {leg["mode"] for leg in rows("route", "Khasan", "Rajin")["legs"]} == {"rail", "transfer"}


def test_a_port_by_way_handles_and_a_call_does_not():
    asked = ("route", "Khasan", "port/dangjin", "--load", "coal", "--as-of", "2015-04-20", "--via", "port/rajin")
    handled = [leg["from_id"] for leg in rows(*asked)["legs"] if leg["kind"] == "port_handling"]
    assert handled == ["port/rajin", "port/dangjin"]
    called = rows(*asked, "--call", "port/busan")
    assert [leg["from_id"] for leg in called["legs"] if leg["kind"] == "port_handling"] == handled
    assert "port/busan" in [leg["to_id"] for leg in called["legs"]]


def test_one_set_of_defaults():
    route = rows("route", "Ussuriysk", "Rajin")
    compared = rows("compare", "Ussuriysk", "Rajin")["routes"]["multimodal"]
    table = rows("matrix", "--from", "Ussuriysk", "--to", "Rajin")
    assert route["length_m"] == compared["length_m"] == table["lengths_m"][0][0]
    assert route["hours"] == compared["hours"] == table["hours"][0][0]
