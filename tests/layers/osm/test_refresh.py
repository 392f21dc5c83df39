"""A synthetic extract of the lower Tumen gives a complete data directory with its geometry, or nothing."""

import hashlib
import json
import shutil
import signal
import subprocess
import sys

import pytest
from osmium.osm.mutable import Relation

import geo
import layers
from layers.osm import refresh
from layers.osm.directory import write_directory
from layers.record.store import PACKAGED
from layers.validation import validate
from tests.command import tumen

from .scene import DATE, LINE, STATIONS, Scene, add_structures, tumen_scene

pytestmark = pytest.mark.long

SHIPPED = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in PACKAGED.iterdir()}


@pytest.fixture(scope="module", autouse=True)
def package_stays_as_it_is():
    yield
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in PACKAGED.iterdir()} == SHIPPED


def whole_scene():
    return add_structures(tumen_scene(without=("station/kwangok",)))


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    folder = tmp_path_factory.mktemp("refresh")
    return refresh(whole_scene().write(folder / "tumen.osm.pbf"), folder / "data"), folder / "data"


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """Of an extract with a gap in the track, a node missing, no header, no relations, stations astray and a gauge of its own."""
    scene = tumen_scene(without=("station/kwangok", "station/sonbong", "station/rajin"), gauge="1435")
    scene.node((130.6, 42.2), railway="station", name="Kwangok")
    for station, name, off in (("sonbong", "선봉역", 0.004), ("sonbong", "선봉역", -0.008), ("rajin", "Rajin", 0.01)):
        lon, lat = STATIONS[f"station/{station}"]["geometry"]["coordinates"]
        scene.node((lon + off, lat), railway="station", name=name)
    number, nodes, tags = scene.ways[-1]
    scene.ways[-1] = (number, [nodes[0], 999_999, *nodes[1:]], tags)
    del scene.ways[len(scene.ways) // 3]  # between Mulgol and Ungsang
    folder = tmp_path_factory.mktemp("odd")
    path = cut(scene.write(folder / "odd.osm.pbf", header=False), "edge")
    return refresh(path, folder / "data"), folder / "data"


def rows(directory, layer):
    return {row["id"]: row for row in layers.catalog(data=directory).features(layer)}


class TestWholeDirectory:
    def test_is_valid(self, done):
        report = validate(data=done[1])
        assert report.ok, "\n".join(map(str, report))

    def test_records_are_true(self, done):
        known = layers.catalog(data=done[1])
        for record in known:
            content = known.path(record.name).read_bytes()
            assert (hashlib.sha256(content).hexdigest(), len(content)) == (record.sha256, record.bytes)
        assert known["railways"].retrieved == DATE
        assert known["railways"].processing == "tumen layers refresh --from tumen.osm.pbf"
        assert known["zones"] == layers.catalog(data=PACKAGED)["zones"]

    def test_an_extract_without_a_base_map_leaves_ours(self, done):
        for name in ("shore", "water_areas", "roads", "lakes", "rivers"):
            assert layers.catalog(data=done[1])[name] == layers.catalog(data=PACKAGED)[name]

    def test_extract_is_a_source(self, done):
        source = layers.sources(data=done[1])["osm-extract"]
        assert (source.date, source.kind) == (DATE, "dataset")
        assert "sha256" in source.note

    def test_same_extract_gives_the_same_bytes(self, done, tmp_path):
        refresh(whole_scene().write(tmp_path / "tumen.osm.pbf"), tmp_path / "again")
        for file in (tmp_path / "again").iterdir():
            same = file.read_text(encoding="utf-8") == (done[1] / file.name).read_text(encoding="utf-8")
            assert same or file.name == "sources.json"  # which holds the hash of the extract

    def test_routes_run_over_it(self, done):
        net = layers.network(data=done[1], modes=["rail"])
        trip = geo.route(net, layers.find("Khasan", data=done[1]), layers.find("Hongui", data=done[1]))
        laid = rows(done[1], "railways")
        parts = ("khasan-tumangang/khasan-tumangang", "hongui/chokchi-tumangang", "hongui/hongui-chokchi")
        drawn_m = sum(leg.geometry_m or leg.length_m for leg in trip.legs)
        assert drawn_m == pytest.approx(sum(laid[f"rail/{part}"]["properties"]["length_m"] for part in parts))

    def test_no_layer_mixes_licences(self, done):
        for record in layers.catalog(data=done[1]):
            for row in layers.catalog(data=done[1]).features(record.name):
                assert row["properties"]["licence"] == record.licence
                if "osm-extract" in row["properties"]["sources"]:
                    assert record.licence == "ODbL-1.0"
        assert (done[1] / "ports.geojson").read_bytes() == (PACKAGED / "ports.geojson").read_bytes()


class TestStations:
    def test_are_found_by_names_in_any_script(self, done):
        moved = {item.id for item in done[0].moved}
        assert set(LINE) - {"station/kwangok"} <= moved

    def test_go_where_the_extract_has_them(self, done):
        (moved,) = [item for item in done[0].moved if item.id == "station/hongui"]
        assert moved.offset_m == pytest.approx(271, abs=10)

    def test_keep_names_dates_sources_history(self, done):
        for station, row in rows(done[1], "stations").items():
            old, new = STATIONS[station]["properties"], row["properties"]
            for key in old.keys() - {"accuracy_m", "geometry_method", "sources", "note"}:
                assert new[key] == old[key]
            assert [source for source in new["sources"] if source != "osm-extract"] == old["sources"]

    def test_without_a_name_are_told(self, done):
        (missed,) = [item for item in done[0].unmatched if item.id == "station/kwangok"]
        assert missed.reason == "no station of any of its names"

    def test_new_ones_are_told_and_not_added(self, done):
        assert "새로운역" in {item.name for item in done[0].appeared}
        assert rows(done[1], "stations").keys() == STATIONS.keys()

    def test_far_away_twice_or_off_the_track_are_not_taken(self, odd):
        reasons = {item.id: item.reason for item in odd[0].unmatched}
        assert "km away, more than" in reasons["station/kwangok"]
        assert "several of its name" in reasons["station/sonbong"]
        assert reasons["station/rajin"] == "there is no track within 300 m of it"


class TestSections:
    def test_follow_the_track(self, done):
        section = rows(done[1], "railways")["rail/khasan-tumangang/khasan-tumangang"]
        properties = section["properties"]
        assert properties["geometry_method"] == "osm"
        assert properties["accuracy_m"] == 30
        assert len(section["geometry"]["coordinates"]) > 20
        line = [tuple(pair) for pair in section["geometry"]["coordinates"]]
        assert geo.line_length(line) == pytest.approx(properties["length_m"], abs=2)
        assert properties["gauge_mm"] == [1435, 1520]
        assert "Drawn by hand" not in properties["note"]

    def test_uncertainty_is_not_less_than_the_distance_from_the_published_length(self, done):
        row = rows(done[1], "railways")["rail/hambuk/mulgol-ungsang"]["properties"]
        published_m = abs(row["chainage_to_km"] - row["chainage_from_km"]) * 1000
        assert row["length_uncertainty_m"] >= abs(row["length_m"] - published_m) - 1

    def test_between_stations_that_moved_stay_joined(self, done):
        assert "rail/hambuk/songhak-hongui" in done[0].anchored
        stations = rows(done[1], "stations")
        row = rows(done[1], "railways")["rail/hambuk/songhak-hongui"]
        assert row["geometry"]["coordinates"][-1] == stations["station/hongui"]["geometry"]["coordinates"]
        assert row["properties"]["geometry_method"] == "schematic"

    def test_gauge_is_told_and_not_changed(self, odd):
        section = "rail/khasan-tumangang/khasan-tumangang"
        told = {item.id: (item.ours, item.theirs) for item in odd[0].differences if item.attribute == "gauge_mm"}
        assert told[section] == ("1435, 1520", "1435")
        assert rows(odd[1], "railways")[section]["properties"]["gauge_mm"] == [1435, 1520]

    def test_way_around_a_gap_is_refused(self, odd):
        (missed,) = [item for item in odd[0].unmatched if "not joined by track" in item.reason]
        assert missed.id == "rail/hambuk/mulgol-ungsang"

    def test_disused_track_is_no_running_line(self, tmp_path):
        scene = tumen_scene()
        scene.ways = [(n, nodes, tags | {"railway": "disused"}) for n, nodes, tags in scene.ways]
        scene.track([(130.5, 42.3), (130.51, 42.3)])
        report = refresh(scene.write(tmp_path / "x.osm.pbf"))
        assert not [item for item in report.moved if item.layer == "railways"]


class TestStructures:
    def test_bridge_is_put_together_from_its_halves(self, done):
        row = rows(done[1], "crossings")["crossing/friendship-bridge"]
        assert row["geometry"]["type"] == "LineString"
        assert row["properties"]["length_m"] == 623
        (moved,) = [item for item in done[0].moved if item.id == "crossing/friendship-bridge"]
        assert moved.offset_m < 10
        assert moved.how.count("way/") == 2

    def test_missing_bridge_is_told_as_vanished(self, done):
        assert {item.id for item in done[0].unmatched if item.vanished} >= {
            "crossing/tumen-road-bridge",
            "pier/rajin-3",
        }

    def test_piers_go_into_a_layer_of_their_own(self, done):
        piers = layers.load("piers", data=done[1])
        assert sorted(piers.id) == ["pier/rajin-1/osm", "pier/rajin-2/osm"]
        assert set(piers.geometry.geom_type) == {"Polygon"}
        assert "piers" not in layers.catalog(data=PACKAGED)

    def test_power_line_over_the_border_is_told_and_plans_stay(self, done):
        (line,) = [item for item in done[0].appeared if item.layer == "power"]
        assert line.why == "a power line of 110000 V over border/ru-kp-river"
        assert (done[1] / "power.geojson").read_bytes() == (PACKAGED / "power.geojson").read_bytes()


def cut(path, kind):
    content = path.read_bytes()
    if kind == "block":
        path.write_bytes(content[: len(content) - 20])
    elif kind == "header":
        path.write_bytes(content[:20])
    elif kind == "edge":  # the last blob goes as a whole
        position, begins = 0, []
        while position < len(content):
            begins.append(position)
            length = int.from_bytes(content[position : position + 4], "big")
            head = content[position + 4 : position + 4 + length]
            at, size, shift = head.rindex(b"\x18") + 1, 0, 0
            while True:
                size |= (head[at] & 0x7F) << shift
                shift += 7
                at += 1
                if head[at - 1] < 0x80:
                    break
            position += 4 + length + size
        path.write_bytes(content[: begins[-1]])
    return path


class TestBrokenExtract:
    """Nothing is written, and the message says what to do."""

    @pytest.fixture
    def good(self, tmp_path):
        return tumen_scene().write(tmp_path / "x.osm.pbf")

    def assert_refused(self, path, *parts):
        target = path.parent / "data"
        done = tumen("layers", "refresh", "--from", path, "--data", target)
        assert done.returncode == 1, done.stdout
        assert "Traceback" not in done.stderr
        assert done.stderr.count("\n") == 1
        for part in parts:
            assert part in done.stderr
        assert not target.exists()
        assert [file.name for file in path.parent.iterdir() if file != path] == []

    @pytest.mark.parametrize("kind", ["block", "header"])
    def test_cut_within_a_block(self, good, kind):
        self.assert_refused(cut(good, kind), "it was cut off", "get it again")

    def test_what_it_lacks_is_warned_of(self, odd):
        warnings = "\n".join(odd[0].warnings)
        assert "compare its size or checksum" in warnings  # it was cut between two blocks
        assert "1 nodes of ways are not in it" in warnings
        assert "states no date" in warnings
        assert len(odd[0].date) == len(DATE)
        assert odd[0].moved

    def test_damaged_inside(self, good):
        content = bytearray(good.read_bytes())
        middle = len(content) // 2
        content[middle : middle + 400] = bytes(400)
        good.write_bytes(content)
        self.assert_refused(good, "get it again")

    @pytest.mark.parametrize(
        ("content", "part"),
        [
            (b"", "the file is empty"),
            (b"hello, I am no extract", "not an OSM PBF"),
            (b"<?xml version='1.0'?><osm/>", "OSM XML"),
            (b"BZh91AY", "bzip2"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"\x00" * 64, "not an OSM PBF"),
            (b"\x00\x00\x00\x0d\x0a\x09OSMHeader", "cut off"),
            (b'{"type": "FeatureCollection", "features": []}', "not an OSM PBF"),
        ],
    )
    def test_no_pbf(self, tmp_path, content, part):
        (tmp_path / "x.osm.pbf").write_bytes(content)
        self.assert_refused(tmp_path / "x.osm.pbf", part)

    def test_missing_or_a_folder(self, tmp_path):
        for path in (tmp_path / "gone.osm.pbf", tmp_path):
            done = tumen("layers", "refresh", "--from", path, "--dry-run")
            assert done.returncode == 1
            assert "cannot be read" in done.stderr

    def test_empty(self, tmp_path):
        self.assert_refused(Scene().write(tmp_path / "x.osm.pbf"), "holds no")

    def test_without_railways(self, tmp_path):
        scene = Scene()
        scene.way([scene.node((130.5, 42.4)), scene.node((130.6, 42.4))], highway="primary", bridge="yes")
        self.assert_refused(scene.write(tmp_path / "x.osm.pbf"), "it holds no railway")

    def test_of_another_region(self, tmp_path):
        scene = Scene()
        scene.track([(13.3, 52.5), (13.4, 52.5), (13.5, 52.6)])
        self.assert_refused(scene.write(tmp_path / "x.osm.pbf", header=False), "of another region", "130–131° E")

    def test_of_the_region_without_anything_of_ours(self, tmp_path):
        scene = Scene()
        scene.track([(130.3, 42.3), (130.4, 42.3)])
        self.assert_refused(scene.write(tmp_path / "x.osm.pbf"), "nothing that could be matched")

    def test_what_is_broken_in_it_changes_nothing_else(self, done, tmp_path):
        scene = whole_scene()
        scene.ways += scene.ways[:4]
        scene.again = [1, 2, 3]
        for number, members in enumerate(([], [("w", 10**9, "outer")], [("r", 2, "")], [("n", -5, "x")]), 2):
            scene.relations.append(Relation(id=number, version=1, members=members, tags={"type": "multipolygon"}))
        node = scene.node((130.5, 42.4))
        for nodes in ([], [node], [node, node]):
            scene.way(nodes, railway="rail")
            scene.way(nodes, bridge="yes", railway="rail")
            scene.way(nodes, man_made="pier")
        report = refresh(scene.write(tmp_path / "broken.osm.pbf"))
        assert report.moved == done[0].moved
        assert any(text.startswith("3 nodes stand twice") for text in report.warnings)

    def test_osmium_missing_is_told(self, good, monkeypatch):
        monkeypatch.setitem(sys.modules, "osmium", None)
        with pytest.raises(layers.ExtractError, match=r"needs the package osmium.*pip install osmium"):
            refresh(good)


class TestTarget:
    @pytest.fixture
    def extract(self, tmp_path):
        return tumen_scene().write(tmp_path / "x.osm.pbf")

    def test_dry_run_writes_nothing(self, extract, tmp_path):
        done = tumen("layers", "refresh", "--from", extract, "--dry-run", "--data", tmp_path / "data")
        assert done.returncode == 0
        assert "station/hongui" in done.stdout
        assert "nothing was written" in done.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["x.osm.pbf"]

    def test_must_be_named(self, extract, monkeypatch):
        monkeypatch.delenv("TUMEN_DATA", raising=False)
        done = tumen("layers", "refresh", "--from", extract)
        assert done.returncode == 2
        assert "no directory to write to" in done.stderr

    def test_may_stand_in_the_environment(self, extract, tmp_path):
        environment = {"TUMEN_DATA": str(tmp_path / "data")}
        assert tumen("layers", "refresh", "--from", extract, env=environment).returncode == 0
        assert json.loads(tumen("layers", "diff", tmp_path / "data", "--json", env=environment).stdout)["moved"]

    @pytest.mark.parametrize("place", [PACKAGED, PACKAGED / "deeper", PACKAGED.parent, PACKAGED.parents[1]])
    def test_is_never_the_package(self, extract, place):
        with pytest.raises(layers.DataDirectoryError, match="where tumen is installed"):
            refresh(extract, place)

    def test_link_to_the_package_is_seen_through(self, extract, tmp_path):
        (tmp_path / "link").symlink_to(PACKAGED)
        with pytest.raises(layers.DataDirectoryError, match="where tumen is installed"):
            refresh(extract, tmp_path / "link")

    def test_files_of_others_are_not_overwritten(self, extract, tmp_path):
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "thesis.odt").touch()
        with pytest.raises(layers.DataDirectoryError, match=r"thesis\.odt"):
            refresh(extract, tmp_path / "mine")
        with pytest.raises(layers.DataDirectoryError, match="is a file"):
            refresh(extract, extract)

    def test_older_directory_is_replaced_whole(self, done, extract, tmp_path):
        target = shutil.copytree(done[1], tmp_path / "data")
        assert (target / "piers.geojson").is_file()
        refresh(extract, target)
        assert not (target / "piers.geojson").exists()
        assert validate(data=target).ok
        assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "x.osm.pbf"]


class TestFailureWhileWriting:
    """The old directory stays as it was."""

    @pytest.fixture
    def target(self, done, tmp_path):
        return shutil.copytree(done[1], tmp_path / "data")

    def test_killed_in_the_middle(self, done, target):
        program = (
            "import pathlib, sys, time, layers.osm.directory as d\n"
            "write = d.write_files\n"
            "def half(folder, files):\n"
            "    write(folder, dict(list(files.items())[:3]))\n"
            "    print('half', flush=True)\n"
            "    time.sleep(60)\n"
            "d.write_files = half\n"
            f"d.write_directory(pathlib.Path({str(target)!r}), dict.fromkeys({[*SHIPPED]!r}, 'new'))\n"
        )
        with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout.readline() == "half\n"
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=30)
        assert content_of(target) == content_of(done[1])

    def test_no_place_for_one_of_the_files(self, done, target):
        with pytest.raises(FileNotFoundError):
            write_directory(target, {"catalog.json": "new", "no folder/zones.geojson": "new"})
        assert content_of(target) == content_of(done[1])
        assert [path.name for path in target.parent.iterdir()] == ["data"]


def content_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}
