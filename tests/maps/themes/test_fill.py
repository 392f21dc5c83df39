"""Fields from the record in the texts of a theme."""

import re
from pathlib import Path

import pytest

import layers
from maps import MapBuilder, ThemeError
from maps.errors import FeatureError
from maps.i18n.text import LANGUAGES, Text
from maps.themes.fill import Facts, Field, fields_of, filled, parsed
from maps.themes.reader import theme as load_theme
from maps.themes.reader import theme_names

BRIDGE = "crossing/tumen-road-bridge"
ROOT = Path(__file__).parents[3]
THEMES = {name: load_theme(name) for name in theme_names()}


def say(text, lang="en", day=None):
    return getattr(filled(Text(text, text, text, text), Facts(as_of=day)), lang)


class TestParsed:
    @pytest.mark.parametrize(
        "text", ["{", "}", "{x", "{}", "{a:}", "{:b}", "{a b:c}", "{a:b.c.d.e}", "{<b>:c}", "{a{b:c}}"]
    )
    def test_a_brace_that_is_no_field_is_refused(self, text):
        with pytest.raises(ValueError, match=r"a field is \{ID:WHAT\}"):
            parsed(text)

    def test_doubled_braces_are_braces(self):
        assert say("a {{b}} c") == "a {b} c"

    def test_a_field_reads_back(self):
        for one in (
            "{crossing/a:status}",
            "{a/b~c/d:published}",
            "{zones[decreed=2013-11-21]:count}",
            "{rail/a/b-c:date.planned.year}",
        ):
            (field,) = parsed(one)
            assert str(field) == one


class TestFilled:
    @pytest.mark.parametrize(
        ("day", "lang", "text"),
        [
            (None, "en", "has been in use since 7 September 2026"),
            (None, "ru", "действует с 7 сентября 2026 года"),
            (None, "ko", "2026년 9월 7일부터 운영 중이다"),
            (None, "zh", "自2026年9月7日起投入使用"),
            ("2026-09-06", "en", "has been under construction since 30 April 2025"),
            ("2019-06", "ru", "изучается с 26 апреля 2019 года"),
            ("1994", "en", "is not on record yet"),
        ],
    )
    def test_state(self, day, lang, text):
        assert say(f"{{{BRIDGE}:state}}", lang, day) == text

    @pytest.mark.parametrize(
        ("field", "text"),
        [
            ("{crossing/friendship-bridge:opened}", "9 August 1959"),
            ("{crossing/friendship-bridge:opened.year}", "1959"),
            ("{crossing/friendship-bridge:name}", "Friendship Bridge"),
            ("{crossing/friendship-bridge:length_m}", "623\u202fm"),
            (f"{{{BRIDGE}:date.under_construction.month}}", "April 2025"),
            (f"{{{BRIDGE}:from}}", "June 2014"),
            (f"{{{BRIDGE}:status}}", "operating"),
            ("{border/ru-kp-river:length_m.km}", "17\u202fkm"),
            ("{border/ru-kp-river:length_m.least}", "15\u202fkm"),
            ("{power/khasan-rason:voltage_kv}", "110/220\u202fkV"),
            ("{event/rajin-line-opening-2013:date}", "22 September 2013"),
            ("{station/tumangang~station/rajin:published}", "52\u202fkm"),
            ("{station/rajin~station/tumangang:published}", "52\u202fkm"),
            ("{zones[decreed=2013-11-21]:count}", "13"),
        ],
    )
    def test_what_fields_give(self, field, text):
        assert say(field) == text

    def test_a_date_holds_on_a_day_before_it(self):
        assert say("{terminal/rajin-coal:opened}", day="1994") == "18 July 2014"

    def test_counts_are_those_of_the_day(self):
        assert say("{zones:count}", day="1994") == "1"
        assert say("{zones:count}") == str(len(layers.load("zones")))

    def test_every_status_has_its_predicate_in_every_language(self):
        one_of = {}
        for name in ("crossings", "programmes", "airports", "power"):
            for row in layers.load(name).itertuples():
                one_of.setdefault(row.status, row.id)
        for status in {"suspended", "planned", "closed", "cancelled", "proposed"} & set(one_of):
            for lang in LANGUAGES:
                assert re.search(r"\d{4}", say(f"{{{one_of[status]}:state}}", lang)), (status, lang)


