"""Claims: every verdict follows from the data, and changes with the data."""

import inspect
import runpy
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import layers
from layers import Evidence
from layers.factcheck.claim import VERDICTS, Check, together
from layers.factcheck.evidence import Case
from layers.factcheck.judge import run
from layers.factcheck.kind import KINDS
from layers.factcheck.reading import footnotes
from layers.factcheck.words import MULTIPLES, fits, ratio_range

ROOT = Path(__file__).parents[3]
TABLE = tomllib.loads((ROOT / "layers" / "tables" / "claims.toml").read_text(encoding="utf-8"))
RESULTS = {result.claim.id: result for result in layers.check_claims()}
SOURCES = layers.sources()
CATALOG = layers.catalog()
FEATURES = {str(row["id"]) for record in CATALOG for row in CATALOG.features(record.name)}
STORED = {"verdict", "basis", "says", "holds", "result", "expected"}


def verdict(claim_id, evidence):
    (result,) = layers.check_claims([claim_id], evidence=evidence)
    return result.verdict


def changed(layer, feature_id, **properties):
    """Features of a layer with one of them changed, as ever without touching the file."""
    rows = CATALOG.features(layer)
    for row in rows:
        if row["id"] == feature_id:
            row["properties"] |= {key: value for key, value in properties.items() if key != "coordinates"}
            if "coordinates" in properties:
                row["geometry"] = row["geometry"] | {"coordinates": properties["coordinates"]}
    return {layer: rows}


def with_value(name, period, number, part=""):
    series = layers.series(name)
    values = tuple(
        replace(row, value=number) if (row.period, row.part, row.used) == (period, part, True) else row
        for row in series
    )
    return Evidence(series={name: replace(series, values=values)})


def with_event(event_id, **fields):
    return Evidence(events=[replace(event, **fields) if event.id == event_id else event for event in layers.events()])


class TestTable:
    def test_holds_every_claim_of_both_articles(self):
        ids = [row["id"] for row in TABLE["claim"]]
        assert ids == [f"S0-{n:02}" for n in range(1, 47)] + [f"S2-{n:02}" for n in range(1, 42)]

    def test_stores_no_verdict(self):
        def keys(value):
            if isinstance(value, dict):
                yield from value
                for item in value.values():
                    yield from keys(item)
            elif isinstance(value, list):
                for item in value:
                    yield from keys(item)

        assert not STORED & set(keys(TABLE))

    def test_no_string_of_it_is_a_verdict(self):
        text = (ROOT / "layers" / "data" / "claims.json").read_text(encoding="utf-8")
        assert not [word for word in VERDICTS if f'"{word}"' in text]

    def test_checks_name_kinds_and_their_parameters(self):
        for check in (check for row in TABLE["claim"] for check in row["checks"]):
            parameters = {key: value for key, value in check.items() if key != "kind"}
            inspect.signature(KINDS[check["kind"]]).bind(None, **parameters)


class TestResults:
    def test_have_a_verdict_and_say_why(self):
        for key, result in RESULTS.items():
            assert result.verdict in VERDICTS, key
            assert (result.verdict == "untested") == (result.basis == "none"), key
            assert result.parts, key
            for part in result.parts:
                assert part.says[0].isalnum() or part.says[0] == "“", key
                assert part.says.endswith("."), key
                assert (part.verdict == "untested") == (part.basis == "none"), key

    def test_name_what_exists(self):
        unknown = {
            key: {*result.features} - FEATURES | {*result.sources, result.claim.seed} - {*SOURCES}
            for key, result in RESULTS.items()
        }
        assert {key: names for key, names in unknown.items() if names} == {}

    def test_never_rest_on_the_article_alone(self):
        assert [key for key, result in RESULTS.items() if set(result.sources) == {result.claim.seed}] == []

    def test_are_plain(self):
        for key, result in RESULTS.items():
            plain = result.to_dict()
            assert plain["verdict"] == result.verdict, key
            assert [part["kind"] for part in plain["parts"]] == [check.kind for check in result.claim.checks], key


