import re
from pathlib import Path

import pytest

import maps
from maps.themes.style import read_styles
from maps.themes.toml import Table

BOOK = maps.style_book()


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT = [
    ("ink", "page"),
    ("muted", "page"),
    ("accent", "page"),
    ("ink", "raised"),
    ("ink", "land"),
    ("place", "land"),
    ("muted", "land"),
    ("border", "land"),
    ("border", "sea"),
    ("water-ink", "sea"),
    ("country-ink", "land"),
]


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_lettering_has_aa_contrast(scheme, ink, ground):
    ratio = contrast(getattr(BOOK.colours[ink], scheme), getattr(BOOK.colours[ground], scheme))
    assert ratio >= 4.5


SIGNS = [
    name
    for name in BOOK.colours
    if name.startswith(("zone-", "rail-1")) or name in {"border", "port", "power", "route"}
]


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize("name", SIGNS)
def test_signs_stand_out_from_the_land(scheme, name):
    # WCAG 1.4.11 asks 3:1 of graphics; the lightest hues reach it with their outline and shape
    assert contrast(getattr(BOOK.colours[name], scheme), getattr(BOOK.colours["land"], scheme)) >= 2.5


def test_every_zone_type_has_a_shape_of_its_own():
    shapes = [style.shape for name, style in BOOK.styles.items() if name.startswith("zone-")]
    assert len(set(shapes)) == len(shapes)


def test_every_token_in_the_stylesheets_exists():
    from maps.page.template import asset

    measured = set(
        re.findall(r"setProperty\([\"']--([a-z0-9-]+)", asset("bundle/page.js"))
    )  # heights that a script keeps
    for name in ("css/page.css", "css/index.css"):
        local = set(re.findall(r"[{;\s]--([a-z0-9-]+):", asset(name)))
        assert set(re.findall(r"var\(--([a-z0-9-]+)", asset(name))) <= set(BOOK.colours) | local | measured


def test_every_token_in_the_scripts_exists():
    modules = sorted((Path(maps.__file__).parent / "assets" / "js").rglob("*.js"))
    assert modules
    for module in modules:
        used = re.findall(r"'(?:[sf])-([a-z0-9-]+)'", module.read_text(encoding="utf-8"))
        assert set(used) <= set(BOOK.colours), module


def read(values):
    table = Table.check({"style": values}, "styles.toml", "styles")
    styles = read_styles(table.table("style"), BOOK.colours, BOOK.shapes)
    table.finish()
    return styles


def test_style_errors_name_key_and_nearest():
    with pytest.raises(maps.ThemeError) as caught:
        read({"x": {"strokes": [{"colour": "rail-1530", "width": 0, "cap": "flat"}], "shape": "circel", "fil": "land"}})
    assert sorted(caught.value.problems) == sorted(
        (
            "style.x.fil: unknown key; did you mean 'fill'?",
            "style.x.strokes[0].colour: unknown colour 'rail-1530'; did you mean 'rail-1520'?",
            "style.x.strokes[0].width: expected a number in [0.1, 60], got 0",
            "style.x.strokes[0].cap: unknown value 'flat'; expected one of butt, round, square",
            "style.x.shape: unknown value 'circel'; did you mean 'circle'?",
        )
    )


def test_style_of_wrong_types():
    with pytest.raises(maps.ThemeError, match=r"style\.x: expected a table, got 3"):
        read({"x": 3})
    with pytest.raises(maps.ThemeError, match=r"style\.x\.strokes\[0\]: expected a table, got 3"):
        read({"x": {"strokes": [3]}})
