"""Validity intervals of features: ISO 8601 dates of any precision as day numbers."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from .rule import codes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from maps.features.geojson import Json

    from .shape import Ints

log = logging.getLogger(__name__)

ALWAYS, NEVER = -(2**31), 2**31 - 1  # since ever, for ever
_EPOCH = dt.date(1970, 1, 1).toordinal()
_MAX_STOPS = 400
_PRECISIONS = (10, 7, 4)  # characters of a day, a month, a year


def day_number(text: Json, *, last: bool) -> int | None:
    """Days since 1970 of the first or the last day of a date; None when it is no date.

    Examples
    --------
    >>> day_number("1970-02", last=False), day_number("1970-02", last=True), day_number("soon", last=True)
    (31, 58, None)
    """
    from geo import GeoError, parse_date

    if not isinstance(text, str):
        return None
    try:
        date = parse_date(text[:10])
        day = date.latest if last else date.earliest
        return dt.date.fromisoformat(str(day)).toordinal() - _EPOCH
    except (GeoError, ValueError):
        return None


def day_columns(table: pa.Table, rows: Ints, name: str) -> dict[str, npt.NDArray[np.int32]]:
    """First and last day of each row, by property; nothing where the table has no dates."""
    columns: dict[str, npt.NDArray[np.int32]] = {}
    for key, last, unknown in (("valid_from", False, ALWAYS), ("valid_to", True, NEVER)):
        if key not in table.column_names:
            continue
        codes = codes_of(table, key)
        days = [day_number(value, last=last) for value in codes.values]
        strange = [value for value, day in zip(codes.values, days, strict=True) if day is None]
        if strange:
            log.warning(
                "%s: %s values of %s are no dates, such as %r; taken as unknown", name, len(strange), key, strange[0]
            )
        numbers = np.array([*(unknown if day is None else day for day in days), unknown], dtype=np.int32)
        columns[key] = numbers[codes.code][rows]
    return columns


def days_of(columns: Mapping[str, npt.NDArray[np.int32]]) -> list[str]:
    """Days on which something appears or is gone, ISO 8601; of many, the first of each month or year with one."""
    days: set[int] = set()
    if "valid_from" in columns:
        days |= set(np.unique(columns["valid_from"]).tolist()) - {ALWAYS}
    if "valid_to" in columns:
        days |= {day + 1 for day in np.unique(columns["valid_to"]).tolist() if day != NEVER}
    texts = [dt.date.fromordinal(day + _EPOCH).isoformat() for day in sorted(days)]
    for precision in _PRECISIONS:
        stops = sorted({text[:precision] + "-01-01"[: 10 - precision] for text in texts})
        if len(stops) <= _MAX_STOPS:
            break
    return stops
