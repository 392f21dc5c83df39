"""Unpublished courses have smooth bends and stay in their own country."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, shape

import layers
from geo.geodesic.offset import offset_m
from layers.build.bend import REGION, bent
from layers.record.store import properties_of

CORNER = [(130.0, 42.0), (130.1, 42.0), (130.1, 42.1), (130.2, 42.1)]
# The territories are drawn to 500 m; about the ends of a course nothing is asked.
TERRITORY_DEG, END_DEG = 0.006, 0.02
CATALOG = layers.catalog()
TERRITORIES = {row["properties"]["countries"][0]: shape(row["geometry"]) for row in CATALOG.features("territories")}


def turns(line):
    """Greatest change of direction at a vertex, in degrees."""
    steps = np.diff(np.array(line) * [np.cos(np.radians(42)), 1], axis=0)
    bearings = np.degrees(np.arctan2(*steps.T))
    return np.abs((np.diff(bearings) + 180) % 360 - 180).max()


def test_a_corner_becomes_a_bend_through_the_same_vertices():
    line = bent(CORNER, within_m=800)
    assert set(CORNER) <= set(line)
    assert turns(line) < 0.6 * turns(CORNER)


@settings(deadline=None)
@given(
    st.floats(75, 2000),
    st.lists(st.tuples(st.floats(129.5, 131), st.floats(42, 43)), min_size=3, max_size=8, unique=True),
)
def test_a_bend_keeps_within_its_limit(within_m, pairs):
    line = bent(pairs, within_m)
    assert (line[0], line[-1]) == (pairs[0], pairs[-1])
    assert offset_m(LineString(pairs), LineString(line)) <= 1.1 * within_m + 1


def test_known_stretches_stay_straight():
    held = {(CORNER[1], CORNER[2])}
    line = bent(CORNER, 800, held)
    at = line.index(CORNER[1])
    assert line[at + 1] == CORNER[2]
    # The stretch before it runs into its direction.
    assert abs(line[at - 1][0] - CORNER[1][0]) < abs(line[at - 1][1] - CORNER[1][1]) * 2


def test_chords_outside_the_region_are_not_bent():
    far = [(lon - 20, lat) for lon, lat in CORNER]
    assert bent(far, 800) == tuple(far)


@pytest.mark.parametrize("layer", ["railways", "road_links", "highways"])
def test_courses_of_one_country_lie_in_it(layer):
    abroad = {}
    for row in CATALOG.features(layer):
        line, countries = shape(row["geometry"]), properties_of(row)["countries"]
        if len(countries) != 1 or not shapely.box(*REGION).contains(line):
            continue
        ends = shapely.union_all([Point(pair).buffer(END_DEG) for pair in (line.coords[0], line.coords[-1])])
        others = shapely.union_all([area for code, area in TERRITORIES.items() if code not in countries])
        outside = line.difference(ends).intersection(others.buffer(-TERRITORY_DEG))
        if not outside.is_empty:
            abroad[row["id"]] = outside.length
    assert abroad == {}


@pytest.mark.parametrize("layer", ["power", "pipelines"])
def test_plans_over_land_do_not_cross_the_bays(layer):
    land = shapely.union_all(
        [shape(row["geometry"]) for row in CATALOG.features("land") if row["properties"]["kind"] == "land"]
    )
    region = shapely.box(*REGION)
    wet = {
        row["id"]: length
        for row in CATALOG.features(layer)
        if "Line" in row["geometry"]["type"]
        and (length := shape(row["geometry"]).intersection(region).difference(land).length) > 0.001
    }
    assert wet == {}
