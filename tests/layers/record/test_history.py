"""The state of a feature on a day."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.record.history import features_at, state_at

# The page's scripts run the same: tests/maps/js/record.test.js.
CASES = json.loads((Path(__file__).parents[2] / "fixtures" / "state_on_day.json").read_text(encoding="utf-8"))["cases"]
STATUS = st.sampled_from(["planned", "under_construction", "operating", "suspended", "closed"])


@st.composite
def features(draw):
    days = sorted(
        draw(st.lists(st.dates(dt.date(1900, 1, 1), dt.date(2030, 1, 1)), min_size=1, max_size=6, unique=True))
    )
    history = [
        {"date": day.isoformat(), "status": draw(STATUS), "sources": ["x"], "set": {"n": draw(st.integers())}}
        for day in days
    ]
    return {"valid_from": history[0]["date"], "valid_to": None, "status": history[-1]["status"], "history": history}


@given(features(), st.dates(dt.date(1890, 1, 1), dt.date(2040, 1, 1)))
def test_state_is_that_of_the_last_change(properties, day):
    state = state_at(properties, day)
    past = [entry for entry in properties["history"] if entry["date"] <= day.isoformat()]
    if not past:
        assert state is None
    else:
        assert (state["status"], state["n"]) == (past[-1]["status"], past[-1]["set"]["n"])


@given(features(), st.dates(dt.date(1890, 1, 1), dt.date(2040, 1, 1)))
def test_the_given_feature_is_left_as_it_was(properties, day):
    before = repr(properties)
    features_at([{"properties": properties}], day)
    assert repr(properties) == before


def test_unknown_beginning_means_unknown_status_not_absence():
    port = {"valid_from": None, "status": "operating", "history": [{"date": "2026-07-24", "status": "operating"}]}
    assert state_at(port, dt.date(2000, 1, 1))["status"] is None


def test_an_end_known_to_the_year_ends_with_it():
    gone = {
        "valid_from": "1950",
        "valid_to": "1990",
        "status": "closed",
        "history": [{"date": "1950", "status": "closed"}],
    }
    assert state_at(gone, dt.date(1990, 12, 31)) is not None
    assert state_at(gone, dt.date(1991, 1, 1)) is None


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_state_on_a_day_is_as_specified(case):
    for day, expected in case["states"].items():
        state = state_at(case["properties"], dt.date.fromisoformat(day))
        said = state and {key: value for key, value in state.items() if value not in (None, "", [], {})}
        assert said == expected, day
