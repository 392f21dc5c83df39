import re

import pytest

import maps
from maps.page.template import content_hash
from maps.site.index import READING, index_page
from tests.maps.parsed import Parsed

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def builders(source):
    return [(f"{name}.html", maps.MapBuilder(name, source=source)) for name in maps.theme_names()]


@pytest.fixture(scope="module")
def page(builders):
    return index_page(builders)


@pytest.fixture(scope="module")
def parsed(page):
    return Parsed(page.html)


def test_every_map_is_listed(parsed, builders):
    links = {attrs["href"]: text for text, attrs in parsed.all("a")}
    assert links == {address: builder.theme.title.en for address, builder in builders}
    assert len(parsed.all("svg")) == len(builders)


def test_policy_allows_exactly_this_script_and_style(parsed):
    (script,) = parsed.scripts
    assert len(script) < 10_000
    assert parsed.policy["script-src"] == content_hash(script)
    assert parsed.policy["style-src"] == content_hash(parsed.text("style"))


def test_thumbnails_hold_lines_and_points_of_the_layers(parsed):
    classes = " ".join(attrs.get("class", "") for _, attrs in parsed.all("path"))
    for token in ("f-land", "s-rail-1435", "s-border", "f-zone-tourism", "s-power"):
        assert token in classes


def test_thumbnail_coordinates_are_numbers(parsed):
    for _, attrs in parsed.all("path"):
        assert re.fullmatch(r"[MLlZa0-9., -]*", attrs["d"])


def test_twice_the_same_bytes(builders, page):
    assert index_page(builders).html == page.html


def test_maps_stand_in_reading_order(parsed):
    assert [attrs["href"].removesuffix(".html") for _, attrs in parsed.all("a")] == list(READING)
    assert set(READING) == set(maps.theme_names())


def test_list_is_small(page):
    assert page.size <= 300_000


def test_empty_list():
    assert Parsed(index_page([]).html).text("h1") == "Maps of the Russia–DPRK border"


def test_the_leading_picture_names_what_its_callouts_speak_of(parsed):
    names = {attrs["data-text"]: text for text, attrs in parsed.all("text")}
    assert names["overview:station/khasan"] == "Khasan"
    assert all(names.values())
