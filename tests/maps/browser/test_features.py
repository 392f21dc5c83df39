import json

import pytest

from tests.maps.parsed import Parsed

from .conftest import Bookmark


def blocks(path):
    every = Parsed(path.read_text(encoding="utf-8")).blocks
    return [block for key, block in every.items() if key.startswith("tumen-layer")]


def test_labels_are_the_same_every_time(sheet, site):
    text = "document.querySelector('svg.labels').innerHTML"
    assert sheet(site / "overview.html").page.evaluate(text) == sheet(site / "overview.html").page.evaluate(text)


def test_legend_switches_a_layer(sheet, site):
    opened = sheet(site / "corridor.html")
    page = opened.page
    group = "document.querySelector('[data-id]').ownerSVGElement.querySelector('g[data-layer=railways]')"
    visible = f"getComputedStyle({group}).display"
    assert page.evaluate(visible) != "none"
    page.locator("#legend input[data-layer=railways]").uncheck()
    assert page.evaluate(visible) == "none"
    page.locator("#legend input[data-layer=railways]").check()
    assert page.evaluate(visible) != "none"


def test_legend_lists_only_what_the_data_holds(sheet, site):
    opened = sheet(site / "zones.html")
    (block,) = [block for block in blocks(site / "zones.html") if block["id"] == "zones"]
    expected = list(dict.fromkeys(symbol["label"]["en"] for symbol in block["symbols"] if symbol["geometries"]))
    rules = opened.page.locator("li.layer:has(input[data-layer=zones]) .rules li")
    assert rules.all_inner_texts() == expected


def test_layers_wait_for_their_zoom(sheet, site):
    opened = sheet(Bookmark(site / "overview.html", "#view=5/130/42"))
    hint = opened.page.locator("li.layer:has(input[data-layer=stations]) .hint")
    assert hint.text_content() == "zoom in to see"
    opened.page.locator("#views button").first.click()  # the lower Tumen
    opened.until("document.querySelector('li.layer:has(input[data-layer=stations]) .hint').textContent === ''")


def test_view_button_shows_its_extent(sheet, site):
    opened = sheet(site / "overview.html")
    wide = opened.page.locator("#scale").inner_text()
    opened.page.locator("#views button").last.click()
    narrow = opened.page.locator("#scale").inner_text()
    assert wide != narrow
    assert "km" in narrow
    assert "nmi" in narrow


def test_popup_by_keyboard_and_back(sheet, site):
    opened = sheet(site / "corridor.html")
    opened.enter("crossing/friendship-bridge")
    page = opened.page
    popup = page.locator(".leaflet-popup")
    assert popup.get_attribute("role") == "dialog"
    assert "Friendship Bridge" in popup.get_attribute("aria-label")
    assert page.evaluate("document.activeElement.textContent").startswith("Friendship Bridge")
    page.keyboard.press("Escape")
    opened.until("document.querySelector('.leaflet-popup') === null")
    assert page.evaluate("document.activeElement.dataset.id") == "crossing/friendship-bridge"


def test_popup_tells_what_is_known(sheet, site):
    opened = sheet(site / "corridor.html")
    opened.enter("crossing/friendship-bridge")
    popup = opened.page.locator(".leaflet-popup")
    text = popup.inner_text()
    assert text.index("The only railway bridge") < text.index("Gauge")
    for expected in ("623", "590", "used here", "9 August 1959", "In the two articles"):
        assert expected in text
    method = popup.locator(".provenance")
    assert not method.locator(".sources").is_visible()
    method.locator("> summary").click()
    for expected in ("±", "crossing/friendship-bridge", "ODbL-1.0"):
        assert expected in popup.inner_text()
    assert set(popup.locator(".names span").evaluate_all("(spans) => spans.map((span) => span.lang)")) == {
        "ko",
        "ru",
        "zh-Hans",
    }
    for link in popup.locator("a[target]").all():
        assert link.get_attribute("href").startswith(("http://", "https://"))
        assert "noopener" in link.get_attribute("rel")


