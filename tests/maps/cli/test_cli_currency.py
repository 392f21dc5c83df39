"""The age of the record in commands and pages."""

import json

import pytest

import layers
from maps import MapBuilder
from maps.cli import main


def run(capsys, *words):
    code = main(words)
    told = capsys.readouterr()
    return code, told.out, told.err


def test_list_ends_with_the_newest_fact(capsys):
    _, out, _ = run(capsys, "layers", "list")
    assert out.splitlines()[-1] == f"newest dated fact: {layers.latest_date()}"


@pytest.mark.parametrize(
    "command",
    [
        ("layers", "show", "crossing/friendship-bridge"),
        ("layers", "show", "crossings"),
        ("route", "Khasan", "Rajin", "--mode", "rail"),
    ],
)
@pytest.mark.parametrize(("day", "told"), [("2099", True), ("2026-09-07", False), ("2014-11-24", False)])
def test_a_day_beyond_the_record_is_said_to_be_one(capsys, command, day, told):
    code, out, err = run(capsys, *command, "--as-of", day)
    assert code == 0
    assert out
    assert (f"the newest fact on record is of {layers.latest_date()}" in err) is told
    assert len(err.splitlines()) == told


def test_a_wrong_day_is_one_error(capsys):
    code, _, err = run(capsys, "layers", "show", "crossings", "--as-of", "2014-13")
    assert code == 2
    assert len(err.splitlines()) == 1


class TestStale:
    def test_as_a_table(self, capsys):
        code, out, _ = run(capsys, "layers", "stale", "--older", "1y", "--layer", "crossings", "--on", "2026-11-28")
        assert code == 0
        head, *rows = out.splitlines()
        assert head.split() == ["evidence", "age", "status", "feature", "search", "for"]
        assert any("crossing/tumen-namyang-road" in row and "reopened resumed 2026" in row for row in rows)
        assert not any("crossing/tumen-road-bridge" in row for row in rows)

    def test_as_json(self, capsys):
        _, out, _ = run(capsys, "layers", "stale", "--layer", "checkpoints", "--json", "--on", "2026-11-28")
        rows = json.loads(out)
        assert {row["layer"] for row in rows} == {"checkpoints"}
        assert all(set(row["search"]) <= {"en", "ko", "ru", "zh"} and row["search"]["en"] for row in rows)

    def test_age_counts_from_today_by_default(self, capsys):
        code, out, _ = run(capsys, "layers", "stale", "--older", "100y")
        assert code == 0
        assert "station/moscow" in out

    @pytest.mark.parametrize(
        ("words", "problem"),
        [(["--older", "soon"], "such as 1y, 6m or 90d"), (["--layer", "crossing"], "did you mean 'crossings'")],
    )
    def test_what_is_not_understood(self, capsys, words, problem):
        code, _, err = run(capsys, "layers", "stale", *words)
        assert code == 2
        assert problem in err


@pytest.mark.parametrize(
    ("day", "latest", "beyond"), [(None, False, False), ("2014-11-24", True, False), ("2099", True, True)]
)
def test_a_page_says_how_new_the_record_is(tmp_path, day, latest, beyond):
    theme = tmp_path / "mine.toml"
    theme.write_text(
        'extent = [130, 42, 131, 43]\ntitle = "Mine"\nbasemap = []\n[[layer]]\nsource = "stations"\n', encoding="utf-8"
    )
    html = MapBuilder(theme, langs="en", as_of=day).render().html
    newest = layers.latest_date()
    assert f'<time datetime="{day or newest}">' in html
    assert (
        f'class="latest"><span data-ui="latest">Newest dated fact</span> <time datetime="{newest}">' in html
    ) is latest
    assert ('class="beyond"' in html) is beyond
