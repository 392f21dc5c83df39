"""The nearest spelling of an unknown word; the only implementation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def close(word: str, known: Iterable[str], *, count: int = 1, cutoff: float = 0.6) -> list[str]:
    """Return the words that are spelled most like one, the nearest first.

    Parameters
    ----------
    word
        What came.
    known
        What would have been right.
    count
        How many at most.
    cutoff
        How alike they must be, from 0 to 1.

    Examples
    --------
    >>> close("raillways", ["railways", "stations"]), close("x", ["railways"])
    (['railways'], [])
    """
    from difflib import get_close_matches  # 3 ms, needed for an error only

    return get_close_matches(word, list(known), count, cutoff)


def nearest(word: str, known: Iterable[str], *, otherwise: str | None = None) -> str:
    """Return a hint at the nearest spelling.

    Parameters
    ----------
    word
        What came.
    known
        What would have been right.
    otherwise
        What to say when nothing is near; by default all that is known.

    Examples
    --------
    >>> nearest("raillways", ["railways", "stations"])
    "did you mean 'railways'?"
    >>> nearest("x", ["railways", "stations"])
    'expected one of railways, stations'
    >>> nearest("x", [])
    'none is known'
    >>> nearest("x", ["railways"], otherwise="see `tumen layers list`")
    'see `tumen layers list`'
    """
    choices = list(known)
    near = close(word, choices)
    if near:
        return f"did you mean {near[0]!r}?"
    if otherwise is not None:
        return otherwise
    return f"expected one of {', '.join(choices)}" if choices else "none is known"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean …?`` for the nearest spelling, or nothing: the end of a message.

    Examples
    --------
    >>> did_you_mean("station/hasan", ["station/khasan", "port/rajin"])
    "; did you mean 'station/khasan'?"
    >>> did_you_mean("x", [])
    ''
    """
    hint = nearest(word, known, otherwise="")
    return f"; {hint}" if hint else ""
