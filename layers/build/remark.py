"""Sentences that the build adds to a note, about where a geometry comes from: they hold as long as the geometry does."""

from __future__ import annotations

from enum import Enum


class Remark(Enum):
    """Remarks on a geometry that the build computed; after `BY_HAND` the note says what was drawn, to its end."""

    NODE = "Its position is that of the nearest node of the schematic network."
    CHAINAGE = "Its position is worked out from the published chainage along the schematic line."
    BY_HAND = "Drawn by hand:"


def with_remark(note: str | None, remark: Remark, drawn: str = "") -> str:
    """Add a remark to the end of a note.

    Examples
    --------
    >>> with_remark("A junction.", Remark.BY_HAND, "straight through the valley")
    'A junction. Drawn by hand: straight through the valley.'
    """
    said = f"{remark.value} {drawn}." if drawn else remark.value
    return f"{note} {said}" if note else said


def without_remarks(note: str) -> str:
    """Return a note without the remarks that were added.

    Examples
    --------
    >>> without_remarks(with_remark("A junction.", Remark.NODE))
    'A junction.'
    >>> without_remarks("Drawn by hand: straight through the valley.")
    ''
    """
    for remark in Remark:
        before, match, after = note.partition(remark.value)
        if match:
            note = before.strip() if remark is Remark.BY_HAND else f"{before.strip()} {after.strip()}".strip()
    return note.strip()
