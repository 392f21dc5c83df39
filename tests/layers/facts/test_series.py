"""Series: every value has a source, one value per period is used, and parts add up to the whole."""

import subprocess
import sys
from collections import Counter

import pytest

import layers

EVERY = [layers.series(name) for name in layers.series_names()]
SOURCES = layers.sources()


@pytest.mark.parametrize("series", EVERY, ids=lambda series: series.name)
class TestSeries:
    def test_values_are_sourced_and_in_a_unit(self, series):
        for row in series:
            assert row.source in SOURCES
            assert row.unit
            assert row.scope

    def test_one_value_at_most_is_used(self, series):
        used = Counter((row.period, row.part) for row in series if row.used)
        assert set(used.values()) == {1}

    def test_periods_run_forwards(self, series):
        assert all(row.begin <= row.end for row in series)

    def test_counters_are_on_the_record(self, series):
        known = {organisation.id for organisation in layers.organisations()}
        assert {row.by for row in series if row.by} <= known

    def test_frame_has_a_row_a_value(self, series):
        frame = series.to_frame()
        assert list(frame.value) == [row.value for row in series]
        assert (frame.begin <= frame.end).all()


@pytest.mark.parametrize(
    ("name", "period", "part", "value"),
    [
        ("trade-far-east", "2019-01/2019-03", "", 10.69),
        ("trade-far-east", "2018-01/2018-03", "", 3.72),
        ("trade-far-east", "2019-01/2019-03", "oil products", 9.08),
        ("trade", "2013", "", 112.7),
        ("trade", "2014", "", 92.34),
        ("trade", "2018", "", 34),
        ("trade", "2019", "", 47.9),
        ("trade", "2023", "", 34.4),
        ("trade-target", "2020", "", 1000),
        ("debt", "2012-09-17", "", 10.94),
        ("debt", "2012-09-17", "to be repaid", 1.09),
        ("mineral-wealth", "2018", "", 3.3),
        ("victory-length", "2014-10-21", "", 3500),
        ("internet-traffic", "2017-10", "TransTeleCom", 60),
    ],
)
def test_published_values(name, period, part, value):
    assert layers.series(name).value(period, part).value == value


@pytest.mark.parametrize(
    ("name", "period", "parts"),
    [
        ("trade-far-east", "2019-01/2019-03", ("exports", "imports")),
        ("trade", "2014", ("exports", "imports")),
        ("trade", "2019-01/2019-06", ("exports", "imports")),
        ("trade", "2019", ("exports", "imports")),
        ("rajin-coal-trials", "2015-04-16/2015-05-09", ("for POSCO", "for power stations")),
        ("railway-network", "2015", ("1435 mm", "762 mm")),
    ],
)
def test_parts_add_up(name, period, parts):
    series = layers.series(name)
    total = sum(series.value(period, part).value for part in parts)
    assert total == pytest.approx(series.value(period).value, abs=0.005)


def test_change_follows_from_the_values():
    trade, change = layers.series("trade"), layers.series("trade-change")
    for before, after in (("2017", "2018"), ("2018", "2019"), ("2019", "2020")):
        ratio = trade.value(after).value / trade.value(before).value
        assert 100 * (ratio - 1) == pytest.approx(change.value(after).value, abs=0.5)


def test_disagreeing_values_stand_side_by_side():
    assert [row.value for row in layers.series("trade").at("2014")] == [92.34, 92.3, 84.77]


def test_the_far_east_is_never_more_than_russia():
    far_east = layers.series("trade-far-east").value("2019-01/2019-03")
    assert far_east.value < layers.series("trade").value("2019-01/2019-06").value


def test_unknown_value_names_the_nearest():
    with pytest.raises(layers.UnknownSeriesError, match="did you mean 'trade 2021'"):
        layers.series("trade").value("2091")


def test_reading_imports_nothing_heavy():
    program = "import sys, layers; layers.series('trade').value('2014'); layers.events(); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert not [name for name in ("numpy", "pandas", "shapely", "pyproj", "rustworkx") if f"'{name}'" in loaded]
