"""Twenty thousand features on one page: drawing, clicks, filter, search, days, keyboard."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tests.maps.hostile import EVERYTHING

from .conftest import PHONE

EXTENT = (129.9, 41.9, 131.6, 43.1)
THEME = f"""
title = "Many"
extent = {list(EXTENT)}
basemap = []
[[layer]]
source = "wells.parquet"
title = "Wells"
order = "depth_m"
symbols = [
  {{ style = "station", when = {{ kind = "well" }}, label = "Wells" }},
  {{ style = "plain-point", label = "Springs", min_zoom = 11 }},
]
[[layer]]
source = "roads.fgb"
title = "Roads"
[[layer]]
source = "parcels.gpkg"
title = "Parcels"
"""
READY = "document.documentElement.dataset.bulk === 'ready'"
POPUP = "document.querySelector('.leaflet-popup h2')?.textContent ?? null"
# The middle of the canvas is the middle of the map.
INK = """(layer) => {
  const canvas = document.querySelector(`canvas.bulk[data-layer="${layer}"]`);
  const copy = document.createElement('canvas');
  copy.width = copy.height = 3;
  const pen = copy.getContext('2d', { willReadFrequently: true });
  pen.drawImage(canvas, 1 - Math.floor(canvas.width / 2), 1 - Math.floor(canvas.height / 2));
  return Math.max(...pen.getImageData(0, 0, 3, 3).data.filter((_, i) => i % 4 === 3));
}"""
COUNT = "(layer) => Number(document.querySelector(`canvas.bulk[data-layer='${layer}']`).dataset.features)"


def parcels(side=70):
    xs, ys = np.linspace(130, 131.4, side + 1), np.linspace(42, 43, side + 1)
    boxes = [shapely.box(xs[i], ys[j], xs[i + 1], ys[j + 1]) for i in range(side) for j in range(side)]
    middle = (xs[35], ys[35])
    hole = shapely.Point(np.add(middle, 0.007)).buffer(0.002)
    boxes[35 * side + 35] -= hole
    names = [f"Parcel {n}" for n in range(len(boxes))]
    begun = ["1990" if n % 2 else "2014-11-24" for n in range(len(boxes))]
    return gpd.GeoDataFrame({"name": names, "kind": "farm", "valid_from": begun}, geometry=boxes, crs=4326)


def roads(count=8000):
    random = np.random.default_rng(7)
    start = random.uniform([130, 42], [131.4, 43], (count, 1, 2))
    steps = random.uniform(-0.004, 0.004, (count, 9, 2))
    lines = shapely.linestrings(np.concatenate([start, start + np.cumsum(steps, axis=1)], axis=1))
    kinds = np.array(["street", "track"])[np.arange(count) % 2]
    status = np.array(["operating", "closed", "planned"])[np.arange(count) % 3]
    return gpd.GeoDataFrame(
        {"name": [f"Road {n}" for n in range(count)], "kind": kinds, "status": status}, geometry=lines, crs=4326
    )


def wells(count=8000):
    random = np.random.default_rng(8)
    points = random.normal([130.7, 42.5], [0.2, 0.15], (count, 2))
    names = [f"Well {n}" for n in range(count)]
    names[0] = EVERYTHING
    kinds = np.array(["well", "spring"])[np.arange(count) % 2]
    columns = {"id": [f"well/{n}" for n in range(count)], "name": names, "kind": kinds, "note": EVERYTHING}
    depth = [1000, *random.integers(1, 99, count - 1)]
    return gpd.GeoDataFrame({**columns, "depth_m": depth}, geometry=gpd.points_from_xy(*points.T), crs=4326)


@pytest.fixture(scope="module")
def data():
    return {"wells": wells(), "roads": roads(), "parcels": parcels()}


@pytest.fixture
def opened(sheet, many):
    """Open the page at a place: `opened((lon, lat), zoom)`."""

    def open_(place=None, zoom=12, **options):
        page = sheet(many / "many.html", **options)
        page.until(READY)
        if place is not None:
            go(page, place, zoom)
        return page

    return open_


def go(opened, place, zoom):
    """Put a place into the middle of the map; the pointer rests on the panel, else it is its place that is told."""
    opened.page.mouse.move(60, 20)
    opened.page.evaluate("() => { document.querySelector('.leaflet-popup-close-button')?.click(); }")
    told = "Number(document.querySelector('.position-text').textContent.split(',')[0])"
    near = 1.5 * 360 / (256 * 2**zoom)  # a short way is panned by whole pixels
    # The address of a popup that has just closed may be written over the one set here: it is set until it holds.
    opened.until(
        f"""(() => {{
          if (Math.abs({told} - {place[0]}) < {near}) return true;
          const wanted = '#view={zoom}/{place[0]:.6f}/{place[1]:.6f}';
          if (location.hash !== wanted) location.hash = wanted;
          return false;
        }})()"""
    )


def click_middle(opened, east=0):
    size = opened.page.viewport_size
    opened.page.mouse.click(size["width"] / 2 + east, size["height"] / 2)
    opened.until(f"({POPUP}) !== null", 3)
    return opened.page.evaluate(POPUP)


def nearest_name(data, layer, place):
    frame = data[layer]
    return frame["name"].iloc[int(shapely.distance(frame.geometry.to_numpy(), shapely.Point(place)).argmin())]


def test_everything_is_drawn_in_the_colours_of_the_scheme_and_nothing_is_said(opened, many):
    page = opened()
    for layer, least in (("wells.parquet", 500), ("roads.fgb", 2000), ("parcels.gpkg", 4900)):
        assert page.page.evaluate(COUNT, layer) >= least
    assert page.messages == []
    assert page.requests == [(many / "many.html").as_uri()]
    assert page.hacked is None
    titles = page.page.locator("#legend .layer-title").all_text_contents()
    assert titles == ["Wells", "Roads", "Parcels"]
    assert page.page.locator("#legend .rules li").all_text_contents() == ["Wells", "Springs"]
    colours_follow_the_scheme(page)


def test_a_line_is_drawn_and_answers_a_click(opened, data):
    page = opened()
    page.page.locator("#legend input[data-layer='wells.parquet']").uncheck()
    for zoom in (11, 13.25, 16):
        for row in (17, 4000, 7777):
            place = data["roads"].geometry.iloc[row].coords[4]
            go(page, place, zoom)
            assert page.page.evaluate(INK, "roads.fgb") > 120, (zoom, row)
            name = click_middle(page)
            hit = data["roads"].geometry[data["roads"]["name"] == name].iloc[0]
            # Another road may cross just here.
            assert hit.distance(shapely.Point(place)) < 1.5e-5, (zoom, row)
    assert page.page.locator(".leaflet-tumen-bulk-mark-pane .is-active").count() == 1
    page.page.keyboard.press("Escape")
    assert page.page.locator(".leaflet-tumen-bulk-mark-pane .is-active").count() == 0
    assert page.messages == []


def test_a_point_is_drawn_and_answers_a_click(opened, data):
    page = opened()
    for zoom in (12, 15, 17):
        for row in (0, 100, 7001):
            point = data["wells"].geometry.iloc[row]
            go(page, (point.x, point.y), zoom)
            ink = page.page.evaluate(INK, "wells.parquet")
            name = click_middle(page)
            found = data["wells"].geometry[data["wells"]["name"] == name].iloc[0]
            assert found.distance(point) < 1.5e-5 * 2 ** (17 - zoom), (zoom, row)
            if zoom == 17:
                assert ink > 200, row
                assert name == data["wells"]["name"].iloc[row]


def test_an_area_is_drawn_and_answers_a_click(opened, data):
    page = opened()
    for layer in ("wells.parquet", "roads.fgb"):
        page.page.locator(f"#legend input[data-layer='{layer}']").uncheck()
    for row, zoom in ((5, 12), (2000, 14), (4800, 10)):
        place = data["parcels"].geometry.iloc[row].centroid
        go(page, (place.x, place.y), zoom)
        assert page.page.evaluate(INK, "parcels.gpkg") > 20
        assert click_middle(page) == f"Parcel {row}"
    holed = data["parcels"].geometry[data["parcels"].geometry.apply(lambda area: len(area.interiors) > 0)].iloc[0]
    hole = shapely.Polygon(holed.interiors[0]).centroid
    go(page, (hole.x, hole.y), 16)
    assert page.page.evaluate(INK, "parcels.gpkg") == 0
    page.page.mouse.click(640, 400)
    page.page.wait_for_timeout(150)
    assert page.page.evaluate(POPUP) is None


def test_screens_of_two_pixels_to_one_are_sharp(opened, data):
    place = data["roads"].geometry.iloc[17].coords[4]
    page = opened(place, 14, ratio=2)
    ratio = "(() => { const c = document.querySelector('canvas.bulk'); return c.width / c.getBoundingClientRect().width; })()"
    assert page.page.evaluate(ratio) == pytest.approx(2, abs=0.01)
    assert page.page.evaluate(INK, "roads.fgb") > 120


def test_hostile_text_stays_text(opened, data):
    point = data["wells"].geometry.iloc[0]
    page = opened((point.x, point.y), 17)
    page.page.mouse.move(640, 401)
    page.until("document.querySelector('.tip') !== null")
    assert page.page.locator(".tip").text_content() == EVERYTHING
    assert click_middle(page) == EVERYTHING
    popup = page.page.locator(".leaflet-popup")
    values = popup.locator(".facts dd").all_text_contents()
    assert values.count(EVERYTHING) >= 2
    assert "1000" in values
    assert page.page.evaluate("document.querySelectorAll('img').length") == 0
    assert page.hacked is None
    assert page.messages == []


def test_legend_filter_and_days(opened, data):
    page = opened()
    box = page.page.locator("#legend input[data-layer='roads.fgb']")
    before = page.page.evaluate(COUNT, "roads.fgb")
    box.uncheck()
    assert page.page.evaluate(COUNT, "roads.fgb") == 0
    box.check()
    assert page.page.evaluate(COUNT, "roads.fgb") == before
    filter_by_status_and_kind(page.page, data)
    days_come_from_the_columns(page, data)


def filter_by_status_and_kind(page, data):
    page.locator(".filter summary").click()
    closed = page.locator("[data-filter=status][value=closed]")
    count = int((data["roads"]["status"] == "closed").sum())
    assert closed.locator("xpath=..").locator(".count").text_content() == str(count)
    before = page.evaluate(COUNT, "roads.fgb")
    closed.uncheck()
    fewer = page.evaluate(COUNT, "roads.fgb")
    assert before * 0.55 < fewer < before * 0.75
    page.locator("[data-filter=kind][value=street]").uncheck()
    assert page.evaluate(COUNT, "roads.fgb") < fewer * 0.6
    page.locator(".filter .plain").click()
    assert page.evaluate(COUNT, "roads.fgb") == before


def days_come_from_the_columns(page, data):
    assert page.page.evaluate(COUNT, "parcels.gpkg") == len(data["parcels"])
    page.page.locator("#time-day").fill("2000")
    page.page.keyboard.press("Enter")
    assert page.page.evaluate(COUNT, "parcels.gpkg") == len(data["parcels"]) // 2
    place = data["parcels"].geometry.iloc[2000].centroid  # since 2014
    for layer in ("wells.parquet", "roads.fgb"):
        page.page.locator(f"#legend input[data-layer='{layer}']").uncheck()
    go(page, (place.x, place.y), 14)
    assert page.page.evaluate(INK, "parcels.gpkg") == 0
    page.follow("#day=2020-01-01")
    page.until(f"({INK})('parcels.gpkg') > 20")


def test_search_over_names(opened):
    page = opened()
    page.page.locator(".find summary").click()
    page.page.locator("#find-text").fill("road 7777")
    page.until("document.querySelectorAll('#find-big li').length === 1")
    assert "1 found" in page.page.locator("#find-big-count").text_content()
    page.page.locator("#find-big button").click()
    page.until(f"({POPUP}) === 'Road 7777'")
    page.page.locator("#find-text").fill("parcel")
    page.until("document.querySelectorAll('#find-big li').length === 50")
    page.page.locator("#find button.plain").click()
    page.until("document.querySelectorAll('#find-big li').length === 100")


def test_table_by_keyboard(opened):
    page = opened()
    page.page.locator("[data-tool=table]").focus()
    page.page.keyboard.press("Enter")
    page.until("document.querySelectorAll('#table tbody tr').length === 100")
    assert page.page.locator(".table-summary").text_content().startswith("100+ features")
    page.page.locator(".table-more").click()
    page.until("document.querySelectorAll('#table tbody tr').length === 200")
    page.page.locator("#table-filter").fill("well 4321")
    page.until("document.querySelectorAll('#table tbody tr').length === 1")
    page.page.locator("#table tbody [data-row='well/4321']").focus()
    page.page.keyboard.press("Enter")
    page.until(f"({POPUP}) === 'Well 4321'")
    page.until("document.activeElement.matches('.leaflet-popup h2')")
    page.page.wait_for_timeout(200)
    page.page.keyboard.press("Escape")
    page.until("document.querySelector('.leaflet-popup') === null")
    page.until("document.activeElement.dataset.row === 'well/4321'")
    assert page.messages == []


def test_address_carries_the_selection(opened, sheet, many):
    page = opened()
    page.follow("#feature=roads/1")
    page.until(f"({POPUP}) !== null")
    assert page.page.evaluate(POPUP).startswith("Road ")
    again = sheet(many / "many.html")
    again.page.goto((many / "many.html").as_uri() + "#feature=well/4321")
    again.until(f"({POPUP}) === 'Well 4321'")


def test_pan_keeps_the_canvas_and_redraws(opened, data):
    page = opened(data["roads"].geometry.iloc[17].coords[4], 13)
    page.page.mouse.move(640, 400)
    page.page.mouse.down()
    page.page.mouse.move(940, 300, steps=6)
    page.page.mouse.up()
    box = page.page.locator("canvas.bulk").first.bounding_box()
    assert box["x"] == pytest.approx(-320, abs=1)
    assert box["y"] == pytest.approx(-200, abs=1)
    page.page.mouse.click(940, 300)
    page.until(f"({POPUP}) !== null")


def colours_follow_the_scheme(page):
    colour = """() => {
      const canvas = document.querySelector("canvas.bulk[data-layer='roads.fgb']");
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const seen = new Set();
      for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) seen.add(data.slice(i, i + 3).join());
      return [...seen];
    }"""
    assert "138,28,74" in page.page.evaluate(colour)  # #8a1c4a
    page.page.locator("[data-tool=scheme]").click()
    page.until(f"({colour})().includes('240,143,181')")  # #f08fb5


def test_phone(opened, data):
    page = opened(data["roads"].geometry.iloc[17].coords[4], 14, viewport=PHONE, touch=True, ratio=2)
    page.page.touchscreen.tap(PHONE["width"] / 2, PHONE["height"] / 2)
    page.until(f"({POPUP}) !== null")
    assert page.page.locator(".leaflet-popup").bounding_box()["width"] <= PHONE["width"]
    assert page.messages == []
