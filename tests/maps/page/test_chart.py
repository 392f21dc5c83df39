"""Charts as SVG."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.page.chart import WIDTH, Bar, BarGroup, Column, columns, rows, ticks
from tests.maps.parsed import Parsed


@given(st.floats(1e-6, 1e9))
def test_ticks_are_even_and_reach_the_top(top):
    marks = ticks(top)
    assert marks[0] == 0
    assert marks[-1] >= top * (1 - 1e-6)
    assert 2 <= len(marks) <= 6
    assert [b - a for a, b in itertools.pairwise(marks)] == pytest.approx([marks[1]] * (len(marks) - 1))


def drawn(svg, tag):
    return [dict(attrs.items()) for _, attrs in Parsed(str(svg)).all(tag)]


def test_columns_of_one_period_stand_side_by_side_within_it():
    values = [Column(2014, 2015, 92.0, "92", "used"), Column(2014, 2015, 85.0, "85", "other")]
    boxes = drawn(columns(values, label="x", write=str), "rect")
    (a, b) = ((float(box["x"]), float(box["x"]) + float(box["width"])) for box in boxes)
    assert a[1] <= b[0]


def test_a_part_of_a_year_is_narrower():
    values = [Column(2014, 2015, 5, "5", "used"), Column(2015, 2015.5, 5, "5", "used")]
    year, half = (float(box["width"]) for box in drawn(columns(values, label="x", write=str), "rect"))
    assert half == pytest.approx(year / 2, abs=1)


def test_bars_have_one_scale_that_begins_at_nothing():
    svg = rows([BarGroup("a", (Bar("x", 10, "10"),)), BarGroup("b", (Bar("y", 5, "5"),))], label="x")
    boxes = drawn(svg, "rect")
    assert float(boxes[1]["width"]) == pytest.approx(float(boxes[0]["width"]) / 2, abs=0.01)


def test_spread_reaches_as_far_as_it_says():
    (path,) = drawn(rows([BarGroup("", (Bar("x", 10, "10", spread=2),))], label="x"), "path")
    low, high = (float(part) for part in path["d"].split("V")[0].split("M")[1].replace("H", ",").split(",")[::2])
    assert low / high == pytest.approx(8 / 12, abs=0.01)


def test_nothing_leaves_the_picture():
    svg = rows([BarGroup("g", (Bar("x", 1e6, "1,000,000 km", spread=1e5),))], label="x")
    for box in drawn(svg, "rect"):
        assert float(box["x"]) + float(box["width"]) <= WIDTH


def test_empty_charts_are_charts():
    assert drawn(columns([], label="x", write=str), "svg")
    assert drawn(rows([], label="x"), "svg")


def test_words_are_never_markup():
    bad = "</text><script>alert(1)</script>"
    svg = rows([BarGroup(bad, (Bar(bad, 1, bad),))], label=bad)
    assert not Parsed(str(svg)).all("script")


def test_the_same_bytes_twice():
    values = [Column(2014, 2015, 92.0, "92", "used")]
    assert columns(values, label="x", write=str) == columns(values, label="x", write=str)
