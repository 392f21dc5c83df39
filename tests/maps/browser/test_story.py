"""Stories in a real browser: charts, claims, their selection, on paper and without a script."""

from functools import cache

import pytest

import maps
from layers import catalog, check_claims

from .conftest import DESKTOP, PHONE
from .test_permalink import HOSTILE, Bookmark

STORIES = [name for name in maps.theme_names() if maps.theme(name).story]
ROW = "tr[data-claim='{}']"
GAPS = """(() => {
  const symbols = '.leaflet-tumen-hit-pane :is(path[data-id^="claim/"]:not(.is-stacked), .ring)';
  const spots = [...document.querySelectorAll(symbols)]
    .filter((path) => path.getAttribute('d') !== 'M0 0').map((path) => { // off the screen nothing is drawn
    const box = path.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  });
  return spots.flatMap(([x, y], i) => spots.slice(i + 1).map(([u, v]) => Math.hypot(x - u, y - v)));
})()"""
SCROLLS = "document.documentElement.scrollHeight > window.innerHeight + 200"


@cache
def verdicts():
    return {result.claim.id: result.verdict for result in check_claims()}


def visible_rows(page):
    return page.locator("tr[data-claim]:visible").count()


def test_stories_read_without_a_script(unscripted, site):
    for name in STORIES:
        unscripted.goto((site / f"{name}.html").as_uri())
        story = unscripted.locator(".story:not([hidden])")
        assert story.first.is_visible(), name
        assert story.locator("button:visible").count() == 0, name
        assert story.locator(".chart:visible").count() == story.locator(".chart").count(), name
        if name == "trade":
            numbers_of_a_chart_open(unscripted)
        if name == "claims":
            boxes_choose_rows(unscripted)
    assert {"trade", "claims"} <= set(STORIES)


def numbers_of_a_chart_open(page):
    page.locator(".story:not([hidden]) .numbers", has_text="112.7").locator("summary").first.click()
    assert page.locator(".numbers[open] table").is_visible()
    assert "112.7" in page.locator(".numbers[open] table").inner_text()


def boxes_choose_rows(page):
    page.locator("input[data-verdict=untested]").uncheck()
    assert page.locator("tr[data-verdict=untested]:visible").count() == 0
    assert visible_rows(page) == sum(verdict != "untested" for verdict in verdicts().values())


def test_pages_are_not_too_large(site):
    sizes = {path.name: path.stat().st_size for path in site.glob("*.html")}
    assert {name: size for name, size in sizes.items() if size > 1_500_000} == {}


def test_every_shipment_is_a_flow_with_a_head_and_a_look_shows_its_place(sheet, site):
    page = sheet(site / "trade.html").page
    flows = {row["id"] for row in catalog().features("shipments")}
    drawn = page.evaluate(
        "[...document.querySelectorAll('path[data-id^=\"shipment/\"]')].map((path) => path.dataset.id)"
    )
    assert set(drawn) == flows
    assert page.locator("path.arrow").count() == len(flows)
    before = page.locator("#scale").inner_text()
    page.locator("[data-look]").nth(1).click()
    assert page.locator("#scale").inner_text() != before


def rings(page):
    return page.locator("[data-ring]").evaluate_all("(all) => all.map((ring) => ring.dataset.ring)")


def enter_claim(opened, claim):
    """Open a claim by keyboard, from the list of its ring where it is in one."""
    ring = opened.page.locator(f"[data-ring~='{claim}']")
    if not ring.count():
        opened.enter(claim)
        return
    ring.focus()
    opened.page.keyboard.press("Enter")
    opened.page.locator(f"[data-member='{claim}']").focus()
    opened.page.keyboard.press("Enter")
    opened.until("document.querySelector('.leaflet-popup .card:not(.ring-list)') !== null")


