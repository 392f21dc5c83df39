"""Numbers and lists as parts of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def listed(items: Iterable[str]) -> str:
    """Join items with commas and an ``and``.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"]), listed([])
    ('a, b and c', 'a', '')
    """
    parts = list(items)
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def on(day: str) -> str:
    """Put a date into a sentence.

    Examples
    --------
    >>> on("2019"), on("2019-06"), on("2019-06-01")
    ('in 2019', 'in 2019-06', 'on 2019-06-01')
    """
    return f"{'on' if day.count('-') > 1 else 'in'} {day}"


def plain(word: object) -> str:
    """Write a word of the data model as people do.

    Examples
    --------
    >>> plain("under_construction"), plain([1435, 1520]), plain(None)
    ('under construction', '1435 and 1520', 'not known')
    """
    if isinstance(word, (list, tuple)):
        return listed(str(item) for item in word)
    return "not known" if word is None else str(word).replace("_", " ")


def near_number(value: float) -> str:
    """Write a number to four significant digits, with thousands apart.

    Examples
    --------
    >>> near_number(48291.7), near_number(2.8736), near_number(140000)
    ('48,290', '2.874', '140,000')
    """
    rounded = float(f"{value:.4g}")
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,g}"
