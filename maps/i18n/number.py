"""Number formats of the four languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import parse_date

from .text import strings

if TYPE_CHECKING:
    from geo import Distance

    from .text import Language

_GROUPED = 10_000  # from here on thousands are set apart, as the pages' script does it
_THIN, _NO_BREAK = "\u202f", "\u00a0"
_KILOMETRE_M = 1000


def number(value: float, lang: Language, *, digits: int = 3) -> str:
    """Write a number with at most `digits` decimals.

    Examples
    --------
    >>> number(40500, "en"), number(92.34, "ru"), number(1090, "en"), number(12.0, "ko")
    ('40,500', '92,34', '1090', '12')
    """
    text = f"{value:,.{digits}f}" if abs(value) >= _GROUPED else f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if lang == "ru":
        text = text.replace(",", _NO_BREAK).replace(".", ",")
    return text.replace("-", "\u2212")


def short(value: float, lang: Language) -> str:
    """Write a number to three digits, for a label; the table has the full one.

    Examples
    --------
    >>> short(112.7, "en"), short(92.34, "en"), short(1.09, "ru"), short(140000, "en")
    ('113', '92', '1,09', '140,000')
    """
    magnitude = abs(value)
    return number(value, lang, digits=2 if magnitude < 10 else 0)  # noqa: PLR2004  a digit before the point


def amount(value: float, unit: str, lang: Language, *, digits: int = 3) -> str:
    """Write a number with its unit.

    Examples
    --------
    >>> amount(10.94, "bn USD", "en")
    '10.94\u202fbn USD'
    """
    word = strings(lang)["unit"].get(unit, unit)
    return f"{number(value, lang, digits=digits)}{_THIN}{word}" if word else number(value, lang, digits=digits)


def kilometres(distance: Distance, lang: Language) -> str:
    """Write a length with its uncertainty, in whole kilometres.

    Examples
    --------
    >>> from geo import Distance
    >>> kilometres(Distance(1425_400.0, 7_900.0), "en")
    '1425 ± 8\u202fkm'
    """
    word = strings(lang)["unit"]["km"]
    length = number(distance.metres / _KILOMETRE_M, lang, digits=0)
    spread = number(max(1.0, distance.uncertainty_m / _KILOMETRE_M), lang, digits=0)
    return f"{length} ± {spread}{_THIN}{word}"


def calendar(text: str, lang: Language, precision: str = "") -> str:
    """Write a date as people say it, as precise as it is known.

    Parameters
    ----------
    text
        ISO 8601.
    lang
        The language.
    precision
        ``month`` for no day, ``year`` for the bare number of the year.

    Raises
    ------
    InvalidDateError
        When the text is no date.
    KeyError
        When there is no such precision.

    Examples
    --------
    >>> calendar("2026-09-07", "en"), calendar("2026-09-07", "ru"), calendar("2026-09-07", "ko"), calendar("2026-09", "zh")
    ('7 September 2026', '7 сентября 2026 года', '2026년 9월 7일', '2026年9月')
    >>> calendar("2026-09-07", "en", "month"), calendar("2026-09-07", "ko", "year"), calendar("1938", "ko")
    ('September 2026', '2026', '1938년')
    """
    date = parse_date(text)
    if precision == "year":
        return str(date.year)
    words = strings(lang)["date"]
    precision_of_date = "day" if date.day else "month" if date.month else "year"
    form = words[precision_of_date if {"": True, "month": False}[precision] or precision_of_date != "day" else "month"]
    month = strings(lang)["month"][str(date.month)] if date.month else ""
    return form.format(day=date.day, month=month, year=date.year)


def period(text: str) -> str:
    """Write a period, which is in ISO 8601 and so the same in every language.

    Examples
    --------
    >>> period("2015-01/2015-08"), period("2013")
    ('2015-01 – 2015-08', '2013')
    """
    return text.replace("/", " – ")
