"""Geodesics: reference values, properties, and both engines against each other."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from geo import (
    InvalidCoordinateError,
    InvalidGeometryError,
    InvalidQuantityError,
    LonLat,
    bearing,
    destination,
    distance,
    interpolate,
    midpoint,
)
from tests.geo.strategies import fast, lats, local, positions

# lat1, lon1, azi1, lat2, lon2, s12: from geographiclib/test/test_geodesic.py, GeodesicTest.testcases
GEOD_TEST = [
    (35.60777, -139.44815, 111.098748429560326, -11.17491, -69.95921, 8935244.5604818305),
    (55.52454, 106.05087, 22.020059880982801, 77.03196, 197.18234, 4105086.1713924406),
    (-21.97856, 142.59065, -32.44456876433189, 41.84138, 98.56635, 8394328.894657671),
    (-66.99028, 112.2363, 173.73491240878403, -12.70631, 285.90344, 11150344.2312080241),
    (-17.42761, 173.34268, -159.033557661192928, -15.84784, 5.93557, 16076603.1631180673),
    (32.84994, 48.28919, 150.492927788121982, -56.28556, 202.29132, 16727068.9438164461),
]
JFK, LHR = (-73.8, 40.6), (-0.5, 51.6)
WRONG_ROWS = np.array([[130.6, 42.4], [42.4, 130.6], [500.0, 0.0]])


def fold(lon: float) -> float:
    return (lon + 180) % 360 - 180


@pytest.mark.parametrize(("lat1", "lon1", "azi1", "lat2", "lon2", "s12"), GEOD_TEST)
def test_reference_values_of_geographiclib(lat1, lon1, azi1, lat2, lon2, s12):
    a, b = (fold(lon1), lat1), (fold(lon2), lat2)
    assert distance(a, b) == pytest.approx(s12, abs=1e-6)
    assert bearing(a, b) == pytest.approx(azi1 % 360, abs=1e-9)
    assert distance(destination(a, azi1, s12), b) < 1e-6
    assert distance(np.array([a]), np.array([b])) == pytest.approx([s12], abs=1e-6)
    assert bearing(np.array([a]), np.array([b])) == pytest.approx([azi1 % 360], abs=1e-9)


def test_jfk_to_lhr():
    # Karney, GeographicLib documentation
    assert distance(JFK, LHR) == pytest.approx(5551759.400, abs=0.001)


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        ((0, 0), (0, 90), 10001965.729),  # quarter meridian of WGS 84
        ((77, 90), (-12, 90), 0.0),  # one pole, two longitudes
        ((0, 0), (180, 0), 20003931.459),  # antipodes: over a pole
        ((180, 10), (-180, 10), 0.0),  # one meridian, two names
        ((179.5, 0), (-179.5, 0), 111319.491),  # a degree of the equator
    ],
)
def test_poles_antipodes_and_antimeridian(a, b, metres):
    assert distance(a, b) == pytest.approx(metres, abs=0.001)
    assert distance(np.array([a], float), np.array([b], float)) == pytest.approx([metres], abs=0.001)


def test_both_engines_agree_on_thousands_of_pairs():
    rng = np.random.default_rng(1860)
    lon, lat = rng.uniform(-180, 180, (2, 4000)), np.degrees(np.arcsin(rng.uniform(-1, 1, (2, 4000))))
    a, b = np.column_stack([lon[0], lat[0]]), np.column_stack([lon[1], lat[1]])
    b[:1000] = a[:1000] + rng.uniform(-1e-3, 1e-3, (1000, 2))  # near ones too
    b = np.clip(b, (-180, -90), (180, 90))
    scalar = [(distance(tuple(p), tuple(q)), bearing(tuple(p), tuple(q))) for p, q in zip(a, b, strict=True)]
    metres, degrees = np.array(scalar).T
    assert np.abs(distance(a, b) - metres).max() < 1e-6
    turn = np.abs(bearing(a, b) - degrees)
    # a nanometre seen from that far
    assert (np.minimum(turn, 360 - turn) < 1e-7).all()


def test_both_engines_agree_on_destinations():
    rng = np.random.default_rng(1938)
    origin = np.column_stack([rng.uniform(-180, 180, 1000), rng.uniform(-90, 90, 1000)])
    degrees, metres = rng.uniform(-360, 720, 1000), rng.uniform(-2e7, 2e7, 1000)
    ends = destination(origin, degrees, metres)
    one_by_one = [tuple(destination(tuple(o), d, m)) for o, d, m in zip(origin, degrees, metres, strict=True)]
    assert distance(ends, np.array(one_by_one)).max() < 1e-6


@fast
@given(positions, positions)
def test_distance_is_symmetric_and_not_negative(a, b):
    assert distance(a, b) == pytest.approx(distance(b, a), abs=1e-6)
    assert distance(a, b) >= 0


@fast
@given(positions, positions, positions)
def test_triangle_inequality(a, b, c):
    assert distance(a, c) <= distance(a, b) + distance(b, c) + 1e-6


@fast
@given(local, st.floats(0, 359.999), st.floats(1, 1_000_000))
def test_destination_undoes_distance_and_bearing(origin, degrees, metres):
    end = destination(origin, degrees, metres)
    assert distance(origin, end) == pytest.approx(metres, abs=1e-6)
    turn = abs(bearing(origin, end) - degrees)
    assert min(turn, 360 - turn) < 1e-4
    assert distance(destination(origin, bearing(origin, end), metres), end) < 1e-6


@fast
@given(positions, positions)
def test_bearing_is_on_the_compass(a, b):
    assume(distance(a, b) > 1)
    assert 0 <= bearing(a, b) < 360


@pytest.mark.parametrize(("b", "degrees"), [((130, 43), 0), ((131, 0), 90), ((130, -1), 180), ((129, 0), 270)])
def test_bearing_of_the_four_quarters(b, degrees):
    assert bearing((130, 0), b) == pytest.approx(degrees, abs=1e-9)


def test_bearing_is_never_360():
    a, b = (0.0, 0.0), (-1e-15, 43.0)  # a hair west of north: -1e-15 % 360 is 360 in floats
    assert bearing(a, b) == bearing(np.array([a]), b)[0] == 0.0


@pytest.mark.parametrize("position", [(130.6, 42.4), (0, 90), (180, 0)])
def test_bearing_to_itself_is_not_a_number(position):
    assert math.isnan(bearing(position, position))
    assert np.isnan(bearing(np.array([position], float), position)).all()


def test_a_single_position_is_paired_with_every_row():
    many = np.array([[130.6, 42.4], [130.3, 42.25], [129.8, 41.8]])
    one = LonLat(130.0, 42.0)
    expected = [distance(tuple(row), one) for row in many]
    assert distance(many, one) == pytest.approx(expected, abs=1e-6)
    assert distance(one, many) == pytest.approx(expected, abs=1e-6)
    assert distance(many, np.array([[130.0, 42.0]])) == pytest.approx(expected, abs=1e-6)
    assert interpolate(one, many, 0.25).shape == (3, 2)


def test_same_kind_out_as_in():
    rows = np.array([[130.6, 42.4]])
    assert type(distance((1, 2), [3, 4])) is float
    assert type(bearing(LonLat(1, 2), (3, 4))) is float
    assert type(destination((1, 2), 3, 4)) is LonLat
    assert distance(rows, (1, 2)).shape == bearing((1, 2), rows).shape == (1,)
    assert destination(rows, 90, 1000).shape == midpoint(rows, rows).shape == (1, 2)
    assert destination((1, 2), np.arange(4.0), 1000).shape == (4, 2)
    assert destination((1, 2), 90, np.arange(5.0)).shape == (5, 2)


def test_empty_in_empty_out():
    none = np.empty((0, 2))
    assert distance(none, (1, 2)).shape == bearing(none, none).shape == (0,)
    assert destination(none, 90, 1000).shape == interpolate(none, (1, 2), 0.5).shape == (0, 2)


def test_arguments_are_not_modified():
    rows = np.array([[130.6, 42.4], [130.6, 42.4]])
    before = rows.copy()
    bearing(rows, rows)
    interpolate(rows, (130, 42), 0.5)
    assert (rows == before).all()


def test_wrong_row_is_named():
    with pytest.raises(InvalidCoordinateError, match=r"got 130\.6 \(row 1\); are lon and lat swapped"):
        distance(WRONG_ROWS, (130, 42))


def test_nan_row_is_named():
    with pytest.raises(InvalidCoordinateError, match=r"latitude .* got nan \(row 0\)"):
        distance(np.array([[130.0, math.nan]]), (130, 42))


@pytest.mark.parametrize("shape", [(2,), (3,), (4, 3), (1, 2, 2)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(InvalidGeometryError, match=r"shape \(N, 2\), lon before lat, got shape"):
        distance(np.zeros(shape), (0, 0))


def test_unequal_rows_are_refused():
    with pytest.raises(InvalidGeometryError, match="same number of rows or one row, got 3 and 2"):
        distance(np.zeros((3, 2)), np.zeros((2, 2)))


@pytest.mark.parametrize(("degrees", "metres", "name"), [(math.nan, 1, "bearing_deg"), (1, math.inf, "distance_m")])
def test_destination_needs_finite_numbers(degrees, metres, name):
    with pytest.raises(InvalidQuantityError, match=f"{name} must be a finite number"):
        destination((0, 0), degrees, metres)
    with pytest.raises(InvalidQuantityError, match=f"{name} must be a finite number"):
        destination(np.zeros((2, 2)), degrees, metres)


@fast
@given(local, local, st.floats(0, 1))
def test_interpolation_divides_the_line(a, b, fraction):
    between, whole = interpolate(a, b, fraction), distance(a, b)
    assert distance(a, between) == pytest.approx(whole * fraction, abs=1e-6)
    assert distance(between, b) == pytest.approx(whole * (1 - fraction), abs=1e-6)


@fast
@given(positions, positions)
def test_midpoint_is_equally_far_from_both(a, b):
    middle = midpoint(a, b)
    assert distance(a, middle) == pytest.approx(distance(middle, b), abs=1e-5)


@fast
@given(lats)
def test_midpoint_crosses_the_antimeridian(lat):
    assume(abs(lat) < 89)
    assert abs(midpoint((179, lat), (-179, lat)).lon) == pytest.approx(180, abs=1e-6)


def test_interpolation_between_equal_positions_is_that_position():
    here = (130.6, 42.4)
    assert interpolate(here, here, 0.3) == LonLat(*here)
    assert distance(interpolate(np.array([here]), here, 0.3), here) == pytest.approx([0], abs=1e-6)


@pytest.mark.parametrize("fraction", [-0.1, 1.1, math.nan])
def test_fraction_out_of_range_is_refused(fraction):
    with pytest.raises(InvalidQuantityError, match=r"fraction must be in \[0, 1\]"):
        interpolate((0, 0), (1, 1), fraction)


KHASAN, RAJIN = (130.644917, 42.430056), (130.28917, 42.24972)


@pytest.mark.parametrize(
    "many",
    [
        lambda: np.array([KHASAN, RAJIN]),
        lambda: [KHASAN, RAJIN],
        lambda: [LonLat(*KHASAN), shapely.Point(RAJIN)],
        lambda: shapely.points([KHASAN, RAJIN]),
        lambda: gpd.GeoSeries.from_xy(*zip(KHASAN, RAJIN, strict=True), crs="OGC:CRS84"),
    ],
)
@pytest.mark.parametrize("one", [RAJIN, LonLat(*RAJIN), shapely.Point(RAJIN)])
def test_many_positions_in_any_form_go_with_one(many, one):
    expected = [distance(KHASAN, RAJIN), 0.0]
    assert distance(many(), one) == pytest.approx(expected)
    assert distance(one, many()) == pytest.approx(expected)
    assert distance(many(), many()) == pytest.approx([0.0, 0.0])
    assert bearing(many(), one)[0] == pytest.approx(bearing(KHASAN, RAJIN))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: [shapely.Point(1, 2), None], r"got None"),
        (lambda: np.array([shapely.Point(), None], dtype=object), r"got <POINT EMPTY> \(row 0\)"),
        (lambda: gpd.GeoSeries([shapely.LineString([(0, 0), (1, 1)])]), r"got <LINESTRING .*\(row 0\)"),
        (lambda: gpd.GeoSeries.from_xy([500000], [4600000], crs=32652), "got EPSG:32652; transform them"),
    ],
)
def test_an_invalid_position_raises_the_documented_error(wrong, message):
    with pytest.raises((InvalidGeometryError, InvalidCoordinateError), match=message):
        distance(wrong(), RAJIN)