class TestClaims:
    @pytest.fixture
    def opened(self, sheet, site):
        return sheet(site / "claims.html")

    def test_table_and_boxes(self, opened):
        """Every claim is in the table; boxes choose rows, symbols and members of rings; on paper all of them are there."""
        page = opened.page
        rows = page.locator("tr[data-claim]").evaluate_all(
            "(rows) => rows.map((r) => [r.dataset.claim, r.dataset.verdict])"
        )
        assert dict(rows) == verdicts()
        counts = list(verdicts().values())
        before = rings(page)
        page.locator("input[data-verdict=confirmed]").uncheck()
        assert visible_rows(page) == len(counts) - counts.count("confirmed")
        group = "document.querySelector('.leaflet-tumen-subject-pane g[data-layer=confirmed]')"
        assert page.evaluate(f"getComputedStyle({group}).display") == "none"
        assert not page.locator("#legend input[data-layer=confirmed]").is_checked()
        after = rings(page)
        assert after != before
        members = [member.removeprefix("claim/") for ring in after for member in ring.split()]
        assert [member for member in members if verdicts()[member] == "confirmed"] == []
        page.locator("#legend input[data-layer=confirmed]").check()
        assert visible_rows(page) == len(counts)
        page.emulate_media(media="print")
        assert visible_rows(page) == len(verdicts())
        assert page.locator("#map").bounding_box()["height"] > 300

    def test_row_zooms_in_and_back(self, opened):
        page = opened.page
        before = page.locator("#scale").inner_text()
        button = page.locator(ROW.format("S0-08") + " button")
        button.focus()
        page.keyboard.press("Enter")
        opened.until("document.querySelector('.leaflet-popup') !== null")
        assert "S0-08" in page.locator(".leaflet-popup h2").inner_text()
        assert page.locator("#scale").inner_text() != before
        assert page.locator(ROW.format("S0-08")).get_attribute("aria-current") == "true"
        page.keyboard.press("Escape")
        opened.until("document.querySelector('.leaflet-popup') === null")
        assert page.locator("#scale").inner_text() == before
        assert page.evaluate("document.activeElement.closest('tr')?.dataset.claim") == "S0-08"

    def test_symbol_marks_its_row_and_stands_in_the_address(self, opened):
        enter_claim(opened, "claim/S0-13")
        row = opened.page.locator(ROW.format("S0-13"))
        assert row.get_attribute("aria-current") == "true"
        opened.until("document.querySelector('tr[aria-current]').getBoundingClientRect().top < window.innerHeight")
        opened.until("location.hash.includes('sel=claim/S0-13')")
        assert "feature=" not in opened.page.evaluate("location.hash")

    def test_popup_stands_at_the_symbol(self, opened):
        enter_claim(opened, "claim/S2-22")
        tip = opened.page.locator(".leaflet-popup-tip-container").bounding_box()
        hit = opened.page.locator("[data-ring~='claim/S2-22'], [data-id='claim/S2-22']:not(.is-stacked)").bounding_box()
        assert abs(tip["x"] + tip["width"] / 2 - hit["x"] - hit["width"] / 2) < 3

    @pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
    def test_address_opens_a_claim(self, sheet, site, viewport):
        opened = sheet(Bookmark(site / "claims.html", "#sel=claim/S0-08"), viewport=viewport)
        assert opened.page.locator(ROW.format("S0-08")).get_attribute("aria-current") == "true"
        assert "S0-08" in opened.page.locator(".leaflet-popup h2").inner_text()
        assert opened.messages == []

    def test_address_of_a_claim_without_a_place(self, sheet, site):
        (unplaced,) = [claim for claim in ("S0-02",) if not check_claims([claim])[0].features]
        opened = sheet(Bookmark(site / "claims.html", f"#sel=claim/{unplaced}"))
        row = opened.page.locator(ROW.format(unplaced))
        assert row.get_attribute("aria-current") == "true"
        box = row.bounding_box()
        assert 0 <= box["y"] <= DESKTOP["height"]
        assert opened.page.locator(".leaflet-popup").count() == 0

    def test_hostile_address_changes_nothing(self, sheet, site):
        marked = sheet(Bookmark(site / "claims.html", "#sel=<img src=x>"))
        assert marked.page.locator("tr[aria-current]").count() == 0
        assert marked.hacked is None
        assert marked.messages == []
        opened = sheet(Bookmark(site / "claims.html", "#sel=claim/__proto__"))
        chosen = opened.page.locator("tr[aria-current]")
        assert chosen.count() == 0
        values = ("claim/__proto__", "claim/", "%", "<img src=x>", "claim/S0-08']", "station/khasan")
        for fragment in (*(f"#sel={value}" for value in values), *HOSTILE):
            opened.follow(fragment)
            assert chosen.count() == 0, fragment[:60]
        assert opened.hacked is None
        assert opened.messages == []

    @pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
    def test_symbols_of_claims_do_not_cover_each_other(self, sheet, site, viewport):
        opened = sheet(site / "claims.html", viewport=viewport)
        for view in (0, 1):
            opened.page.locator("#views button").nth(view).click()
            gaps = opened.page.evaluate(GAPS)
            assert gaps
            assert min(gaps) > 13

    def test_place_has_one_symbol_with_its_number_which_opens_to_the_list(self, opened):
        page = opened.page
        drawn = page.locator(".leaflet-tumen-hit-pane path[data-id^='claim/']:not(.is-stacked)").count()
        rings = page.locator("[data-ring]")
        members = [ring.get_attribute("data-ring").split() for ring in rings.all()]
        placed = page.locator(".leaflet-tumen-hit-pane path[data-id^='claim/']")
        assert drawn + sum(map(len, members)) == placed.count() > 40
        assert rings.count() < 10
        biggest = max(range(len(members)), key=lambda at: len(members[at]))
        ring = rings.nth(biggest)
        assert ring.inner_text() == str(len(members[biggest]))
        counts = [
            sum(verdicts()[m.removeprefix("claim/")] == v for m in members[biggest]) for v in ("confirmed", "partly")
        ]
        assert ring.get_attribute("aria-label").startswith(
            f"{len(members[biggest])}: {counts[0]} Confirmed, {counts[1]} Partly"
        )
        ring.focus()
        page.keyboard.press("Enter")
        opened.until("document.activeElement.matches('.ring-list h2')")
        assert set(page.locator("[data-member]").evaluate_all("(all) => all.map((b) => b.dataset.member)")) == set(
            members[biggest]
        )
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.dataset.ring") == " ".join(members[biggest])
