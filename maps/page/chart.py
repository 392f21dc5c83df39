"""Charts as inline SVG: columns along a line of time, and rows of bars.

They hold no script and no style attribute, for the page forbids both.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Look: TypeAlias = Literal["used", "other", "assumed"]

WIDTH = 340
_LEFT, _RIGHT = 32, 4
_PLOT_HEIGHT = 138
_TOP, _FOOT = 18, 22
_GAP = 1.5  # between neighbouring columns
_INSET = 0.1  # of a period, free at each of its ends
_YEAR_LABEL = 32  # pixels that four digits take
_ROW, _GROUP = 33, 24
_LABEL_ROOM = 104  # to the right of a bar, for its value
_CAP = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One value on a time axis; `begin` and `end` in years, such as 2015.0 and 2015.67."""

    begin: float
    end: float
    value: float
    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class Bar:
    """One value in its own row; `spread` is its error in either direction."""

    label: str
    value: float
    text: str
    look: Look = "used"
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Rows that belong together."""

    title: str
    bars: tuple[Bar, ...]


def ticks(top: float, count: int = 4) -> list[float]:
    """Round values from 0 to at least `top`, about `count` of them apart.

    Examples
    --------
    >>> ticks(112.7)
    [0.0, 50.0, 100.0, 150.0]
    >>> ticks(0.9)
    [0.0, 0.25, 0.5, 0.75, 1.0]
    >>> ticks(0)
    [0.0, 1.0]
    """
    if top <= 0:
        return [0.0, 1.0]
    rough = top / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * digit for digit in (1, 2, 2.5, 5, 10) if power * digit >= rough * (1 - 1e-9))
    return [step * number for number in range(math.ceil(top / step - 1e-9) + 1)]


def columns(values: Sequence[Column], *, label: str, write: Callable[[float], str], top: float | None = None) -> Markup:
    """Draw values over their periods; those of one period side by side.

    Parameters
    ----------
    values
        In order of time; of one period the one we go by first.
    label
        Description of the chart for screen readers.
    write
        Writes the numbers of the axis.
    top
        The greatest value of the axis, so that several charts share it.
    """
    marks = ticks(max([value.value for value in values], default=0) if top is None else top)
    first, last = _years(values)
    width = WIDTH - _LEFT - _RIGHT

    def x(year: float) -> float:
        return _LEFT + (year - first) / (last - first) * width

    def y(value: float) -> float:
        return _TOP + _PLOT_HEIGHT * (1 - value / marks[-1])

    parts = [_grid(mark, y(mark), write(mark)) for mark in marks]
    parts += _year_axis(first, last, x)
    for period in dict.fromkeys((value.begin, value.end) for value in values):
        parts += _period([value for value in values if (value.begin, value.end) == period], x, y)
    return _svg(parts, _TOP + _PLOT_HEIGHT + _FOOT, label)


def rows(groups: Sequence[BarGroup], *, label: str) -> Markup:
    """Draw a bar for each value, its name above it and the number behind it; all have one scale, which begins at 0."""
    top = max((bar.value + bar.spread for group in groups for bar in group.bars), default=0) or 1
    scale = (WIDTH - _LABEL_ROOM) / top
    parts: list[Markup] = []
    y = 0.0
    for group in groups:
        if group.title:
            parts.append(_text("c-group", 0, y + 15, group.title))
            y += _GROUP
        for bar in group.bars:
            parts += _bar(bar, y, scale)
            y += _ROW
        y += 4
    return _svg(parts, y, label)


def _years(values: Iterable[Column]) -> tuple[int, int]:
    columns_shown = list(values)
    if not columns_shown:
        return 0, 1
    first = math.floor(min(value.begin for value in columns_shown) + 1e-6)
    return first, max(first + 1, math.ceil(max(value.end for value in columns_shown) - 1e-6))


def _grid(value: float, y: float, text: str) -> Markup:
    line = Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
        "c-grid" if value else "c-axis", _LEFT, WIDTH - _RIGHT, _n(y), _n(y)
    )
    return line + _text("c-tick c-end", _LEFT - 5, y + 3.5, text)


def _year_axis(first: int, last: int, x: Callable[[float], float]) -> list[Markup]:
    every = math.ceil(_YEAR_LABEL / (x(first + 1) - x(first)))
    y = _TOP + _PLOT_HEIGHT
    lines = [
        Markup('<line class="c-axis" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>').format(_n(x(year)), _n(y), _n(y + 4))
        for year in range(first, last + 1)
    ]
    names = [_text("c-tick c-middle", x(year + 0.5), y + 16, str(year)) for year in range(first, last, every)]
    return lines + names


def _period(values: list[Column], x: Callable[[float], float], y: Callable[[float], float]) -> list[Markup]:
    left, right = x(values[0].begin), x(values[0].end)
    inset = (right - left) * _INSET
    slot = (right - left - 2 * inset + _GAP) / len(values)
    parts = []
    for number, value in enumerate(values):
        at, floor, height = left + inset + number * slot, y(0), y(0) - y(value.value)
        parts.append(_rectangle(value.look, at, floor - height, slot - _GAP, height))
    highest = min(y(value.value) for value in values)
    return [*parts, _text("c-value c-middle", (left + right) / 2, highest - 4, values[0].text)]


def _bar(bar: Bar, y: float, scale: float) -> list[Markup]:
    width = bar.value * scale
    parts = [_text("c-name", 0, y + 11, bar.label), _rectangle(bar.look, 0, y + 15, width, 11)]
    if bar.spread:
        low, high = (bar.value - bar.spread) * scale, (bar.value + bar.spread) * scale
        middle = y + 20.5
        parts.append(
            Markup('<path class="c-spread" d="M{0},{2}H{1}M{0},{3}V{4}M{1},{3}V{4}"/>').format(
                _n(max(0.0, low)), _n(high), _n(middle), _n(middle - _CAP), _n(middle + _CAP)
            )
        )
        width = high
    return [*parts, _text("c-value", width + 6, y + 24.5, bar.text)]


def _rectangle(look: Look, x: float, y: float, width: float, height: float) -> Markup:
    inset = 0.75 if look != "used" else 0  # the outline lies within the value
    return Markup('<rect class="c-{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        look, _n(x + inset), _n(y + inset), _n(max(width - 2 * inset, 0.5)), _n(max(height - 2 * inset, 0.5))
    )


def _text(classes: str, x: float, y: float, text: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(classes, _n(x), _n(y), text)


def _svg(parts: Iterable[Markup], height: float, label: str) -> Markup:
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, _n(height), label, Markup("").join(parts)
    )


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
