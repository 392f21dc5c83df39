"""Ways by sea over the shipped land, against published distances."""

import runpy
from pathlib import Path

import pytest
import shapely

import geo
import layers

ROOT = Path(__file__).parents[2]
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
