"""Metadata of a page for links and previews."""

import maps
from maps.sheets.sheet import CardSheet
from tests.maps.parsed import Parsed


def meta(html):
    return {attrs.get("property") or attrs.get("name"): attrs.get("content") for _, attrs in Parsed(html).all("meta")}


def test_page_says_what_it_is(source):
    theme = maps.theme("border")
    said = meta(maps.MapBuilder("border", langs="en", source=source).render().html)
    assert said["og:title"] == theme.title.en
    assert said["og:description"] == said["description"]
    assert len(said["description"]) > 50
    assert "og:image" not in said


def test_page_names_its_address_and_its_picture(source):
    options = maps.PageOptions(
        address="https://example.org/m/border.html", card="https://example.org/m/border.card.png"
    )
    said = meta(maps.MapBuilder("border", langs="en", source=source, options=options).render().html)
    assert said["og:url"] == "https://example.org/m/border.html"
    assert said["og:image"] == "https://example.org/m/border.card.png"
    assert CardSheet().size == (1200, 630)


def test_icon_is_in_the_page(source):
    parsed = Parsed(maps.MapBuilder("border", langs="en", source=source).render().html)
    (icon,) = [attrs for _, attrs in parsed.all("link") if attrs.get("rel") == "icon"]
    assert icon["href"].startswith("data:image/svg+xml;base64,")
    assert "data:" in parsed.policy["img-src"]
