"""User features on the page: popups, features at one place, classes, time slider."""

import pytest
from PIL import Image

import maps
from maps.cli import main
from maps.page.template import vendored
from tests.maps.hostile import EVERYTHING

from .conftest import DESKTOP, PHONE, Bookmark

ROW = {
    "name": "Bridge",
    "label": "B-12",
    "rank": 3,
    "crossing": "x",
    "sources": "https://example.org/r.pdf",
    "history": "built 1952",
    "id2": 182891173641581479,
    "postcode": 690001,
    "ppm": 0.0000456,
    "date": 20140718,
    "bad": "javascript:alert(1)",
    "note": EVERYTHING,
}


def spot(count, **more):
    rows = [
        {
            "type": "Feature",
            "id": 7,
            "properties": {**ROW, "name": f"Bridge {n}", "pop": n * 10, "since": f"201{n}-01-01", **more},
            "geometry": {"type": "Point", "coordinates": [130.5, 42.4]},
        }
        for n in range(count)
    ]
    return {"type": "FeatureCollection", "features": rows}


@pytest.fixture
def opened(tmp_path, sheet):
    """Open a map of features at zoom 15 over the spot."""

    def open_(content, **options):
        path = maps.explore(content, **options).save(tmp_path / "own.html")
        return sheet(Bookmark(path, "#view=15/130.5/42.4"))

    return open_


def click(page):
    size = page.page.viewport_size
    page.page.mouse.click(size["width"] / 2, size["height"] / 2)


@pytest.mark.parametrize("many", [False, True])
def test_seven_on_one_spot(opened, many, monkeypatch):
    if many:
        monkeypatch.setattr("maps.features.reading.intake.MAX_ELEMENTS", 1)
    page = opened(spot(7))
    if many:
        page.until("document.documentElement.dataset.bulk === 'ready'")
    click(page)
    page.until("document.querySelector('.chooser summary') !== null")
    assert page.page.inner_text(".chooser summary") == ("On this spot: 7")
    page.page.focus(".chooser summary")
    page.page.keyboard.press("Enter")
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Enter")
    page.until("document.querySelector('.card h2')?.textContent === 'Bridge 1'")
    page.until("document.querySelector('.chooser')?.open === true")


def test_seven_on_one_spot_by_touch(tmp_path, sheet):
    path = maps.explore(spot(7)).save(tmp_path / "own.html")
    page = sheet(Bookmark(path, "#view=15/130.5/42.4"), viewport=PHONE, touch=True)
    page.page.touchscreen.tap(PHONE["width"] / 2, PHONE["height"] / 2)
    page.until("document.querySelector('.chooser summary') !== null")
    page.page.locator(".chooser summary").tap()
    buttons = page.page.locator(".chooser button")
    assert buttons.count() >= 6
    box = buttons.nth(1).bounding_box()
    assert box["height"] >= 24  # a finger finds it
    told = page.page.inner_text(".card h2")
    buttons.nth(1).tap()
    page.until(f"document.querySelector('.card h2')?.textContent !== '{told}'")
    page.until("document.querySelector('.chooser')?.open === true")


def test_a_folium_map_opens(tmp_path, tabs):
    chart = maps.explore(spot(1), title=EVERYTHING).builder.to_folium()
    chart.save(tmp_path / "folium.html")
    page = tabs.new(viewport=DESKTOP)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_default_timeout(5000)

    def answer(route):
        """Give what folium loads from the web: Leaflet as we carry it, nothing for the rest."""
        name = route.request.url.rpartition("/")[2]
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        body = vendored(f"leaflet/{name}") if name in {"leaflet.js", "leaflet.css"} else ""
        route.fulfill(body=body, content_type=kind)

    page.route("http**", answer)
    try:
        page.goto((tmp_path / "folium.html").as_uri())
        page.locator("path.leaflet-interactive").click()
        assert EVERYTHING[:20] in page.inner_text(".leaflet-popup-content")
        assert page.locator(".leaflet-control-layers-overlays label").count() == 1
        assert page.evaluate("document.documentElement.dataset.hacked ?? null") is None
        assert errors == []
    finally:
        page.close()


def test_a_popup_says_everything_as_it_stands(opened):
    page = opened(spot(1))
    click(page)
    page.until("document.querySelector('.card dl.own') !== null")
    terms, values = (page.page.locator(f".card dl.own {tag}").all_text_contents() for tag in ("dt", "dd"))
    told = dict(zip(terms, values, strict=True))
    assert set(told) == {*ROW, "pop", "since"}
    exact = {
        "id2": "182891173641581479",
        "postcode": "690001",
        "ppm": "0.0000456",
        "date": "20140718",
        "note": EVERYTHING,
    }
    assert {key: told[key] for key in exact} == exact
    links = page.page.locator(".card a[href]").evaluate_all("list => list.map(({ href, rel }) => [href, rel])")
    assert ["https://example.org/r.pdf", "noopener noreferrer"] in links
    assert not any(href.startswith("javascript") for href, _ in links)
    assert page.hacked is None


def test_classes_in_the_legend_and_a_slider(opened):
    content = spot(5)
    for number, row in enumerate(content["features"]):
        row["geometry"]["coordinates"] = [130.5 + number / 20, 42.4]
    page = opened(content, column="pop", size="pop", time="since")
    rows = page.page.locator("#legend .rules li")
    assert rows.all_text_contents()[:5] == ["0", "10", "20", "30", "40"]
    assert page.page.get_attribute("#time-slider", "max") == "4"
    page.page.fill("#time-day", "2012-06-01")
    page.page.press("#time-day", "Enter")
    assert rows.all_text_contents()[:3] == ["0", "10", "20"]
    assert "30" not in rows.all_text_contents()[:4]


def test_a_picture_is_shown_with_its_words(sheet, tmp_path):
    Image.new("RGB", (900, 300), "teal").save(tmp_path / "photo.jpg")
    words = EVERYTHING.replace('"', '""')
    (tmp_path / "finds.csv").write_text(
        f'name,lon,lat,photo,caption\nA,130.5,42.4,photo.jpg,"{words}"\n', encoding="utf-8", newline=""
    )
    page = tmp_path / "finds.html"
    assert main(["map", str(tmp_path / "finds.csv"), "--picture", "photo,caption", "-o", str(page), "--quiet"]) == 0
    opened = sheet(Bookmark(page, "#view=15/130.5/42.4"))
    click(opened)
    opened.until("document.querySelector('.leaflet-popup img.picture')?.naturalWidth === 720")
    alt = opened.page.locator(".leaflet-popup img.picture").get_attribute("alt")
    assert " ".join(alt.split()) == " ".join(EVERYTHING.split())
    assert opened.hacked is None