def test_verdicts_follow_from_the_sources():
    expected = {
        "S0-01": "partly", "S0-02": "confirmed", "S0-03": "confirmed", "S0-05": "contradicted", "S0-06": "partly",
        "S0-08": "contradicted", "S0-10": "partly", "S0-11": "untested", "S0-12": "confirmed", "S0-13": "partly",
        "S0-14": "confirmed", "S0-17": "confirmed", "S0-18": "confirmed", "S0-19": "partly", "S0-20": "confirmed",
        "S0-21": "partly", "S0-24": "partly", "S0-26": "confirmed", "S0-27": "contradicted", "S0-28": "partly",
        "S0-29": "contradicted", "S0-36": "partly", "S2-04": "partly", "S2-05": "partly", "S2-07": "confirmed",
        "S2-09": "confirmed", "S2-11": "partly", "S2-14": "confirmed", "S2-15": "confirmed", "S2-20": "confirmed",
        "S2-24": "confirmed", "S2-25": "confirmed", "S2-31": "untested", "S2-33": "partly", "S2-35": "confirmed",
    }  # fmt: skip
    assert {key: RESULTS[key].verdict for key in expected} == expected


class TestNumbers:
    def test_the_title_rounds_up_and_the_text_does_not(self):
        title, text = RESULTS["S0-01"].parts
        assert (title.verdict, text.verdict) == ("contradicted", "confirmed")
        assert text.values["ratio"] == pytest.approx(2.8737, abs=5e-5)

    def test_the_border_is_17_kilometres(self):
        (part,) = RESULTS["S0-08"].parts
        assert part.values["stated_m"] == 28968
        assert part.values["measured_m"] == pytest.approx(17391, abs=1)
        assert part.values["uncertainty_m"] == 100

    def test_the_target_asked_for_half_as_much_again_each_year(self):
        (part,) = RESULTS["S2-15"].parts
        assert part.values["growth"] == pytest.approx(0.487, abs=5e-4)
        assert part.values["reached"] == pytest.approx(0.0427, abs=5e-5)  # 42.74 M USD of 2020

    def test_three_footnotes_are_older_than_their_events(self):
        (part,) = RESULTS["S2-33"].parts
        assert part.values["early"] == 3
        assert part.values["numbers"] == ("1", "9", "14")

    def test_there_are_fifteen_footnotes(self):
        assert [note.number for note in footnotes()] == list(range(1, 16))


