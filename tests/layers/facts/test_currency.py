"""The newest fact, and features with old evidence."""

from datetime import date

import pytest

import layers
from layers.facts.currency import age_in_days, newest_fact, stale

DAY = date(2026, 11, 28)
KINDS = {"index": "dataset", "paper": "press"}


def test_latest_is_a_fact_and_not_the_date_of_a_package():
    known = layers.catalog()
    cited = layers.sources()
    days = {
        entry["date"]
        for record in known
        for row in known.features(record.name)
        for entry in row["properties"].get("history", ())
        if any(cited[source].kind != "dataset" for source in entry["sources"])
    }
    assert known.latest in days | {event.date for event in layers.events()}


@pytest.mark.parametrize(
    ("histories", "events", "newest"),
    [
        ([[("2020", "paper")]], [], "2020"),
        ([[("2020", "paper")], [("2026", "index")]], [], "2020"),
        ([[("2020", "paper")]], [{"date": "2021-05", "until": "2021-06"}], "2021-06"),
        ([[("2020", "paper")], [("2020-01-01", "paper")]], [], "2020-01-01"),
        ([[("2020-03", "paper"), ("2019-12-31", "paper")]], [], "2020-03"),
    ],
)
def test_newest_of(histories, events, newest):
    rows = [{"history": [{"date": day, "sources": [source]} for day, source in one]} for one in histories]
    assert newest_fact(rows, events, KINDS.__getitem__) == newest


def test_nothing_dated_has_no_newest_fact():
    with pytest.raises(ValueError, match="empty"):
        newest_fact([{"history": []}], [], KINDS.__getitem__)


@pytest.mark.parametrize(("text", "days"), [("90d", 90), ("6m", 182.625), ("1y", 365.25), (" 2Y ", 730.5)])
def test_ages(text, days):
    assert age_in_days(text) == days


@pytest.mark.parametrize("text", ["", "1", "y", "-1y", "1w", "1.5y", "99999y"])
def test_an_invalid_age_is_refused(text):
    with pytest.raises(layers.AgeError, match="such as 1y, 6m or 90d"):
        age_in_days(text)


@pytest.fixture(scope="module")
def told():
    return stale(DAY)


class TestStale:
    def test_oldest_first_and_none_below_the_requested_age(self):
        ages = [item.age_days for item in stale(DAY, older_days=365.25)]
        assert ages == sorted(ages, reverse=True)
        assert min(ages) > 365.25

    def test_the_bridge_that_opened_this_year_is_not_stale(self, told):
        found = {item.id: item for item in told}
        assert found["crossing/tumen-road-bridge"].age_days <= (DAY - date(2026, 9, 7)).days
        assert "crossing/tumen-road-bridge" not in {item.id for item in stale(DAY, older_days=365.25)}

    def test_a_closed_crossing_has_search_terms_for_its_reopening(self, told):
        found = next(item for item in told if item.id == "crossing/tumen-namyang-road")
        assert (found.evidence, found.source, found.status) == ("2023-08", "asiapress-tumen-2023-08", "suspended")
        assert found.search["en"] == '"Tumen–Namyang road bridges" reopened resumed 2026'
        assert "재개" in found.search["ko"]
        assert set(found.search) == {"en", "ko", "ru", "zh"}

    def test_sections_of_a_line_are_one(self, told):
        ids = [item.id for item in told]
        assert len(ids) == len(set(ids))
        assert "line/khasan-tumangang" in ids
        assert not [one for one in ids if one.startswith("rail/")]

    def test_packages_do_not_count_as_evidence(self, told):
        assert "port/tsuruga" not in {item.id for item in told}
