"""Your own data directory is complete in itself: no shipped file is read beside it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import layers
from layers.record.store import BESIDE, PACKAGED

pytestmark = pytest.mark.long

CALLS = {
    "catalog": "layers.catalog(data=own)",
    "sources": "layers.sources(data=own)",
    "load": "layers.load('stations', data=own)",
    "find": "layers.find('Otherkhasan', data=own), layers.gazetteer(data=own)",
    "network": "layers.network(data=own), layers.network_report(data=own)",
    "lengths": "layers.published_lengths(data=own), layers.compared_lengths(data=own)",
    "sea": "layers.sea_path('Otherkhasan', 'Busan', data=own), layers.far_ports(data=own), layers.coast('KP', data=own)",
    "lanes": "layers.sea_path('Rajin', 'Singapore', data=own), layers.lanes(data=own)",
    "traffic": "layers.services(data=own), layers.voyages(data=own), layers.stale(datetime.date(2026, 1, 1), data=own)",
    "facts": "layers.events(data=own), layers.people(data=own), layers.organisations(data=own)",
    "series": "layers.series('trade', data=own), layers.series_names(data=own)",
    "export": "layers.export('a.gpkg', 'gpkg', names=['ports'], data=own, styles=maps.gis.export_styles(data=own))",
    "sequence": "layers.export('zones.geojsonl', 'geojsonseq', names=['zones'], data=own)",
    "claims": "layers.claims(data=own), layers.check_claims(data=own)",
}
# An audit hook sees every file that the process opens, whoever opens it.
PROGRAM = """
import datetime, sys, layers, maps.gis
from pathlib import Path
own, shipped, opened = sys.argv[1], sys.argv[2], set()
sys.addaudithook(lambda event, given: opened.add(str(given[0])) if event == "open" else None)
inside = lambda folder: {{Path(name).name for name in opened if name.startswith(folder)}}
for name, call in {calls}.items():
    opened.clear()
    exec(call)
    # The sea chart is taken by the hash of the land that it was compiled from.
    print(f"~{{name}}", len(inside(own)), *sorted(inside(shipped) - {{"sea_chart.npz"}}))
"""


def files_read(calls, own, folder):
    """How many files of a directory each of some calls opens first, and which of those that ship, by the name of the call."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(calls=calls), str(own), str(PACKAGED)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=os.environ | {"TUMEN_CACHE": str(folder)},
    )
    assert done.returncode == 0, done.stderr
    lines = [line.removeprefix("~").split() for line in done.stdout.splitlines() if line.startswith("~")]
    return {name: (int(count), shipped) for name, count, *shipped in lines}


def renamed_copy(folder):
    """Copy of the data in which Khasan is called otherwise, and of which no claim, event or series is ours."""
    shutil.copytree(PACKAGED, folder)
    for name, before, after in (
        ("stations.geojson", '"name":"Khasan"', '"name":"Otherkhasan"'),
        ("gazetteer.json", '"name":"Khasan"', '"name":"Otherkhasan"'),
        ("events.json", "event/unicom-link-2010", "event/other-link-2010"),
        ("series.json", '"name":"trade-far-east"', '"name":"trade-elsewhere"'),
        ("claims.json", "S0-08", "S9-08"),
        ("organisations.json", "RasonConTrans", "OtherConTrans"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert before in text
        (folder / name).write_text(text.replace(before, after), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return renamed_copy(tmp_path_factory.mktemp("foreign") / "own")


def test_nothing_shipped_is_read(own, tmp_path):
    read = files_read(CALLS, own, tmp_path)
    assert read.keys() == CALLS.keys()
    assert {name: shipped for name, (_, shipped) in read.items() if shipped} == {}
    assert sum(count for count, _ in read.values()) > 30


def test_a_directory_holds_every_table_that_ships():
    beside = {path.name for path in PACKAGED.glob("*.json")}
    assert beside == set(BESIDE)


def test_what_is_read_is_what_the_directory_says(own):
    assert "event/other-link-2010" in {event.id for event in layers.events(data=own)}
    assert "trade-elsewhere" in layers.series_names(data=own)
    assert "OtherConTrans" in {row.name for row in layers.organisations(data=own)}
    assert "S9-08" in {claim.id for claim in layers.claims(data=own)}
    with pytest.raises(layers.UnknownSeriesError):
        layers.series("trade-far-east", data=own)
    with pytest.raises(layers.ClaimError, match="S0-08"):
        layers.check_claims(["S0-08"], data=own)


def test_the_shipped_record_is_not_touched_by_it(own):
    before = layers.events(), layers.series("trade-far-east"), layers.organisations(), layers.claims()
    layers.events(data=own), layers.organisations(data=own), layers.claims(data=own)
    assert before == (layers.events(), layers.series("trade-far-east"), layers.organisations(), layers.claims())


def test_the_variable_means_the_same(own, monkeypatch):
    monkeypatch.setenv("TUMEN_DATA", str(own))
    assert "trade-elsewhere" in layers.series_names()
    assert layers.check_claims(["S9-08"])[0].verdict == "contradicted"


def test_claims_about_what_the_directory_lacks_are_untested(own, tmp_path):
    less = shutil.copytree(own, tmp_path / "less")
    path = less / "crossings.geojson"
    path.write_text(path.read_text("utf-8").replace("crossing/friendship-bridge", "crossing/another-bridge"), "utf-8")
    path = less / "series.json"
    path.write_text(path.read_text("utf-8").replace("trade-elsewhere", "trade-nowhere"), "utf-8")
    results = {result.claim.id: result for result in layers.check_claims(data=less)}
    assert results.keys() == {result.claim.id for result in layers.check_claims(data=own)}
    lacking = [part for result in results.values() for part in result.parts if part.says.startswith("The data at hand")]
    assert {part.verdict for part in lacking} == {"untested"}
    assert any("crossing/friendship-bridge" in part.says for part in lacking)
    assert any("trade-far-east" in part.says for part in lacking)


def test_the_shipped_data_lack_nothing_that_a_claim_asks_for():
    parts = [part for result in layers.check_claims() for part in result.parts]
    assert not [part.says for part in parts if part.says.startswith("The data at hand")]


def test_directory_is_a_path_or_its_text(own):
    assert layers.series_names(data=Path(own)) == layers.series_names(data=str(own))
