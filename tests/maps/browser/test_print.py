"""The print sheet in a real browser: content, layout, and the page restored afterwards."""

import re
import shutil
import subprocess
import zlib

import pytest

import maps
from maps.cli import main
from maps.site.manifest import read_manifest

from .conftest import PHONE
from .papers import PX_PER_MM, SHEETS, boxes, title_map_legend_and_sources_stand_on_one_sheet
from .test_permalink import opened_at

STATE = """[document.body.innerText, document.querySelector('.leaflet-map-pane').style.transform,
  document.querySelector('#map').getBoundingClientRect().width, document.styleSheets[0].cssRules.length,
  document.querySelector('.about').firstElementChild.className, document.querySelector('.credits').open,
  document.querySelector('[data-tool=graticule]').ariaPressed, document.querySelectorAll('.graticule path').length]"""


def shown_rows(opened):
    return opened.page.evaluate(
        """[...document.querySelectorAll('#legend .layer')].filter((row) => row.getClientRects().length)
          .map((row) => row.querySelector('input').dataset.layer).filter(Boolean)"""
    )


@pytest.mark.parametrize("sheet_name", SHEETS)
def test_a_sheet_by_its_address_holds_everything(sheet, site, sheet_name):
    opened = opened_at(sheet, site / "overview.html", f"#sheet={sheet_name}")
    title_map_legend_and_sources_stand_on_one_sheet(opened, sheet_name)
    assert opened.messages == []


def test_legend_scale_graticule_north_day_and_terms(sheet, site):
    """What is on the map is on the legend, and nothing of the legend is cut; the rest of what a sheet must say is there."""
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


def test_layers_that_are_off_are_not_on_the_legend(sheet, site):
    opened = opened_at(sheet, site / "corridor.html", "#sheet=A4-landscape&layers=railways")
    assert shown_rows(opened) == ["railways"]


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


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A page without features and base map: how it reads its address does not hang on them."""
    folder = tmp_path_factory.mktemp("bare")
    theme = folder / "bare.toml"
    theme.write_text('title = "Bare"\nextent = [130, 42, 131, 43]\nbasemap = []\n', encoding="utf-8")
    return maps.build(theme, out=folder / "bare.html")


def test_what_is_no_sheet_is_passed_over(sheet, bare):
    hostile = "<img src=x onerror=document.documentElement.dataset.hacked=1>"
    for asked in ("A5-landscape", "A4", "99999x100", "1x1", "__proto__-portrait", hostile, "%E0%A4%A"):
        opened = opened_at(sheet, bare, f"#sheet={asked}")
        assert opened.page.evaluate("document.documentElement.dataset.sheet ?? null") is None, asked
        assert opened.hacked is None, asked
        assert opened.messages == [], asked
    assert opened_at(sheet, bare, "#sheet=A4-landscape").page.evaluate("document.documentElement.dataset.sheet")


def test_scheme_of_a_picture_is_not_kept(sheet, bare):
    opened = opened_at(sheet, bare, "#sheet=1000x700&scheme=dark")
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 25, 28)"
    assert opened.page.evaluate("localStorage.getItem('tumen-scheme')") is None
    odd = opened_at(sheet, bare, "#sheet=1000x700&scheme=x%22")
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


def test_the_same_sheet_twice(sheets, tmp_path):
    again = maps.save_sheet(sheets / "zones.html", tmp_path / "zones.pdf", maps.PdfSheet("A4", "landscape"))
    assert again.read_bytes() == (sheets / "zones.pdf").read_bytes()


def test_printing_in_the_browser_itself_takes_the_paper_of_the_sheet(sheet, bare):
    opened = sheet(bare)
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
