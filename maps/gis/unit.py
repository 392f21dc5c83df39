"""Pixels of a web map in the units of a GIS."""

from __future__ import annotations

MM_PER_PX = 25.4 / 96
PT_PER_PX = 72 / 96
# Of Web Mercator at zoom 0, on a screen of 96 dots an inch.
DENOMINATOR_AT_0 = 591_658_711


def mm(px: float) -> str:
    """Pixels as millimetres.

    Examples
    --------
    >>> mm(4), mm(0)
    ('1.0583', '0')
    """
    return f"{px * MM_PER_PX:.4f}".rstrip("0").rstrip(".")


def denominator(zoom: float) -> int:
    """Scale at a zoom level, as 1 to this number.

    Examples
    --------
    >>> denominator(0), denominator(10)
    (591658711, 577792)
    """
    return round(DENOMINATOR_AT_0 / 2**zoom)


def number(value: float) -> str:
    """Short text of a number.

    Examples
    --------
    >>> number(4.0), number(0.25)
    ('4', '0.25')
    """
    return f"{value:.4f}".rstrip("0").rstrip(".")
