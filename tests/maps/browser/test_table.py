"""The table lists what the map shows, and follows it."""

import pytest

from .conftest import DESKTOP, PHONE

NAMES = "[...document.querySelectorAll('#table tbody [data-row]')].map((button) => button.textContent)"
IDS = "[...document.querySelectorAll('#table tbody [data-row]')].map((button) => button.dataset.row)"
CURRENT = "document.querySelector('#table tr[aria-current] [data-row]')?.dataset.row ?? null"


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def table(request, sheet, site):
    opened = sheet(site / "corridor.html", viewport=request.param)
    if request.param is PHONE:
        opened.page.locator("#tools-toggle").click()
    opened.page.locator("[data-tool=table]").click()
    return opened


def unfold(opened):
    """List the sections of every line, and the towns."""
    opened.page.locator("#table-places").check()
    while opened.page.evaluate(
        "(() => { const line = document.querySelector('[data-line][aria-expanded=false]');"
        " line?.click(); return line !== null; })()"
    ):
        pass


def test_table_holds_what_the_map_shows(table):
    unfold(table)
    shown = "[...document.querySelectorAll('[data-id]:not(.is-away)')].map((element) => element.dataset.id)"
    assert set(table.page.evaluate(IDS)) == set(table.page.evaluate(shown))
    count = len(table.page.evaluate(IDS))
    assert table.page.locator(".table-summary").text_content().startswith(f"{count} features: ")


def test_table_filters_and_sorts(table):
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


def test_row_leads_to_the_map_and_back_by_keyboard(table):
    page = table.page
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
    table.enter("station/rajin")
    assert table.page.evaluate(CURRENT) == "station/rajin"
    row = table.page.locator("#table tr[aria-current]").bounding_box()
    frame = table.page.locator(".table-scroll").bounding_box()
    assert frame["y"] <= row["y"]
    assert row["y"] + row["height"] <= frame["y"] + frame["height"] + 1


def test_table_closes(table):
    table.page.keyboard.press("Escape")
    assert not table.page.locator("#table").is_visible()


def test_table_follows_layers_and_days(sheet, site):
    opened = sheet(site / "corridor.html")
    opened.page.locator("[data-tool=table]").click()
    assert any(row.startswith("station/") for row in opened.page.evaluate(IDS))
    opened.page.locator("#legend input[data-layer=stations]").uncheck()
    assert not any(row.startswith("station/") for row in opened.page.evaluate(IDS))
    before = len(opened.page.evaluate(IDS))
    opened.page.evaluate("location.hash = 'day=1900-01-01'")
    opened.until(f"document.querySelectorAll('#table tbody tr').length < {before}")


def test_one_stop_for_all_rows(table):
    assert table.page.locator("#table tbody [data-row][tabindex='0']").count() == 1


def test_line_is_one_row_with_its_sections_inside(table):
    page = table.page
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


def test_section_chosen_on_the_map_is_found_in_its_line(table):
    table.enter("rail/hambuk/kwangok-rajin")
    assert table.page.evaluate(CURRENT) == "rail/hambuk/kwangok-rajin"
    assert table.page.locator("[data-line='line/hambuk']").get_attribute("aria-expanded") == "true"


def test_towns_are_listed_when_they_are_asked_for(table):
    page = table.page
    assert not any(row.startswith("place/") for row in page.evaluate(IDS))
    page.locator("#table-places").check()
    assert any(row.startswith("place/") for row in page.evaluate(IDS))