class TestChange:
    """What would follow if the data were otherwise."""

    def test_a_longer_line_bears_out_18_miles(self):
        longer = changed("border", "border/ru-kp-river", coordinates=[[130.6370, 42.4183], [130.6970, 42.1613]])
        assert verdict("S0-08", Evidence(longer)) == "confirmed"

    def test_a_line_that_ends_elsewhere_does_not_follow_the_river(self):
        elsewhere = changed("border", "border/ru-kp-river", coordinates=[[130.6370, 42.4183], [130.6970, 42.1613]])
        assert verdict("S0-09", Evidence(elsewhere)) == "partly"

    def test_nineteen_zones_in_all_would_bear_out_nineteen(self):
        rows = [row for row in CATALOG.features("zones") if row["properties"]["decreed"] < "2014-08"][:19]
        assert verdict("S2-05", Evidence({"zones": rows})) == "confirmed"

    def test_zones_of_later_decrees_change_nothing(self):
        rows = [row for row in CATALOG.features("zones") if row["properties"]["decreed"] < "2015"]
        assert verdict("S2-05", Evidence({"zones": rows})) == "partly"

    def test_a_second_bridge_at_work_ends_the_only_link(self):
        opened = [{"date": "2018", "status": "operating", "sources": ["tass-1951481"]}]
        bridge = changed("crossings", "crossing/tumen-road-bridge", history=opened, valid_from="2018")
        assert verdict("S0-13", Evidence(bridge)) == "contradicted"
        assert verdict("S0-12", Evidence(bridge)) == "contradicted"

    def test_without_the_fibre_the_bridge_is_the_only_link(self):
        kept = [event for event in layers.events() if event.kind != "link"]
        assert verdict("S0-13", Evidence(events=kept)) == "confirmed"

    def test_a_power_line_at_work_is_a_link(self):
        built = [{"date": "2016", "status": "operating", "sources": ["tass-1951481"]}]
        assert verdict("S0-13", Evidence(changed("power", "power/khasan-rason", history=built))) == "contradicted"

    def test_a_single_gauge_is_not_two(self):
        assert (
            verdict("S0-14", Evidence(changed("crossings", "crossing/friendship-bridge", gauge_mm=[1520]))) == "partly"
        )

    def test_a_station_moved_over_the_river_is_not_russian(self):
        moved = changed("stations", "station/khasan", coordinates=[130.60, 42.40])
        assert verdict("S0-17", Evidence(moved)) == "contradicted"

    def test_trade_that_did_triple_did_not_nearly_do_so(self):
        title, text = layers.check_claims(
            ["S0-01"], evidence=with_value("trade-far-east", "2019-01/2019-03", 3 * 3.72)
        )[0].parts
        assert (title.verdict, text.verdict) == ("confirmed", "contradicted")

    def test_less_oil_leaves_room_for_consumer_goods(self):
        energy, consumer = layers.check_claims(
            ["S0-06"], evidence=with_value("trade-far-east", "2019-01/2019-03", 2.0, "oil products")
        )[0].parts
        assert (energy.verdict, consumer.verdict) == ("contradicted", "confirmed")

    def test_gold_does_not_count_as_a_rare_earth(self):
        rows = [row for row in CATALOG.features("minerals") if row["id"] != "mineral/jongju"]
        assert verdict("S0-43", Evidence({"minerals": rows})) == "partly"

    def test_a_network_of_one_gauge_has_one_gauge(self):
        assert RESULTS["S0-16"].verdict == "partly"
        assert RESULTS["S0-16"].parts[0].values["other_gauges"] == 1  # 523 km of 762 mm
        assert RESULTS["S0-15"].verdict == "confirmed"

    def test_the_road_by_quanhe_leads_to_the_sea(self):
        road, *_ = RESULTS["S0-33"].parts
        assert road.verdict == "confirmed"
        assert 40_000 < road.values["length_m"] < 65_000  # published: 48 to 67 km

    def test_a_debt_of_another_size_is_not_10_9(self):
        assert verdict("S2-09", with_value("debt", "2012-09-17", 12.0)) == "partly"  # 10.96 still stands beside it

    @pytest.mark.parametrize(
        ("event", "date", "early"),
        [
            ("event/kim-yong-nam-sochi-2014", "2014-02-05", 2),
            ("event/debt-law-2014", "2014-02", 2),
            ("event/victory-ceremony-2014", "2014-10-23", 4),
        ],
    )
    def test_footnotes_are_held_against_the_days_of_the_events(self, event, date, early):
        (result,) = layers.check_claims(["S2-33"], evidence=with_event(event, date=date))
        assert result.parts[0].values["early"] == early

    def test_a_vote_on_a_resolution_bears_out_the_claim(self):
        assert verdict("S2-04", with_event("event/unsc-vote-2014", form="resolution")) == "confirmed"

    def test_a_fourth_company_is_not_the_consortium(self):
        four = (
            *next(e for e in layers.events() if e.id == "event/rajin-consortium-2013").organisations,
            "organisation/kogas",
        )
        assert verdict("S2-20", with_event("event/rajin-consortium-2013", organisations=four)) == "partly"

    def test_an_attack_after_the_link_did_not_cause_it(self):
        assert verdict("S0-21", with_event("event/ddos-2017", date="2017-10-02", until="")) == "contradicted"

    def test_a_sold_subsidiary_does_not_count(self):
        sold = [replace(one, relations=()) for one in layers.organisations()]
        assert verdict("S0-20", Evidence(organisations=sold)) == "contradicted"

    def test_an_event_that_only_the_article_tells_of_is_untested(self):
        alone = with_event("event/year-of-friendship-2015", sources=("fefu-cherkashin-2015",))
        assert verdict("S2-03", alone) == "untested"

    def test_the_data_is_not_modified(self):
        assert {result.claim.id: result.verdict for result in layers.check_claims()} == {
            claim_id: result.verdict for claim_id, result in RESULTS.items()
        }


