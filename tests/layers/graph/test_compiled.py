"""The compiled network: the same bytes, checked rows, lazy lines, and the cache of a user's data."""

import dataclasses
import json
import shutil
import sys

import pytest

import geo
import layers
from layers.build import record
from layers.graph import archive, cache, compilation
from layers.graph.compilation import Inputs, compile_network
from layers.graph.interval import on, spells_of
from layers.graph.lazy_edge import StoredEdge
from layers.record.store import PACKAGED

pytestmark = pytest.mark.long


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Copy of the data in which Khasan is called otherwise, with a cache beside it."""
    folder = tmp_path / "own"
    shutil.copytree(PACKAGED, folder)
    rename(folder, "Khasan", "Otherkhasan")
    monkeypatch.setenv("TUMEN_CACHE", str(tmp_path / "cache"))
    return folder


def rename(folder, before, after):
    path = folder / "stations.geojson"
    path.write_text(path.read_text("utf-8").replace(f'"name":"{before}"', f'"name":"{after}"'), "utf-8")


def names(net):
    return {node.name for node in net.nodes}


def tables(folder):
    for name in compilation.TABLES:
        shutil.copy(PACKAGED / f"{name}.json", folder)


def changed(folder, name, key, row, **values):
    """Inputs in which a row of a table is another."""
    tables(folder)
    content = json.loads((folder / f"{name}.json").read_text("utf-8"))
    content[key][row] |= values
    (folder / f"{name}.json").write_text(json.dumps(content), "utf-8")
    return Inputs(PACKAGED, folder)


def test_the_file_is_what_layers_and_tables_say():
    assert compile_network(Inputs(PACKAGED, PACKAGED), strict=True) == (PACKAGED / "network.bin").read_bytes()


def test_the_catalog_has_its_hash():
    import hashlib

    row = json.loads((PACKAGED / "catalog.json").read_text("utf-8"))["network"]
    content = (PACKAGED / "network.bin").read_bytes()
    assert row["sha256"] == hashlib.sha256(content).hexdigest()
    assert row["bytes"] == len(content)


@pytest.mark.parametrize("name", ["transfers", "labels", "speeds", "ferries", "port_links"])
def test_tables_are_as_they_were_typed(name):
    assert record.texts()[name] == (PACKAGED / f"{name}.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "key", "values", "said"),
    [
        ("transfers", "transfers", {"nodes": ["station/atlantis"]}, "no edge ends at station/atlantis"),
        ("transfers", "transfers", {"between": ["rail:1520", "rail:762"]}, "no track of 762 mm ever reached"),
        ("transfers", "transfers", {"assumption": ""}, "need a source or a stated assumption"),
        ("transfers", "transfers", {"kind": "teleport"}, "kind must be one of"),
        ("transfers", "transfers", {"hours": -1}, "hours"),
        ("labels", "labels", {"on": [{"nodes": ["port/atlantis"]}]}, "no node is called port/atlantis"),
        ("labels", "labels", {"on": [{"country": ["KP"]}]}, "got country"),
        ("labels", "labels", {"on": [{"all": ["KP", "FR"]}]}, "finds nothing"),
        ("labels", "labels", {"to": "1999"}, "must end after it begins"),
    ],
)
def test_a_wrong_row_fails_and_is_named(tmp_path, name, key, values, said):
    inputs = changed(tmp_path, name, key, 0, **values)
    row = json.loads((PACKAGED / f"{name}.json").read_text("utf-8"))[key][0]["id"]
    with pytest.raises(ValueError, match=said) as caught:
        compile_network(inputs, strict=True)
    assert repr(row) in str(caught.value)


def test_a_row_for_what_a_refresh_lacks_is_left_out(tmp_path):
    inputs = changed(tmp_path, "transfers", "transfers", 0, nodes=["station/atlantis"])
    assert compile_network(inputs)


def test_no_line_is_decoded_before_somebody_looks(monkeypatch):
    monkeypatch.setattr(archive.Lines, "line", lambda *_: pytest.fail("decoded"))
    assert len(layers.network(as_of="2014-11-24").edges) > 1000


def test_loading_needs_no_library(tmp_path):
    import subprocess
    import sys

    heavy = ("numpy", "shapely", "geopandas", "pandas", "pyproj", "rustworkx", "folium")
    program = f"import sys, layers; layers.network(); print(*[m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.split() == []


def test_a_state_is_that_of_the_day():
    rows = layers.catalog().features("railways")
    bridge = next(row for row in rows if row["id"] == "rail/khasan-tumangang/khasan-tumangang")
    spells = spells_of(bridge["properties"])
    for day, gauges in (("2008-01-01", (1520,)), ("2013-09-21", (1520,)), ("2013-09-22", (1435, 1520))):
        assert on(spells, geo.parse_date(day).earliest.toordinal()).gauges_mm == gauges
    assert on(spells, 1).status == "absent"


class TestStoredEdge:
    def test_is_an_edge_with_its_line(self):
        edge = layers.network(modes=["rail"]).edge("rail/khasan-tumangang/khasan-tumangang")
        assert isinstance(edge, StoredEdge)
        assert edge.coordinates is edge.coordinates
        assert len(edge.coordinates) > 1
        plain = geo.Edge(**{field.name: getattr(edge, field.name) for field in dataclasses.fields(geo.Edge)})
        assert plain.coordinates == edge.coordinates

    def test_can_be_changed_as_any_edge(self):
        edge = layers.network(modes=["rail"]).edge("rail/khasan-tumangang/khasan-tumangang")
        other = dataclasses.replace(edge, status="closed")
        assert (other.status, other.coordinates) == ("closed", edge.coordinates)
        with pytest.raises(dataclasses.FrozenInstanceError):
            edge.status = "closed"


class TestArchive:
    def test_gives_back_what_was_packed(self):
        line = ((130.644917, 42.430056), (-180.0, -90.0), (180.0, 90.0))
        header, lines = archive.unpack(archive.pack({"a": ["하산"]}, [((1.0, 2.0),), line]))
        assert header == {"a": ["하산"]}
        assert lines.line(1, 3) == line

    @pytest.mark.parametrize(
        "damage", [lambda c: c[:-1], lambda c: b"x" + c, lambda c: c[:40] + b"\0" + c[41:], lambda _: b""]
    )
    def test_damage_is_found(self, damage):
        with pytest.raises(archive.ArchiveError):
            archive.unpack(damage(archive.pack({"a": 1}, [((1.0, 2.0), (3.0, 4.0))])))


class TestCache:
    def test_own_data_is_compiled_once(self, own, tmp_path, monkeypatch):
        assert "Otherkhasan" in names(layers.network(data=own))
        (kept,) = (tmp_path / "cache").iterdir()
        monkeypatch.setattr(compilation, "compile_network", lambda *_: pytest.fail("compiled again"))
        assert "Otherkhasan" in names(layers.network(data=own))
        assert kept.suffix == ".bin"

    def test_a_changed_layer_is_another_network(self, own, tmp_path):
        layers.network(data=own)
        rename(own, "Otherkhasan", "Thirdkhasan")
        assert "Thirdkhasan" in names(layers.network(data=own))
        assert len(list((tmp_path / "cache").iterdir())) == 2

    def test_a_damaged_one_is_compiled_again(self, own, tmp_path):
        layers.network(data=own)
        (kept,) = (tmp_path / "cache").iterdir()
        whole = kept.read_bytes()
        kept.write_bytes(whole[: len(whole) // 2])
        assert "Otherkhasan" in names(layers.network(data=own))
        assert kept.read_bytes() == whole

    def test_without_a_cache_it_works_too(self, own, tmp_path, monkeypatch):
        (tmp_path / "file").touch()
        monkeypatch.setenv("TUMEN_CACHE", str(tmp_path / "file" / "cache"))
        assert "Otherkhasan" in names(layers.network(data=own))

    @pytest.mark.skipif(sys.platform != "linux", reason="XDG_CACHE_HOME is of Linux")
    def test_lies_where_the_system_keeps_such_things(self, monkeypatch, tmp_path):
        monkeypatch.delenv("TUMEN_CACHE", raising=False)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        assert cache.cache_directory() == tmp_path / "tumen"

    def test_there_is_none_without_a_home(self, monkeypatch):
        for name in ("TUMEN_CACHE", "XDG_CACHE_HOME"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr("os.path.expanduser", lambda path: path)
        assert cache.cache_directory() is None

    def test_hostile_layers_are_told(self, own):
        content = json.loads((own / "railways.geojson").read_bytes())
        content["features"][0]["properties"]["to_node"] = "station/nowhere"
        (own / "railways.geojson").write_text(json.dumps(content), "utf-8")
        with pytest.raises(layers.DataFileError, match="station/nowhere"):
            layers.network(data=own)
