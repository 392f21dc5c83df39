"""Figures over time that belong to no feature: trade, debt, minerals, networks, traffic, cargoes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from geo import parse_date
from layers.errors import UnknownSeriesError
from layers.record.store import data_file, read_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pandas import DataFrame

    from layers.record.store import DataPath

FILE = "series.json"


@dataclass(frozen=True, slots=True)
class SeriesValue:
    """One published value.

    Attributes
    ----------
    period
        What it is for: an ISO 8601 date of any precision, or an interval ``first/last``.
    value
        In `unit`.
    unit, scope
        Those of the series, unless the source has another.
    source
        Id into `layers.sources`.
    used
        Whether this is the value that we go by; of those for one period and part, one at most is.
    part
        What of the whole it is, such as ``imports``; empty for the whole.
    by
        Id of the organisation that counted, when it is not the publisher.
    note
        What a careful reader must know.
    """

    period: str
    value: float
    unit: str
    scope: str
    source: str
    used: bool
    part: str = ""
    by: str = ""
    note: str = ""

    @property
    def begin(self) -> date:
        """First day of the period."""
        return parse_date(self.period.partition("/")[0]).earliest

    @property
    def end(self) -> date:
        """Last day of the period."""
        return parse_date(self.period.rpartition("/")[2]).latest


@dataclass(frozen=True, slots=True)
class Series:
    """Published values of one quantity, those that disagree side by side.

    Attributes
    ----------
    name, title, quantity, note
        What it is.
    unit, scope
        Of most of its values; a value states its own.
    values
        In the order of the table: by period, the used one first.
    """

    name: str
    title: str
    quantity: str
    unit: str
    scope: str
    values: tuple[SeriesValue, ...]
    note: str = ""

    def __iter__(self) -> Iterator[SeriesValue]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def at(self, period: str, part: str = "") -> tuple[SeriesValue, ...]:
        """Every value for a period and a part, the used one first.

        Examples
        --------
        >>> [row.value for row in series("debt").at("2012-09-17", "to be repaid")]
        [1.09, 1.09, 1.0]
        >>> series("debt").at("1950")
        ()
        """
        rows = [row for row in self.values if (row.period, row.part) == (period, part)]
        return tuple(sorted(rows, key=lambda row: not row.used))

    def value(self, period: str, part: str = "") -> SeriesValue:
        """Return the value in use for a period and a part.

        Raises
        ------
        UnknownSeriesError
            When there is none.
        """
        for row in self.at(period, part):
            if row.used:
                return row
        names = [f"{self.name} {row.period} {row.part}".strip() for row in self.values if row.used]
        raise UnknownSeriesError(f"{self.name} {period} {part}".strip(), names, "used value")

    def to_frame(self) -> DataFrame:
        """Table of the values, one row each, with the first and the last day of the period.

        Returns
        -------
        DataFrame
            Columns as the attributes of `SeriesValue`; ``begin`` and ``end`` are days.
        """
        import pandas as pd  # takes most of a second

        rows = [
            {name: getattr(row, name) for name in ("period", "begin", "end", *SeriesValue.__slots__[1:])}
            for row in self.values
        ]
        frame = pd.DataFrame(rows)
        for column in ("begin", "end"):
            frame[column] = pd.to_datetime(frame[column]).dt.as_unit("s")
        return frame


def series(name: str, *, data: DataPath = None) -> Series:
    """Read a series.

    Parameters
    ----------
    name
        One of `series_names`.
    data
        The data directory; by default that of ``TUMEN_DATA``, else the one that tumen ships.

    Raises
    ------
    DataDirectoryError, DataFileError
        When the directory is not whole, or its series cannot be read.
    UnknownSeriesError
        When there is none with that name; names the nearest.

    Examples
    --------
    >>> quarter = series("trade-far-east").value("2019-01/2019-03")
    >>> quarter.value, quarter.unit, quarter.scope
    (10.69, 'M USD', 'Russian Far East')
    >>> series("trades")
    Traceback (most recent call last):
    layers.errors.UnknownSeriesError: no series is called 'trades'; did you mean 'trade'?
    """
    by_name = all_series(data)
    if name not in by_name:
        raise UnknownSeriesError(name, by_name)
    return by_name[name]


def series_names(*, data: DataPath = None) -> tuple[str, ...]:
    """Names of the series, in the order of the table; `data` as in `series`."""
    return tuple(all_series(data))


def all_series(data: DataPath = None) -> dict[str, Series]:
    """Every series of a data directory by its name, read once."""
    return _all_series(data_file(FILE, data))


@cache
def _all_series(path: str) -> dict[str, Series]:
    rows = cast("list[dict[str, Any]]", read_json(path)["series"])
    return {row["name"]: series_from(row) for row in rows}


def series_from(row: dict[str, Any]) -> Series:
    """Make a `Series` of one entry of ``series.json``."""
    shared = {"unit": row["unit"], "scope": row["scope"]}
    values = (SeriesValue(**(shared | value | {"value": float(value["value"])})) for value in row["values"])
    return Series(**(row | {"values": tuple(values)}))