class TestWords:
    @given(st.floats(min_value=0.1, max_value=50))
    def test_nearly_ends_where_more_than_begins(self, ratio):
        for word in MULTIPLES:
            assert not (fits(f"nearly {word}", ratio) and fits(f"more than {word}", ratio))

    @given(st.floats(min_value=0.1, max_value=50))
    def test_nearly_tripled_is_from_two_and_three_quarters_up_to_three(self, ratio):
        assert fits("nearly tripled", ratio) == (2.75 <= ratio < 3)

    @given(
        st.sampled_from(sorted(MULTIPLES)),
        st.floats(min_value=1, max_value=9),
        st.floats(min_value=0.01, max_value=1000),
    )
    def test_the_unit_does_not_matter(self, word, base, scale):
        low, high = ratio_range(word)
        middle = (low + high) / 2
        assert fits(word, (middle * base * scale) / (base * scale))

    @pytest.mark.parametrize("word", sorted(MULTIPLES))
    def test_the_multiple_itself_is_what_the_bare_word_says(self, word):
        assert fits(word, MULTIPLES[word])
        assert not fits(f"nearly {word}", MULTIPLES[word])

    @pytest.mark.parametrize(
        ("one", "other"), [("almost tripled", "nearly tripled"), ("over doubled", "more than doubled")]
    )
    def test_equivalent_wordings_have_the_same_range(self, one, other):
        assert ratio_range(one) == ratio_range(other)

    @pytest.mark.parametrize("words", ["soared", "barely tripled", ""])
    def test_unknown_words_are_refused(self, words):
        with pytest.raises(layers.ClaimError, match="no number is known for"):
            ratio_range(words)


@given(st.lists(st.sampled_from(VERDICTS), min_size=1))
def test_the_whole_is_what_all_parts_are_or_partly(verdicts):
    assert together(verdicts) == (verdicts[0] if len(set(verdicts)) == 1 else "partly")


def test_unknown_claim_is_an_error():
    with pytest.raises(layers.ClaimError, match="S9-99"):
        layers.check_claims(["S9-99"])


def test_unknown_kind_names_the_nearest():
    with pytest.raises(layers.ClaimError, match="did you mean 'length'"):
        run(Check("lenght", {}), None)


def test_unknown_parameter_is_an_error():
    with pytest.raises(layers.ClaimError, match="does not take these parameters"):
        run(Check("length", {"feature": "border/ru-kp-river", "miles": 18}), None)


@pytest.mark.long
@pytest.mark.parametrize(
    ("claim_id", "heavy"),
    [
        ("S0-01", {"numpy", "shapely", "rustworkx", "pandas"}),
        ("S0-08", {"numpy", "shapely", "rustworkx", "pandas"}),
        ("S0-13", {"numpy", "shapely", "rustworkx", "pandas"}),
        ("S2-33", {"numpy", "shapely", "rustworkx", "pandas"}),
        ("S0-17", {"rustworkx", "pandas"}),
    ],
)
def test_a_check_imports_what_it_needs_and_no_more(claim_id, heavy):
    program = f"import sys, layers; layers.check_claims(['{claim_id}']); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert not [name for name in heavy if f"'{name}'" in loaded]


def test_page_is_in_step_with_the_data():
    script = runpy.run_path(str(ROOT / "scripts" / "claims.py"))
    assert (ROOT / "docs" / "claims.md").read_text(encoding="utf-8") == script["document"]()


FORECASTS = [
    (row["id"], index)
    for row in TABLE["claim"]
    for index, check in enumerate(row["checks"])
    if check["kind"] in {"foreseen", "target"}
]


def test_the_outcome_of_a_forecast_does_not_affect_its_verdict():
    """One rule: a forecast is held against what was announced; the outcome is told beside it."""
    later = tuple(
        replace(event, date="2099-01-01", until="") if event.kind in {"study", "opening"} else event
        for event in layers.events()
    )
    claims = dict.fromkeys(claim for claim, _ in FORECASTS)
    after = {result.claim.id: result for result in layers.check_claims(list(claims), evidence=Evidence(events=later))}
    for claim, index in FORECASTS:
        assert after[claim].parts[index].verdict == RESULTS[claim].parts[index].verdict, claim


def test_a_forecast_without_a_second_source_is_untested_and_another_one_contradicts():
    case = Case(Evidence(), "fefu-cherkashin-2015", "2015-08-24")
    bare = Check("foreseen", {"stated": "2015-06", "witnesses": []})
    other = Check("foreseen", {"stated": "2015-06", "witnesses": [{"value": "2016", "source": "kbs-36639"}]})
    own = Check(
        "foreseen", {"stated": "2015-06", "witnesses": [{"value": "2015-06", "source": "fefu-cherkashin-2015"}]}
    )
    assert [run(check, case).verdict for check in (bare, other, own)] == ["untested", "contradicted", "untested"]
