"""One evaluation of the claims: popups, claims page and command show the same verdicts."""

import json

import pytest

import layers
import maps
from maps.cli.main import main
from maps.page import claim_notes
from maps.page.claim_notes import claims_block
from maps.page.claims_table import claim_rows

pytestmark = pytest.mark.long

POINT = {
    "type": "Feature",
    "id": "port/rajin",
    "properties": {},
    "geometry": {"type": "Point", "coordinates": [130, 42]},
}


@pytest.fixture(scope="module")
def source():
    return maps.PackagedLayers()


@pytest.fixture(scope="module")
def drawn(source):
    """Layers of the themes that carry most of what claims are about."""
    return [
        drawn
        for name in ("claims", "continental", "corridor", "zones")
        for drawn in maps.MapBuilder(name, source=source).layers()
    ]


def commanded(capsys, *options):
    assert main([*options, "claims", "--json"]) == 0
    return {row["id"]: row for row in json.loads(capsys.readouterr().out)}


def test_popups_table_map_and_command_agree_on_every_claim(source, drawn, capsys):
    told = {key: row["verdict"] for key, row in commanded(capsys).items()}
    assert {"S0-26", "S2-27"} <= told.keys()
    table = claim_rows(maps.theme("claims").story.claims, source.citations(), "en")
    assert {row["id"]: row["verdict"] for article in table["articles"] for row in article["rows"]} == told
    points = [feature for layer in drawn if layer.layer.source == "claims" for feature in layer.features]
    placed = {feature["id"].removeprefix("claim/"): feature["properties"]["verdict"] for feature in points}
    assert placed
    assert placed.items() <= told.items()
    notes = claims_block(drawn, source, ["en"])["notes"]
    assert {key: note["verdict"] for key, note in notes.items()}.items() <= told.items()
    assert {"S0-26", "S2-27"} <= notes.keys()


def test_popups_are_about_the_features_that_the_command_lists(source, drawn, capsys):
    block = claims_block(drawn, source, ["en"])
    carried = {str(feature["id"]) for layer in drawn for feature in layer.carried}
    for key, row in commanded(capsys).items():
        about = {feature for feature, ids in block["of"].items() if key in ids}
        assert about == set(row["features"]) & carried


def test_page_without_layers_of_the_record_evaluates_no_claim(monkeypatch, source, theme_file):
    monkeypatch.setattr(claim_notes, "verdicts", lambda _data: pytest.fail("evaluated"))
    page = maps.MapBuilder(theme_file(""), langs="en", source=source).add(
        {"type": "FeatureCollection", "features": [POINT]}
    )
    assert claims_block(page.layers(), source, ["en"]) == {"of": {}, "notes": {}}
    assert '"port/rajin"' in page.render().html


def test_other_data_have_no_claims_of_ours(monkeypatch, drawn):
    monkeypatch.setattr(claim_notes, "verdicts", lambda _data: pytest.fail("evaluated"))
    assert claims_block(drawn, maps.GeoJsonFolder("/nowhere"), ["en"]) == {"of": {}, "notes": {}}


def test_claims_are_those_of_the_directory_of_the_page(tmp_path, capsys):
    import shutil

    own = shutil.copytree(layers.data_directory(), tmp_path / "own")
    path = own / "events.json"
    path.write_text(path.read_text("utf-8").replace("event/rouble-agreement-2014", "event/other-2014"), "utf-8")
    told = {key: row["verdict"] for key, row in commanded(capsys, "--data", str(own)).items()}
    assert told != {key: row["verdict"] for key, row in commanded(capsys).items()}
    source = maps.PackagedLayers(own)
    table = claim_rows(maps.theme("claims").story.claims, source.citations(), "en", own)
    assert {row["id"]: row["verdict"] for article in table["articles"] for row in article["rows"]} == told
    notes = claims_block(maps.MapBuilder("corridor", source=source).layers(), source, ["en"])["notes"]
    assert {key: note["verdict"] for key, note in notes.items()}.items() <= told.items()
