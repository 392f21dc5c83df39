"""One place has one spelling; every alias finds the same place."""

import pytest

import layers
from layers.validation.naming import check_names


def feature(layer, slug, **names):
    lon = names.pop("lon", 130.0)
    properties = {"id": f"{layer}/{slug}", "kind": "city", "aliases": [], "name": "Town"} | names
    return {"id": properties["id"], "properties": properties, "geometry": {"type": "Point", "coordinates": [lon, 42.0]}}


def problems(**rows):
    return [issue.problem for issue in check_names(rows, {layer: f"{layer}.geojson" for layer in rows})]


def test_the_layers_obey():
    known = layers.catalog()
    held = {record.name: known.features(record.name) for record in known}
    assert [str(issue) for issue in check_names(held, {name: name for name in held})] == []


def test_the_same_place_has_one_spelling():
    town = feature("places", "a", name_ko="하산")
    assert problems(places=[town], stations=[feature("stations", "a", name_ko="하싼")]) == [
        "'하싼' here, but '하산' in places/a, which is the same place"
    ]
    assert problems(places=[town], stations=[feature("stations", "a", name_ko="하산역")]) == []
    assert problems(places=[town], stations=[feature("stations", "a", name_ko="하싼", lon=131.0)]) == []


def test_a_port_bears_the_name_of_its_town():
    town = feature("places", "pohang", name_ko="포항", name_ru="Пхохан", name_zh="浦项")
    assert (
        problems(
            places=[town], ports=[feature("ports", "p", name_ko="포항항", name_ru="Порт Пхохан", name_zh="浦项港")]
        )
        == []
    )
    assert len(problems(places=[town], ports=[feature("ports", "p", name_ko="보항항")])) == 1


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("하싼–두만강선", True), ("하산–두만강선", False), ("두만강–하싼 도로(계획)", True), ("하싼리선", False)],
)
def test_words_of_a_compound_name(name, wrong):
    town = feature("places", "khasan", name="Khasan", name_ko="하산", aliases=["하싼", "Hasan"])
    line = feature("railways", "line", name="Line", name_ko=name)
    assert bool(problems(places=[town], railways=[line])) is wrong


def test_an_alias_that_is_the_name_of_another_place_is_none():
    town = feature("places", "a", name_ko="가", aliases=["나주"])
    other = feature("places", "b", name="Other", name_ko="나주", lon=127.0)
    assert problems(places=[town, other], railways=[feature("railways", "r", name="R", name_ko="나주선 나주")]) == []


def test_half_width_brackets():
    assert problems(border=[feature("border", "b", name_zh="界标(2)")]) == ["half-width brackets in '界标(2)'"]


@pytest.mark.parametrize(
    "spellings",
    [
        ("하싼", "하산", "Khasan", "Хасан", "哈桑"),
        ("울라지보스또크", "블라디보스토크", "Vladivostok", "海参崴"),
        ("투먼", "도문", "图们"),
        ("대련", "다롄", "Dalian"),
        ("옌지", "연길", "Yanji"),
    ],
)
def test_every_spelling_finds_the_same_thing(spellings):
    assert len({layers.find(spelling).id for spelling in spellings}) == 1
