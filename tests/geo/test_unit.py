"""Units of length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import UNITS, UnitError, from_unit, to_unit

from .strategies import fast


@pytest.mark.parametrize(
    ("unit", "metres"), [("m", 1), ("km", 1000), ("mi", 1609.344), ("nmi", 1852), ("verst", 1066.8)]
)
def test_metres_in_one(unit, metres):
    assert from_unit(1, unit) == metres
    assert to_unit(metres, unit) == 1


def test_no_other_unit_is_known():
    assert set(UNITS) == {"m", "km", "mi", "nmi", "verst"}


def test_the_table_cannot_be_changed():
    with pytest.raises(TypeError, match="item assignment"):
        UNITS["li"] = 500.0


def test_eighteen_miles_are_not_eighteen_kilometres():
    assert to_unit(from_unit(18, "mi"), "km") == pytest.approx(28.968, abs=0.001)


@fast
@given(st.floats(0, 1e8), st.sampled_from(sorted(UNITS)))
def test_there_and_back(value, unit):
    assert to_unit(from_unit(value, unit), unit) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("unit", "nearest"),
    [
        ("miles", "mi"),
        ("KM", "km"),
        ("kilometres", "km"),
        ("versts", "verst"),
        ("nautical miles", "nmi"),
        ("metres", "m"),
    ],
)
def test_error_names_the_nearest_spelling(unit, nearest):
    with pytest.raises(
        UnitError, match=f"one of m, km, mi, nmi, verst, got '{unit}'; did you mean '{nearest}'"
    ) as caught:
        to_unit(1, unit)
    assert caught.value.unit == unit


@pytest.mark.parametrize("unit", ["parsec", "", "里"])
def test_far_spellings_get_no_hint(unit):
    with pytest.raises(UnitError, match=f"got '{unit}'$"):
        from_unit(1, unit)
