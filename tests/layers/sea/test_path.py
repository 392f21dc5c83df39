"""Sea paths over the shipped chart, for all forms of places and data directories."""

import hashlib
import itertools
import json
import shutil

import numpy as np
import pytest
import shapely

import geo
import layers
from layers.record.store import PACKAGED
from layers.sea import chart as sea_chart

RAJIN = layers.find("port/rajin")
AT = tuple(RAJIN.lonlat)


@pytest.mark.parametrize(
    "place",
    [
        "port/rajin",
        "라진",
        RAJIN,
        AT,
        geo.LonLat(*AT),
        shapely.Point(AT),
        list(AT),
        f"{AT[0]},{AT[1]}",
        layers.find("Rajin"),
    ],
    ids=str,
)
def test_a_place_is_taken_in_every_form(place):
    path = layers.sea_path(place, "port/vladivostok")
    assert tuple(path.turns[0]) == pytest.approx(AT)
    assert path.length_m == pytest.approx(layers.sea_path("port/rajin", "port/vladivostok").length_m, rel=1e-6)


@pytest.mark.parametrize("wrong", [None, 7, (1, 2, 3), shapely.LineString([(130, 40), (131, 41)]), shapely.Point()])
def test_what_is_no_place_is_refused(wrong):
    with pytest.raises(geo.InvalidCoordinateError, match="a position is a LonLat, an object with"):
        layers.sea_path(wrong, "Rajin")


def test_an_id_means_what_it_says():
    assert layers.sea_path("station/rajin", "port/vladivostok").from_id == "station/rajin"


def test_a_name_means_the_port_and_the_path_tells_which():
    path = layers.sea_path("Rajin", "Dangjin")
    assert (path.from_id, path.to_id) == ("port/rajin", "port/dangjin")
    assert path.to_dict()["to_id"] == "port/dangjin"
    assert path.reversed().from_id == "port/dangjin"


@pytest.mark.parametrize("place", ["Rajin", "Pyongyang", "Rotterdam", (140.0, 40.0)])
def test_from_a_place_to_itself_it_is_nothing(place):
    path = layers.sea_path(place, place)
    assert (path.length_m, path.uncertainty_m) == (0, 0)


@pytest.mark.long
def test_matrix_has_the_lengths_of_the_paths():
    places = ["Rajin", "Busan", (131.5, 42.5), "Rotterdam"]
    table = layers.sea_matrix(places)
    assert table.shape == (4, 4)
    assert (np.diag(table) == 0).all()
    assert (table == table.T).all()
    for (row, a), (column, b) in itertools.combinations(enumerate(places), 2):
        assert table[row, column] == layers.sea_path(a, b).length_m
    assert layers.sea_matrix(places[:2], ["Vladivostok"]).shape == (2, 1)
    assert layers.sea_matrix([], ["Vladivostok"]).shape == (0, 1)


def test_matrix_is_infinite_where_waters_are_separate():
    lake = (132.4, 45.0)  # Khanka, which the land has as land
    with pytest.raises(geo.NoRouteError, match="km from the water"):
        layers.sea_matrix(["Rajin"], [lake])


def test_shipped_chart_is_that_of_the_shipped_land():
    land = hashlib.sha256((PACKAGED / "land.geojson").read_bytes()).hexdigest()
    content = (PACKAGED / sea_chart.FILE).read_bytes()
    assert geo.CompiledChart(content).source == land, "build it: python -m layers.build sea_chart"
    row = json.loads((PACKAGED / "catalog.json").read_text("utf-8"))["sea_chart"]
    assert (row["file"], row["bytes"]) == (sea_chart.FILE, len(content))
    assert row["sha256"] == hashlib.sha256(content).hexdigest()


def test_turns_of_the_shipped_chart_lie_50_m_off_its_land():
    """The lines of the chart cross no land; a sample of its paths shows it on the map."""
    land = layers.land().land
    for name in ("Incheon", "Mokpo", "Dandong", "Busan", "Niigata"):
        path = layers.sea_path("port/rajin", name)
        assert not shapely.intersects(land, shapely.LineString(path.water))
        assert path.length_m >= path.straight_line_m


@pytest.mark.slow
def test_shipped_chart_gives_the_paths_of_the_exact_search():
    """Fifty pairs anywhere on the chart: each is dear without the compiled graph."""
    path = PACKAGED / "land.geojson"
    exact, chart = sea_chart.uncompiled(str(path), path.read_bytes()), layers.land()
    generator = np.random.default_rng(7)
    places = (geo.LonLat(*row) for row in generator.uniform((117, 23), (162, 59.5), (600, 2)).tolist())
    at_sea = [place for place in places if not chart.is_land(place)][:100]
    for a, b in zip(at_sea[::2], at_sea[1::2], strict=True):
        lengths = [geo.sea_path(a, b, one).length_m for one in (exact, chart)]
        assert lengths[1] == pytest.approx(lengths[0], rel=1e-5)


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    """Give a data directory with a small land of its own, and a cache."""
    own = tmp_path / "data"
    shutil.copytree(PACKAGED, own, ignore=shutil.ignore_patterns("*.npz", "*.bin"))
    content = json.loads((own / "land.geojson").read_text("utf-8"))
    near = [row for row in content["features"] if row["properties"]["accuracy_m"] == 300]
    for row in near:
        coarse = shapely.simplify(shapely.from_geojson(json.dumps(row["geometry"])), 0.02)
        row["geometry"] = json.loads(shapely.to_geojson(coarse))
    (own / "land.geojson").write_text(json.dumps(content | {"features": near}), "utf-8")
    monkeypatch.setenv("TUMEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(sea_chart, "_kept", {})
    return own


@pytest.mark.long
def test_land_of_ones_own_is_compiled_once_into_the_cache(own_data, tmp_path, monkeypatch):
    path = layers.sea_path("Rajin", "Vladivostok", data=own_data)
    assert path.length_m == pytest.approx(layers.sea_path("Rajin", "Vladivostok").length_m, rel=0.05)
    [kept] = (tmp_path / "cache").iterdir()
    own = layers.land(data=own_data)
    assert own.source == hashlib.sha256((own_data / "land.geojson").read_bytes()).hexdigest()
    assert kept.name == f"sea-chart-{own.source[:32]}.npz"
    assert own is layers.land(data=own_data)
    assert own is not layers.land()
    monkeypatch.setattr(sea_chart, "_kept", {})
    before = kept.stat().st_mtime_ns
    assert layers.land(data=own_data).to_bytes() == own.to_bytes()
    assert kept.stat().st_mtime_ns == before
    kept.write_bytes(b"damaged")
    monkeypatch.setattr(sea_chart, "_kept", {})
    assert layers.land(data=own_data).to_bytes() == own.to_bytes() == kept.read_bytes()


def test_the_same_land_elsewhere_has_the_shipped_chart(tmp_path, monkeypatch):
    own = tmp_path / "data"
    shutil.copytree(PACKAGED, own, ignore=shutil.ignore_patterns("*.npz"))
    monkeypatch.setenv("TUMEN_CACHE", str(tmp_path / "cache"))
    assert layers.land(data=own) is layers.land()
    assert not (tmp_path / "cache").exists()
