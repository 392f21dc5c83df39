"""Checks of the network, of claims and of sources: each finds its kind of error, and our data passes all of them."""

import json
import shutil

import pytest

from layers.build import index, table
from layers.build.__main__ import ORDER
from layers.build.collection import read_collection
from layers.record.store import PACKAGED
from layers.validation import validate
from layers.validation.claim import check_claims
from layers.validation.topology import check_topology

LAYERS = (
    "railways", "stations", "crossings", "border", "territories", "zones", "ports", "places", "road_links", "checkpoints",
)  # fmt: skip
FILES = {name: f"{name}.geojson" for name in LAYERS}


@pytest.fixture
def held():
    return {name: json.loads((PACKAGED / f"{name}.geojson").read_bytes())["features"] for name in LAYERS}


def row(held, layer, feature_id):
    return next(item for item in held[layer] if item["id"] == feature_id)


def problems(held):
    return [str(issue) for issue in check_topology(held, FILES)]


@pytest.mark.long
class TestNetwork:
    def test_ours_is_sound(self, held):
        assert problems(held) == []

    def test_section_that_ends_in_the_open(self, held):
        row(held, "railways", "rail/khasan-tumangang/khasan-tumangang")["geometry"]["coordinates"][-1][0] += 0.001
        assert any("it ends 82 m from 'station/tumangang'" in text for text in problems(held))

    def test_station_without_a_section(self, held):
        rajin = row(held, "stations", "station/rajin")
        held["stations"].append({**rajin, "id": "station/x", "properties": rajin["properties"] | {"id": "station/x"}})
        assert any("station/x, id: no section begins or ends" in text for text in problems(held))

    def test_section_that_passes_a_station_without_a_joint(self, held):
        section = row(held, "railways", "rail/hambuk/kwangok-rajin")
        lon, lat = section["geometry"]["coordinates"][1]
        mulgol = row(held, "stations", "station/mulgol")
        mulgol["geometry"]["coordinates"] = [lon, lat + 0.0002]
        assert any("'rail/hambuk/kwangok-rajin' passes it at" in text for text in problems(held))
        mulgol["properties"]["exceptions"] = [
            {"check": "joint", "concerns": section["id"], "reason": "It stands below."}
        ]
        assert not any("'rail/hambuk/kwangok-rajin' passes it at" in text for text in problems(held))

    def test_break_of_gauge_must_be_stated(self, held):
        row(held, "railways", "rail/khasan-tumangang/khasan-tumangang")["properties"]["gauge_mm"] = [1520]
        row(held, "crossings", "crossing/friendship-bridge")["properties"]["gauge_mm"] = [1520]
        row(held, "railways", "rail/hongui/chokchi-tumangang")["properties"]["gauge_mm"] = [1435]
        assert any(
            "station/tumangang, break_of_gauge: the gauges that meet here are" in text for text in problems(held)
        )
        row(held, "stations", "station/tumangang")["properties"]["break_of_gauge"] = True
        assert not any("station/tumangang, break_of_gauge" in text for text in problems(held))

    def test_break_of_gauge_that_is_none(self, held):
        row(held, "stations", "station/rajin")["properties"]["break_of_gauge"] = True
        assert any("remove break_of_gauge" in text for text in problems(held))

    def test_gauge_does_not_change_on_a_bridge(self, held):
        row(held, "crossings", "crossing/friendship-bridge")["properties"]["gauge_mm"] = [1520]
        assert any(
            "its gauge is [1435, 1520], that of 'crossing/friendship-bridge' [1520]" in text for text in problems(held)
        )


