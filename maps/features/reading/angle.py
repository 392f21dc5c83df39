"""Longitudes and latitudes in the notations in use."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"^[+-]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?$")
_SIDES = {"N": 1, "S": -1, "E": 1, "W": -1, "С": 1, "Ю": -1, "В": 1, "З": -1}
_PARTS = re.compile(
    r"""^(?P<front>[NSEWСЮВЗ])?\s*(?P<sign>[+-])?\s*
    (?P<degrees>\d+(?:[.,]\d+)?)\s*(?:°|º|˚|d|deg|:|\s)?\s*
    (?:(?P<minutes>\d+(?:[.,]\d+)?)\s*(?:'|′|’|m|min|:|\s)?\s*)?
    (?:(?P<seconds>\d+(?:[.,]\d+)?)\s*(?:"|″|”|''|′′|s|sec)?\s*)?
    (?P<back>[NSEWСЮВЗ])?$""",
    re.VERBOSE | re.IGNORECASE,
)
_SIXTY = 60


def degrees_of(text: str, axis: str = "") -> float | None:
    """Read a coordinate: a decimal number with point or comma, or degrees, minutes and seconds, with a letter for the side.

    Parameters
    ----------
    text
        Such as ``42.41``, ``42,41``, ``42°24'36"N``, ``N 42 24.6``, ``130.6E``.
    axis
        ``EW`` for a longitude, ``NS`` for a latitude: the letters that it may have. Empty for a plain number.

    Returns
    -------
    float or None
        Degrees, to the east and north positive; None when the text is no coordinate.

    Examples
    --------
    >>> degrees_of("42,41"), degrees_of("42.4S", "NS"), degrees_of("130°36'E", "EW")
    (42.41, -42.4, 130.6)
    >>> degrees_of("42.4N", "EW"), degrees_of("42 75", "NS"), degrees_of("soon")
    (None, None, None)
    """
    text = text.strip()
    if _NUMBER.match(text):
        return float(text.replace(",", "."))
    match = _PARTS.match(text) if axis else None
    if match is None:
        return None
    side = _side(match, axis)
    minutes, seconds = (float((match[key] or "0").replace(",", ".")) for key in ("minutes", "seconds"))
    if side is None or minutes >= _SIXTY or seconds >= _SIXTY:
        return None
    if match["minutes"] is not None and re.search(r"[.,]", match["degrees"]):
        return None
    degrees = float(match["degrees"].replace(",", ".")) + minutes / _SIXTY + seconds / _SIXTY**2
    return round(side * degrees, 9)


def _side(match: re.Match[str], axis: str) -> int | None:
    """Sign of a coordinate; None where two letters or signs disagree, or the letter is of the other axis."""
    letters = [match[key].upper() for key in ("front", "back") if match[key]]
    sign = -1 if match["sign"] == "-" else 1
    if not letters:
        return sign
    latin = {"С": "N", "Ю": "S", "В": "E", "З": "W"}
    if len(letters) > 1 or match["sign"] or latin.get(letters[0], letters[0]) not in axis:
        return None
    return _SIDES[letters[0]]
