"""Sea routes over the shipped land, compared with published distances."""

import json
import runpy
from pathlib import Path

import pytest
import shapely

import geo
import layers

ROOT = Path(__file__).parents[3]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "accuracy.py"))
COMPARED = SCRIPT["compared_sea_lengths"]()
# what a source says roughly, or of positions of its own, is not held to more than it says
LOOSE = {("port/zarubino", "port/chongjin"), ("port/zarubino", "port/nakhodka")}


@pytest.mark.parametrize(("row", "path"), COMPARED, ids=[f"{row['from']}–{row['to']}" for row, _ in COMPARED])
def test_length_against_the_published_one(row, path):
    tolerance = 0.30 if (row["from"], row["to"]) in LOOSE else 0.12
    assert path.distance.to("nmi") == pytest.approx(row["length_nmi"], rel=tolerance)


@pytest.mark.parametrize("path", [path for _, path in COMPARED], ids=lambda path: f"{path.from_name}–{path.to_name}")
def test_path_crosses_no_land_and_is_not_below_the_geodesic(path):
    assert path.length_m >= path.straight_line_m - 1e-6
    assert not shapely.intersects(layers.land().land, shapely.LineString(path.water))


def test_rajin_vladivostok_is_longer_than_the_straight_line():
    path = layers.sea_path("Rajin", "Vladivostok")
    assert (path.from_name, path.to_name) == ("Rajin", "Vladivostok")
    assert 1.02 < path.detour_factor < 1.10


def test_way_back_is_the_same():
    there, back = layers.sea_path("port/rajin", "port/busan"), layers.sea_path("port/busan", "port/rajin")
    assert there.turns == back.turns[::-1]


@pytest.mark.parametrize("place", ["130.0,42.9", "Pyongyang"])
def test_inland_is_refused_with_the_nearest_ports(place):
    with pytest.raises(geo.NoRouteError, match=r"from the water, .*; the nearest ports are port/\w+ \(\d+ km\), port/"):
        layers.sea_path(place, "port/rajin")


def test_land_is_prepared_once_and_knows_its_accuracy():
    chart = layers.land()
    assert layers.land() is chart
    accuracies = [chart.accuracy_m(geo.LonLat(*at)) for at in ((130.3, 42.2), (129.0, 36.0), (140.0, 40.0))]
    assert accuracies == [300, 1000, 4000]


def test_canal_saves_what_is_published():
    # "nearly 3,500 nautical miles (6,480km)": asiaone.com/ships-are-now-taking-6500km-detours
    by_canal = layers.sea_path("Singapore", "Rotterdam").length_m
    around = layers.sea_path("Singapore", "Rotterdam", avoid=["suez"]).length_m
    assert around - by_canal == pytest.approx(6_480_000, rel=0.1)


def test_far_port_is_reached_over_a_join_in_the_map():
    path = layers.sea_path("port/rajin", "싱가포르")
    assert path.to_name == "Singapore"
    assert layers.land().extent.contains(path.join.lonlat)
    assert not layers.land().is_land(path.join.lonlat)
    assert not shapely.intersects(layers.land().land, shapely.LineString(path.water))
    assert path.uncertainty_m >= 0.08 * path.join.lane_m


def test_a_passage_that_is_none_is_refused():
    with pytest.raises(geo.GeoError, match="no passage 'kiel'; the lanes have babalmandab"):
        layers.sea_path("Singapore", "Rotterdam", avoid=["kiel"])


@pytest.mark.long
def test_offing_keeps_off_one_country():
    free = layers.sea_path("port/vladivostok", "port/donghae")
    off = layers.sea_path("port/vladivostok", "port/donghae", offing_nmi=60, offing_from="kp")
    assert off.length_m > free.length_m
    shore = layers.coast("KP")
    nearest_deg = shapely.distance(shore, shapely.LineString(off.water))
    assert nearest_deg > 60 / 60 * 0.75  # a degree of longitude is three quarters of one of latitude there
    with pytest.raises(layers.UnknownCountryError, match="'XX'; there are CN, KP, KR, RU"):
        layers.coast("XX")


@pytest.mark.long
def test_lanes_come_out_of_the_build_byte_for_byte():
    pytest.importorskip("searoute")
    pytest.importorskip("harborly")
    sea_lane = pytest.importorskip("layers.build.sea_lane")
    assert sea_lane.text() == (ROOT / "layers" / "data" / "sea_lanes.json").read_text(encoding="utf-8")


@pytest.mark.long
def test_lanes_hang_together_and_name_the_licence_they_come_under():
    content = json.loads((ROOT / "layers" / "data" / "sea_lanes.json").read_text(encoding="utf-8"))
    assert content["record"]["packages"][0] == "searoute 1.6.0"
    assert (ROOT / "LICENSES" / f"{content['record']['licence']}.txt").is_file()
    lanes = layers.lanes()
    gone, _ = lanes.along(lanes.nearest(geo.LonLat(103.85, 1.28)))
    unreached = [at for at, metres in zip(lanes.positions, gone, strict=True) if metres == float("inf")]
    assert len(unreached) < 60
    assert all(at.lat > 60 and at.lon < -60 for at in unreached)  # within the north-west passage, which is shut