class TestProblems:
    @pytest.mark.parametrize(
        ("field", "problem"),
        [
            ("{crossing/none:status}", "there is no feature 'crossing/none'"),
            ("{event/none:date}", "there is no event 'event/none'"),
            ("{zone:count}", "there is no layer 'zone'; did you mean 'zones'?"),
            ("{zones[decree=x]:count}", "has the property 'decree'"),
            ("{crossing/friendship-bridge:length}", "did you mean 'length_m'?"),
            ("{crossing/friendship-bridge:length_m.miles}", "a length in metres takes .km"),
            ("{crossing/friendship-bridge:date.planned}", "there is no such date"),
            ("{crossing/friendship-bridge:opened.week}", "one of year, month"),
            ("{station/khasan~station/moscow:published}", "no published length"),
        ],
    )
    def test_each_is_named(self, field, problem):
        with pytest.raises(FeatureError, match=re.escape(problem)):
            say(field)

    def test_all_field_errors_are_reported_at_once(self, tmp_path):
        path = tmp_path / "mine.toml"
        path.write_text(
            'extent = [130, 42, 131, 43]\ntitle = "{crossing/none:status}"\nintro = "{zone:count}"\n', encoding="utf-8"
        )
        with pytest.raises(ThemeError) as caught:
            load_theme(path)
        assert "crossing/none" in str(caught.value)
        assert "zones" in str(caught.value)

    def test_a_stray_brace_names_its_key(self, tmp_path):
        path = tmp_path / "mine.toml"
        path.write_text('extent = [130, 42, 131, 43]\ntitle = { en = "a", ko = "{b" }\n', encoding="utf-8")
        with pytest.raises(ThemeError, match=r"title\.ko"):
            load_theme(path)


class TestPages:
    def test_what_the_record_gives_is_text_and_never_markup(self, tmp_path):
        path = tmp_path / "mine.toml"
        path.write_text(
            f'extent = [130, 42, 131, 43]\ntitle = "<b>{{{BRIDGE}:status}}"\nbasemap = []\n', encoding="utf-8"
        )
        html = MapBuilder(path, langs="en").render().html
        assert "&lt;b&gt;operating" in html
        assert "<b>operating" not in html

    def test_braces_of_a_theme_made_in_code_stay(self):
        theme = load_theme("corridor")
        assert MapBuilder(theme).filled_theme.fields is False
        assert MapBuilder(MapBuilder(theme).filled_theme).filled_theme is not None


# Texts that speak of what is on the record; an article is no feature, and a gauge is a name.
SPOKEN = {
    (name, key, lang): getattr(text, lang)
    for name, theme in THEMES.items()
    for key, text in [("title", theme.title), ("intro", theme.intro)]
    + [(f"look {number}", look.text) for number, look in enumerate(theme.story.looks)]
    + [(f"comparison {number}", item.note) for number, item in enumerate(theme.story.comparisons)]
    for lang in LANGUAGES
}
ARTICLES = {"claims"}
TYPED = re.compile(
    r"\b(?:1[89]|20)\d\d(?!\s*(?:mm|мм|毫米))\b|(?:1[89]|20)\d\d(?=[년年])"
    r"|\d\s*(?:km|км|公里|kV|кВ|千伏|MW|МВт|兆瓦)\b|\d\s*(?:公里|千伏|兆瓦)"
    r"|under construction|being built|строится|строящ|건설 중|착공|짓고 있|在建|开工"
)


def test_texts_use_fields_for_recorded_values():
    texts = {
        where: "".join(piece for piece in parsed(text) if isinstance(piece, str))
        for where, text in SPOKEN.items()
        if where[0] not in ARTICLES
    }
    typed = {" ".join(where): found[0] for where, text in texts.items() if (found := TYPED.search(text))}
    assert typed == {}, "write a field (docs/themes.md)"


@pytest.mark.parametrize("text", ["opened in 1959", "2025년 4월에", "于2025年", "17 km", "строится с", "17公里"])
def test_the_check_finds_typed_values(text):
    assert TYPED.search(text)


@pytest.mark.parametrize("name", THEMES)
def test_all_languages_of_a_text_have_the_same_fields(name):
    by_lang = {
        lang: {
            str(piece)
            for text in _texts(THEMES[name])
            for piece in parsed(getattr(text, lang))
            if isinstance(piece, Field)
        }
        for lang in LANGUAGES
    }
    assert len(set(map(frozenset, by_lang.values()))) == 1, by_lang


def _texts(theme):
    return [
        theme.title,
        theme.intro,
        *(look.text for look in theme.story.looks),
        *(item.note for item in theme.story.comparisons),
    ]


def test_the_overview_speaks_of_the_bridge_by_its_field():
    assert any(field.subject == BRIDGE for field in fields_of(THEMES["overview"]))


def test_the_readme_types_no_fact_of_a_feature():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    prose = re.sub(r"```.*?```|`[^`]*`|^    .*?$|^\|.*?$|1970-01-01", "", text, flags=re.DOTALL | re.MULTILINE)
    assert not (found := TYPED.search(prose)), f"{found[0]!r} is typed: show it by an example that is run"
