"""Numbers behind words such as "nearly tripled"."""

from __future__ import annotations

from layers.errors import ClaimError

MULTIPLES = {"doubled": 2.0, "tripled": 3.0, "quadrupled": 4.0, "quintupled": 5.0, "tenfold": 10.0}
# How far a word reaches, in parts of the multiple: a quarter for "tripled" with a qualifier, a rounding to the tenth without.
REACH = 1 / 12
ROUNDING = 1 / 60


def ratio_range(words: str) -> tuple[float, float]:
    """Range of ratios that the words stand for: from the first, up to but not including the second.

    Parameters
    ----------
    words
        A multiple such as ``"tripled"``, alone or after ``nearly``, ``almost``, ``about``, ``roughly``, ``over`` or
        ``more than``.

    Raises
    ------
    ClaimError
        When the words are unknown.

    Examples
    --------
    >>> ratio_range("nearly tripled")
    (2.75, 3.0)
    >>> ratio_range("more than doubled")
    (2.0, inf)
    >>> ratio_range("soared")
    Traceback (most recent call last):
    layers.errors.ClaimError: no number is known for 'soared'; the words are doubled, tripled...
    """
    qualifier, _, word = words.rpartition(" ")
    multiple = MULTIPLES.get(word)
    if multiple is None:
        raise ClaimError(f"no number is known for {words!r}; the words are {', '.join(MULTIPLES)}")
    reach = multiple * REACH
    ranges = {
        "": (multiple - multiple * ROUNDING, multiple + reach),
        "nearly": (multiple - reach, multiple),
        "about": (multiple - reach, multiple + reach),
        "over": (multiple, float("inf")),
    }
    same = {"almost": "nearly", "roughly": "about", "more than": "over"}
    bounds = ranges.get(same.get(qualifier, qualifier))
    if bounds is None:
        raise ClaimError(f"no number is known for {words!r}; before the multiple may stand {', '.join(same | ranges)}")
    return bounds


def fits(words: str, ratio: float) -> bool:
    """Return whether a ratio fits the words.

    Examples
    --------
    >>> fits("nearly tripled", 10.69 / 3.72), fits("tripled", 10.69 / 3.72)
    (True, False)
    """
    low, high = ratio_range(words)
    return low <= ratio < high
