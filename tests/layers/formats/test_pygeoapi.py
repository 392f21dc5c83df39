"""The layers as OGC API - Features: the configuration as pygeoapi reads it, and the responses of a running server."""

import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pyogrio
import pytest
import yaml

import layers
from layers.formats import ExportStyles, pygeoapi, read
from layers.formats.exporter import Options, write
from tests.layers.formats import hostile_layer

ROOT = Path(__file__).parents[3]
PROGRAM = shutil.which(os.environ.get("TUMEN_PYGEOAPI") or ROOT / "build" / "pygeoapi" / "bin" / "pygeoapi")
NAMES = ["zones", "crossings", "stations"]


def test_configuration_describes_each_layer(tmp_path):
    files = layers.export(tmp_path / "api", "pygeoapi", names=NAMES)
    assert {file.name for file in files} >= {"pygeoapi.yml", "zones.geojson", "crossings.geojson", "datapackage.json"}
    resources = yaml.safe_load((tmp_path / "api" / "pygeoapi.yml").read_bytes())["resources"]
    assert list(resources) == NAMES
    zones, record = resources["zones"], layers.catalog()["zones"]
    assert zones["title"] == record.title
    assert zones["description"].startswith(record.attribution)
    assert zones["extents"]["spatial"]["bbox"] == list(record.bbox)
    assert str(zones["extents"]["temporal"]["begin"]) == "1991-12-28"
    assert zones["links"][0] | {"type": ""} == {
        "type": "",
        "rel": "license",
        "title": "Creative Commons Attribution 4.0 International",
        "href": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert (zones["providers"][0]["data"], zones["providers"][0]["time_field"]) == ("zones.geojson", "valid_from")
    again = layers.export(tmp_path / "api", "pygeoapi", names=NAMES)  # in place of the first
    assert again == files


def test_a_layer_without_features_is_left_out():
    states = read(["crossings", "zones"], "1980")
    assert [len(state.features) > 0 for state in states] == [True, False]
    assert list(yaml.safe_load(pygeoapi.config(states, layers.sources()))["resources"]) == ["crossings"]


def test_a_layer_cannot_ask_for_environment_variables(tmp_path):
    write([hostile_layer.state()], tmp_path / "api", "pygeoapi", Options(layers.sources(), ExportStyles()))
    text = (tmp_path / "api" / "pygeoapi.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{(\w+)", text)) == {"PYGEOAPI_HOST", "PYGEOAPI_PORT", "PYGEOAPI_URL"}
    assert yaml.safe_load(text)["resources"]
    assert pygeoapi._text("${HOME}") == "$ {HOME}"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a pygeoapi that serves three layers."""
    folder = tmp_path_factory.mktemp("api") / "api"
    layers.export(folder, "pygeoapi", names=NAMES)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "PYGEOAPI_CONFIG": "pygeoapi.yml",
        "PYGEOAPI_OPENAPI": "openapi.yml",
        "PYGEOAPI_PORT": str(port),
        "PYGEOAPI_URL": url,
    }
    environment.pop("PYTHONPATH", None)
    words = [PROGRAM, "openapi", "generate", "pygeoapi.yml", "--output-file", "openapi.yml"]
    subprocess.run(words, cwd=folder, env=environment, check=True, capture_output=True)
    with subprocess.Popen(
        [PROGRAM, "serve"], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait(url, server)
            yield url
        finally:
            server.terminate()


def _wait(url, server):
    for _ in range(600):
        assert server.poll() is None, "pygeoapi ended by itself"
        try:
            urllib.request.urlopen(f"{url}/conformance", timeout=5).close()  # noqa: S310 - loopback
        except OSError:  # not up yet, or busy
            time.sleep(0.1)
        else:
            return
    pytest.fail("pygeoapi does not answer")


@pytest.mark.pygeoapi
@pytest.mark.skipif(PROGRAM is None, reason="pygeoapi is missing; scripts/pygeoapi installs it")
def test_a_running_pygeoapi_serves_the_layers_to_gdal(address):
    source = f"OAPIF:{address}"
    assert [name for name, _ in pyogrio.list_layers(source)] == NAMES
    zones = pyogrio.read_dataframe(source, layer="zones").set_index("id")
    expected = layers.load("zones").set_index("id")
    assert set(zones.index) == set(expected.index)
    assert "CRS84" in str(zones.crs)
    shapes = expected.geometry.loc[zones.index].set_crs(zones.crs, allow_override=True)
    assert zones.geometry.geom_equals_exact(shapes, 1e-7).all()
    assert (zones.name_ko.fillna("") == expected.name_ko.loc[zones.index].fillna("")).all()
    near = pyogrio.read_dataframe(source, layer="stations", bbox=(130, 42, 131, 43))
    assert {"Khasan", "Tumangang", "Rajin"} <= set(near.name)
    assert len(near) < layers.catalog()["stations"].features
    with urllib.request.urlopen(f"{address}/collections/stations/items/station/rajin?f=json") as answer:  # noqa: S310
        assert "라진" in json.load(answer)["properties"]["name_ko"]
