"""Each promise of docs/security.md is tested by the tests that it names."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", NOTE)))
TABLES = re.findall(r"^\|.* shown by \|\n\|[-|]+\n((?:\|.*\n)+)", NOTE, re.MULTILINE)
ROWS = "".join(TABLES).splitlines()


@pytest.mark.parametrize(("file", "test"), NAMED, ids=[test for _, test in NAMED])
def test_named_test_exists(file, test):
    assert re.search(rf"^def {test}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_row_names_a_test():
    assert len(TABLES) == 2
    assert len(ROWS) > 20
    assert [row for row in ROWS if not re.search(r"`tests/[\w/]+\.py::test_\w+` \|$", row)] == []


def test_note_speaks_of_the_leaflet_that_ships():
    leaflet, _ = json.loads((ROOT / "maps" / "vendor" / "vendor.json").read_text(encoding="utf-8"))["libraries"]
    assert f"Leaflet {leaflet['version']} is vendored" in NOTE


def test_every_sink_of_leaflet_is_documented():
    code = (ROOT / "maps" / "vendor" / "leaflet" / "leaflet.js").read_text(encoding="utf-8")
    assert len(re.findall(r"\.innerHTML\s*=(?!=)", code)) == 10  # one more would be a sink that nobody has looked at
    assert not re.search(r"outerHTML\s*=(?!=)|insertAdjacentHTML|document\.write|createContextualFragment", code)
