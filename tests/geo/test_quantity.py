"""Lengths with uncertainty."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import (
    Distance,
    InvalidQuantityError,
    UnitError,
    distance,
    separation,
    sum_independent,
    sum_systematic,
)

from .line import NODES
from .strategies import fast, local

metres = st.floats(0, 1e6)


@pytest.mark.parametrize(
    ("length", "uncertainty", "text"),
    [
        (35412.3, 102.0, "35.4 km ± 0.1 km"),
        (35412.3, 96.0, "35.4 km ± 0.1 km"),
        (35412.3, 94.0, "35.41 km ± 0.09 km"),
        (35412.3, 2400.0, "35 km ± 2 km"),
        (35412.3, 12000.0, "40 km ± 10 km"),
        (619.9, 42.0, "620 m ± 40 m"),
        (619.94, 0.5, "619.9 m ± 0.5 m"),
        (999.96, 0.5, "1000.0 m ± 0.5 m"),
        (35412.34, 0.0, "35.412 km"),
        (0.5, 0.0, "0.500 m"),
        (120.0, 400.0, "100 m ± 400 m (not distinguishable from 0)"),
        (400.0, 400.0, "400 m ± 400 m (not distinguishable from 0)"),
        (120.0, 4000.0, "0 km ± 4 km (not distinguishable from 0)"),
    ],
)
def test_digits_are_those_the_uncertainty_leaves(length, uncertainty, text):
    assert str(Distance(length, uncertainty)) == text


@pytest.mark.parametrize(
    ("unit", "text"), [("km", "29 km ± 1 km"), ("mi", "18.0 mi ± 0.6 mi"), ("m", "29000 m ± 1000 m")]
)
def test_text_in_any_unit(unit, text):
    assert Distance(28968, 960).text(unit) == text


def test_unknown_unit_is_refused():
    with pytest.raises(UnitError, match="did you mean 'km'"):
        Distance(1).text("kms")


@fast
@given(st.floats(1, 1e7), st.floats(0.001, 1e5))
def test_written_number_is_within_the_written_uncertainty(length, uncertainty):
    known = Distance(length, uncertainty)
    value, spread = (float(part.split()[0]) for part in known.text("m").split(" ± "))
    assert abs(value - length) <= spread * 0.5 + 1e-9
    assert spread == pytest.approx(uncertainty, rel=0.5)


@pytest.mark.parametrize("value", [-1.0, math.nan, math.inf, "5"])
def test_impossible_lengths_are_refused(value):
    with pytest.raises(InvalidQuantityError, match="metres must be a finite number >= 0, got"):
        Distance(value)
    with pytest.raises(InvalidQuantityError, match="uncertainty_m must be a finite number >= 0, got"):
        Distance(1.0, value)


@fast
@given(st.lists(st.builds(Distance, metres, metres), min_size=1, max_size=6))
def test_systematic_errors_add_up_to_more_than_independent_ones(parts):
    independent, systematic = sum_independent(parts), sum_systematic(parts)
    assert independent.metres == systematic.metres == pytest.approx(sum(part.metres for part in parts))
    assert systematic.uncertainty_m == pytest.approx(sum(part.uncertainty_m for part in parts))
    largest = max(part.uncertainty_m for part in parts)
    assert largest * (1 - 1e-12) <= independent.uncertainty_m <= systematic.uncertainty_m * (1 + 1e-12)


def test_independent_errors_add_in_quadrature():
    assert sum_independent([Distance(1, 30), Distance(2, 40)]).uncertainty_m == 50


@fast
@given(local, local, metres, metres)
def test_separation_is_the_geodesic_with_both_accuracies(a, b, accuracy_a, accuracy_b):
    apart = separation(a, b, accuracy_a_m=accuracy_a, accuracy_b_m=accuracy_b)
    assert apart.metres == distance(a, b)
    assert apart.uncertainty_m == pytest.approx(math.sqrt(accuracy_a**2 + accuracy_b**2), abs=1e-6)
    assert apart.is_resolved == (apart.metres > apart.uncertainty_m)


def test_separation_takes_the_accuracy_of_nodes():
    apart = separation(NODES[0], NODES[4])
    assert apart.uncertainty_m == pytest.approx(math.hypot(20, 100))
    assert str(apart) == "35.5 km ± 0.1 km"


def test_separation_without_accuracy_is_refused():
    with pytest.raises(InvalidQuantityError, match="accuracy_b_m is needed"):
        separation(NODES[0], (130, 42))


def test_separation_refuses_a_negative_accuracy():
    with pytest.raises(InvalidQuantityError, match="accuracy_a_m must be a finite number >= 0, got -5"):
        separation((130, 42), (131, 42), accuracy_a_m=-5, accuracy_b_m=5)
