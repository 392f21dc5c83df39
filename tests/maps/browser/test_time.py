"""Any day: the page's script plays the record as `layers.record.history` does."""

from datetime import date

import pytest

import layers
import maps
from geo import parse_date
from layers.record.history import state_at
from tests.maps.conftest import AS_OF, FOLDER
from tests.maps.node import call
from tests.maps.parsed import Parsed, features_of

SUBJECT = ("border", "crossings", "railways", "stations", "ports", "zones", "power", "places")
DAYS = sorted(
    {date(year, 7, 1) for year in range(1855, 2030, 5)}
    | {date(2014, month, 15) for month in range(1, 13)}
    | {date(2014, 1, 1), date(2013, 12, 31), date(2014, 7, 31), date(2016, 2, 29), date(1951, 9, 27), date(1951, 9, 28)}
)
MADE_UP = [
    {"name": "no dates"},
    {"status": "operating", "history": []},
    {"valid_from": "2014", "valid_to": "2014"},
    {"valid_from": "2014-07", "valid_to": "2016-02"},
    {"valid_to": "2014-07-15", "status": "operating", "n": 1},
    {"status": "closed", "lanes": 2, "history": [{"date": "2014-07", "status": "closed", "set": {"lanes": 2}}]},
    {
        "valid_from": "1951-09-28",
        "status": "operating",
        "history": [
            {"date": "1951-09-28", "status": "planned"},
            {"date": "2014", "status": "operating", "set": {"gauge_mm": [1435]}},
            {"date": "2014-01-01", "status": "suspended", "set": {"gauge_mm": [1435, 1520], "length_m": 5}},
        ],
    },
]


def told(state):
    """Properties that say something; the page carries no others."""
    return None if state is None else {key: value for key, value in state.items() if value not in (None, "", [], {})}


@pytest.mark.parametrize("name", [*SUBJECT, "made up"])
def test_script_knows_every_state(name):
    every = MADE_UP if name == "made up" else [f["properties"] for f in layers.catalog().features(name)]
    assert len(DAYS) >= 40
    got = call(
        "core/record.js",
        "({ stateAt }, [every, days]) => days.map((day) => every.map((properties) => stateAt(properties, day)))",
        [[told(properties) for properties in every], [day.isoformat() for day in DAYS]],
    )
    for day, states in zip(DAYS, got, strict=True):
        assert [told(state) for state in states] == [told(state_at(properties, day)) for properties in every], day


def test_script_knows_the_days_of_change():
    every = [feature for name in SUBJECT for feature in layers.catalog().features(name)]
    got = call(
        "core/record.js",
        "({ changeDays }, every) => changeDays(every)",
        [{"properties": told(f["properties"])} for f in every],
    )
    texts = {
        text
        for feature in every
        for text in (
            feature["properties"].get("valid_from"),
            *(entry["date"] for entry in feature["properties"].get("history") or []),
        )
        if text
    }
    assert got == sorted({parse_date(text).earliest.isoformat() for text in texts})


def drawn(page):
    return set(
        page.evaluate("[...document.querySelectorAll('[data-id]:not(.is-away)')].map((element) => element.dataset.id)")
    )


def as_of(path, day):
    """Ids that a page built for a day shows on opening."""
    maps.build("overview", out=path, as_of=day)
    blocks = Parsed(path.read_text(encoding="utf-8")).blocks
    return {
        feature["id"]
        for key, block in blocks.items()
        if key.startswith("tumen-layer")
        for feature in features_of(block)
        if feature["symbol"] >= 0
    }


def go(opened, day):
    field = opened.page.locator("#time-day")
    field.fill(day)
    field.press("Enter")


@pytest.mark.parametrize("day", ["1948", "2014-07", "2014-11-24"])
def test_page_shows_what_a_page_of_that_day_shows(sheet, site, tmp_path, day):
    opened = sheet(site / "overview.html")
    go(opened, day)
    assert opened.page.locator("#time-day").input_value() == parse_date(day).latest.isoformat()
    expected = as_of(tmp_path / "then.html", day)
    assert drawn(opened.page) == expected
    then = sheet(tmp_path / "then.html")
    assert drawn(then.page) == expected
    assert (
        then.page.locator("#legend .layers").all_inner_texts()
        == opened.page.locator("#legend .layers").all_inner_texts()
    )
    assert then.page.locator("text.label").all_text_contents() == opened.page.locator("text.label").all_text_contents()
    assert then.page.locator(".callout").count() == opened.page.locator(".callout").count() == 0


def test_as_of_pages_look_like_today_at_today(sheet, site, tmp_path):
    maps.build("corridor", out=tmp_path / "then.html", as_of="1990")
    opened = sheet(tmp_path / "then.html")
    assert opened.page.locator("#time-day").input_value() == "1990-12-31"
    go(opened, layers.latest_date())
    now = sheet(site / "corridor.html")
    assert drawn(opened.page) == drawn(now.page)
    assert (
        opened.page.locator("#legend .layers").all_inner_texts()
        == now.page.locator("#legend .layers").all_inner_texts()
    )


def test_popup_keeps_to_the_day(sheet, site):
    opened = sheet(site / "corridor.html")
    opened.enter("crossing/tumen-road-bridge")
    badge = opened.page.locator(".leaflet-popup .badge")
    assert badge.text_content() == "operating"
    before = [
        e for e in layers.catalog().features("crossings") if e["properties"]["id"] == "crossing/tumen-road-bridge"
    ]
    go(opened, "2020")
    expected = state_at(before[0]["properties"], date(2020, 12, 31))["status"]
    assert badge.text_content() == expected
    go(opened, "1970")
    opened.until("document.querySelector('.leaflet-popup') === null")


def test_slider_by_keyboard_and_permalink(sheet, site):
    opened = sheet(site / "corridor.html")
    slider = opened.page.locator("#time-slider")
    slider.focus()
    opened.page.keyboard.press("ArrowLeft")
    day = slider.get_attribute("aria-valuetext")
    assert day < layers.latest_date()
    assert opened.page.locator("#time-day").input_value() == day
    assert opened.page.locator(".as-of time").text_content() == day
    opened.until(f"location.hash === '#day={day}'")
    opened.page.keyboard.press("End")
    opened.until("location.hash === ''")


@pytest.mark.parametrize("typed", ["yesterday", "2014-13", "2014-02-30", "", "<b>", "20144"])
def test_an_invalid_day_is_refused(sheet, site, typed):
    opened = sheet(site / "corridor.html")
    go(opened, typed)
    assert opened.page.locator("#time-day").input_value() == layers.latest_date()


def test_play_runs_to_the_end(sheet, site):
    opened = sheet(site / "corridor.html")
    slider = opened.page.locator("#time-slider")
    opened.page.locator(".time-play").focus()
    opened.page.keyboard.press("Enter")
    opened.until("document.getElementById('time-slider').value === '2'")
    assert opened.page.locator(".time-play").get_attribute("aria-label") == "Pause"
    opened.page.keyboard.press("Enter")
    slider.fill(str(int(slider.get_attribute("max")) - 1))
    opened.page.locator(".time-play").click()
    opened.until("document.querySelector('.time-play').ariaLabel === 'Play'")
    assert opened.page.locator("#time-day").input_value() == layers.latest_date()


def test_a_folder_without_dates_has_no_time(sheet, tmp_path):
    path = maps.build("border", out=tmp_path / "border.html", source=maps.GeoJsonFolder(FOLDER, AS_OF))
    opened = sheet(path)
    assert not opened.page.locator("#time").is_visible()
    assert opened.page.locator("[data-tool=time]").count() == 0
