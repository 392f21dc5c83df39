"""From the texts of columns to modes, gauges, statuses, speeds and directions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import numpy as np

from geo.network.table import Profile
from layers.errors import NetworkFileError
from layers.lines.settings import ROAD_SPEEDS, ROLES, USUAL

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from .settings import NetworkSettings

_SPEED: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(km/h|kmh|kph|mph|knots)?\s*")
_UNITS: Final = {"mph": 1.609344, "knots": 1.852}
_GAUGES: Final = {"standard": 1435}
_FORWARD, _BACKWARD = frozenset({"yes", "true", "1", "1.0", "t", "f->t", "ft"}), frozenset({"-1", "reverse", "tf"})
_MOTORWAYS: Final = frozenset({"motorway", "motorway_link"})
_LEAST_MM, _MOST_MM = 300, 3000


class Attributes(NamedTuple):
    """What the columns say of each line.

    Attributes
    ----------
    profiles
        What they have in common.
    profile
        Row of each, -1 where the line is left out.
    backward
        Whether it is one-way against the order of its points.
    left_out
        Values of the mode column that are no mode, with the number of lines that have them.
    """

    profiles: tuple[Profile, ...]
    profile: NDArray[np.int32]
    backward: NDArray[np.bool_]
    left_out: dict[str, int]


def columns_of(names: list[str], settings: NetworkSettings, source: str) -> dict[str, list[str]]:
    """Choose the columns of each role: the one named, else the usual ones that the file has.

    Raises
    ------
    NetworkFileError
        When a named column is missing; lists the columns there are.
    """
    chosen: dict[str, list[str]] = {}
    for role in ROLES:
        wanted = settings.columns.get(role)
        if wanted is not None and wanted not in names:
            have = ", ".join(names) or "none"
            raise NetworkFileError(f"{source}: columns.{role} names {wanted!r}, the file has {have}; correct the name")
        chosen[role] = [wanted] if wanted is not None else [name for name in USUAL[role] if name in names]
    return chosen


def texts_of(table: pa.Table, chosen: dict[str, list[str]]) -> dict[str, pa.Array]:
    """Return the texts of each role, None where there is none; of several columns the first with a value."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = {}
    for role, names in chosen.items():
        columns = [_text(table.column(name)) for name in names]
        if not columns:
            texts[role] = pa.nulls(len(table), pa.string())
        else:
            texts[role] = columns[0] if len(columns) == 1 else pc.coalesce(*columns)
    return texts


def _text(column: pa.ChunkedArray) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    joined = column.combine_chunks()
    if pa.types.is_list(joined.type):
        joined = pc.binary_join(pc.cast(joined, pa.list_(pa.string())), ";")
    if pa.types.is_floating(joined.type):
        is_integer = pc.equal(joined, pc.floor(joined))
        joined = pc.if_else(
            is_integer, pc.cast(pc.cast(joined, pa.int64(), safe=False), pa.string()), pc.cast(joined, pa.string())
        )
    text = pc.utf8_trim_whitespace(pc.cast(joined, pa.string()))
    return pc.if_else(pc.equal(text, ""), None, text)


def attributes(texts: dict[str, pa.Array], settings: NetworkSettings) -> Attributes:
    """Compute the columns; combinations that many lines share, once."""
    import pyarrow.compute as pc

    roles = ("mode", "gauge", "status", "speed", "one_way")
    size = len(texts["mode"])
    codes = np.zeros(size, dtype=np.int64)
    values: list[list[str | None]] = []
    for role in roles:
        encoded = pc.dictionary_encode(texts[role], null_encoding="encode")
        values.append(encoded.dictionary.to_pylist())
        codes = codes * max(len(values[-1]), 1) + np.asarray(encoded.indices.to_numpy(zero_copy_only=False))
        if codes.size and codes.max() > 2**40:  # as many columns of all different values overflow
            _, codes = np.unique(codes, return_inverse=True)
    _, first, rows = np.unique(codes, return_index=True, return_inverse=True)
    profiles: dict[Profile, int] = {}
    profile, backward = np.full(len(first), -1, dtype=np.int32), np.zeros(len(first), dtype=bool)
    left_out: dict[str, int] = {}
    counts = np.bincount(rows, minlength=len(first))
    for number, row in enumerate(first.tolist()):
        row_texts = {role: texts[role][row].as_py() for role in roles}
        result = _profile(row_texts, settings)
        if result is None:
            value = row_texts["mode"] or "(none)"
            left_out[value] = left_out.get(value, 0) + int(counts[number])
            continue
        profile[number] = profiles.setdefault(result[0], len(profiles))
        backward[number] = result[1]
    return Attributes(tuple(profiles), profile[rows], backward[rows], left_out)


def lengths_of(texts: pa.Array, unit: str) -> NDArray[np.float64]:
    """Metres that each line states, NaN where it states none or no number above 0."""
    import pandas as pd

    values = np.array(pd.to_numeric(pd.Series(texts.to_pylist(), dtype=object), errors="coerce"), dtype=np.float64)
    values[~(np.isfinite(values) & (values > 0))] = np.nan
    return values * (1000.0 if unit == "km" else 1.0)


def _profile(texts: dict[str, str | None], settings: NetworkSettings) -> tuple[Profile, bool] | None:
    value = texts["mode"]
    mode = settings.modes.get(value) if value is not None else settings.mode
    if mode is None:
        return None
    gauges = _gauges(texts["gauge"]) or settings.gauges_mm if mode == "rail" else ()
    statuses = (settings.statuses.get(text) for text in (texts["status"], value) if text is not None)
    speeds = (settings.speeds.get(text) for text in (value, mode) if text is not None)
    speed_km_h = next((speed for speed in speeds if speed is not None), ROAD_SPEEDS.get(value or ""))
    one_way = texts["one_way"].lower() if texts["one_way"] else ("yes" if value in _MOTORWAYS else "")
    profile = Profile(
        mode=cast("Any", mode),
        gauges_mm=gauges,
        status=next((status for status in statuses if status is not None), settings.status),
        speed_km_h=_speed(texts["speed"]) or speed_km_h,
        one_way=one_way in _FORWARD or one_way in _BACKWARD,
        error_share=settings.length_error,
        geometry_method=settings.geometry_method,
    )
    return profile, one_way in _BACKWARD


def _gauges(text: str | None) -> tuple[int, ...]:
    """Gauges in a text; unknown where it has none.

    Examples
    --------
    >>> _gauges("1520;1435"), _gauges("standard"), _gauges("broad")
    ((1520, 1435), (1435,), ())
    """
    parts = [part.strip() for part in re.split(r"[;,/+]", (text or "").strip("[]"))]
    numbers = [_GAUGES.get(part) or (int(part) if part.isdecimal() else 0) for part in parts]
    return tuple(number for number in numbers if _LEAST_MM <= number <= _MOST_MM)


def _speed(text: str | None) -> float | None:
    """Speed in a text in km/h; None where it has none.

    Examples
    --------
    >>> _speed("80"), _speed("50 mph"), _speed("none")
    (80.0, 80.4672, None)
    """
    matched = _SPEED.fullmatch(text or "")
    if matched is None:
        return None
    return float(matched[1]) * _UNITS.get(matched[2] or "", 1.0) or None
