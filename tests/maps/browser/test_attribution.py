"""Required attributions are fully visible on the map at every width; the rest is one click away."""

import pytest

from .conftest import DESKTOP, Bookmark

SIZES = [(320, 568), (390, 844), (700, 900), (1280, 800), (2560, 1440)]
# Neither cut nor covered: the point in the middle of each of its lines is its own.
WHOLE = """() => {
    const root = document.getElementById('attribution');
    const box = root.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(root.querySelector('span'));
    const lines = [...range.getClientRects()];
    const own = lines.every((line) => [0.02, 0.5, 0.98].every((share) =>
        root.contains(document.elementFromPoint(line.left + line.width * share, line.top + line.height / 2))));
    return [own, root.scrollWidth <= root.clientWidth, root.scrollHeight <= root.clientHeight,
        box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight,
        getComputedStyle(root).textOverflow !== 'ellipsis'];
}"""
# Buttons and bars of the map that lie on it.
COVERED = """() => {
    const { left, top, right, bottom } = document.getElementById('attribution').getBoundingClientRect();
    return ['zoom', 'tools', 'scale', 'position', 'time'].filter((id) => {
        const box = document.getElementById(id).getBoundingClientRect();
        return box.width && box.left < right && left < box.right && box.top < bottom && top < box.bottom;
    });
}"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_attribution_is_read_whole(sheet, site, width, height):
    opened = sheet(site / "corridor.html", viewport={"width": width, "height": height})
    assert wrong_with(opened) == []


def test_attribution_is_read_whole_when_the_window_changes(sheet, site):
    opened = sheet(site / "overview.html")
    assert wrong_with(opened) == []
    for width, height in SIZES:
        opened.page.set_viewport_size({"width": width, "height": height})
        opened.until(f"innerWidth === {width} && innerHeight === {height}")
        opened.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert wrong_with(opened) == [], (width, height)


def wrong_with(opened):
    """What of the attribution is not there, cut or covered."""
    opened.page.evaluate("document.getElementById('map').scrollIntoView({ block: 'end' })")
    said = opened.page.locator("#attribution").inner_text()
    missing = [name for name in ("© OpenStreetMap contributors", "GeoNames") if name not in said]
    whole = opened.page.evaluate(WHOLE)
    return missing + [f"cut or covered: {whole}"] * (not all(whole)) + opened.page.evaluate(COVERED)


def test_attribution_stays_above_the_table(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#table=1"))
    assert opened.page.evaluate(WHOLE) == [True] * 5


def test_the_rest_is_one_click_away(sheet, site):
    opened = sheet(site / "corridor.html", viewport=DESKTOP)
    assert "Natural Earth" not in opened.page.locator("#attribution").inner_text()
    opened.page.locator("#panel-toggle").click()
    opened.page.locator("#attribution button").click()
    assert opened.page.locator(".credits .terms", has_text="Natural Earth").first.is_visible()
    assert opened.page.evaluate("document.activeElement === document.querySelector('.credits summary')")
