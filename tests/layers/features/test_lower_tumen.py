"""The lower Tumen at the usual scale: track, shore, river, bridges."""

import runpy
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Point, shape

import geo
import layers
from layers.record.store import properties_of

CATALOG = layers.catalog()
# Shares of a pier from its root: the root stands on land, most of the pier in water.
PIER_SHARES = (0.2, 0.5, 0.9)


def shapes(layer, kind=None):
    return {
        str(row["id"]): shape(row["geometry"])
        for row in CATALOG.features(layer)
        if kind is None or properties_of(row)["kind"] == kind
    }


WATER = shapely.union_all(list(shapes("water_areas", "river_area").values()))
BRIDGES = {name: line for name, line in shapes("crossings").items() if line.geom_type == "LineString"}
PIERS = shapes("ports", "pier")


@pytest.mark.parametrize("name", BRIDGES)
def test_every_bridge_crosses_water_from_bank_to_bank(name):
    bridge = BRIDGES[name]
    over_water = bridge.intersection(WATER)
    assert over_water.geom_type == "LineString"
    assert 0.4 < over_water.length / bridge.length < 0.9
    assert not WATER.contains(Point(bridge.coords[0]))
    assert not WATER.contains(Point(bridge.coords[-1]))


@pytest.mark.parametrize("name", ["border/ru-kp-river", "border/cn-kp"])
def test_the_border_runs_in_the_river(name):
    reach = shapely.union_all([shapely.box(*area.bounds) for area in shapes("water_areas", "river_area").values()])
    line = shapes("border")[name].intersection(reach)
    in_river = line.intersection(WATER.buffer(1e-9))
    # Beyond the ends of an area the line leaves it within its box.
    assert in_river.length > 0.93 * line.length


def test_the_river_reaches_from_above_hoeryong_to_the_sea():
    tumen = shapes("water_areas")["water/tumen"]
    assert tumen.bounds[0] < geo_position("station/hoeryong").x
    assert tumen.intersects(shapes("border")["border/ru-kp-sea"])


@pytest.mark.parametrize("name", PIERS)
def test_piers_stand_in_water_with_their_root_on_land(name):
    pier = PIERS[name]
    land = shapely.union_all(list(shapes("shore", "land").values()))
    sea = shapely.union_all(list(shapes("shore", "sea").values()))
    assert land.contains(Point(pier.coords[0]))
    assert all(sea.contains(pier.interpolate(share, normalized=True)) for share in PIER_SHARES)


def test_no_step_shows_where_the_shores_meet():
    coarse = shapely.union_all(list(shapes("land", "coast").values()))
    for coast in shapes("shore", "coast").values():
        ends = [coast.coords[0], coast.coords[-1]]
        assert all(geo.distance(end, nearest(coarse, end)) < 15 for end in ends)


@pytest.mark.parametrize(
    ("name", "published_m"), [("hongui-mulgol", 1000), ("mulgol-ungsang", 14_100), ("ungsang-sonbong", 12_300)]
)
def test_published_track_is_as_long_as_the_chainage_says(name, published_m):
    row = attributes(f"rail/hambuk/{name}")
    assert row["length_m"] == pytest.approx(published_m, rel=0.03)
    assert row["accuracy_m"] == 250
    assert row["geometry_method"] == "published"


def test_stations_lie_where_a_second_source_puts_them():
    script = runpy.run_path(str(Path(__file__).parents[3] / "scripts" / "accuracy.py"))
    rows = script["compared_positions"]()
    within = [place.id for place, _, apart_m in rows if apart_m <= place.accuracy_m]
    assert len(rows) >= 8
    assert len(within) >= 0.95 * len(rows)


def test_sonbong_to_rajin_is_as_long_as_the_chainage_says():
    parts = ("sonbong-kwangok", "kwangok-rajin")
    total = sum(attributes(f"rail/hambuk/{part}")["length_m"] for part in parts)
    assert total == pytest.approx(15_200, rel=0.03)


def nearest(line, pair):
    point = line.interpolate(line.project(Point(pair)))
    return point.x, point.y


def attributes(name):
    _, row = CATALOG.feature(name)
    return properties_of(row)


def geo_position(name):
    _, row = CATALOG.feature(name)
    return shape(row["geometry"])
