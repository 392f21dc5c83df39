"""Any day: the page's script plays the record as `layers.record.history` does."""

from datetime import date

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


def test_script_knows_every_state():
    layers_ = {name: [f["properties"] for f in layers.catalog().features(name)] for name in SUBJECT}
    layers_["made up"] = MADE_UP
    assert len(DAYS) >= 40
    got = call(
        "core/record.js",
        "({ stateAt }, [layers, days]) => layers.map((every) => days.map((day) => every.map((one) => stateAt(one, day))))",
        [[[told(one) for one in every] for every in layers_.values()], [day.isoformat() for day in DAYS]],
    )
    for (name, every), by_day in zip(layers_.items(), got, strict=True):
        for day, states in zip(DAYS, by_day, strict=True):
            expected = [told(state_at(properties, day)) for properties in every]
            assert [told(state) for state in states] == expected, (name, day)


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


def test_page_shows_what_a_page_of_that_day_shows(sheet, site, tmp_path):
    opened = sheet(site / "overview.html")
    assert opened.page.locator(".callout").count() > 0
    for day in ("1948", "2014-07", "2014-11-24"):
        go(opened, day)
        assert opened.page.locator("#time-day").input_value() == parse_date(day).latest.isoformat()
        expected = as_of(tmp_path / "then.html", day)
        assert drawn(opened.page) == expected, day
        then = sheet(tmp_path / "then.html")
        assert drawn(then.page) == expected, day
        for words in ("#legend .layers", "text.label"):
            assert then.page.locator(words).all_inner_texts() == opened.page.locator(words).all_inner_texts(), day
        assert then.page.locator(".callout").count() == opened.page.locator(".callout").count() == 0, day


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


def test_slider_by_keyboard_field_and_play(sheet, site):
    opened = sheet(site / "corridor.html")
    page = opened.page
    slider = page.locator("#time-slider")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    day = slider.get_attribute("aria-valuetext")
    assert day < layers.latest_date()
    assert page.locator("#time-day").input_value() == day
    assert page.locator(".as-of time").text_content() == day
    opened.until(f"location.hash === '#day={day}'")
    for typed in ("yesterday", "2014-13", "2014-02-30", "", "<b>", "20144"):
        go(opened, typed)
        assert page.locator("#time-day").input_value() == day, typed
    slider.focus()
    page.keyboard.press("End")
    opened.until("location.hash === ''")
    go(opened, "yesterday")
    assert page.locator("#time-day").input_value() == layers.latest_date()
    play_runs_to_the_end(opened)


def play_runs_to_the_end(opened):
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
