"""The sheet, in a real browser: what is on it, where it stands, and that the page is itself again afterwards."""

import re
import shutil
import subprocess
import zlib

import pytest

import maps
from maps.cli import main
from maps.site.manifest import read_manifest

from .conftest import PHONE
from .test_permalink import opened_at

BOX = """(selector) => {
  const { left, top, right, bottom } = document.querySelector(selector).getBoundingClientRect();
  return [left + scrollX, top + scrollY, right + scrollX, bottom + scrollY].map(Math.round);
}"""
STATE = """[document.body.innerText, document.querySelector('.leaflet-map-pane').style.transform,
  document.querySelector('#map').getBoundingClientRect().width, document.styleSheets[0].cssRules.length,
  document.querySelector('.about').firstElementChild.className, document.querySelector('.credits').open,
  document.querySelector('[data-tool=graticule]').ariaPressed, document.querySelectorAll('.graticule path').length]"""
PX_PER_MM = 96 / 25.4
SHEETS = {"A4-landscape": (277, 190), "A4-portrait": (190, 277), "A3-landscape": (400, 277), "A3-portrait": (277, 400)}


def boxes(opened, *selectors):
    return [opened.page.evaluate(BOX, selector) for selector in selectors]


def shown_rows(opened):
    return opened.page.evaluate(
        """[...document.querySelectorAll('#legend .layer')].filter((row) => row.getClientRects().length)
          .map((row) => row.querySelector('input').dataset.layer).filter(Boolean)"""
    )


@pytest.mark.parametrize(
    ("name", "sheet_name"),
    [(name, "A4-landscape") for name in maps.theme_names()]
    + [("overview", name) for name in SHEETS if name != "A4-landscape"],
)
def test_title_map_legend_and_sources_stand_on_one_sheet(sheet, site, name, sheet_name):
    opened = opened_at(sheet, site / f"{name}.html", f"#sheet={sheet_name}")
    opened.page.emulate_media(media="print")
    width, height = (length * PX_PER_MM for length in SHEETS[sheet_name])
    title, legend, chart, foot = boxes(opened, ".panel-bar", "#legend", "main", ".sheet-foot")
    for left, top, right, bottom in (title, legend, chart, foot):
        assert left >= 0
        assert top >= 0
        assert right <= width + 1
        assert bottom <= height + 1
    assert title[3] <= chart[1] < chart[3] <= foot[1]
    if width > height:
        assert chart[2] <= legend[0]
    else:
        assert chart[3] <= legend[1]
        assert legend[3] <= foot[1]
    assert (chart[2] - chart[0]) * (chart[3] - chart[1]) > 0.4 * width * height
    assert opened.messages == []


def test_legend_is_whole(sheet, site):
    """What is on the map is on the legend, and nothing of the legend is cut."""
    opened = opened_at(sheet, site / "corridor.html", "#sheet=A4-landscape")
    drawn = opened.page.evaluate(
        """[...new Set([...document.querySelectorAll('.leaflet-tumen-subject-pane g[data-layer]:not(.is-hidden)')]
          .filter((group) => group.querySelector('path:not(.is-hidden)')).map((group) => group.dataset.layer))]"""
    )
    assert drawn
    assert set(drawn) <= set(shown_rows(opened))
    _, top, _, bottom = boxes(opened, "#legend")[0]
    for row in opened.page.locator("#legend .layer:visible").all():
        box = row.bounding_box()
        assert top - 1 <= box["y"]
        assert box["y"] + box["height"] <= bottom + 1


def test_layers_that_are_off_are_not_on_the_legend(sheet, site):
    opened = opened_at(sheet, site / "corridor.html", "#sheet=A4-landscape&layers=railways")
    assert shown_rows(opened) == ["railways"]


