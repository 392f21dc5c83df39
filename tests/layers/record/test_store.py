"""Which data directory is read: argument, environment, package; an incomplete directory is refused."""

import json
import shutil

import pytest

import layers
import maps
from layers.record.store import PACKAGED, VARIABLE, data_directory
from tests.command import tumen


@pytest.fixture
def own(tmp_path):
    """Copy of the data in which Khasan is called otherwise."""
    folder = tmp_path / "own"
    shutil.copytree(PACKAGED, folder)
    for name in ("stations.geojson", "gazetteer.json"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace('"name":"Khasan"', '"name":"Otherkhasan"'), encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def no_directory_named(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


def test_argument_comes_before_environment_before_package(own, monkeypatch):
    assert data_directory() == PACKAGED
    monkeypatch.setenv(VARIABLE, str(own))
    assert data_directory() == own
    assert data_directory(PACKAGED) == PACKAGED
    monkeypatch.setenv(VARIABLE, "")
    assert data_directory() == PACKAGED


def test_every_function_reads_the_directory_named(own):
    assert layers.catalog(data=own).directory == own
    assert layers.find("Otherkhasan", data=own).id == "station/khasan"
    assert "Otherkhasan" in set(layers.load("stations", data=own).name)
    assert "Otherkhasan" in {node.name for node in layers.network(data=own).nodes}
    assert layers.sources(data=own).keys() == layers.sources().keys()
    assert layers.published_lengths(data=own) == layers.published_lengths()
    assert layers.latest_date(data=own) == layers.latest_date()
    assert len(layers.gazetteer(data=own)) == len(layers.gazetteer())
    assert len(layers.compared_lengths(data=own)) == len(layers.compared_lengths())
    drawn = maps.PackagedLayers(own).features("stations", None).features
    assert "Otherkhasan" in {row["properties"].get("name") for row in drawn}
    with pytest.raises(layers.UnknownPlaceError):
        layers.find("Otherkhasan")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--data", "{}", "distance", "Otherkhasan", "Rajin"),
        ("distance", "--data", "{}", "Otherkhasan", "Rajin"),
        ("distance", "Otherkhasan", "Rajin", "--data", "{}"),
        ("layers", "show", "station/khasan", "--data", "{}"),
        ("layers", "--data", "{}", "show", "station/khasan"),
        ("--data", "/nowhere", "route", "Otherkhasan", "Rajin", "--data", "{}"),
        ("doctor", "--data", "{}"),
    ],
)
def test_command_takes_it_before_and_after_the_subcommand(own, arguments):
    done = tumen(*(part.format(own) for part in arguments))
    assert "Traceback" not in done.stderr
    if arguments[0] == "doctor":  # the two files that were changed
        assert done.returncode == 1
        assert f"{own / 'stations.geojson'} is not the file that the catalog describes" in done.stdout
    else:
        assert done.returncode == 0, done.stderr
        assert "Otherkhasan" in done.stdout


def test_command_takes_it_from_the_environment(own):
    named = {VARIABLE: str(own)}
    assert "Otherkhasan" in tumen("distance", "Otherkhasan", "Rajin", env=named).stdout
    assert tumen("--data", str(PACKAGED), "distance", "Otherkhasan", "Rajin", env=named).returncode == 2


@pytest.mark.long
def test_maps_are_built_from_it(own, tmp_path):
    done = tumen("build", "corridor", "--lang", "en", "--out", str(tmp_path / "site"), "--data", str(own))
    assert done.returncode == 0, done.stderr
    assert "Otherkhasan" in (tmp_path / "site" / "corridor.html").read_text(encoding="utf-8")


def test_missing_directory_is_named(tmp_path, monkeypatch):
    with pytest.raises(
        layers.DataDirectoryError, match=r"gone' does not exist; name one that `tumen layers refresh` wrote"
    ):
        layers.catalog(data=tmp_path / "gone")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(layers.DataDirectoryError, match=r"from TUMEN_DATA"):
        layers.find("Rajin")


def test_file_is_no_directory(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(layers.DataDirectoryError, match="is not a directory"):
        layers.catalog(data=tmp_path / "file")


@pytest.mark.parametrize("name", ["catalog.json", "sources.json", "gazetteer.json", "lengths.json", "zones.geojson"])
def test_directory_that_is_not_whole_is_refused(own, name):
    (own / name).unlink()
    with pytest.raises(layers.DataDirectoryError, match=f"is not whole: {name} missing"):
        layers.find("Rajin", data=own)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"layers": 5}', '{"latest": "2026", "layers": [{"name": "zones"}]}', "[" * 100_000]
)
def test_catalog_that_is_none_is_told(own, text):
    (own / "catalog.json").write_text(text, encoding="utf-8")
    with pytest.raises(layers.DataFileError, match=r"catalog\.json"):
        layers.catalog(data=own)
    done = tumen("layers", "list", "--data", str(own))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_interrupted_refresh_is_told(own, tmp_path):
    own.rename(tmp_path / ".own.old")
    with pytest.raises(layers.DataDirectoryError, match=r"left it as .*\.own\.old"):
        layers.catalog(data=own)


@pytest.mark.long
def test_files_of_the_directory_are_checked(own):
    content = json.loads((own / "zones.geojson").read_bytes())
    content["features"][0]["properties"]["accuracy_m"] = -1
    (own / "zones.geojson").write_text(json.dumps(content), encoding="utf-8")
    done = tumen("layers", "validate", "--data", str(own))
    assert done.returncode == 1
    assert "accuracy_m" in done.stdout
