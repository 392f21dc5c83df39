"""CSV after RFC 4180: one layer a file, geometry as well-known text in the column ``WKT``."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

from .flat import Cell, column_types, row

if TYPE_CHECKING:
    from pathlib import Path

    from .content import LayerState

# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(state: LayerState, path: Path) -> None:
    """Write a layer to a new file.

    Notes
    -----
    UTF-8 without a byte order mark. A text that a spreadsheet would run as a formula begins with an apostrophe, which
    `unguarded` takes away.
    """
    import shapely

    columns = column_types(state.name)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, "WKT"])
        for feature in state.features:
            wkt = shapely.to_wkt(shapely.geometry.shape(feature["geometry"]), rounding_precision=7)
            writer.writerow([*(_text(cell) for cell in row(feature, columns)), wkt])


def guarded(text: str) -> str:
    """Text that no spreadsheet runs.

    Examples
    --------
    >>> guarded("=cmd()"), guarded("Rajin")
    ("'=cmd()", 'Rajin')
    """
    return f"'{text}" if text.startswith(_FORMULA) or text.startswith(tuple(f"'{sign}" for sign in _FORMULA)) else text


def unguarded(text: str) -> str:
    """Text as it was before `guarded`.

    Examples
    --------
    >>> unguarded(guarded("=cmd()")), unguarded(guarded("'=a")), unguarded("'a")
    ('=cmd()', "'=a", "'a")
    """
    return text[1:] if text[:1] == "'" and guarded(text[1:]) != text[1:] else text


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