def test_scale_graticule_north_day_and_terms(sheet, site):
    opened = opened_at(sheet, site / "corridor.html", "#sheet=A4-landscape")
    page = opened.page
    assert page.locator(".graticule path").count() > 4
    assert page.locator(".degrees").count() > 2
    assert page.locator(".sheet-north").is_visible()
    foot = page.locator(".sheet-foot").inner_text()
    assert re.search(r"\d{4}-\d{2}-\d{2}", foot)
    for record in ("ODbL-1.0", "OpenStreetMap", "±"):
        assert record in foot
    ratio = float(re.search(r"1 : ([\d,]+)", foot)[1].replace(",", ""))
    bar = page.locator(".scale-km")
    length_m = float(bar.inner_text().split()[0]) * 1000
    assert bar.bounding_box()["width"] / PX_PER_MM / 1000 == pytest.approx(length_m / ratio, rel=0.03)


def test_labels_are_not_cut(sheet, site):
    opened = opened_at(sheet, site / "corridor.html", "#sheet=A4-portrait")
    left, top, right, bottom = boxes(opened, "#map")[0]
    labels = opened.page.evaluate(
        """[...document.querySelectorAll('text.label')].map((text) => {
          const box = text.getBoundingClientRect();
          return [box.left + scrollX, box.top + scrollY, box.right + scrollX, box.bottom + scrollY];
        })"""
    )
    assert len(labels) > 5
    for box in labels:
        assert left - 3 <= box[0]
        assert top - 3 <= box[1]
        assert box[2] <= right + 3
        assert box[3] <= bottom + 3


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, PHONE], ids=["desktop", "phone"])
def test_printing_fits_what_is_seen_and_puts_it_back(sheet, site, viewport):
    opened = sheet(site / "corridor.html", viewport=viewport)
    opened.page.locator("#zoom button").first.click()
    before = opened.page.evaluate(STATE)
    opened.page.emulate_media(media="print")
    opened.until("document.querySelector('.sheet-foot') !== null")
    assert opened.page.evaluate("document.styleSheets[0].cssRules.length") == before[3] + 1
    opened.page.emulate_media(media="screen")
    opened.until("!document.querySelector('.sheet-foot')")
    assert opened.page.evaluate(STATE) == before


def test_the_button_prints_on_the_paper_chosen(sheet, site):
    opened = sheet(site / "corridor.html")
    page = opened.page
    page.evaluate(
        """() => { window.print = () => {
          window.dispatchEvent(new Event('beforeprint'));
          document.documentElement.dataset.printed = [...document.styleSheets[0].cssRules].at(-1).cssText;
          window.dispatchEvent(new Event('afterprint'));
        }; }"""
    )
    page.locator("[data-tool=print]").click()
    page.locator("#print-paper").select_option("A3")
    page.locator("#print-way").select_option("portrait")
    page.locator(".print-go").click()
    assert "297mm 420mm" in page.evaluate("document.documentElement.dataset.printed")
    assert page.locator(".sheet-foot").count() == 0


@pytest.mark.parametrize(
    "fragment",
    [
        "#sheet=A5-landscape",
        "#sheet=A4",
        "#sheet=99999x100",
        "#sheet=1x1",
        "#sheet=__proto__-portrait",
        "#sheet=<img src=x onerror=document.documentElement.dataset.hacked=1>",
        "#sheet=%E0%A4%A",
    ],
)
def test_what_is_no_sheet_is_passed_over(sheet, site, fragment):
    opened = opened_at(sheet, site / "corridor.html", fragment)
    assert opened.page.evaluate("document.documentElement.dataset.sheet ?? null") is None
    assert opened.hacked is None
    assert opened.messages == []


def test_scheme_of_a_picture_is_not_kept(sheet, site):
    opened = opened_at(sheet, site / "corridor.html", "#sheet=1000x700&scheme=dark")
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 25, 28)"
    assert opened.page.evaluate("localStorage.getItem('tumen-scheme')") is None
    odd = opened_at(sheet, site / "corridor.html", "#sheet=1000x700&scheme=x%22")
    assert odd.page.evaluate("document.documentElement.dataset.scheme ?? null") is None


