"""Symbology by value: classes or categories of a column, in colours of a palette or in sizes."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .style import Colour
from .toml import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

PALETTES_FILE = Path(__file__).parent / "builtin" / "palettes.toml"
_NEAREST_TO_PAPER = 0.24  # start of a sequential palette: colours before it do not stand out from the land
_DARK = (0.34, 0.86)  # lightness on a dark screen
_LARGEST_CHANNEL = 255


@dataclass(frozen=True, slots=True)
class Classes:
    """How the features of a layer look by their values.

    Attributes
    ----------
    column
        The column that gives the colour; empty for one colour.
    scheme
        How numbers are put into classes, a choice of the schema; by default quantiles for numbers, categories for anything else.
    k
        Largest number of classes or categories; the rest is other.
    palette
        A name in `palettes`, or colours like ``#1f4e79`` from the lowest to the highest.
    size
        A column of numbers that gives the size of points and the width of lines; empty for one size.
    """

    column: str = ""
    scheme: str = ""
    k: int = 5
    palette: str | tuple[str, ...] = ""
    size: str = ""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one palette, from low to high."""

    name: str
    kind: str
    colours: tuple[str, ...]

    def take(self, count: int) -> list[Colour]:
        """Return colours for some classes, each for light and dark screens.

        Examples
        --------
        >>> [colour.light for colour in palettes()["Dark2"].take(2)]
        ['#1b9e77', '#d95f02']
        >>> len({colour.light for colour in palettes()["YlGnBu"].take(7)})
        7
        """
        if self.kind == "qualitative":
            lights = [self.colours[number % len(self.colours)] for number in range(count)]
        else:
            begin = _NEAREST_TO_PAPER if self.kind == "sequential" else 0.0
            steps = [begin + (1 - begin) * (number / (count - 1) if count > 1 else 0.6) for number in range(count)]
            lights = [_mixed(self.colours, step) for step in steps]
        return [token(light) for light in lights]


def token(light: str) -> Colour:
    """Return a colour for light screens and paper, with its counterpart for dark ones: of the same hue, the light dark.

    Examples
    --------
    >>> token("#08306b").name
    'q08306b'
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / _LARGEST_CHANNEL for part in _channels(light)))
    low, high = _DARK
    dark = colorsys.hls_to_rgb(hue, low + (high - low) * (1 - lightness), saturation * 0.85)
    return Colour(f"q{light[1:]}", light, _hex([part * _LARGEST_CHANNEL for part in dark]), light)


@cache
def palettes() -> Mapping[str, Palette]:
    """Read the palettes, by name.

    Examples
    --------
    >>> palettes()["vik"].kind
    'diverging'
    """
    table = Table.load(PALETTES_FILE, "palettes")
    table.finish()
    return {name: Palette(name, item.string("kind"), item.words("colours")) for name, item in table.items()}


def palette_of(classes: Classes, *, ordered: bool) -> Palette:
    """Return the palette of a layer; by default one that fits its values."""
    if isinstance(classes.palette, tuple):
        kind = "sequential" if ordered else "qualitative"
        return Palette("own", kind, classes.palette)
    return palettes()[classes.palette or ("YlGnBu" if ordered else "Dark2")]


def _mixed(colours: tuple[str, ...], share: float) -> str:
    at = share * (len(colours) - 1)
    low = min(int(at), len(colours) - 2) if len(colours) > 1 else 0
    if len(colours) == 1:
        return colours[0]
    low_rgb, high_rgb = _channels(colours[low]), _channels(colours[low + 1])
    return _hex([a + (b - a) * (at - low) for a, b in zip(low_rgb, high_rgb, strict=True)])


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _hex(channels: list[float]) -> str:
    return "#" + "".join(f"{min(255, max(0, round(channel))):02x}" for channel in channels)
