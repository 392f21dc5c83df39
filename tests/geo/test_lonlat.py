"""Positions: validated and parsed, never corrected silently."""

from __future__ import annotations

import math
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import BBox, InvalidCoordinateError, LonLat, as_lonlat, distance, precision_m
from geo.lonlat import is_meant_as_position

from .line import NODES
from .strategies import fast, positions


def test_unpacks_longitude_first():
    assert tuple(LonLat(130.6, 42.4)) == (130.6, 42.4)


def test_keeps_plain_floats():
    assert repr(LonLat(130, 42)) == "LonLat(lon=130.0, lat=42.0)"


@fast
@given(positions, st.sampled_from([",", " ", ", ", " , "]))
def test_every_text_read_as_a_position_looks_like_one(lonlat, between):
    text = f"{lonlat.lon:f}{between}{lonlat.lat:f}"
    assert LonLat.parse(text)
    assert is_meant_as_position(text)


def test_geo_interface_is_a_point():
    assert LonLat(130.6, 42.4).__geo_interface__ == {"type": "Point", "coordinates": (130.6, 42.4)}


@pytest.mark.parametrize("lonlat", [(180, 90), (-180, -90), (0, 0)])
def test_range_includes_its_ends(lonlat):
    assert tuple(LonLat(*lonlat)) == lonlat


def test_swap_is_reported_with_the_value():
    with pytest.raises(
        InvalidCoordinateError, match=r"latitude must be in \[-90, 90\], got 130\.6; are lon and lat swapped\?"
    ) as caught:
        LonLat(42.4, 130.6)
    assert caught.value.value == 130.6


@pytest.mark.parametrize(
    ("lon", "lat", "message"),
    [
        (180.1, 0, r"longitude must be in \[-180, 180\], got 180\.1$"),
        (0, -90.5, "are lon and lat swapped"),
        (130, 95, r"got 95$"),
        (130, math.nan, "latitude .* got nan"),
        (math.inf, 0, "longitude .* got inf"),
        ("130", 42, "longitude .* got '130'"),
        (130, None, "latitude .* got None"),
    ],
)
def test_refuses_invalid_positions(lon, lat, message):
    with pytest.raises(InvalidCoordinateError, match=message):
        LonLat(lon, lat)


@pytest.mark.parametrize(
    "text", ["130.29,42.25", "130.29 42.25", " 130.29 ,\t42.25 ", "+130.29,+42.25", "130.290,42.250"]
)
def test_parses_comma_and_space(text):
    assert LonLat.parse(text) == LonLat(130.29, 42.25)


@pytest.mark.parametrize("text", ["-.5,-0.", "-0.5 0"])
def test_parses_every_plain_decimal(text):
    assert tuple(LonLat.parse(text)) == (-0.5, 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "130.29",
        "130.29,42.25,5",
        "1e2,42",
        "130,29;42,25",
        "42°N 130°E",
        "nan,42",
        "१३०,42",
        "130.29,,42.25",
        "1_30,42",
    ],
)
def test_refuses_other_texts(text):
    with pytest.raises(InvalidCoordinateError, match="a position is written 'lon,lat'") as caught:
        LonLat.parse(text)
    assert caught.value.value == text


def test_parse_reports_a_swap():
    with pytest.raises(InvalidCoordinateError, match="swapped"):
        LonLat.parse("42.25,130.29")


@fast
@given(positions)
def test_text_reads_back_to_a_centimetre(position):
    assert distance(LonLat.parse(str(position)), position) < 0.02


@fast
@given(st.integers(0, 6), st.integers(0, 6), st.floats(-80, 80))
def test_precision_is_half_the_last_decimal(lon_decimals, lat_decimals, lat):
    text = f"130.{'0' * lon_decimals},{lat:.{lat_decimals}f}"
    known = LonLat.parse(text)
    east = distance(known, (130 + 0.5 * 10**-lon_decimals, known.lat))
    north = distance(known, (130, known.lat + math.copysign(0.5 * 10**-lat_decimals, -known.lat)))
    assert precision_m(text) == pytest.approx(max(east, north), rel=0.01)


def test_precision_of_the_article():
    assert precision_m("130.29,42.25") == pytest.approx(556, abs=1)


def test_precision_of_other_texts_is_refused():
    with pytest.raises(InvalidCoordinateError, match="is written"):
        precision_m("Rajin")


def test_as_lonlat_accepts_objects_with_a_position():
    assert as_lonlat(NODES[0]) is NODES[0].lonlat
    assert as_lonlat([130.6, 42.4]) == as_lonlat((130.6, 42.4)) == LonLat(130.6, 42.4)


@pytest.mark.parametrize("value", [130.6, None, "130.6,42.4", (1, 2, 3), ()])
def test_as_lonlat_refuses_the_rest(value):
    with pytest.raises(InvalidCoordinateError, match="a position is a LonLat"):
        as_lonlat(value)


def test_a_name_is_no_position_and_the_error_says_where_names_are_looked_up():
    with pytest.raises(InvalidCoordinateError, match=r"got 'Khasan'; layers\.find\('Khasan'\) looks a place up"):
        as_lonlat("Khasan")


def test_errors_survive_pickling():
    error = pickle.loads(pickle.dumps(InvalidCoordinateError("wrong", value=3)))  # noqa: S301 -- our own bytes
    assert (str(error), error.value) == ("wrong", 3)


def test_lonlat_survives_pickling():
    assert pickle.loads(pickle.dumps(LonLat(1, 2))) == LonLat(1, 2)  # noqa: S301 -- our own bytes


def test_is_frozen_and_hashable():
    with pytest.raises(AttributeError):
        LonLat(1, 2).lon = 3
    assert len({LonLat(1, 2), LonLat(1.0, 2.0)}) == 1


def test_bbox_takes_positions_of_every_kind():
    assert BBox.of([LonLat(1, 2), (3, 0), NODES[0]]) == BBox(1.0, 0.0, 130.6449, 42.4301)
