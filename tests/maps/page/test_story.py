"""The story of a theme."""

import re

import pytest

import layers
import maps
from maps.features.lengths import measure
from maps.i18n.number import amount, number, short
from maps.i18n.text import LANGUAGES, strings
from maps.page.claims_table import VERDICTS
from maps.page.story import Setting, claim_section, story_section
from maps.themes.story import Way
from tests.maps.parsed import Parsed

STORIES = [name for name in maps.theme_names() if maps.theme(name).story]


@pytest.fixture(scope="module")
def citations():
    return maps.PackagedLayers().citations()


@pytest.fixture(scope="module")
def told(citations):
    """The story of each theme in each language."""
    return {
        (name, lang): Parsed(str(story_section(maps.theme(name).story, Setting(lang, citations))))
        for name in STORIES
        for lang in LANGUAGES
    }


def test_these_themes_have_a_story():
    assert sorted({*maps.theme_names()} - {*STORIES}) == ["routes"]


@pytest.mark.parametrize("name", STORIES)
def test_every_text_of_a_story_speaks_four_languages(name):
    story = maps.theme(name).story
    texts = [look.text for look in story.looks] + [fact.label for fact in story.facts]
    texts += [text for chart in story.charts for text in (chart.title, chart.note)]
    texts += [text for item in story.comparisons for text in (item.title, item.note)]
    texts += [way.label for item in story.comparisons for way in item.ways]
    for text in texts:
        assert all(getattr(text, lang) for lang in LANGUAGES) or not any(getattr(text, lang) for lang in LANGUAGES)


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_story_is_one_section_of_its_language(told, name, lang):
    tag, attrs, _ = told[name, lang].elements[0]
    assert (tag, attrs["lang"]) == ("section", {"zh": "zh-Hans"}.get(lang, lang))
    for _, attrs, _ in told[name, lang].elements:
        assert not {"id", "style"} & set(attrs)
        assert not any(key.startswith("on") for key in attrs)


@pytest.mark.parametrize("name", STORIES)
def test_every_chart_has_a_name_and_a_table(told, name):
    section = told[name, "en"]
    charts = section.all("svg")
    assert all(attrs["role"] == "img" and attrs["aria-label"] for _, attrs in charts)
    assert len(section.all("figure")) == len(section.all("details", **{"class": "numbers"}))


def test_table_holds_every_value_of_the_series(told):
    cells = [text for text, _ in told["trade", "en"].all("td", **{"class": "number"})]
    whole = [row for row in layers.series("trade") if not row.part]
    assert len(whole) > 10
    for row in whole:
        assert any(amount(row.value, row.unit, "en") in cell for cell in cells)


def test_values_that_disagree_stand_side_by_side(told):
    boxes = [attrs for _, attrs in told["trade", "en"].all("rect")]
    disagreeing = [row for row in layers.series("debt") if not row.used]
    assert sum(attrs["class"] == "c-other" for attrs in boxes) >= len(disagreeing)
    assert not told["trade", "en"].all("polyline")  # no line joins values of different sources


def test_height_of_a_column_is_its_value(told):
    """The first chart of columns begins with 112.7 and 104.2 M USD for 2013."""
    boxes = [attrs for _, attrs in told["trade", "en"].all("rect")]
    used = next(attrs for attrs in boxes if attrs["class"] == "c-used" and attrs["x"] != "0")
    other = next(attrs for attrs in boxes if attrs["class"] == "c-other" and float(attrs["x"]) > 1)
    assert float(other["height"]) + 1.5 == pytest.approx(float(used["height"]) * 104.2 / 112.7, abs=0.05)


def test_only_addresses_of_the_web_are_links(told):
    for section in told.values():
        for _, attrs in section.all("a"):
            assert attrs["href"].startswith(("http://", "https://"))
            assert attrs["rel"] == "noopener noreferrer"


@pytest.fixture
def table(citations):
    return Parsed(str(claim_section(maps.theme("claims").story, Setting("ko", citations))))


