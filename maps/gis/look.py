"""Styles for Google Earth, which has one stroke per line and icons for points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.formats import Look

from .shape import as_point, png

if TYPE_CHECKING:
    from maps.themes.style import Stroke, Style, StyleBook

_PAPER = 0xE0  # a colour lighter than this in every channel is a gap or a halo


def look(style: Style, book: StyleBook) -> Look:
    """Reduce a style to its most telling stroke: the uppermost that is neither gap nor halo."""
    stroke = next((stroke for stroke in reversed(style.strokes) if not _is_paper(stroke, book)), None)
    return Look(
        line_colour=book.colours[stroke.colour].light if stroke else "",
        line_width=stroke.width if stroke else 0.0,
        line_opacity=stroke.opacity if stroke else 1.0,
        fill_colour=book.colours[style.fill].light if style.fill and not style.shape else "",
        fill_opacity=style.fill_opacity,
        icon=png(as_point(style), book) if style.shape else b"",
    )


def _is_paper(stroke: Stroke, book: StyleBook) -> bool:
    colour = book.colours[stroke.colour].light
    return all(int(colour[start : start + 2], 16) > _PAPER for start in (1, 3, 5))
