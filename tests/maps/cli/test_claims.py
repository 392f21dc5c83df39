"""``tumen claims`` as a user meets it."""

import json

import pytest

import layers
from tests.command import tumen

FIELDS = {
    "id", "seed", "said", "said_ko", "said_ru", "said_zh",
    "quantity", "date", "place", "as_of", "verdict", "basis", "says", "features", "sources", "note",
    "parts",
}  # fmt: skip


def claims(*arguments, **options):
    return tumen("claims", *arguments, **options)


def test_help_teaches():
    done = claims("--help")
    assert done.returncode == 0
    for part in ("examples:", "contradicted", "partly", "untested", "computed", "--json"):
        assert part in done.stdout


def test_every_claim_has_a_row():
    lines = claims().stdout.splitlines()
    assert lines[0].split() == ["claim", "verdict", "basis", "said", "feature"]
    for line, result in zip(lines[1:-1], layers.check_claims(), strict=True):
        assert line.split()[:3] == [result.claim.id, result.verdict, result.basis]
        assert not result.features or line.endswith(result.features[0])


@pytest.mark.long
def test_every_claim_stands_with_verdict_finding_and_features():
    done = claims("--long")
    assert done.returncode == 0
    for result in layers.check_claims():
        assert f"{result.claim.id}  {result.verdict} ({result.basis})" in done.stdout
    assert "border/ru-kp-river" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].startswith(f"{len(layers.claims())} claims: ")


@pytest.mark.long
@pytest.mark.parametrize("verdict", ["confirmed", "contradicted", "partly", "untested"])
def test_verdict_filters(verdict):
    rows = json.loads(claims("--verdict", verdict, "--json").stdout)
    assert rows
    assert {row["verdict"] for row in rows} == {verdict}


def test_seed_filters():
    rows = json.loads(claims("--seed", "fefu-cherkashin-2015", "--json").stdout)
    assert len(rows) == sum(claim.seed == "fefu-cherkashin-2015" for claim in layers.claims()) > 30
    assert {row["seed"] for row in rows} == {"fefu-cherkashin-2015"}


def test_json_has_all_fields():
    done = claims("--json")
    assert done.returncode == 0
    rows = json.loads(done.stdout)
    assert [row["id"] for row in rows] == [claim.id for claim in layers.claims()]
    assert all(set(row) == FIELDS for row in rows)
    border = next(row for row in rows if row["id"] == "S0-08")
    assert border["parts"][0]["values"]["stated_m"] == 28968


def test_filters_that_leave_nothing_are_no_error():
    done = claims("S0-08", "--verdict", "confirmed")
    assert done.returncode == 0
    assert done.stdout == "0 claims\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["S9-99"], "S9-99"), (["--seed", "fefu"], "fefu-cherkashin-2015"), (["--verdict", "true"], "invalid choice")],
)
def test_what_is_not_understood_is_explained_with_code_2(arguments, said):
    done = claims(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_narrow_terminal_is_kept_to():
    done = claims("S2-33", env={"COLUMNS": "70"})
    assert max(map(len, done.stdout.splitlines())) <= 70