def test_every_claim_has_a_row(table):
    rows = [attrs for _, attrs in table.all("tr") if "data-claim" in attrs]
    results = {result.claim.id: result.verdict for result in layers.check_claims()}
    assert {attrs["data-claim"]: attrs["data-verdict"] for attrs in rows} == results
    counts = [int(text) for text, _ in table.all("span", **{"class": "count"})]
    assert counts == [list(results.values()).count(verdict) for verdict in VERDICTS]


def test_claims_are_told_in_the_language_of_the_page_and_what_was_found_is_marked_as_english(table):
    said = {attrs["data-text"]: text for text, attrs in table.all("span") if "data-text" in attrs}
    assert said["claim-S0-08"] == "국경의 길이는 18마일(약 29 km)에 불과하다."
    assert said.keys() == {f"claim-{claim.id}" for claim in layers.claims()}
    assert all(text for text in said.values())
    assert len(table.all("div", lang="en")) == len(said)


def test_a_story_of_hostile_words_stays_text(theme_file, citations):
    bad = "<img src=x onerror=alert(1)>"
    text = f"""
    [[look]]
    text = '{bad}'
    [[fact]]
    label = '{bad}'
    value = 1
    unit = '{bad}'
    sources = ["russia-briefing-2019"]
    [[chart]]
    series = "trade"
    title = '{bad}'
    note = '{bad}'
    [[comparison]]
    title = '{bad}'
    [[comparison.way]]
    mode = "rail"
    from = "station/khasan"
    to = "station/rajin"
    label = '{bad}'
    """
    story = maps.theme(theme_file(text)).story
    section = Parsed(str(story_section(story, Setting("en", citations))))
    assert not section.all("img")
    assert any(bad in text for text, _ in section.all("h2"))


def test_no_story_no_section(citations):
    assert story_section(maps.theme("routes").story, Setting("en", citations)) == ""


class TestProblems:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('[[chart]]\nseries = "trad"', r"chart\[0\]\.series: unknown series 'trad'; did you mean 'trade'\?"),
            ('[[chart]]\nseries = "trade"\nparts = ["import"]', r"has no part 'import'; did you mean 'imports'\?"),
            ('[[chart]]\nseries = "trade"\nkind = "pie"', r"chart\[0\]\.kind: unknown value 'pie'"),
            ('[[fact]]\nlabel = "x"\nseries = "trade"\nperiod = "1950"', r"has no used value for '1950' ''"),
            ('[[fact]]\nlabel = "x"\nvalue = 1', r"fact\[0\]\.sources: is missing; name at least one source"),
            (
                '[[fact]]\nlabel = "x"\nvalue = 1\nsources = ["russia-brifing-2019"]',
                r"did you mean 'russia-briefing-2019'",
            ),
            ('claims = ["russia-briefing"]', r"claims: no claim is of the article 'russia-briefing'; did you mean"),
            (
                '[[comparison]]\ntitle = "x"\n[[comparison.way]]\nmode = "rail"\nfrom = "Kasan"\nto = "station/rajin"',
                r"(?s)comparison\[0\]\.way\[0\]\.from: 'Kasan' may be .*station/khasan",
            ),
            (
                (
                    '[[comparison]]\ntitle = "x"\n[[comparison.way]]\nmode = "sea"\nfrom = "port/rajin"\nto = "port/busan"\n'
                    'if_open = ["closed"]'
                ),
                "only railways can be taken to be open",
            ),
            (
                '[[callout]]\ntext = "x"\nat = "crossing/tumen-rode-bridge"',
                r"callout\[0\]\.at: there is no feature 'crossing/tumen-rode-bridge'; did you mean 'crossing/tumen-road-bridge'",
            ),
            (
                '[[callout]]\ntext = "x"\nat = [42.4, 130.6]',
                r"callout\[0\]\.at\[1\]: expected a number in \[-85, 85\], got 130\.6; are lon and lat swapped",
            ),
            (
                '[[callout]]\ntext = "x"\nat = [130.6, 42.4]\nfrom = "2014-13"',
                r"callout\[0\]\.from: ",
            ),
            (
                '[[callout]]\ntext = "x"\nat = [130.6, 42.4]\nfrom = "2015"\nuntil = "2014-11"',
                r"callout\[0\]\.until: ends before it begins, got '2014-11' after from '2015'",
            ),
            ('compare = ["2010"]', r'compare: expected two dates such as \["2010", "2026"\], got'),
            ('compare = ["2026", "2010"]', "compare: the earlier date comes first"),
            ('compare = ["2010", "2026-13"]', "compare: "),
            ('[[look]]\ntekst = "x"', r"look\[0\]\.tekst: unknown key; did you mean 'text'\?"),
        ],
    )
    def test_are_told_with_their_fix(self, theme_file, text, message):
        path = theme_file(text)
        with pytest.raises(maps.ThemeError, match=message) as caught:
            maps.theme(path)
        assert caught.value.file == str(path)

    def test_a_comparison_without_a_route_is_an_error(self, theme_file, citations):
        text = '[[comparison]]\ntitle = "x"\n[[comparison.way]]\nmode = "rail"\nfrom = "station/khasan"\nto = "station/seoul"\n'
        story = maps.theme(theme_file(text)).story
        with pytest.raises(maps.FeatureError, match="no route by rail from 'station/khasan' to 'station/seoul'"):
            story_section(story, Setting("en", citations))


