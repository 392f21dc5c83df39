"""Filter expressions: ``pop > 100 and kind == "well"``."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from maps.errors import FeatureError

from .model import Condition

if TYPE_CHECKING:
    from .toml import Scalar

_AND = re.compile(r"\s+and\s+|\s*&&\s*", re.IGNORECASE)
_TERM = re.compile(r"""^\s*(?P<column>`[^`]+`|[^\s=!<>]+)\s*(?P<sign>==|=|!=|>=|<=|>|<|\bin\b)\s*(?P<value>.+?)\s*$""")
_ENDS = {">=": "least", "<=": "most", ">": "above", "<": "below"}
_FORM = "write it like pop > 100, kind == 'well', kind in ['well', 'spring'], and join several by and"


def conditions_of(text: str) -> tuple[Condition, ...]:
    """Read a filter.

    Parameters
    ----------
    text
        Comparisons of a column with a value, joined by ``and``; a column whose name has spaces stands in backticks.

    Raises
    ------
    FeatureError
        When it is none.

    Examples
    --------
    >>> conditions_of("pop > 100 and kind == 'well'")[0].above, conditions_of("kind in ['a', 'b']")[0].any_of
    (100.0, ('a', 'b'))
    >>> conditions_of("pop")
    Traceback (most recent call last):
    layers.errors.FeatureError: 'pop' is no filter; write it like pop > 100, kind == 'well', ...
    """
    return tuple(map(_condition, _AND.split(text))) if text.strip() else ()


def _condition(term: str) -> Condition:
    match = _TERM.match(term)
    if match is None:
        raise FeatureError(f"{term.strip()!r} is no filter; {_FORM}")
    column, sign, value = match["column"].strip("`"), match["sign"], _value(match["value"])
    if sign in _ENDS:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FeatureError(f"{sign} compares numbers, got {match['value']!r}; {_FORM}")
        ends: dict[str, Any] = {_ENDS[sign]: float(value)}
        return replace(Condition(column), **ends)
    values = tuple(value) if isinstance(value, list) else (value,)
    return Condition(column, none_of=values) if sign == "!=" else Condition(column, any_of=values)


def _value(text: str) -> Scalar | list[Scalar]:
    """Value of a comparison: a number, true, false, a list, a text in quotes or without."""
    try:
        value = json.loads(re.sub(r"'([^']*)'", lambda match: json.dumps(match[1], ensure_ascii=False), text))
    except ValueError:
        return text
    return value if isinstance(value, str | int | float | bool | list) else text
