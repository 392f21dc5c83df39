"""The JSON Schema of themes: its errors, and that readers and documentation cover each of its keys."""

import json
import re
from pathlib import Path
from typing import get_args

import jsonschema_rs
import pytest

import maps
from maps.themes import story, toml
from maps.themes.structure import SCHEMA_FILE, choices

SCHEMA = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))

# Every key that there is.
EVERYTHING = """
title = "Everything"
intro = { en = "All keys", ko = "모두", ru = "Всё", zh = "全部" }
extent = [130, 42, 131, 43]
basemap = ["land"]
claims = ["russia-briefing-2019"]
compare = ["2010", "2026"]
planner = true

[group]
mine = "Mine"

[style.bold]
strokes = [{ colour = "ink", width = 2, dash = [4, 2], cap = "round", opacity = 0.5 }]
fill = "accent"
fill_opacity = 0.5
shape = "circle"
size = 4
arrow = 3

[[view]]
title = "Here"
extent = [130, 42, 131, 43]

[[view]]
title = "All rails"
layer = "own"

[[layer]]
id = "own"
source = "railways"
title = "Rails"
group = "mine"
filter = { gauge_mm = { all = [1435, 1520] } }
symbols = [{ style = "bold", when = { status = ["planned"] }, label = "Bold", min_zoom = 4 }]
labels = { property = "name", priority = 3, min_zoom = 4, lettering = "line", rank_by = "population" }
min_zoom = 3
visible = false
stacked = true

[[layer]]
source = "own.csv"
crs = "EPSG:4326"
order = "pop"
filter = { pop = { min = 1, max = 1e7, above = 0, below = 1e6, any = [1, 2] }, kind = { not = ["ruin"] } }
table = "own"
within = [130, 42, 131, 43]
symbols = { column = "pop", scheme = "quantiles", k = 4, palette = ["#ffffcc", "#800026"], size = "pop" }
popup = ["name", { column = "pop", label = "People", format = "number", digits = 0, unit = "people" }]
tooltip = ["name"]
time = ["opened", "closed"]

[[callout]]
text = "Here"
at = [130.5, 42.5]
from = "2014-11"
until = "2015"

[[step]]
title = "First"
text = "Look"
extent = [130, 42, 131, 43]
day = "2014"
lit = ["railways/*"]

[[look]]
text = "Look"
extent = [130, 42, 131, 43]

[[fact]]
label = "by series"
series = "trade"
period = "2019"
part = "imports"

[[fact]]
label = "by hand"
value = 3
unit = "km"
sources = ["russia-briefing-2019"]

[[chart]]
series = "trade"
title = "Trade"
kind = "rows"
parts = ["imports"]
note = "A note"

[[comparison]]
title = "Ways"
note = "A note"

[[comparison.way]]
mode = "rail"
from = "station/khasan"
to = "station/rajin"
if_open = ["closed"]
label = "A way"
"""

# Tables of a theme file, by the name of their definition.
TABLES = {
    "theme": SCHEMA,
    **{
        name: rule
        for name, rule in SCHEMA["$defs"].items()
        if "properties" in rule and name not in {"styles", "symbology", "colour", "basemap", "osm_class"}
    },
}


@pytest.fixture
def written(tmp_path):
    """Write a theme beside a file of one's own."""

    def write(text):
        (tmp_path / "own.csv").write_text("lon,lat\n130,42\n", encoding="utf-8")
        path = tmp_path / "everything.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_schema_is_a_schema():
    assert jsonschema_rs.meta.is_valid(SCHEMA)


def test_every_key_of_the_schema_is_read(written, monkeypatch):
    read = set()

    class Noting(dict):
        def get(self, key, default=None):
            read.add(key)
            return super().get(key, default)

        def __contains__(self, key):
            return super().__contains__(key)

        def __getitem__(self, key):
            read.add(key)
            return super().__getitem__(key)

    def noting(value):
        if isinstance(value, dict):
            return Noting((key, noting(item)) for key, item in value.items())
        return [noting(item) for item in value] if isinstance(value, list) else value

    maps.theme("border")  # what is shared by all themes is read before
    monkeypatch.setattr(toml, "_plain", noting)
    monkeypatch.setattr(toml, "faults", lambda *_: [])
    maps.theme(written(EVERYTHING))
    assert {key for table in TABLES.values() for key in table["properties"]} - read == set()


def test_every_key_has_a_description():
    for name, table in TABLES.items():
        for key, rule in table["properties"].items():
            assert rule.get("description") or rule.get("$ref"), (name, key)


def test_types_name_the_choices_of_the_schema():
    assert choices("chart", "kind") == get_args(story.ChartKind)
    assert choices("way", "mode") == get_args(story.Mode)