class TestLengths:
    def test_are_those_of_the_network(self):
        import geo

        trip = geo.route(layers.network(), layers.find("station/khasan"), layers.find("station/rajin"))
        found = measure(Way("rail", "station/khasan", "station/rajin"))
        assert found.distance == trip.distance
        assert found.opened == ()

    def test_by_road_on_a_day(self):
        found = measure(Way("road", "place/hunchun", "place/rajin"), as_of="2019")
        # Quanhe to Rajin is published as 48 to 67 km, Hunchun to Quanhe as some 40.
        assert 80_000 < found.distance.metres < 110_000

    def test_are_those_of_the_sea(self):
        found = measure(Way("sea", "port/rajin", "port/pohang"))
        assert found.distance == layers.sea_path("port/rajin", "port/pohang").distance

    def test_hypothetical_sections_are_listed(self):
        found = measure(Way("rail", "station/khasan", "station/seoul", ("closed",)))
        closed = {frozenset((edge.from_node, edge.to_node)) for edge in layers.network().withheld}
        assert found.opened
        assert {frozenset(pair) for pair in found.opened} <= closed

    def test_tell_where_the_gauge_changes(self):
        found = measure(Way("rail", "station/ussuriysk", "station/harbin"))
        assert [(one.before_mm, one.after_mm) for one in found.breaks] == [((1520,), (1435,))]

    def test_of_a_day_when_the_line_was_not_there(self):
        with pytest.raises(maps.FeatureError, match="no route by rail"):
            measure(Way("rail", "station/khasan", "station/rajin"), as_of="1940")

    def test_hypothetical_routes_are_styled_differently(self, told):
        section = told["continental", "en"]
        assumed = [attrs for _, attrs in section.all("rect") if attrs["class"] == "c-assumed"]
        assert len(assumed) == 3
        assert len(re.findall("Hypothetical, through", " ".join(text for text, _ in section.all("td")))) == 3


@pytest.mark.parametrize(
    ("value", "lang", "text"),
    [
        (1234.5, "en", "1234.5"),
        (12345.678, "en", "12,345.678"),
        (12345.678, "ru", "12\u00a0345,678"),
        (-3, "zh", "\u22123"),
    ],
)
def test_numbers(value, lang, text):
    assert number(value, lang) == text


def test_short_numbers_are_rounded():
    assert [short(value, "en") for value in (112.7, 0.93, 9.996)] == ["113", "0.93", "10"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_part_and_unit_of_a_drawn_series_has_a_word(lang):
    for chart in (chart for name in STORIES for chart in maps.theme(name).story.charts):
        for row in layers.series(chart.series):
            assert not row.part or row.part not in chart.parts or row.part in strings(lang)["part"]
            assert row.unit in strings(lang)["unit"]
