"""Position, measure, graticule, colours, filter."""

import re

import pytest
from pyproj import Geod

from .conftest import PHONE

GEOD = Geod(ellps="WGS84")
PAGE = "getComputedStyle(document.documentElement).getPropertyValue('--page').trim()"


def tool(opened, name):
    button = opened.page.locator(f"[data-tool={name}]")
    if not button.is_visible():
        opened.page.locator("#tools-toggle").click()
    button.click()
    return button


def shown_position(opened):
    lon, lat = opened.page.locator(".position-text").text_content().split(", ")
    assert re.fullmatch(r"\d+\.\d{5}", lon)
    assert re.fullmatch(r"\d+\.\d{5}", lat)
    return float(lon), float(lat)


@pytest.fixture
def corridor(sheet, site):
    opened = sheet(site / "corridor.html")
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return opened


def test_position_follows_the_pointer_longitude_first_and_is_copied(corridor):
    position_is_copied(corridor)
    centre = shown_position(corridor)
    assert 130 < centre[0] < 131
    assert 42 < centre[1] < 43
    corridor.page.mouse.move(700, 300)
    corridor.page.mouse.move(900, 300)
    west = shown_position(corridor)
    corridor.page.mouse.move(1000, 400)
    east = shown_position(corridor)
    assert east[0] > west[0]
    assert east[1] < west[1]
    secondary_button_copies_the_place_under_it(corridor)


def position_is_copied(corridor):
    corridor.page.locator("#position button").focus()
    place = corridor.page.locator(".position-text").text_content()
    corridor.page.keyboard.press("Enter")
    corridor.until("document.querySelector('.position-text').textContent === 'Copied'")
    assert corridor.page.evaluate("navigator.clipboard.readText()") == place
    assert corridor.page.locator("#said").text_content() == "Copied"
    corridor.until(f"document.querySelector('.position-text').textContent === '{place}'")


def secondary_button_copies_the_place_under_it(corridor):
    corridor.page.mouse.move(900, 300)
    place = corridor.page.locator(".position-text").text_content()
    corridor.page.mouse.click(900, 300, button="right")
    corridor.until("document.querySelector('.position-text').textContent === 'Copied'")
    assert corridor.page.evaluate("navigator.clipboard.readText()") == place


def total_km(opened):
    text = opened.page.locator(".measure-total").text_content()
    km, nmi = (float(number.replace(",", "")) for number in re.findall(r"[\d.,]*\d", text))
    assert nmi * 1.852 == pytest.approx(km, abs=0.002)
    return km


def test_measure(corridor):
    by_clicks(corridor)
    on_a_feature_opens_no_popup(corridor)
    by_keyboard(corridor)
    assert corridor.messages == []


def by_clicks(corridor):
    tool(corridor, "measure")
    places = []
    for x, y in ((600, 300), (900, 420), (1000, 600)):
        corridor.page.mouse.move(x, y)
        places.append(shown_position(corridor))
        corridor.page.mouse.click(x, y)
    lons, lats = zip(*places, strict=True)
    assert total_km(corridor) == pytest.approx(GEOD.line_length(lons, lats) / 1000, abs=0.004)
    corridor.page.get_by_role("button", name="Remove the last point").click()
    assert total_km(corridor) == pytest.approx(GEOD.line_length(lons[:2], lats[:2]) / 1000, abs=0.004)
    corridor.page.keyboard.press("Escape")
    assert not corridor.page.locator("#measure").is_visible()
    assert corridor.page.locator(".leaflet-tumen-measure-pane path").count() == 0


def on_a_feature_opens_no_popup(corridor):
    tool(corridor, "measure")
    box = corridor.element("station/khasan").bounding_box()
    corridor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert corridor.page.locator(".leaflet-popup").count() == 0
    assert corridor.page.locator(".leaflet-tumen-measure-pane path").count() > 0
    corridor.page.keyboard.press("Escape")
    assert not corridor.page.locator("#measure").is_visible()


def by_keyboard(corridor):
    tool(corridor, "measure")
    corridor.page.locator("#map").focus()
    corridor.page.keyboard.press("Enter")
    corridor.page.keyboard.press("ArrowRight")
    corridor.page.wait_for_timeout(300)
    corridor.page.keyboard.press("Enter")
    assert total_km(corridor) > 1
    corridor.page.keyboard.press("Backspace")
    assert total_km(corridor) == 0


def test_graticule_on_demand_and_full_screen(corridor):
    lines = "document.querySelectorAll('.graticule path').length"
    assert corridor.page.evaluate(lines) == 0
    tool(corridor, "graticule")
    assert corridor.page.evaluate(lines) > 8
    words = corridor.page.locator(".degrees").all_text_contents()
    assert words
    assert all(re.fullmatch(r"(\d+°(\d\d′)?[EN])", text) for text in words), words
    tool(corridor, "graticule")
    assert corridor.page.evaluate(lines) == 0
    button = tool(corridor, "fullscreen")
    corridor.until("document.fullscreenElement === document.documentElement")
    corridor.until("document.querySelector('[data-tool=fullscreen]').ariaPressed === 'true'")
    button.click()
    corridor.until("document.fullscreenElement === null")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_colours_are_those_of_the_system_until_chosen(sheet, site, dark):
    colours = {False: "#fdfcf9", True: "#15191c"}
    opened = sheet(site / "corridor.html", dark=dark)
    assert opened.page.evaluate(PAGE) == colours[dark]
    button = tool(opened, "scheme")
    assert opened.page.evaluate(PAGE) == colours[not dark]
    assert button.get_attribute("aria-pressed") == str(not dark).lower()
    opened.page.reload()
    opened.until("document.documentElement.dataset.complete === 'true'")
    assert opened.page.evaluate(PAGE) == colours[not dark]
    opened.page.emulate_media(media="print")
    assert opened.page.evaluate(PAGE) == "#ffffff"


def drawn(opened, kind):
    return opened.page.locator(f"[data-id^='{kind}/']:not(.is-away)").count()


def test_filter_by_kind_and_status(corridor):
    page = corridor.page
    page.locator(".filter summary").click()
    stations, bridges = drawn(corridor, "station"), drawn(corridor, "crossing")
    page.locator("[data-filter=kind][value=station]").uncheck()
    assert 0 < drawn(corridor, "station") < stations
    assert drawn(corridor, "crossing") == bridges
    page.locator("[data-filter=status][value=operating]").uncheck()
    assert drawn(corridor, "station") < 10
    assert page.locator("text.label", has_text="Rajin Port").count() == 0
    page.locator(".filter .plain").click()
    assert drawn(corridor, "station") == stations
    assert page.locator("[data-filter]:checked").count() == page.locator("[data-filter]").count()


def test_filter_by_type_of_zone(sheet, site):
    opened = sheet(site / "zones.html")
    opened.page.locator(".filter summary").click()
    before = drawn(opened, "zone")
    box = opened.page.locator("[data-filter=zone_type][value=tourism]")
    count = int(box.locator("xpath=../span[@class='count']").text_content())
    box.uncheck()
    assert drawn(opened, "zone") == before - count
    assert "Tourism" not in opened.page.locator("#legend .rules").all_inner_texts()


def test_tools_fold_on_a_phone(sheet, site):
    opened = sheet(site / "corridor.html", viewport=PHONE, touch=True)
    assert not opened.page.locator("#tool-list").is_visible()
    tool(opened, "graticule")
    assert not opened.page.locator("#tool-list").is_visible()
    assert opened.page.locator(".graticule path").count() > 4
