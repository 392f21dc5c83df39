"""Columns of a user's file that a popup shows: their order, labels and formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maps.i18n.text import Text

if TYPE_CHECKING:
    from .toml import Table

PICTURE = "picture"
_DEFAULT_DIGITS = -1


@dataclass(frozen=True, slots=True)
class Field:
    """One column as a popup shows it.

    Attributes
    ----------
    column
        Its name in the file.
    label
        What it is called on the page; by default its name.
    format
        ``number`` groups digits as the language of the page does, ``date`` leaves out the time of day, ``link`` is a link whose
        text is the label, ``picture`` is a file beside the drawn one; by default a value stands as it is, and an address of the
        web is a link.
    digits
        How many decimals a number has; -1 for as many as it needs.
    unit
        Stands behind the value.
    alt
        The column that says what a picture shows.
    """

    column: str
    label: Text
    format: str = ""
    digits: int = _DEFAULT_DIGITS
    unit: str = ""
    alt: str = ""


def plain_field(column: str) -> Field:
    """Return a column without a format."""
    return Field(column, Text(column or "–"))


def read_fields(table: Table, key: str) -> tuple[Field, ...]:
    """Read a list of columns: names, or tables with `column`, `label`, `format`, `digits`, `unit`."""
    return tuple(plain_field(item) if isinstance(item, str) else _field(item) for item in table.words_and_tables(key))


def _field(table: Table) -> Field:
    column, alt = table.string("column"), table.string("alt")
    if (table.string("format") == PICTURE) != bool(alt):
        table.problem("alt", "a picture, and nothing else, names the column that says what it shows")
    return Field(
        column,
        table.text("label", Text(column)),
        table.string("format"),
        int(table.number("digits", _DEFAULT_DIGITS)),
        table.string("unit"),
        alt,
    )
