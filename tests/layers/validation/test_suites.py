"""Two third-party suites of GeoJSON cases: no valid document is refused, no invalid one passes.

Where a suite says something else than RFC 7946, the RFC holds: the cases are listed with their section.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

import layers
from tests.maps.node import node

ROOT = Path(__file__).parents[3]
NPM_SUITE = ROOT / "node_modules" / "geojson-validation" / "test" / "index.js"
# What a suite calls invalid and the RFC does not.
DEVIATIONS = {
    # 3.1.1: more than three numbers SHOULD NOT be there, and may be; ours is a warning.
    '{"coordinates": [10, 20, 30, 40], "type": "Point"}',
    # A check of one's own that the package's test adds; 3.1.1 sets no bounds, 4 means longitudes all the same; ours is a warning.
    '{"coordinates": [-200, 3], "type": "Point"}',
}


def python_suite():
    """Cases of the Python package geojson."""
    content = json.loads((ROOT / "tests" / "fixtures" / "geojson_cases.json").read_bytes())
    return [(case["value"], case["valid"]) for case in content["cases"]]


def npm_suite():
    """Cases of the npm package geojson-validation, which is not shipped (LGPL-3.0): recorded from its tests."""
    program = node()
    if not NPM_SUITE.is_file():
        reason = "geojson-validation is not installed: run scripts/node --packages"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    command = [program, str(Path(__file__).with_name("suite.cjs")), str(NPM_SUITE)]
    done = subprocess.run(command, capture_output=True, check=True)
    cases = [(case["check"], case["value"], case["valid"]) for case in json.loads(done.stdout)]
    return [
        ({"type": "Point", "coordinates": value} if check == "isPosition" else value, valid)
        for check, value, valid in cases
    ]


@pytest.mark.parametrize(("suite", "least"), [(python_suite, 28), (npm_suite, 48)])
def test_a_suite_of_others_is_judged_as_rfc_7946_has_it(suite, least, tmp_path):
    cases = suite()
    assert len(cases) >= least
    assert {valid for _, valid in cases} == {True, False}
    wrong = []
    for number, (value, valid) in enumerate(cases):
        path = tmp_path / f"{number}.geojson"
        path.write_text(json.dumps(value))
        errors = [issue for issue in layers.validate([path]).issues if issue.level == "error"]
        expected = valid or json.dumps(value, sort_keys=True) in DEVIATIONS
        if expected == bool(errors):
            wrong.append((value, valid, errors))
    assert wrong == []


def test_what_is_listed_as_deviating_is_warned_of(tmp_path):
    for number, text in enumerate(sorted(DEVIATIONS)):
        path = tmp_path / f"{number}.geojson"
        path.write_text(text)
        assert [issue.level for issue in layers.validate([path]).issues] == ["warning"]
