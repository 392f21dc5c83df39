"""Popups show the claims of two articles about a feature, with their verdicts."""

import pytest

import layers
import maps
from maps.features.claims import verdicts
from maps.i18n.text import strings
from tests.maps.hostile import IMG
from tests.maps.parsed import Parsed

BRIDGE = "crossing/friendship-bridge"
CLAIMS = 'title = "Claims"\nextent = [130, 42, 131, 43]\n'


@pytest.fixture(scope="module")
def about_bridge():
    return [result for result in layers.check_claims() if BRIDGE in result.features]


def told(opened):
    rows = opened.page.locator(".leaflet-popup .claims li").all()
    return [
        (row.locator(":scope > :first-child").text_content(), row.locator(".verdict").text_content()) for row in rows
    ]


def test_popup_tells_the_claims_and_their_verdicts(sheet, site, about_bridge):
    opened = sheet(site / "corridor.html")
    opened.enter(BRIDGE)
    assert told(opened) == [(result.claim.id, result.verdict) for result in about_bridge]
    said = opened.page.locator(".leaflet-popup .claims .small").all_text_contents()
    assert said == [result.claim.said for result in about_bridge]
    assert len(said) > 3
    opened.page.locator("[data-lang=ru]").click()
    words = strings("ru")["value.verdict"]
    assert told(opened) == [(result.claim.id, words[result.verdict]) for result in about_bridge]
    assert opened.page.locator(".leaflet-popup .claims a").count() == len(said)


def test_claims_lead_to_their_page_in_the_language_shown(sheet, tmp_path, about_bridge):
    (tmp_path / "claims.toml").write_text(CLAIMS, encoding="utf-8")
    maps.build_all(tmp_path, names=["corridor", str(tmp_path / "claims.toml")])
    opened = sheet(tmp_path / "corridor.html")
    opened.enter(BRIDGE)
    links = "[...document.querySelectorAll('.leaflet-popup .claims a')].map((link) => link.getAttribute('href'))"
    assert opened.page.evaluate(links) == [f"claims.html#sel=claim/{result.claim.id}" for result in about_bridge]
    opened.page.locator("[data-lang=ko]").click()
    assert all(link.endswith("&lang=ko") for link in opened.page.evaluate(links))
    opened.page.locator(".leaflet-popup .fold:has(.claims) > summary").click()
    opened.page.locator(".leaflet-popup .claims a").first.click()
    opened.until("document.title === 'Claims' && document.documentElement.lang === 'ko'")
    assert opened.messages == []


def test_feature_that_nobody_speaks_of_has_no_claims(sheet, site):
    claimed = {feature for result in verdicts() for feature in result.features}
    blocks = Parsed((site / "corridor.html").read_text(encoding="utf-8")).blocks.values()
    stations = next(block for block in blocks if block.get("id") == "stations")["features"]
    quiet = next(feature["id"] for feature in stations if feature["symbol"] >= 0 and feature["id"] not in claimed)
    opened = sheet(site / "corridor.html")
    opened.enter(quiet)
    assert opened.page.locator(".leaflet-popup .claims").count() == 0


def test_page_carries_only_the_claims_about_what_it_shows(site):
    page = Parsed((site / "zones.html").read_text(encoding="utf-8")).blocks["tumen-page"]["claims"]
    assert set(page["of"]) <= {feature for result in verdicts() for feature in result.features}
    assert {claim for ids in page["of"].values() for claim in ids} == set(page["notes"])
    assert page["page"] == "claims.html"


def test_hostile_claim_is_text(sheet, tmp_path, monkeypatch):
    result = layers.ClaimResult(layers.Claim(IMG, "", IMG, "2019", (), (BRIDGE,)), (layers.Finding(IMG, ""),))
    monkeypatch.setattr("maps.page.claim_notes.verdicts", lambda _data: (result,))
    path = maps.MapBuilder("corridor", claims="claims.html").save(tmp_path / "corridor.html")
    opened = sheet(path)
    opened.enter(BRIDGE)
    assert told(opened) == [(IMG, IMG)]
    assert opened.page.evaluate("document.querySelectorAll('img').length") == 0
    assert opened.hacked is None
    assert opened.messages == []
