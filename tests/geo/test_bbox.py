"""Boxes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import BBox, InvalidCoordinateError, InvalidGeometryError, InvalidQuantityError, destination

from .strategies import fast, local, positions

RASON = BBox(130.1, 42.1, 130.7, 42.6)


def test_order_is_that_of_rfc_7946():
    assert tuple(RASON) == (130.1, 42.1, 130.7, 42.6)


def test_geo_interface_is_a_closed_counter_clockwise_ring():
    ring = RASON.__geo_interface__["coordinates"][0]
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    assert ring[0] == ring[-1]
    assert len(ring) == 5
    assert twice / 2 == pytest.approx(0.6 * 0.5)


@pytest.mark.parametrize(
    ("position", "inside"),
    [
        ((130.1, 42.1), True),
        ((130.7, 42.6), True),
        ((130.4, 42.3), True),
        ((130.09, 42.3), False),
        ((130.4, 42.61), False),
    ],
)
def test_contains_includes_the_edge(position, inside):
    assert RASON.contains(position) is inside


@pytest.mark.parametrize(
    ("bounds", "error", "message"),
    [
        ((131, 42, 130, 43), InvalidGeometryError, "west <= east, got 131 and 130; split"),
        ((130, 43, 131, 42), InvalidGeometryError, "south <= north, got 43 and 42"),
        ((130, 42, 181, 43), InvalidCoordinateError, "longitude .*north-east corner"),
        ((42, 130, 43, 131), InvalidCoordinateError, "swapped"),
    ],
)
def test_refuses_wrong_bounds(bounds, error, message):
    with pytest.raises(error, match=message):
        BBox(*bounds)


def test_box_of_nothing_is_refused():
    with pytest.raises(InvalidGeometryError, match="at least one position"):
        BBox.of([])


@pytest.mark.parametrize("margin", [-1, float("nan"), float("inf")])
def test_margin_must_be_a_length(margin):
    with pytest.raises(InvalidQuantityError, match="margin"):
        RASON.expand(margin)


@fast
@given(st.lists(positions, min_size=1, max_size=5), st.lists(positions, min_size=1, max_size=5))
def test_union_is_the_box_of_all(some, others):
    assert BBox.of(some).union(BBox.of(others)) == BBox.of(some + others)


@fast
@given(st.lists(local, min_size=1, max_size=3), st.floats(0, 360), st.floats(1, 100_000))
def test_expanded_box_holds_all_within_the_margin(points, bearing_deg, margin_m):
    wide = BBox.of(points).expand(margin_m)
    assert all(wide.contains(destination(point, bearing_deg, margin_m * 0.999999)) for point in points)


def test_expanded_box_is_not_much_too_wide():
    wide = BBox(130.0, 42.0, 130.0, 42.0).expand(10_000)
    assert wide.north - 42.0 == pytest.approx(10_000 / 111_070, rel=0.01)
    assert wide.east - 130.0 == pytest.approx(10_000 / 82_850, rel=0.01)


def test_expansion_stops_at_pole_and_antimeridian():
    assert tuple(BBox(179, 89, 179.5, 89.5).expand(200_000)) == pytest.approx((-180, 87.19, 180, 90), abs=0.01)
