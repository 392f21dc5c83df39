"""Dates of reduced precision."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import InvalidDateError, PartialDate, parse_date

from .strategies import fast

days = st.dates(dt.date(1000, 1, 1), dt.date(2100, 12, 31))
texts = st.one_of(days.map(str), days.map(lambda day: str(day)[:7]), days.map(lambda day: str(day)[:4]))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1959", dt.date(1959, 1, 1), dt.date(1959, 12, 31)),
        ("2014-07", dt.date(2014, 7, 1), dt.date(2014, 7, 31)),
        ("2016-02", dt.date(2016, 2, 1), dt.date(2016, 2, 29)),
        ("1900-02", dt.date(1900, 2, 1), dt.date(1900, 2, 28)),
        ("2014-07-18", dt.date(2014, 7, 18), dt.date(2014, 7, 18)),
    ],
)
def test_span_of_a_date(text, earliest, latest):
    assert (parse_date(text).earliest, parse_date(text).latest) == (earliest, latest)


@fast
@given(texts)
def test_text_reads_back(text):
    assert str(parse_date(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "18.07.2014", "2014-7", "2014-07-18T00:00", "2014/07", "14-07-18", " 2014", "20140718", "٢٠١٤", "2014-"],
)
def test_other_forms_are_refused(text):
    with pytest.raises(InvalidDateError, match="written YYYY, YYYY-MM or YYYY-MM-DD, got") as caught:
        parse_date(text)
    assert caught.value.text == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2014-13", r"month must be in \[1, 12\], got 13 \(in '2014-13'\)"),
        ("2014-00", "month must be in"),
        ("2015-02-29", "2015-02 has 28 days, got day 29"),
        ("2014-07-00", "2014-07 has 31 days, got day 0"),
        ("0999", r"year must be in \[1000, 2100\], got 999"),
        ("2101-01-01", "year must be in"),
    ],
)
def test_dates_of_no_calendar_are_refused(text, message):
    with pytest.raises(InvalidDateError, match=message):
        parse_date(text)


def test_a_day_needs_its_month():
    with pytest.raises(InvalidDateError, match="a day needs its month"):
        PartialDate(2014, None, 18)


@pytest.mark.parametrize(
    ("first", "second", "certain"),
    [
        ("2013", "2014", True),
        ("2014", "2014-07", False),
        ("2014-06", "2014-07-01", True),
        ("2014-07-18", "2014-07-18", False),
    ],
)
def test_precedes_is_certain(first, second, certain):
    assert parse_date(first).precedes(parse_date(second)) is certain


@fast
@given(texts, texts)
def test_order_is_that_of_the_spans(one, other):
    a, b = parse_date(one), parse_date(other)
    assert (a < b) == ((a.earliest, a.latest) < (b.earliest, b.latest))
    assert (a <= b) == (not b < a)
    assert not (a.precedes(b) and b.precedes(a))
    assert a < b or not a.precedes(b)


@fast
@given(texts, days)
def test_contains_the_days_of_its_span(text, day):
    date = parse_date(text)
    assert date.contains(date.earliest)
    assert date.contains(date.latest)
    assert date.contains(day) == str(day).startswith(text)


def test_order_with_something_else_is_refused():
    with pytest.raises(TypeError, match="not supported"):
        _ = parse_date("2014") < 2014