@pytest.mark.long
class TestBorders:
    def test_railway_over_a_border_without_a_crossing(self, held):
        held["crossings"] = [item for item in held["crossings"] if item["id"] != "crossing/friendship-bridge"]
        assert any("runs from KP and RU and no rail crossing" in text for text in problems(held))

    def test_exception_stands_in_the_data(self, held):
        section = row(held, "railways", "rail/gyeongwon-link/pyonggang-woljeongri")["properties"]
        (entry,) = section.pop("exceptions")
        assert entry["reason"]
        assert any("runs from KP and KR and no rail crossing" in text for text in problems(held))

    @pytest.mark.parametrize("named", [True, False], ids=["names its crossing", "runs over it"])
    def test_open_railway_over_a_shut_crossing(self, held, named):
        section = row(held, "railways", "rail/khasan-tumangang/khasan-tumangang")["properties"]
        section["history"] = [entry for entry in section["history"] if entry["status"] == "operating"]
        if not named:
            del section["crossing"]
        (found,) = [text for text in problems(held) if "khasan-tumangang" in text]
        assert "it is operating on 2020-02-03, its crossing 'crossing/friendship-bridge' is suspended" in found

    def test_open_road_over_a_shut_crossing(self, held):
        section = row(held, "road_links", "road/hunchun-rajin/quanhe-wonjong")["properties"]
        section["history"] = section["history"][:1]
        assert any("its crossing 'crossing/quanhe-wonjong' is suspended" in text for text in problems(held))

    def test_open_checkpoint_on_a_shut_crossing(self, held):
        section = row(held, "checkpoints", "checkpoint/dandong")["properties"]
        section["history"] = section["history"][:1]
        assert any("'crossing/sino-korean-friendship-bridge' is suspended" in text for text in problems(held))

    def test_a_crossing_that_is_named_and_not_there(self, held):
        row(held, "road_links", "road/hunchun-rajin/quanhe-wonjong")["properties"]["crossing"] = "crossing/none"
        assert any("there is no crossing 'crossing/none'" in text for text in problems(held))

    def test_an_exception_from_the_state_of_a_crossing_stands_in_the_data(self, held):
        section = row(held, "road_links", "road/hunchun-rajin/quanhe-wonjong")["properties"]
        section["history"] = section["history"][:1]
        section["exceptions"] = [{"check": "status", "concerns": "crossing/quanhe-wonjong", "reason": "A ford."}]
        assert not [text for text in problems(held) if "quanhe-wonjong" in text]

    def test_zone_abroad(self, held):
        row(held, "zones", "zone/kaesong")["geometry"]["coordinates"] = [127.5, 36.5]
        assert any("outside KP" in text for text in problems(held))


def claim(status="operating", *, statuses=None, **more):
    history = [{"date": str(1990 + n), "status": one} for n, one in enumerate(statuses or [status])]
    return {
        "status": status,
        "history": history,
        "kind": "main_line",
        "geometry_method": "osm",
        "valid_to": None,
    } | more


@pytest.mark.parametrize(
    ("properties", "problem"),
    [
        (claim("planned"), "what is not built cannot be surveyed"),
        (claim("studied", geometry_method="surveyed"), "what is not built cannot be surveyed"),
        (claim("planned", statuses=["operating", "planned"], geometry_method="schematic"), "what exists is no plan"),
        (
            claim("cancelled", statuses=["operating", "cancelled"], geometry_method="schematic"),
            "what exists is no plan",
        ),
        (claim(valid_to="2001"), "has ended on 2001"),
        (claim(kind="severed_link"), "cannot be operating"),
    ],
)
def test_claim_that_cannot_be_true(properties, problem):
    (issue,) = check_claims(properties, "x.geojson", "a/x")
    assert problem in issue.problem
    excepted = properties | {"exceptions": [{"check": "status", "reason": "It is told so."}]}
    assert not list(check_claims(excepted, "x.geojson", "a/x"))


@pytest.mark.parametrize(
    "properties",
    [
        claim(),
        claim("planned", geometry_method="schematic"),
        claim("planned", kind="special_economic_zone", geometry_method="osm"),
        claim("planned", statuses=["planned", "suspended", "planned"], geometry_method="published"),
        claim("closed", valid_to="2001"),
        {"kind": "city"},
    ],
)
def test_claim_that_can(properties):
    assert not list(check_claims(properties, "x.geojson", "a/x"))


class TestSources:
    @pytest.mark.long
    def test_unused_one_is_told(self, tmp_path):
        folder = shutil.copytree(PACKAGED, tmp_path / "data")
        content = json.loads((folder / "sources.json").read_bytes()) | {
            "nobody-cites-me": {"title": "x", "kind": "press"}
        }
        (folder / "sources.json").write_text(json.dumps(content), encoding="utf-8")
        (issue,) = validate(data=folder)
        assert (issue.file, issue.feature, issue.problem) == (
            "sources.json",
            "nobody-cites-me",
            "the source is not cited",
        )

    def test_every_one_in_the_tables_is_used(self):
        cited = json.loads(index.sources([read_collection(PACKAGED / f"{name}.geojson") for name in ORDER]))
        assert table.read_sources().keys() == cited.keys()