@pytest.fixture(scope="module")
def sheets(chromium, tmp_path_factory):
    """A folder that the command has built, with PDF and PNG by the browser of these tests."""
    assert chromium.is_connected()
    folder = tmp_path_factory.mktemp("sheets")
    command = ["build", "zones", "--lang", "en", "--out", str(folder), "--quiet"]
    assert main([*command, "--pdf", "--png", "--size", "900x640", "--scale", "2", "--scheme", "dark"]) == 0
    return folder


def test_pdf_is_of_the_paper_and_carries_the_title_and_no_hour(sheets):
    content = (sheets / "zones.pdf").read_bytes()
    sizes = {tuple(map(float, size.split())) for size in re.findall(rb"/MediaBox \[0 0 ([\d. ]+)\]", content)}
    assert [pytest.approx(size, abs=1) for size in sizes] == [(841.9, 595.3)]
    assert set(re.findall(rb"\(D:(\d{14})", content)) == {b"19700101000000"}
    assert len(re.findall(rb"/Type /Page\b", content)) > 1


def test_pdf_says_on_its_first_page_what_a_sheet_must(sheets):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")

    def words(page):
        command = ["pdftotext", "-f", str(page), "-l", str(page), sheets / "zones.pdf", "-"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    theme = maps.theme("zones")
    first, second = words(1), words(2)
    for text in (theme.title.en, "CC-BY-4.0", "1 : ", "km", "N", "State as of"):
        assert text in first
    assert theme.title.en not in second
    assert "Sources and licences" in second


def test_png_has_its_size_and_its_colours(sheets):
    content = (sheets / "zones.png").read_bytes()
    assert [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)] == [1800, 1280]
    body = b"".join(re.findall(rb"(?s)IDAT(.*?)(?=.{4}.{4}(?:IDAT|IEND))", content))
    first_row = zlib.decompressobj().decompress(body, 4)
    assert tuple(first_row[1:4]) == (21, 25, 28)


def test_sheets_are_in_the_manifest(sheets):
    files = read_manifest(sheets).files
    assert files["zones.pdf"].options == {"paper": "A4", "orientation": "landscape"}
    assert files["zones.png"].options == {"width": 900, "height": 640, "scheme": "dark", "scale": 2.0}
    assert maps.verify(sheets).ok
    assert maps.verify(sheets).stale == {}


def test_a_sheet_of_a_page_that_was_built_anew_is_stale(sheets, tmp_path):
    folder = shutil.copytree(sheets, tmp_path / "site")
    assert (
        main(["build", "zones", "--only", "zones", "--as-of", "2013", "--lang", "en", "--out", str(folder), "--quiet"])
        == 0
    )
    found = maps.verify(folder)
    assert found.ok
    assert found.stale == {"zones.pdf": ("site/zones.html",), "zones.png": ("site/zones.html",)}


def test_the_same_sheet_twice(site, tmp_path, chromium):
    assert chromium.is_connected()
    one, two = (
        maps.save_sheet(site / "corridor.html", tmp_path / name, maps.PdfSheet("A3", "portrait")).read_bytes()
        for name in ("1.pdf", "2.pdf")
    )
    assert one == two


def test_printing_in_the_browser_itself_takes_the_paper_of_the_sheet(sheet, site):
    opened = sheet(site / "border.html")
    content = opened.page.pdf(prefer_css_page_size=True)
    assert re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)[0] == (b"841.91998", b"594.95996")


def test_a_card_is_title_and_map_with_what_the_licences_demand(sheet, site):
    opened = opened_at(sheet, site / "corridor.html", "#sheet=1200x630&card=1")
    assert not shown_rows(opened)
    assert not opened.page.locator(".intro").is_visible()
    left, _, right, _ = boxes(opened, "#map")[0]
    assert right - left > 0.95 * 1200
    assert opened.page.locator(".callout").count() == sum(
        not row.is_dated for row in maps.theme("corridor").story.callouts
    )
    terms = opened.page.locator(".sheet-terms").text_content()
    assert terms == opened.page.locator("#attribution span").text_content()
    assert "OpenStreetMap" in terms
