"""Colours and named styles of lines, areas and points, shared by all themes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from geo.spelling import nearest

from .toml import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

STYLES_FILE = Path(__file__).parent / "builtin" / "styles.toml"


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour token: one meaning, three values, each ``#rrggbb``."""

    name: str
    light: str
    dark: str
    print: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """One pass of the pen along a line or an outline.

    Attributes
    ----------
    colour
        A colour token.
    width
        In pixels.
    dash
        Lengths of dash and gap in pixels; empty for a solid line.
    cap
        ``butt``, ``round`` or ``square``.
    opacity
        From 0 to 1.
    """

    colour: str
    width: float
    dash: tuple[float, ...] = ()
    cap: str = "butt"
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Style:
    """A named look.

    Attributes
    ----------
    strokes
        Drawn one over the other, the first lowest; the outline of areas and point symbols.
    fill
        A colour token, or nothing.
    fill_opacity
        From 0 to 1.
    shape
        The shape of a point, a name in `StyleBook.shapes`.
    size
        The radius of a point symbol in pixels.
    arrow
        The length in pixels of the arrowhead on a line, which points to its end; 0 for none.
    """

    name: str
    strokes: tuple[Stroke, ...] = ()
    fill: str = ""
    fill_opacity: float = 1.0
    shape: str = ""
    size: float = 0.0
    arrow: float = 0.0


@dataclass(frozen=True, slots=True)
class StyleBook:
    """Palette, shapes and styles of one file.

    Attributes
    ----------
    colours, styles
        By name.
    shapes
        The corners of each point shape in a unit circle, x to the right and y down; a circle has none.
    """

    colours: Mapping[str, Colour]
    shapes: Mapping[str, tuple[tuple[float, float], ...]]
    styles: Mapping[str, Style]

    def css(self) -> str:
        """Stylesheet of the palette: custom properties for light, dark and print, and a class for each token."""
        light = _variables((colour.name, colour.light) for colour in self.colours.values())
        dark = _variables((colour.name, colour.dark) for colour in self.colours.values())
        paper = _variables((colour.name, colour.print) for colour in self.colours.values())
        classes = "\n".join(
            f".s-{name} {{ stroke: var(--{name}); }}\n.f-{name} {{ fill: var(--{name}); }}" for name in self.colours
        )
        return (
            f":root {{ color-scheme: light dark;\n{light} }}\n"
            f"@media screen and (prefers-color-scheme: dark) {{ :root {{\n{dark} }} }}\n"
            f"@media screen {{ :root[data-scheme=dark] {{ color-scheme: dark;\n{dark} }} }}\n"
            f"@media screen {{ :root[data-scheme=light] {{ color-scheme: light;\n{light} }} }}\n"
            f"@media print {{ :root {{ color-scheme: light;\n{paper} }} }}\n{classes}\n"
        )


@cache
def style_book() -> StyleBook:
    """Read the styles that all themes share.

    Raises
    ------
    ThemeError
        When the file is wrong.

    Examples
    --------
    >>> style_book().styles["rail-1520"].strokes[0].colour
    'rail-1520'
    """
    table = Table.load(STYLES_FILE, "styles")
    colours = {name: _colour(name, item) for name, item in table.table("colour").items()}
    corners = cast("Mapping[str, list[tuple[float, float]]]", table.table("shape").values)
    shapes = {name: tuple((float(x), float(y)) for x, y in pairs) for name, pairs in corners.items()}
    styles = read_styles(table.table("style"), colours, shapes)
    table.finish()
    return StyleBook(colours, shapes, styles)


def read_styles(table: Table, colours: Mapping[str, Colour], shapes: Mapping[str, object]) -> dict[str, Style]:
    """Read the named styles of a table; problems are noted in it."""
    return {name: _style(name, item, colours, shapes) for name, item in table.items()}


def _variables(pairs: object) -> str:
    return "\n".join(f"  --{name}: {value};" for name, value in pairs)  # type: ignore[attr-defined]


def _colour(name: str, table: Table) -> Colour:
    light = table.string("light")
    return Colour(name, light, table.string("dark"), table.string("print", light))


def _style(name: str, table: Table, colours: Mapping[str, Colour], shapes: Mapping[str, object]) -> Style:
    strokes = tuple(_stroke(item, colours) for item in table.tables("strokes"))
    fill, shape = _token(table, "fill", colours), table.name("shape", shapes)
    size = table.number("size", 5.0 if shape else 0.0)
    return Style(name, strokes, fill, table.number("fill_opacity", 1.0), shape, size, table.number("arrow", 0.0))


def _stroke(table: Table, colours: Mapping[str, Colour]) -> Stroke:
    return Stroke(
        _token(table, "colour", colours),
        table.number("width"),
        table.numbers("dash"),
        table.string("cap", "butt"),
        table.number("opacity", 1.0),
    )


def _token(table: Table, key: str, colours: Mapping[str, Colour]) -> str:
    """Read the name of a colour."""
    name = table.string(key)
    if name and name not in colours:
        table.problem(key, f"unknown colour {name!r}; {nearest(name, colours)}")
    return name
