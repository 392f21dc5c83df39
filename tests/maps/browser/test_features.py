import json

from tests.maps.parsed import Parsed


def blocks(path):
    every = Parsed(path.read_text(encoding="utf-8")).blocks
    return [block for key, block in every.items() if key.startswith("tumen-layer")]


def test_views_and_labels_which_are_the_same_every_time(sheet, site):
    opened = sheet(site / "overview.html")
    labels = "document.querySelector('svg.labels').innerHTML"
    first = opened.page.evaluate(labels)
    wide = opened.page.locator("#scale").inner_text()
    opened.page.locator("#views button").last.click()
    narrow = opened.page.locator("#scale").inner_text()
    assert wide != narrow
    assert "km" in narrow
    assert "nmi" in narrow
    opened.follow("#view=5/130/42")
    hint = opened.page.locator("li.layer:has(input[data-layer=stations]) .hint")
    assert hint.text_content() == "zoom in to see"
    opened.page.locator("#views button").first.click()  # the lower Tumen
    opened.until("document.querySelector('li.layer:has(input[data-layer=stations]) .hint').textContent === ''")
    assert sheet(site / "overview.html").page.evaluate(labels) == first


def test_legend_switches_a_layer_and_paper_holds_it(sheet, site):
    opened = sheet(site / "corridor.html")
    page = opened.page
    group = "document.querySelector('[data-id]').ownerSVGElement.querySelector('g[data-layer=railways]')"
    visible = f"getComputedStyle({group}).display"
    assert page.evaluate(visible) != "none"
    page.locator("#legend input[data-layer=railways]").uncheck()
    assert page.evaluate(visible) == "none"
    page.locator("#legend input[data-layer=railways]").check()
    assert page.evaluate(visible) != "none"
    page.emulate_media(media="print")
    assert page.locator("#legend").is_visible()
    assert page.locator("#map").bounding_box()["height"] > 300
    assert not page.locator("#zoom").is_visible()
    land = "getComputedStyle(document.documentElement).getPropertyValue('--land').trim()"
    assert page.evaluate(land) == "#ffffff"


def test_legend_lists_only_what_the_data_holds_and_a_point_shows_its_accuracy(sheet, site):
    opened = sheet(site / "zones.html")
    (block,) = [block for block in blocks(site / "zones.html") if block["id"] == "zones"]
    expected = list(dict.fromkeys(symbol["label"]["en"] for symbol in block["symbols"] if symbol["geometries"]))
    rules = opened.page.locator("li.layer:has(input[data-layer=zones]) .rules li")
    assert rules.all_inner_texts() == expected
    assert opened.page.locator("path.accuracy").count() == 0
    opened.page.locator("g[data-layer=zones] .hit-point").first.focus()
    assert opened.page.locator("path.accuracy").count() == 1


def test_popup_by_keyboard_and_back(sheet, site):
    opened = sheet(site / "corridor.html")
    opened.enter("crossing/friendship-bridge")
    page = opened.page
    popup = page.locator(".leaflet-popup")
    assert popup.get_attribute("role") == "dialog"
    assert "Friendship Bridge" in popup.get_attribute("aria-label")
    assert page.evaluate("document.activeElement.textContent").startswith("Friendship Bridge")
    popup_tells_what_is_known(popup)
    page.keyboard.press("Escape")
    opened.until("document.querySelector('.leaflet-popup') === null")
    assert page.evaluate("document.activeElement.dataset.id") == "crossing/friendship-bridge"


def popup_tells_what_is_known(popup):
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


def test_panel_is_folded_on_a_phone(sheet, site):
    opened = sheet(site / "routes.html", viewport={"width": 390, "height": 844}, touch=True)
    toggle = opened.page.locator("#panel-toggle")
    assert toggle.get_attribute("aria-expanded") == "false"
    assert not opened.page.locator("#legend").is_visible()
    toggle.click()
    assert opened.page.locator("#legend").is_visible()


def test_blocks_hold_longitude_first(site):
    for block in blocks(site / "zones.html"):
        for feature in block["features"]:
            lon, lat = (
                json.loads(json.dumps(feature["geometry"]["coordinates"]))
                if feature["geometry"]["type"] == "Point"
                else (130, 42)
            )
            assert lon > 100 > lat


def test_find_by_a_name_in_any_script(sheet, site):
    """The list is made when it is unfolded."""
    opened = sheet(site / "corridor.html")
    page = opened.page
    assert page.locator("#find li").count() == 0
    page.locator(".find summary").focus()
    page.keyboard.press("Enter")
    named = page.locator("#find li").count()
    drawn = "new Set([...document.querySelectorAll('#map [data-id]')].map((one) => one.dataset.id)).size"
    assert 100 < named <= page.evaluate(drawn)
    page.locator("#find-text").fill("Timbuktu")
    assert page.locator("#find-count").inner_text() == "0 found"
    assert page.locator("#find li:visible").count() == 0
    for typed, found in (
        ("khasan", "station/khasan"),
        ("МОСТ ДРУЖБЫ", "crossing/friendship-bridge"),
        ("하산", "station/khasan"),
    ):
        page.locator("#find-text").fill(typed)
        row = page.locator(f"[data-find='{found}']")
        assert row.is_visible()
        row.click()
        opened.until(f"document.querySelector('.leaflet-popup')?.textContent.includes('{found}')")


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
