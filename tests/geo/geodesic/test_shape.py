"""Lengths and areas: reference values, both engines, and invalid input."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import (
    InvalidCoordinateError,
    InvalidGeometryError,
    InvalidQuantityError,
    LonLat,
    area,
    densify,
    destination,
    distance,
    line_length,
)
from tests.geo.strategies import fast, local

# geographiclib/test/test_geodesic.py, Planimeter0 and Planimeter6: rings of (lat, lon)
POLE_CAP = [(0, 89), (90, 89), (180, 89), (-90, 89)]
POLE_CAP_M2 = 24952305678.0
OCTANT = [(0, 0), (90, 0), (0, 90)]
# an eighth of the WGS 84 ellipsoid (510065621724088.44 m², NIMA TR8350.2)
OCTANT_M2 = 510065621724088.44 / 8
CELL = [(130, 42), (131, 42), (131, 43), (130, 43)]
HOLE = [(130.4, 42.4), (130.6, 42.4), (130.6, 42.6), (130.4, 42.6)]


@pytest.mark.parametrize(("ring", "square_metres"), [(POLE_CAP, POLE_CAP_M2), (OCTANT, OCTANT_M2)])
def test_reference_areas(ring, square_metres):
    assert area([ring]) == pytest.approx(square_metres, abs=1)
    assert area([np.array(ring, float)]) == pytest.approx(square_metres, abs=1)


def test_winding_and_closing_do_not_matter():
    whole = area([CELL])
    for ring in (CELL[::-1], [*CELL, CELL[0]], CELL[2:] + CELL[:2]):
        assert area([ring]) == pytest.approx(whole, rel=1e-12)
        assert area([np.array(ring, float)]) == pytest.approx(whole, rel=1e-9)


def test_holes_are_taken_off():
    assert area([CELL, HOLE[::-1]]) == pytest.approx(area([CELL]) - area([HOLE]), rel=1e-12)


def test_area_over_the_antimeridian_equals_the_same_shape_elsewhere():
    across = [(179.5, 42), (-179.5, 42), (-179.5, 43), (179.5, 43)]
    assert area([across]) == pytest.approx(area([CELL]), rel=1e-12)


def test_long_rings_go_through_the_other_engine_unchanged():
    ring = densify([*CELL, CELL[0]], max_segment_m=500)
    assert len(ring) > 500
    assert area([ring]) == pytest.approx(area([CELL]), rel=1e-9)


@pytest.mark.parametrize("ring", [CELL, tuple(CELL), [LonLat(*p) for p in CELL], np.array(CELL, float)])
def test_one_ring_in_place_of_a_list_is_refused(ring):
    with pytest.raises(InvalidGeometryError, match=r"write area\(\[ring\]\)"):
        area(ring)


@pytest.mark.parametrize(
    ("rings", "message"),
    [
        ([], "an outer ring, got no ring"),
        ([[(0, 0), (1, 1)]], r"three corners, got 2 \(ring 0\)"),
        ([[(0, 0), (1, 1), (0, 0)]], "three corners, got 2"),
        ([CELL, []], r"three corners, got 0 \(ring 1\)"),
        ([HOLE, CELL], "holes must fit in the outer ring"),
    ],
)
def test_a_ring_without_area_is_refused(rings, message):
    with pytest.raises(InvalidGeometryError, match=message):
        area(rings)


def test_swapped_corner_is_reported():
    with pytest.raises(InvalidCoordinateError, match="swapped"):
        area([[(42, 130), (42, 131), (43, 131)]])


def test_length_of_the_friendship_bridge():
    # between the two ends in research/points.csv; 619 m to 623 m are published
    assert line_length([(130.6432, 42.416156), (130.636876, 42.413125)]) == pytest.approx(620, abs=2)


@fast
@given(st.lists(local, max_size=8))
def test_length_is_the_sum_of_its_segments_in_both_engines(line):
    segments = math.fsum(distance(a, b) for a, b in pairwise(line))
    rows = np.array([tuple(point) for point in line], dtype=float).reshape(-1, 2)
    assert line_length(line) == pytest.approx(segments, abs=1e-6)
    assert line_length(rows) == pytest.approx(segments, abs=1e-6)


@fast
@given(st.lists(local, min_size=2, max_size=8))
def test_length_is_not_below_the_straight_line(line):
    assert line_length(line) >= distance(line[0], line[-1]) - 1e-6
    assert line_length(line[::-1]) == pytest.approx(line_length(line), abs=1e-6)


@pytest.mark.parametrize("line", [[], [(130, 42)], np.empty((0, 2)), np.array([[130.0, 42.0]])])
def test_fewer_than_two_positions_have_no_length(line):
    assert line_length(line) == 0.0


def test_long_lines_change_the_engine_and_not_the_length():
    line = [(130 + step / 1000, 42.0) for step in range(600)]
    expected = math.fsum(distance(a, b) for a, b in pairwise(line))
    assert line_length(line) == pytest.approx(expected, abs=1e-6)


def test_wrong_shape_is_refused():
    with pytest.raises(InvalidGeometryError, match=r"got shape \(4, 3\)"):
        line_length(np.zeros((4, 3)))


@fast
@given(st.lists(local, min_size=2, max_size=4), st.floats(1000, 200_000))
def test_densified_line_is_the_same_line(line, step_m):
    dense = densify(line, max_segment_m=step_m)
    gaps = [distance(a, b) for a, b in pairwise(dense)]
    assert max(gaps) <= step_m + 1e-6
    assert sum(gaps) == pytest.approx(line_length(line), abs=1e-5)
    assert [point for point in dense if point in line] == line


@pytest.mark.parametrize("step_m", [0, -1, math.nan, math.inf])
def test_densify_needs_a_length(step_m):
    with pytest.raises(InvalidQuantityError, match="max_segment_m must be a finite number > 0"):
        densify(CELL, max_segment_m=step_m)


def test_densified_vertices_lie_on_the_geodesic():
    end = destination((130, 42), 60, 100_000)
    for point in densify([(130, 42), end], max_segment_m=10_000):
        assert distance((130, 42), point) + distance(point, end) == pytest.approx(100_000, abs=1e-5)
