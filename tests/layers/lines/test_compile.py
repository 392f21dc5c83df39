"""Line layers compiled into a network, read as a railway planner would."""

import json

import geopandas
import pytest
from shapely.geometry import LineString, MultiLineString

import geo
import layers
from layers.lines import archive
from maps.cli import main

# Two gauges that meet at one station, a one-way loop whose end misses the line by 1.4 m, a branch of unknown gauge.
ROWS = (
    ("Main", "1520", "operating", "60", None, [(130.0, 42.0), (130.1, 42.05), (130.2, 42.1)]),
    ("Main", "1520", "operating", "60", None, [(130.2, 42.1), (130.35, 42.12)]),
    ("South", "1435", "operating", "50 mph", None, [(130.2, 42.1), (130.22, 42.0), (130.3, 41.9)]),
    ("Branch", None, "operating", None, None, [(130.1, 42.05), (130.1, 42.2)]),
    ("Plan", "1435;1520", "planned", "100", None, [(130.3, 41.9), (130.5, 41.9)]),
    ("Loop", "1520", "operating", "40", "-1", [(130.4, 42.2), (130.35001, 42.12001)]),
)
COLUMNS = ("line", "spur", "zustand", "vmax", "richtung")
SETTINGS = """\
mode = "rail"
length_error = 0.02
[columns]
gauge = "spur"
status = "zustand"
speed = "vmax"
one_way = "richtung"
"""


