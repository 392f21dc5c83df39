"""Pages of your own data directory: no shipped file is read for them."""

import pytest

import maps
from tests.layers.record.test_foreign import files_read, renamed_copy

pytestmark = pytest.mark.long

THEME = """
title = "Own"
extent = [129, 41, 132, 44]
claims = ["russia-briefing-2019"]
[[look]]
text = "{event/other-link-2010:date.year}: {station/khasan:name}"
[[fact]]
label = "Trade"
series = "trade-elsewhere"
period = "2019-01/2019-03"
[[chart]]
series = "trade-elsewhere"
[[comparison]]
title = "Lengths"
[[comparison.way]]
mode = "rail"
from = "Otherkhasan"
to = "station/rajin"
[[layer]]
source = "claims"
[[layer]]
source = "gauge-breaks"
[[layer]]
source = "stations"
"""

COMMANDS = [
    ["distance", "Otherkhasan", "Rajin"],
    ["sea-distance", "Rajin", "Busan"],
    ["sea-distance", "Rajin", "Singapore", "--avoid", "suez"],
    ["route", "Otherkhasan", "Rajin", "--as-of", "2019"],
    ["compare", "Otherkhasan", "Rajin"],
    ["matrix", "--from", "Otherkhasan", "--to", "Rajin"],
    ["reachable", "Otherkhasan", "--km", "60"],
    ["claims", "S9-08"],
    ["themes"],
    ["layers", "list"],
    ["layers", "show", "station/khasan"],
    ["layers", "export", "--format", "geojsonseq", "--layers", "zones", "-o", "-"],
    ["layers", "stale"],
]


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """Copy of the data with names of its own, and a theme that speaks of them."""
    folder = renamed_copy(tmp_path_factory.mktemp("foreign") / "own")
    folder.with_name("theme.toml").write_text(THEME, encoding="utf-8")
    return folder


CALLS = {
    "page": "maps.MapBuilder(own.replace('/own', '/theme.toml'), langs='en', source=maps.PackagedLayers(own)).render()",
    "commands": f"from maps.cli.main import main; assert not any(main(['--data', own, *words]) for words in {COMMANDS})",
}


def test_nothing_shipped_is_read(own, tmp_path):
    read = files_read(CALLS, own, tmp_path)
    assert read.keys() == CALLS.keys()
    assert all(count and not shipped for count, shipped in read.values()), read


def test_story_is_that_of_the_directory(own):
    html = maps.MapBuilder(own.with_name("theme.toml"), langs="en", source=maps.PackagedLayers(own)).render().html
    assert "2010: Otherkhasan" in html
    assert "Otherkhasan – Rajin" in html


def test_theme_of_other_data_does_not_fit_ours(own):
    with pytest.raises(maps.ThemeError, match="trade-elsewhere"):
        maps.theme(own.with_name("theme.toml"))