WRONG = {
    "title: is missing": ('title = "Everything"\n', ""),
    "title.en: is missing": ('title = "Everything"', 'title = { ko = "모두" }'),
    "title: expected a text that is not empty, got ' '": ('title = "Everything"', 'title = " "'),
    "base_map: unknown key; did you mean 'basemap'?": ("basemap", "base_map"),
    "extent: expected [west, south, east, north] in degrees, got [130, 42, 131]": (
        "131, 43]\nbasemap",
        "131]\nbasemap",
    ),
    "extent: a box needs west <= east, got 131.0 and 130.0": (
        "extent = [130, 42, 131, 43]\nbasemap",
        "extent = [131, 42, 130, 43]\nbasemap",
    ),
    "basemap: unknown reference layer 'sand'; did you mean 'land'?": ('basemap = ["land"]', 'basemap = ["sand"]'),
    "layer[0].labels.priority: expected a number in [0, 100], got 300": ("priority = 3", "priority = 300"),
    "layer[0].min_zoom: expected a number in [0, 22], got nan": ("min_zoom = 3", "min_zoom = nan"),
    "layer[0].labels.lettering: unknown value 'lines'; did you mean 'line'?": (
        'lettering = "line"',
        'lettering = "lines"',
    ),
    "layer[0].visible: expected true or false, got 'no'": ("visible = false", 'visible = "no"'),
    "layer[0].source: is missing": ('source = "railways"\n', ""),
    "layer[0].symbols[0]: expected a table, got 3": ("symbols = [", "symbols = [3, "),
    "layer[1].popup[0]: expected a column or a table, got 3": ('popup = ["name"', "popup = [3"),
    "layer[1].filter.pop.minimum: unknown key; did you mean 'min'?": ("{ min = 1", "{ minimum = 1"),
    "fact[0].value: expected no such key beside a series, in which it stands, got 3; "
    "drop it, or drop series, period and part": ("part = ", "value = 3\npart = "),
    "fact[1].sources: is missing; name at least one source by its id, or take the number from a series": (
        'sources = ["russia-briefing-2019"]\n',
        "",
    ),
    "chart[0].kind: unknown value 'pie'; expected one of columns, rows": ('kind = "rows"', 'kind = "pie"'),
    "comparison[0].way[0].mode: unknown value 'air'; expected one of rail, road, sea": (
        'mode = "rail"',
        'mode = "air"',
    ),
    "comparison[0].way[0].if_open[0]: unknown value 'shut'; ": ('if_open = ["closed"]', 'if_open = ["shut"]'),
    "comparison[0].way: is missing; give at least one [[comparison.way]] with mode, from and to": (
        EVERYTHING[EVERYTHING.index("[[comparison.way]]") :],
        "",
    ),
    "view[1].extent: expected no extent beside a layer, whose extent it is, got [130, 42, 131, 43]; drop one of the two keys": (
        'layer = "own"',
        'layer = "own"\nextent = [130, 42, 131, 43]',
    ),
    "layer[1].symbols.scheme: unknown value 'quantile'; did you mean 'quantiles'?": (
        'scheme = "quantiles"',
        'scheme = "quantile"',
    ),
    "layer[1].symbols.k: expected a number in [2, 12], got 40": ("k = 4", "k = 40"),
    "layer[1].symbols.palette[1]: expected a colour like '#1f4e79', got 'red'": ('"#800026"', '"red"'),
    "layer[1].filter.kind: expected all, any, not, min, max, above or below, got {}": ('{ not = ["ruin"] }', "{}"),
    "layer[1].popup[1].format: unknown value 'numbers'; did you mean 'number'?": (
        'format = "number"',
        'format = "numbers"',
    ),
    "style.bold.strokes[0].width: is missing": ("width = 2, ", ""),
    'compare: expected two dates such as ["2010", "2026"], got [\'2010\']': (
        'compare = ["2010", "2026"]',
        'compare = ["2010"]',
    ),
    "callout[0].at: expected the id of a feature, or [longitude, latitude] in degrees, got [130.5]": (
        "at = [130.5, 42.5]",
        "at = [130.5]",
    ),
}


def test_a_wrong_key_is_named_with_what_was_expected(written):
    assert maps.theme(written(EVERYTHING)).planner
    for problem, (before, after) in WRONG.items():
        assert before in EVERYTHING
        with pytest.raises(maps.ThemeError) as caught:
            maps.theme(written(EVERYTHING.replace(before, after, 1)))
        assert caught.value.problems[0].startswith(problem)
        assert len(caught.value.problems) == 1


def test_a_date_of_toml_is_a_date(written):
    assert (
        maps.theme(written(EVERYTHING.replace('day = "2014"', "day = 2014-11-24"))).story.steps[0].day == "2014-11-24"
    )


DOCS = (Path(__file__).parents[3] / "docs" / "themes.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", re.findall(r"```toml\n(.*?)```", DOCS, flags=re.DOTALL))
def test_examples_of_the_documentation_are_right(theme_file, block):
    assert maps.theme(theme_file(block)).title.en == "A map"


def test_documentation_names_every_key():
    for name, table in TABLES.items():
        assert {
            key for key in table["properties"] if not re.search(rf"`\[*{key}\b|{key} =|\.{key}\]", DOCS)
        } == set(), name
