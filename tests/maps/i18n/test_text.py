import pytest

import layers
import maps
from maps.i18n.text import LANGUAGES, check_language, strings


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_every_string(lang):
    english, other = strings("en"), strings(lang)
    assert {section: set(words) for section, words in other.items()} == {s: set(words) for s, words in english.items()}
    assert all(text.strip() for words in other.values() for text in words.values())


def test_unknown_language():
    with pytest.raises(maps.LanguageError, match="lang must be one of en, ko, ru, zh, got 'fr'"):
        check_language("fr")
    with pytest.raises(maps.LanguageError):
        maps.MapBuilder("border", langs="kr")
    with pytest.raises(maps.LanguageError, match="at least one"):
        maps.MapBuilder("border", langs=())


def test_missing_translation_falls_back_to_english():
    assert maps.Text("Railways", ko="철도").into("zh") == "Railways"


@pytest.fixture(scope="module")
def packaged():
    return [
        feature["properties"]
        for record in layers.catalog()
        if record.group == "subject"
        for feature in layers.catalog().features(record.name)
    ]


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("kind", "kind"),
        ("status", "status"),
        ("zone_type", "value.zone_type"),
        ("level", "value.level"),
        ("coast", "value.coast"),
        ("course", "value.course"),
        ("fuel", "value.fuel"),
        ("cargo", "value.cargo"),
        ("geometry_method", "value.geometry_method"),
    ],
)
def test_every_word_of_the_layers_is_translated(packaged, name, section):
    assert {row[name] for row in packaged if row.get(name)} <= set(strings("en")[section])


def test_every_published_figure_is_translated(packaged):
    figures = [figure for row in packaged for figure in row.get("figures") or ()]
    assert {figure["attribute"] for figure in figures} <= set(strings("en")["property"])
    assert {figure["unit"] for figure in figures if figure["unit"]} <= set(strings("en")["unit"])