def frame(rows=ROWS):
    values = [dict(zip(COLUMNS, row[:5], strict=True)) for row in rows]
    return geopandas.GeoDataFrame(values, geometry=[LineString(row[5]) for row in rows], crs=4326)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The layer in a projected GeoPackage, its settings and stations, and the network compiled of them."""
    path = tmp_path_factory.mktemp("own")
    frame().to_crs(32652).to_file(path / "two.gpkg", layer="tracks")
    (path / "own.toml").write_text(SETTINGS, encoding="utf-8")
    spots = geopandas.points_from_xy([130.0, 130.3, 130.35, 130.2801], [42.0, 41.9, 42.12, 42.1105])
    names = ["Alpha", "Beta", "Gamma", "Between"]
    geopandas.GeoDataFrame({"name": names}, geometry=spots, crs=4326).to_file(path / "stations.geojson")
    layers.compile_network(
        path / "two.gpkg", path / "net", path / "own.toml", stations=path / "stations.geojson", snap_m=5, contract=True
    )
    return path


@pytest.fixture
def net(folder):
    return layers.read_network(folder / "net")


def route(net, one, other, **options):
    return geo.route(net, layers.find_in(net, one), layers.find_in(net, other), **options)


def test_a_break_of_gauge_is_told_and_may_be_refused(net):
    trip = route(net, "Alpha", "Beta")
    assert [(leg.line, leg.gauges_mm) for leg in trip.legs] == [("Main", (1520,)), ("South", (1435,))]
    assert trip.gauge_breaks[0].before_mm == (1520,)
    drawn = sum(geo.line_length(ROWS[row][5]) for row in (0, 2))
    assert trip.length_m == pytest.approx(drawn, rel=1e-6)
    assert trip.uncertainty_m == pytest.approx(0.02 * trip.length_m, rel=0.3)
    with pytest.raises(geo.NoRouteError, match="1520 mm meets 1435 mm"):
        route(net, "Alpha", "Beta", bogie_change=False)


def test_speeds_give_hours_and_miles_are_miles(net):
    trip = route(net, "Alpha", "Beta", cost="time")
    main, south = (leg.length_m / 1000 for leg in trip.legs)
    assert trip.hours == pytest.approx(main / 60 + south / (50 * 1.609344), rel=1e-6)


def test_a_station_makes_a_node_on_its_line_and_ids_lead_back_to_features(net):
    trip = route(net, "between", "Gamma")
    assert trip.legs[0].edge_ids == ("two/2#2",)
    assert trip.length_m == pytest.approx(5870, abs=20)


def test_the_loose_end_was_joined_and_the_loop_leads_one_way(net):
    end = net.nearest((130.4, 42.2))[0].id
    assert route(net, "Gamma", end).legs[0].line == "Loop"  # drawn towards Gamma, and one-way against that
    with pytest.raises(geo.NoRouteError):
        route(net, end, "Gamma")


def test_planned_lines_open_when_asked(folder, net):
    with pytest.raises(geo.NoRouteError, match=r"not open on that day: .*planned"):
        geo.route(net, layers.find_in(net, "Alpha"), (130.5, 41.9))
    planned = layers.read_network(folder / "net", include_planned=True)
    assert geo.route(planned, layers.find_in(planned, "Alpha"), (130.5, 41.9)).legs[-1].status == "planned"


def test_the_contracted_network_gives_the_same(folder, net):
    ready = layers.read_network(folder / "net", prepare=True)
    assert isinstance(ready, geo.PreparedNetwork)
    places = [layers.find_in(net, name) for name in ("Alpha", "Beta", "Gamma")]
    assert geo.matrix(ready, places, places) == pytest.approx(geo.matrix(net, places, places), rel=1e-6)


@pytest.mark.parametrize("name", ["a.geojson", "a.fgb", "a.shp", "a.parquet", "a.gpkg"])
def test_all_formats_give_the_same_network(name, tmp_path):
    table = frame().rename(columns={"richtung": "weg"})
    table.to_parquet(tmp_path / name) if name.endswith("parquet") else table.to_file(tmp_path / name)
    (tmp_path / "own.toml").write_text(SETTINGS.replace("richtung", "weg"), encoding="utf-8")
    report = layers.compile_network(tmp_path / name, tmp_path / "net", tmp_path / "own.toml")
    assert (report.nodes, report.edges, report.part_count, report.loose_ends) == (9, 7, 2, 6)
    assert report.km == {
        "rail, 1520 mm, operating": 42.3, "rail, 1435 mm, operating": 24.2, "rail, gauge unknown, operating": 16.7,
        "rail, 1435 + 1520 mm, planned": 16.6,
    }  # fmt: skip
    assert len(report.near_misses) == 2
    assert report.near_misses[0][0] == pytest.approx(1.4, abs=0.1)


def test_a_stated_length_counts_in_place_of_the_drawn_one(tmp_path):
    path = tmp_path / "chord.geojson"
    lines = [LineString([(0, 0), (1, 0), (2, 0)]), LineString([(1, 0), (1, 1)])]
    geopandas.GeoDataFrame({"km": [250, None], "railway": "rail"}, geometry=lines, crs=4326).to_file(path)
    settings = layers.NetworkSettings(columns={"length": "km"}, length_unit="km")
    layers.compile_network(path, tmp_path / "net", settings)
    net = layers.read_network(tmp_path / "net")
    assert [round(edge.length_m, 1) for edge in net.edges] == [125_000.0, 125_000.0, 110_574.4]
    settings = layers.NetworkSettings(columns={"length": "km"})
    with pytest.raises(geo.InvalidNetworkError, match=r"edge 'chord/1#1' is 125\.0 m long, shorter than the geodesic"):
        layers.compile_network(path, tmp_path / "net", settings)


def test_lines_that_cross_are_joined_when_asked_alone(tmp_path):
    path = tmp_path / "cross.geojson"
    lines = [LineString([(0, 0), (2, 2)]), MultiLineString([[(0, 2), (2, 0)], [(2, 0), (3, 0)]])]
    geopandas.GeoDataFrame({"railway": ["rail"] * 2}, geometry=lines, crs=4326).to_file(path)
    assert layers.compile_network(path, tmp_path / "net").part_count == 2
    report = layers.compile_network(path, tmp_path / "net", join="crossings")
    assert (report.part_count, report.nodes, report.edges) == (1, 6, 5)
    assert layers.read_network(tmp_path / "net").edge("cross/2#3").from_node


def test_rails_and_roads_are_joined_when_asked_alone(tmp_path):
    path = tmp_path / "both.geojson"
    lines = [LineString([(0, 0), (1, 0)]), LineString([(1, 0), (2, 0)]), LineString([(2, 0), (3, 0)])]
    values = {"railway": ["rail", None, None], "highway": [None, "primary", "footway"]}
    geopandas.GeoDataFrame(values, geometry=lines, crs=4326).to_file(path)
    report = layers.compile_network(path, tmp_path / "net")
    assert (report.part_count, report.left_out) == (2, {"footway": 1})
    assert layers.compile_network(path, tmp_path / "net", layers.NetworkSettings(join_modes=True)).part_count == 1


def test_a_position_joins_a_line_of_the_modes_asked_for_that_is_open(tmp_path):
    path = tmp_path / "near.geojson"
    lines = [LineString([(0, y), (1, y)]) for y in (0, 0.01, 0.02)]
    values = {"railway": ["abandoned", "rail", None], "highway": [None, None, "primary"]}
    geopandas.GeoDataFrame(values, geometry=lines, crs=4326).to_file(path)
    layers.compile_network(path, tmp_path / "net")
    net = layers.read_network(tmp_path / "net")
    assert geo.route(net, (0, 0), (1, 0)).legs[1].mode == "rail"
    assert geo.route(net, (0, 0), (1, 0), modes=["road"]).legs[1].mode == "road"


def test_an_extract_is_joined_at_its_nodes(tmp_path):
    osmium = pytest.importorskip("osmium")
    path = tmp_path / "x.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for number, (lon, lat) in {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (1, 1), 5: (1, 0)}.items():
            tags = {"railway": "station", "name": "Mitte"} if number == 2 else {}
            writer.add_node(osmium.osm.mutable.Node(id=number, location=(lon, lat), tags=tags))
        way = osmium.osm.mutable.Way
        writer.add_way(way(id=10, nodes=[1, 2, 3], tags={"railway": "rail", "gauge": "1520;1435", "oneway": "yes"}))
        writer.add_way(way(id=11, nodes=[4, 2], tags={"railway": "narrow_gauge", "gauge": "750", "name": "Kleinbahn"}))
        writer.add_way(way(id=12, nodes=[4, 5], tags={"railway": "rail"}))  # ends above node 2, on a bridge
        writer.add_way(way(id=13, nodes=[4, 2, 1], tags={"highway": "motorway"}))
        writer.add_way(way(id=14, nodes=[1, 4], tags={"highway": "footway"}))
    report = layers.compile_network(path, tmp_path / "net")
    net = layers.read_network(tmp_path / "net")
    assert (report.named, report.edges, report.part_count) == (1, 5, 2)
    assert net.edge("way/10#1").gauges_mm == (1435, 1520)
    assert not net.edge("way/10#1").one_way  # a tag of roads alone
    assert net.edge("way/13").one_way
    assert layers.find_in(net, "Mitte").node_id == "node/2"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("modus = 1", "a key is one of .*, got 'modus'; did you mean 'modes'"),
        ('[modes]\nx = "ship"', r"modes\.x must be one of rail, road, sea, ferry, got 'ship'"),
        ("gauges_mm = [15.2]", "gauges_mm must be millimetres"),
        ('[columns]\ngauge = "width"', r"two\.gpkg: columns\.gauge names 'width', the file has line, spur"),
        ('[columns]\nmode = "line"', r"no line of two\.gpkg carries traffic: the mode of each is one of Branch, Loop"),
        ("[speeds]\nMain = 0", r"speeds\.Main must be a number from 0\.1"),
        ("mode = [", "is not TOML"),
    ],
)
def test_wrong_settings_are_named_with_their_key(folder, tmp_path, text, message):
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(layers.NetworkFileError, match=message):
        layers.compile_network(folder / "two.gpkg", tmp_path / "net", tmp_path / "own.toml")
    assert not (tmp_path / "net").exists()


def test_a_damaged_network_is_named_with_its_fix(folder, tmp_path):
    with pytest.raises(layers.NetworkFileError, match=r"holds no compiled network .* compile it again"):
        layers.read_network(tmp_path)
    table = archive.read(folder / "net")
    archive.write(tmp_path / "net", table, {}, contract=False)
    (tmp_path / "net" / "edges.arrow").write_bytes(b"ARROW1")
    with pytest.raises(layers.NetworkFileError, match="is damaged"):
        layers.read_network(tmp_path / "net")
    (tmp_path / "else").mkdir()
    with pytest.raises(layers.NetworkFileError, match="is no compiled network; name another folder"):
        layers.compile_network(folder / "two.gpkg", tmp_path / "else", folder / "own.toml")


def test_the_same_lines_give_the_same_bytes(folder, tmp_path):
    for name in ("one", "two"):
        layers.compile_network(folder / "two.gpkg", tmp_path / name, folder / "own.toml")
    contents = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert contents[0] == contents[1]


def test_the_commands_run_on_it(folder, tmp_path, capsys):
    net = str(folder / "net")
    assert main(["--network", net, "route", "Alpha", "Beta", "--format", "json"]) == 0
    trip = json.loads(capsys.readouterr().out)
    assert [leg["line"] for leg in trip["legs"]] == ["Main", "South"]
    assert main(["matrix", "--network", net, "--from", "Alpha", "--to", "Beta", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("Alpha,44.")
    assert main(["--network", net, "reachable", "130.0,42.0", "--km", "30"]) == 0
    assert "Between" in capsys.readouterr().out
    (tmp_path / "pairs.csv").write_text("from,to\nAlpha,Beta\nAlpha,Nowhere\n", encoding="utf-8")
    words = [
        "batch",
        "route",
        str(tmp_path / "pairs.csv"),
        "-o",
        str(tmp_path / "out.csv"),
        "--workers",
        "1",
        "--quiet",
    ]
    assert main(["--network", net, *words]) == 0
    rows = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert "44105" in rows[1]
    assert "neither a node of the network nor a place of the record is called 'Nowhere'" in rows[2]
    capsys.readouterr()
    assert main(["--network", net, "route", "Alpha", "Beta", "--as-of", "2014"]) == 1
    assert "your own network has no dates" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--network", net, "distance", "Khasan", "Rajin"])
    assert "--network is for route" in capsys.readouterr().err


def test_the_report_is_drawn_and_shown(folder, tmp_path, capsys):
    page = tmp_path / "report.html"
    words = [str(folder / "two.gpkg"), "--settings", str(folder / "own.toml"), "-o", str(tmp_path / "net")]
    assert main(["network", "compile", *words, "--map", str(page)]) == 0
    printed = capsys.readouterr().out
    assert "2 near misses: loose ends within 25 m" in printed
    assert "Near misses" in page.read_text(encoding="utf-8")
    assert main(["network", "show", str(tmp_path / "net")]) == 0
    assert capsys.readouterr().out == printed


def test_positions_that_are_no_degrees_are_refused(tmp_path):
    path = tmp_path / "metres.geojson"
    feature = {"type": "Feature", "properties": {"railway": "rail"}, "geometry": None}
    line = {"type": "LineString", "coordinates": [[0, 0], [5000, 5000]]}
    features = [feature, feature | {"geometry": line}]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    with pytest.raises(layers.FeatureError, match=r"metres\.geojson', feature 2: expected longitude and latitude"):
        layers.compile_network(path, tmp_path / "net")
