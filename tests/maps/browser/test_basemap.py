"""The base map shows the fine shore where people look closely, the river everywhere, and follows map, colours and paper."""

import pytest

from .conftest import Bookmark

CLASSES = "document.querySelector('canvas.base').dataset.classes.split(' ')"
# Colour of the base map at a place of the view, by name of its token.
COLOUR = """([x, y]) => {
  const canvas = document.querySelector('canvas.base');
  const box = canvas.getBoundingClientRect();
  const ratio = canvas.width / box.width;
  const [r, g, b] = canvas.getContext('2d').getImageData((x - box.left) * ratio, (y - box.top) * ratio, 1, 1).data;
  const hex = '#' + [r, g, b].map((value) => value.toString(16).padStart(2, '0')).join('');
  const computed = getComputedStyle(document.documentElement);
  return ['sea', 'land', 'lake', 'page'].find((token) => computed.getPropertyValue('--' + token).trim() === hex) ?? hex;
}"""
LAND, SEA = [700, 300], [1000, 400]
VIEW = "#view=9/130.6/42.25"


@pytest.fixture
def near(sheet, site):
    """The lower Tumen, the sea to the right."""
    return sheet(Bookmark(site / "corridor.html", VIEW))


def test_fine_shore_shows_from_zoom_11(sheet, site):
    opened = sheet(Bookmark(site / "corridor.html", "#view=9/130.29/42.23"))
    assert "shore" not in opened.page.evaluate(CLASSES)
    assert "water_areas" in opened.page.evaluate(CLASSES)
    opened.follow("#view=10.75/130.29/42.23")
    assert not opened.page.evaluate(f"{CLASSES}.includes('shore')")
    opened.page.locator(".zoom button").first.click()
    opened.until(f"{CLASSES}.includes('shore')")
    opened = sheet(Bookmark(site / "corridor.html", "#view=14/130.29/42.23"))
    assert {"shore", "water_areas"} <= set(opened.page.evaluate(CLASSES))


def test_colours_are_those_of_the_page(near):
    assert [near.page.evaluate(COLOUR, spot) for spot in (LAND, SEA)] == ["land", "sea"]
    before = near.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--land')")
    near.page.locator("[data-tool=scheme]").click()
    near.until(f"getComputedStyle(document.documentElement).getPropertyValue('--land') !== '{before}'")
    near.page.evaluate("new Promise(requestAnimationFrame)")
    assert [near.page.evaluate(COLOUR, spot) for spot in (LAND, SEA)] == ["land", "sea"]


def test_back_from_paper_it_is_a_canvas_again_and_a_pan_takes_it_along(near):
    page = near.page
    page.emulate_media(media="print")
    near.until("document.querySelector('svg.base') !== null")
    page.emulate_media(media="screen")
    near.until("document.querySelector('svg.base') === null")
    assert page.locator("canvas.base").is_visible()
    assert [page.evaluate(COLOUR, spot) for spot in (LAND, SEA)] == ["land", "sea"]
    page.mouse.move(900, 300)
    page.mouse.down()
    for step in range(1, 41):
        page.mouse.move(900 - 15 * step, 300)
    page.mouse.up()
    near.until("document.querySelector('canvas.base').getBoundingClientRect().right > innerWidth")
    # What was sea on the right lies 600 pixels further to the left.
    assert page.evaluate(COLOUR, [SEA[0] - 600, SEA[1]]) == "sea"


def test_on_a_sheet_its_lines_stay_lines(sheet, site):
    page = sheet(Bookmark(site / "corridor.html", f"{VIEW}&sheet=A4-landscape")).page
    assert page.locator("canvas.base").is_hidden()
    assert page.locator("svg.base path.f-land").count() > 0
    assert page.locator("svg.base path.s-admin[stroke-dasharray]").count() > 0
