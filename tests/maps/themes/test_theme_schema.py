"""The JSON Schema says what the parser says."""

import json
import re
import tomllib
from pathlib import Path

import jsonschema_rs
import pytest

import maps
from maps.themes.reader import SYMBOLOGY_FILE
from maps.themes.toml import Table

SCHEMA = json.loads((Path(maps.__file__).parent / "themes" / "schema.json").read_text(encoding="utf-8"))
VALID = jsonschema_rs.Draft202012Validator(SCHEMA)
FOLDER = SYMBOLOGY_FILE.parent

# Every key there is, so that the parser meets all of them.
EVERYTHING = """
title = "Everything"
intro = { en = "All keys", ko = "모두", ru = "Всё", zh = "全部" }
extent = [130, 42, 131, 43]
basemap = ["land"]
claims = ["russia-briefing-2019"]

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
filter = { pop = { min = 1, below = 1e6 }, kind = { not = ["ruin"] } }
symbols = { column = "pop", scheme = "quantiles", k = 4, palette = ["#ffffcc", "#800026"], size = "pop" }
popup = ["name", { column = "pop", label = "People", format = "number", digits = 0, unit = "people" }]
tooltip = ["name"]
time = ["opened", "closed"]

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

# What the parser calls the table, and where the schema keeps it; text and conditions have their own tests.
PLACES = {
    "": SCHEMA,
    **{
        path: SCHEMA["$defs"][name]
        for path, name in {
            "view": "view",
            "layer": "layer",
            "layer.labels": "labels",
            "style.bold": "style",
            "style.bold.strokes": "stroke",
            "look": "look",
            "fact": "fact",
            "chart": "chart",
            "comparison": "comparison",
            "comparison.way": "way",
            "layer.popup": "field",
        }.items()
    },
    # rules, or looks by value
    "layer.symbols": {
        "properties": SCHEMA["$defs"]["symbol"]["properties"] | SCHEMA["$defs"]["classes"]["properties"],
    },
}


def without_numbers(path):
    return "".join(part.split("[")[0] + ("." if i < path.count(".") else "") for i, part in enumerate(path.split(".")))


@pytest.fixture
def met(monkeypatch, tmp_path):
    """Keys that the parser knows, by the path of their table, as it reads a theme with all of them."""
    found = {}
    known = Table.known

    def spy(table, *keys):
        found.setdefault(without_numbers(table.path), set()).update(keys)
        known(table, *keys)

    (tmp_path / "own.csv").write_text("lon,lat\n130,42\n", encoding="utf-8")
    path = tmp_path / "everything.toml"
    path.write_text(EVERYTHING, encoding="utf-8")
    maps.theme("border")  # what is shared by all themes is read before, and not spied on
    monkeypatch.setattr(Table, "known", spy)
    maps.theme(path)
    return found


def test_schema_is_a_schema():
    assert jsonschema_rs.meta.is_valid(SCHEMA)


@pytest.mark.parametrize("path", PLACES)
def test_parser_and_schema_know_the_same_keys(met, path):
    assert met[path] == set(PLACES[path]["properties"])


def test_no_table_of_the_parser_is_missing_in_the_schema(met):
    texts = {path for path, keys in met.items() if keys == {"en", "ko", "ru", "zh"}}
    assert set(met) - texts - set(PLACES) == {"layer.filter.gauge_mm", "layer.filter.pop", "layer.filter.kind"}


def test_every_key_is_documented_with_its_meaning():
    for name, table in PLACES.items():
        for key, about in table["properties"].items():
            assert about.get("description") or about.get("$ref"), (name, key)


def test_everything_fits():
    assert [error.message for error in VALID.iter_errors(tomllib.loads(EVERYTHING))] == []


@pytest.mark.parametrize("name", maps.theme_names())
def test_built_in_themes_fit(name):
    theme = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    assert [f"{error.instance_path}: {error.message}" for error in VALID.iter_errors(theme)] == []


def test_choices_are_those_of_the_parser(tmp_path):
    for table, key in (("chart", "kind"), ("labels", "lettering"), ("style", "shape")):
        for word in SCHEMA["$defs"][table]["properties"][key]["enum"]:
            path = tmp_path / "choice.toml"
            extra = {
                "chart": f'[[chart]]\nseries = "trade"\nkind = "{word}"',
                "labels": f'[[layer]]\nsource = "railways"\nlabels = {{ {key} = "{word}" }}',
                "style": f'[style.own]\n{key} = "{word}"',
            }[table]
            path.write_text(f'title = "A map"\nextent = [130, 42, 131, 43]\n{extra}\n', encoding="utf-8")
            maps.theme(path)
    assert set(SCHEMA["$defs"]["style"]["properties"]["shape"]["enum"]) == set(maps.style_book().shapes)


WRONG = {
    "no title": ('title = "Everything"\n', ""),
    "no English": ('title = "Everything"', 'title = { ko = "모두" }'),
    "unknown key": ("basemap", "base_map"),
    "extent of three": ("extent = [130, 42, 131, 43]\nbasemap", "extent = [130, 42, 131]\nbasemap"),
    "latitude of 130": ("extent = [130, 42, 131, 43]\nbasemap", "extent = [42, 130, 43, 131]\nbasemap"),
    "unknown reference layer": ('basemap = ["land"]', 'basemap = ["sand"]'),
    "priority over 100": ("priority = 3", "priority = 300"),
    "lettering unknown": ('lettering = "line"', 'lettering = "lines"'),
    "visible is a text": ("visible = false", 'visible = "no"'),
    "layer without a source": ('source = "railways"\n', ""),
    "fact with two origins": ("part = ", "value = 3\npart = "),
    "fact without a source": ('sources = ["russia-briefing-2019"]\n', ""),
    "kind of chart unknown": ('kind = "rows"', 'kind = "pie"'),
    "mode unknown": ('mode = "rail"', 'mode = "air"'),
    "state unknown": ('if_open = ["closed"]', 'if_open = ["shut"]'),
    "comparison without ways": (EVERYTHING[EVERYTHING.index("[[comparison.way]]") :], ""),
    "view of two extents": ('layer = "own"', 'layer = "own"\nextent = [130, 42, 131, 43]'),
    "no such scheme": ('scheme = "quantiles"', 'scheme = "quantile"'),
    "too many classes": ("k = 4", "k = 40"),
    "no colour": ('"#800026"', '"red"'),
    "a condition of nothing": ("{ min = 1, below = 1e6 }", "{}"),
    "no such format": ('format = "number"', 'format = "numbers"'),
    "stroke without a width": ("width = 2, ", ""),
}


@pytest.mark.parametrize("name", WRONG)
def test_both_refuse(name, tmp_path):
    before, after = WRONG[name]
    assert before in EVERYTHING
    text = EVERYTHING.replace(before, after, 1)
    (tmp_path / "own.csv").write_text("lon,lat\n130,42\n", encoding="utf-8")
    path = tmp_path / "wrong.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(maps.ThemeError):
        maps.theme(path)
    assert not VALID.is_valid(tomllib.loads(text))


DOCS = (Path(__file__).parents[3] / "docs" / "themes.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", re.findall(r"```toml\n(.*?)```", DOCS, flags=re.DOTALL))
def test_examples_of_the_documentation_are_right(theme_file, block):
    path = theme_file(block)
    maps.theme(path)
    assert VALID.is_valid(tomllib.loads(path.read_text(encoding="utf-8")))


def test_documentation_names_every_key():
    for path, table in PLACES.items():
        assert {
            key for key in table["properties"] if not re.search(rf"`\[*{key}\b|{key} =|\.{key}\]", DOCS)
        } == set(), path
