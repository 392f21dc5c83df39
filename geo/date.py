"""Dates as sources give them: a year, a month or a day."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import total_ordering

from .errors import InvalidDateError

MIN_YEAR = 1000
MAX_YEAR = 2100
_MONTHS = 12
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of ISO 8601 with reduced precision.

    Parameters
    ----------
    year
        In [1000, 2100].
    month
        In [1, 12], or None when only the year is known.
    day
        A day of that month, or None when it is not known.

    Raises
    ------
    InvalidDateError
        If there is no such date, or a day comes without its month.

    Notes
    -----
    ``<`` and ``sorted`` order by first, then by last possible day. Whether one date
    certainly lies before another is what `precedes` says.

    Examples
    --------
    >>> opened = parse_date("1959")
    >>> opened.earliest, opened.latest
    (datetime.date(1959, 1, 1), datetime.date(1959, 12, 31))
    >>> opened.precedes(parse_date("1959-08-09"))
    False
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse a month or a day that does not exist."""
        if not MIN_YEAR <= self.year <= MAX_YEAR:
            raise _wrong(f"year must be in [{MIN_YEAR}, {MAX_YEAR}], got {self.year}")
        if self.month is None:
            if self.day is not None:
                raise _wrong(f"a day needs its month, got day {self.day} alone")
            return
        if not 1 <= self.month <= _MONTHS:
            raise _wrong(f"month must be in [1, 12], got {self.month}")
        last = monthrange(self.year, self.month)[1]
        if self.day is not None and not 1 <= self.day <= last:
            month = f"{self.year}-{self.month:02}"
            raise _wrong(f"{month} has {last} days, got day {self.day}")

    def __str__(self) -> str:
        """Write ISO 8601 at the precision known."""
        parts = [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join([f"{self.year:04}", *parts])

    def __lt__(self, other: PartialDate) -> bool:
        """Order by first, then by last possible day."""
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.earliest, self.latest) < (other.earliest, other.latest)

    @property
    def earliest(self) -> dt.date:
        """First day that it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """Last day that it can mean."""
        month = self.month or _MONTHS
        return dt.date(self.year, month, self.day or monthrange(self.year, month)[1])

    def contains(self, day: dt.date) -> bool:
        """Return whether it can mean that day.

        Examples
        --------
        >>> parse_date("2014-07").contains(dt.date(2014, 7, 18))
        True
        """
        return self.earliest <= day <= self.latest

    def precedes(self, other: PartialDate) -> bool:
        """Return whether it certainly lies before the other date.

        Examples
        --------
        >>> parse_date("2013").precedes(parse_date("2014-07"))
        True
        >>> parse_date("2014").precedes(parse_date("2014-07"))
        False
        """
        return self.latest < other.earliest


def parse_date(text: str) -> PartialDate:
    """Read an ISO 8601 date of any precision.

    Parameters
    ----------
    text
        ``"1959"``, ``"2014-07"`` or ``"2014-07-18"``; year in [1000, 2100].

    Returns
    -------
    PartialDate
        The date, as precise as written.

    Raises
    ------
    InvalidDateError
        If the text has another form, or no calendar has that date.

    Examples
    --------
    >>> parse_date("2014-07-18")
    PartialDate(year=2014, month=7, day=18)
    >>> str(parse_date("1959"))
    '1959'
    >>> parse_date("2015-02-29")
    Traceback (most recent call last):
        ...
    geo.errors.InvalidDateError: 2015-02 has 28 days, got day 29 (in '2015-02-29')
    """
    match = _ISO.fullmatch(str(text))
    if match is None:
        message = f"a date is written YYYY, YYYY-MM or YYYY-MM-DD, got {text!r}"
        raise InvalidDateError(message, text=str(text))
    numbers = [int(part) for part in match.groups() if part]
    try:
        return PartialDate(*numbers)
    except InvalidDateError as error:
        message = f"{error} (in {text!r})"
        raise InvalidDateError(message, text=text) from None


def _wrong(message: str) -> InvalidDateError:
    return InvalidDateError(message)