@pytest.mark.parametrize(
    "viewport", [{"width": 320, "height": 568}, {"width": 390, "height": 844}, {"width": 1280, "height": 800}]
)
def test_popup_fits_the_screen(sheet, site, viewport):
    opened = sheet(site / "corridor.html", viewport=viewport)
    opened.enter("crossing/friendship-bridge")
    box = opened.page.locator(".leaflet-popup-content-wrapper").bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
    assert box["y"] + box["height"] <= viewport["height"]


def test_panel_is_folded_on_a_phone(sheet, site):
    opened = sheet(site / "routes.html", viewport={"width": 390, "height": 844}, touch=True)
    toggle = opened.page.locator("#panel-toggle")
    assert toggle.get_attribute("aria-expanded") == "false"
    assert not opened.page.locator("#legend").is_visible()
    toggle.click()
    assert opened.page.locator("#legend").is_visible()


def test_point_shows_its_accuracy(sheet, site):
    opened = sheet(site / "zones.html")
    opened.page.locator("g[data-layer=zones] .hit-point").first.focus()
    assert opened.page.locator("path.accuracy").count() == 1


def test_paper_holds_map_legend_and_sources(sheet, site):
    opened = sheet(site / "corridor.html")
    opened.page.emulate_media(media="print")
    assert opened.page.locator("#legend").is_visible()
    assert opened.page.locator("#map").bounding_box()["height"] > 300
    assert not opened.page.locator("#zoom").is_visible()
    assert (
        opened.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--land')").strip()
        == "#ffffff"
    )


def test_blocks_hold_longitude_first(site):
    for block in blocks(site / "zones.html"):
        for feature in block["features"]:
            lon, lat = (
                json.loads(json.dumps(feature["geometry"]["coordinates"]))
                if feature["geometry"]["type"] == "Point"
                else (130, 42)
            )
            assert lon > 100 > lat


@pytest.mark.parametrize(
    ("typed", "found"),
    [("khasan", "station/khasan"), ("하산", "station/khasan"), ("МОСТ ДРУЖБЫ", "crossing/friendship-bridge")],
)
def test_find_by_a_name_in_any_script(sheet, site, typed, found):
    opened = sheet(site / "corridor.html")
    page = opened.page
    page.locator(".find summary").click()
    page.locator("#find-text").fill(typed)
    row = page.locator(f"[data-find='{found}']")
    assert row.is_visible()
    row.click()
    opened.until("document.querySelector('.leaflet-popup') !== null")
    assert found in page.locator(".leaflet-popup").text_content()


def test_list_of_features_is_made_when_it_is_unfolded(sheet, site):
    page = sheet(site / "corridor.html").page
    assert page.locator("#find li").count() == 0
    page.locator(".find summary").focus()
    page.keyboard.press("Enter")
    named = page.locator("#find li").count()
    assert (
        100
        < named
        <= page.evaluate("new Set([...document.querySelectorAll('#map [data-id]')].map((one) => one.dataset.id)).size")
    )


def test_tooltip_is_made_when_it_is_wanted(sheet, site):
    opened = sheet(site / "corridor.html")
    assert opened.page.locator(".leaflet-tooltip").count() == 0
    opened.element("station/khasan").focus()
    assert opened.page.locator(".leaflet-tooltip").text_content() == "Khasan"
    opened.element("station/tumangang").focus()
    assert opened.page.locator(".leaflet-tooltip").all_text_contents() == ["Tumangang"]


def test_pointer_opens_a_line_whose_middle_is_out_of_view(sheet, site):
    opened = sheet(site / "routes.html")
    far = opened.page.evaluate("""() => {
      for (const one of document.querySelectorAll('#map .hit-line:not(.is-away)')) {
        const { left, top, width, height } = one.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        if (top < 0 && document.elementFromPoint(x, y) === one) return [x, y, one.getAttribute('aria-label')];
      }
      return null;
    }""")
    assert far
    opened.page.mouse.click(*far[:2])
    opened.until("document.querySelector('.leaflet-popup h2') !== null")
    assert far[2].startswith(opened.page.locator(".leaflet-popup h2").text_content())


def test_find_nothing(sheet, site):
    opened = sheet(site / "corridor.html")
    opened.page.locator(".find summary").click()
    opened.page.locator("#find-text").fill("Timbuktu")
    assert opened.page.locator("#find-count").inner_text() == "0 found"
    assert opened.page.locator("#find li:visible").count() == 0
