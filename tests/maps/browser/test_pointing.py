"""Names can be clicked like their symbols; a popup stays on the screen, and is a sheet on a phone."""

import pytest

from .conftest import DESKTOP, PHONE, SMALL_PHONE, Bookmark

KHASAN = "station/khasan"
BRIDGE = "crossing/friendship-bridge"
OPEN = "document.querySelector('.leaflet-popup') !== null"
CLOSED = "document.querySelector('.leaflet-popup') === null"


def middle_of_name(opened, feature_id):
    box = opened.page.locator(f'[data-label="{feature_id}"]').bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_name_is_pointed_at_and_opened_as_its_symbol(sheet, site):
    opened = sheet(site / "corridor.html")
    page = opened.page
    page.mouse.move(*middle_of_name(opened, KHASAN))
    opened.until("document.querySelector('.tip') !== null")
    assert "Khasan" in page.locator(".tip").inner_text()
    lit = page.locator(f'[data-label="{KHASAN}"].is-active, [data-id="{KHASAN}"].is-active')
    assert lit.count() == 2
    page.mouse.move(640, 720)
    assert lit.count() == 0
    page.mouse.click(*middle_of_name(opened, KHASAN))
    opened.until(OPEN)
    assert page.locator(".leaflet-popup h2").inner_text() == "Khasan"
    assert page.locator(f'[data-label="{KHASAN}"].is-active').count() == 1


def test_line_that_is_pointed_at_reaches_as_far_as_before(sheet, site):
    """Else a press that begins on its edge ends beside it, and opens nothing."""
    opened = sheet(site / "corridor.html")
    width = "getComputedStyle(document.querySelector('.hit-line[data-id]')).strokeWidth"
    before = opened.page.evaluate(width)
    opened.page.evaluate("document.querySelector('.hit-line[data-id]').focus()")
    assert opened.page.locator(".hit-line.is-active").count() > 0
    assert opened.page.evaluate(width) == before
    opened.page.evaluate("document.activeElement.blur()")
    drag_that_begins_on_a_name_moves_the_map_and_opens_nothing(opened)
    what_lay_under_names_before_is_forgotten(opened)


def drag_that_begins_on_a_name_moves_the_map_and_opens_nothing(opened):
    x, y = middle_of_name(opened, KHASAN)
    before = opened.page.locator("#position").inner_text()
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x - 90, y + 60, steps=4)
    opened.page.mouse.up()
    assert opened.page.evaluate(CLOSED)
    assert opened.page.locator("#position").inner_text() != before


def what_lay_under_names_before_is_forgotten(opened):
    for _ in range(3):
        opened.page.locator("#zoom button").last.click()
    names = opened.page.locator(".labels [data-label]").evaluate_all("(all) => all.map((one) => one.dataset.label)")
    assert len(names) >= 3
    for feature in names[:3]:
        opened.page.mouse.click(*middle_of_name(opened, feature))
        opened.until(OPEN)
        assert opened.page.locator(f'[data-id="{feature}"].is-active').count() >= 1
        opened.page.evaluate("document.querySelector('.leaflet-popup-close-button').click()")


def test_name_is_tapped(sheet, site):
    opened = sheet(site / "corridor.html", viewport=PHONE, touch=True)
    opened.page.touchscreen.tap(*middle_of_name(opened, "station/rajin"))
    opened.until(OPEN)
    assert opened.page.locator(".leaflet-popup h2").inner_text() == "Rajin"


def inside(opened, viewport):
    box = opened.page.locator(".leaflet-popup-content-wrapper").bounding_box()
    return (
        box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= viewport["width"] + 0.5
        and box["y"] + box["height"] <= viewport["height"] + 0.5
    )


@pytest.mark.parametrize(
    "viewport",
    [{"width": 1280, "height": 480}, DESKTOP, PHONE, SMALL_PHONE],
    ids=lambda size: "{width}x{height}".format(**size),
)
def test_popup_is_whole_on_the_screen_unfolded_too(sheet, site, viewport):
    """Opened by keyboard, and by address."""
    opened = sheet(site / "corridor.html", viewport=viewport)
    opened.enter(BRIDGE)
    assert stays_whole(opened, viewport)
    opened.page.evaluate("document.querySelector('.leaflet-popup-close-button')?.click()")
    opened.until(CLOSED)
    opened = sheet(Bookmark(site / "corridor.html", "#feature=rail/hambuk/kwangok-rajin"), viewport=viewport)
    opened.until(OPEN)
    assert stays_whole(opened, viewport)


def stays_whole(opened, viewport):
    """Whether the popup is on the screen as it opens, with each of its folds open, and when the map is zoomed."""
    seen = [inside(opened, viewport)]
    for fold in opened.page.locator(".leaflet-popup .fold > summary").all():
        fold.click()
        seen.append(inside(opened, viewport))
    opened.page.locator("#zoom button").first.evaluate("(button) => button.click()")
    seen.append(opened.page.evaluate(CLOSED) or inside(opened, viewport))
    return len(seen) > 2 and all(seen)


def test_popup_is_whole_where_the_map_cannot_be_panned_any_further(sheet, site):
    opened = sheet(site / "continental.html")
    spots = opened.page.evaluate(
        """[...document.querySelectorAll('#map .hit:not(.is-away, .is-hidden)')].map((one) => {
          const { left, top, width, height } = one.getBoundingClientRect();
          const [x, y] = [left + width / 2, top + height / 2];
          return width > 0 && document.elementFromPoint(x, y) === one ? [x, y] : null;
        }).filter((spot) => spot)"""
    )
    opened.page.mouse.click(*min(spots, key=lambda spot: spot[1]))
    opened.until(OPEN)
    opened.page.wait_for_timeout(100)  # the map that was panned too far is back
    assert inside(opened, DESKTOP)


def test_popup_closes_when_its_place_is_out_of_sight(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", f"#feature={BRIDGE}"))
    opened.until(OPEN)
    opened.page.locator("#views button").last.click()  # shows another place
    opened.until(CLOSED)
    opened.follow(f"#feature={KHASAN}")
    opened.until(OPEN)
    for _ in range(3):
        opened.page.mouse.move(500, 690)
        opened.page.mouse.down()
        opened.page.mouse.move(1240, 690, steps=4)
        opened.page.mouse.up()
    opened.until(CLOSED)
    opened.until("!location.hash.includes('feature=')")
    assert opened.page.locator(".leaflet-popup").count() == 0


@pytest.mark.parametrize("viewport", [PHONE, SMALL_PHONE])
def test_popup_is_a_sheet_on_a_phone(sheet, site, viewport):
    opened = sheet(Bookmark(site / "corridor.html", f"#feature={KHASAN}"), viewport=viewport, touch=True)
    opened.until(OPEN)
    box = opened.page.locator(".leaflet-popup").bounding_box()
    assert (box["x"], box["width"]) == (0, viewport["width"])
    assert box["y"] + box["height"] == pytest.approx(viewport["height"], abs=1)
    assert box["height"] < 0.6 * viewport["height"]
    # What it is about stands above it, and the button that closes it can be hit.
    symbol = opened.element(KHASAN).bounding_box()
    assert 0 < symbol["y"] + symbol["height"] / 2 < box["y"]
    close = opened.page.locator(".leaflet-popup-close-button")
    assert close.bounding_box()["height"] >= 40
    close.click()
    opened.until(CLOSED)
