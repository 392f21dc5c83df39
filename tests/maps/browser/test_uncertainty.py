"""Position uncertainty is drawn, and explained in the legend."""

import math

import pytest

import maps
from tests.maps.parsed import Parsed, features_of

from .conftest import DESKTOP, PHONE, Bookmark

HALOS = ".leaflet-tumen-uncertainty-pane path.halo-point"
BANDS = ".leaflet-tumen-uncertainty-pane path.halo-line"
# A halo is a circle: its box is as wide as its accuracy says.
DRAWN = f"""[...document.querySelectorAll('{HALOS}')].map((path) => path.getBBox())
    .filter(({{ width }}) => width > 0).map(({{ width, height }}) => [width, height])"""


def zones(path):
    block = next(b for b in Parsed(path.read_text(encoding="utf-8")).blocks.values() if b.get("id") == "zones")
    return [feature for feature in features_of(block) if feature["symbol"] >= 0]


def radius_px(accuracy_m, lat, zoom):
    return accuracy_m * 2**zoom / (156543.03392 * math.cos(math.radians(lat)))


def test_halo_is_as_wide_as_the_accuracy(sheet, site):
    path = site / "zones.html"
    opened = sheet(Bookmark(path, "#view=7/127.00000/40.00000&layers=zones"))
    for zoom in (7, 8.5):
        opened.follow(f"#view={zoom}/127.00000/40.00000&layers=zones")
        radii = sorted(
            radius_px(f["properties"]["accuracy_m"], f["geometry"]["coordinates"][1], zoom) for f in zones(path)
        )
        drawn = sorted(width / 2 for width, _ in opened.page.evaluate(DRAWN))
        wide = [radius for radius in radii if radius > 16]
        assert drawn
        assert wide
        for radius in drawn:
            assert min(abs(radius - expected) for expected in radii) < 2, zoom
        assert opened.page.locator(HALOS).count() >= len(wide)
        small = [radius for radius in radii if radius < 6]
        assert opened.page.locator(HALOS).count() <= len(radii) - len(small)
    legend_explains_and_switches_it(opened.page)
    opened.follow("#view=5/127.00000/40.00000&layers=zones")
    few = opened.page.locator(HALOS).count()
    assert few < len(zones(path))
    opened.page.locator("g[data-layer=zones] .hit-point").first.focus()  # a small one has none until it is chosen
    assert opened.page.locator("path.accuracy").count() == 1


def legend_explains_and_switches_it(page):
    rows = page.locator(".uncertain .rules li")
    assert rows.count() == 3
    assert "95 %" in rows.first.inner_text()
    assert page.locator(HALOS).count() > 0
    page.locator("[data-uncertainty]").uncheck()
    assert page.locator(HALOS).count() == 0
    page.locator("[data-uncertainty]").check()
    assert page.locator(HALOS).count() > 0


def test_schematic_line_has_a_band_and_a_measured_one_has_none(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#view=12/130.30000/42.28000&layers=railways"))
    widths = opened.page.locator(BANDS).evaluate_all(
        "(paths) => paths.map((path) => Number(path.getAttribute('stroke-width')))"
    )
    assert widths
    assert all(width > 8 for width in widths)
    opened.page.locator("#legend input[data-layer=railways]").uncheck()
    assert opened.page.locator(BANDS).count() == 0
    opened.page.locator("#legend input[data-layer=border]").check()
    assert opened.page.locator(BANDS).count() == 0


def test_band_wider_than_drawn_is_dashed(sheet, site):
    opened = sheet(Bookmark(site / "power.html", "#view=11/130.50000/42.40000"))
    pens = opened.page.locator(BANDS).evaluate_all(
        "(paths) => paths.map((path) => [Number(path.getAttribute('stroke-width')), path.getAttribute('stroke-dasharray')])"
    )
    assert any(dash for _, dash in pens)
    assert all((dash is not None) == (width == max(w for w, _ in pens)) for width, dash in pens if dash)


FRAME = (
    "['x', 'y', 'width', 'height'].map((name) => Number(document.querySelector('.locator-view').getAttribute(name)))"
)


def test_locator_frames_the_view(sheet, site):
    opened = sheet(site / "overview.html")
    page = opened.page
    assert page.locator("#locator").is_visible()
    assert page.locator("#locator").get_attribute("aria-label") == "Locator map"
    assert len(page.locator(".locator-land").get_attribute("d")) > 500
    assert page.locator(".leaflet-container").count() == 1
    small = page.evaluate(FRAME)
    opened.follow("#view=5/130.00000/42.00000")
    opened.until(f"({FRAME})[2] > {small[2] + 5}")
    wide = page.evaluate(FRAME)
    opened.follow("#view=7/130.00000/42.00000")
    opened.until(f"({FRAME})[2] < {wide[2] - 5}")
    page_block = Parsed((site / "overview.html").read_text(encoding="utf-8")).blocks["tumen-page"]
    west, south, east, north = page_block["baseExtent"]
    box = page.locator("#locator svg")
    width, height = (float(box.get_attribute(name)) for name in ("width", "height"))
    x, y, w, h = page.evaluate(FRAME)

    def northing(lat):
        return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))

    # The panel hides the west of the view: its centre lies 180 px east of the map's.
    middle = 130 + 180 * 360 / (256 * 2**7)
    assert (x + w / 2) / width == pytest.approx((middle - west) / (east - west), abs=0.01)
    assert (y + h / 2) / height == pytest.approx(
        (northing(north) - northing(42)) / (northing(north) - northing(south)), abs=0.01
    )


def test_locator_makes_way(sheet, site, tmp_path):
    opened = sheet(site / "corridor.html", viewport=PHONE, touch=True)
    assert not opened.page.locator("#locator").is_visible()
    opened = sheet(site / "corridor.html", viewport=DESKTOP)
    opened.page.locator("[data-tool=measure]").click()
    assert not opened.page.locator("#locator").is_visible()
    opened.page.emulate_media(media="print")
    assert not opened.page.locator("#locator").is_visible()
    theme = tmp_path / "bare.toml"
    theme.write_text('title = "Bare"\nextent = [130, 42, 131, 43]\nbasemap = []\n', encoding="utf-8")
    bare = sheet(maps.build(theme, out=tmp_path / "bare.html"))
    assert not bare.page.locator("#locator").is_visible()
