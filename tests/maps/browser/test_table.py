"""The table lists what the map shows, and follows it."""

import pytest

from .conftest import DESKTOP, PHONE

IDS = "[...document.querySelectorAll('#table tbody [data-row]')].map((button) => button.dataset.row)"
SHOWN = "[...document.querySelectorAll('[data-id]:not(.is-away)')].map((element) => element.dataset.id)"
CURRENT = "document.querySelector('#table tr[aria-current] [data-row]')?.dataset.row ?? null"
# The sections of every line; without a pause, for nothing need be drawn in between.
UNFOLD = """(() => {
  for (let line; (line = document.querySelector('[data-line][aria-expanded=false]'));) line.click();
})()"""


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def table(request, sheet, site):
    opened = sheet(site / "corridor.html", viewport=request.param)
    if request.param is PHONE:
        opened.page.locator("#tools-toggle").click()
    opened.page.locator("[data-tool=table]").click()
    return opened


def test_table_holds_what_the_map_shows(table):
    page = table.page
    assert page.locator("#table tbody [data-row][tabindex='0']").count() == 1  # one stop for all rows
    line_is_one_row_with_its_sections_inside(page)
    assert not any(row.startswith("place/") for row in page.evaluate(IDS))
    page.locator("#table-places").check()
    assert any(row.startswith("place/") for row in page.evaluate(IDS))
    page.evaluate(UNFOLD)
    assert set(page.evaluate(IDS)) == set(page.evaluate(SHOWN))
    count = len(page.evaluate(IDS))
    assert page.locator(".table-summary").text_content().startswith(f"{count} features: ")


def line_is_one_row_with_its_sections_inside(page):
    line = page.locator("[data-line='line/hambuk']")
    assert line.count() == 1
    assert page.locator("[data-row^='rail/hambuk/']").count() == 0
    line.focus()
    page.keyboard.press("Enter")
    sections = page.locator("[data-row^='rail/hambuk/']")
    assert line.inner_text().startswith(f"Hambuk Line ({sections.count()})")
    assert sections.count() > 10
    names = sections.all_inner_texts()
    assert len(set(names)) == len(names)
    assert "Kwan'gok – Rajin" in names
    assert page.evaluate("document.activeElement.dataset.line") == "line/hambuk"
    assert line.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Space")
    assert sections.count() == 0


def test_table_filters_sorts_and_leads_to_the_map_and_back(table):
    page = table.page
    page.locator("#table-filter").fill("borderstation")
    assert "station/khasan" in page.evaluate(IDS)
    few = page.evaluate(IDS)
    assert len(few) < 40
    head = page.locator("#table thead th").nth(5)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    column = "[...document.querySelectorAll('#table tbody td:nth-child(6)')].map((cell) => Number(cell.textContent))"
    upwards = page.evaluate(column)
    assert upwards == sorted(upwards)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert page.evaluate(column) == upwards[::-1]
    page.locator("#table-filter").fill("하산")
    assert "station/khasan" in page.evaluate(IDS)
    assert page.locator("#table-filter").evaluate("(field) => field === document.activeElement")
    row_leads_to_the_map_and_back_by_keyboard(table)


def row_leads_to_the_map_and_back_by_keyboard(table):
    page = table.page
    page.locator("#table thead button").first.click()  # by name
    page.locator("#table-filter").fill("khasan")
    page.locator("[data-row='station/khasan']").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.row") == "station/khasan"
    page.keyboard.press("Enter")
    table.until("document.querySelector('.leaflet-popup') !== null")
    assert page.evaluate(CURRENT) == "station/khasan"
    assert "station/khasan" in page.locator(".leaflet-popup").text_content()
    page.keyboard.press("Escape")
    table.until("document.querySelector('.leaflet-popup') === null")
    assert page.evaluate("document.activeElement.dataset.row") == "station/khasan"
    assert page.evaluate(CURRENT) is None


def test_selection_on_the_map_leads_to_the_row(table):
    page = table.page
    table.enter("station/rajin")
    assert page.evaluate(CURRENT) == "station/rajin"
    row = page.locator("#table tr[aria-current]").bounding_box()
    frame = page.locator(".table-scroll").bounding_box()
    assert frame["y"] <= row["y"]
    assert row["y"] + row["height"] <= frame["y"] + frame["height"] + 1
    page.keyboard.press("Escape")
    table.until("document.querySelector('.leaflet-popup') === null")
    table.enter("rail/hambuk/kwangok-rajin")  # a section is found in its line
    assert page.evaluate(CURRENT) == "rail/hambuk/kwangok-rajin"
    assert page.locator("[data-line='line/hambuk']").get_attribute("aria-expanded") == "true"


def test_table_follows_layers_and_days_and_closes(table):
    page = table.page
    assert any(row.startswith("station/") for row in page.evaluate(IDS))
    page.evaluate("document.querySelector('#legend input[data-layer=stations]').click()")
    assert not any(row.startswith("station/") for row in page.evaluate(IDS))
    before = len(page.evaluate(IDS))
    table.follow("#day=1900-01-01")
    table.until(f"document.querySelectorAll('#table tbody tr').length < {before}")
    page.keyboard.press("Escape")
    assert not page.locator("#table").is_visible()
