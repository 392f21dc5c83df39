"""Prepares user layers for the page: names, days and styles from their columns, for few features and many."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from maps.features.geojson import LayerData, properties_of
from maps.features.notice import log
from maps.themes.fields import PICTURE

from .drawn import DrawnLayer, Telling, draw, draw_bulk
from .looks import check_columns, columns_of, looks_of
from .pictures import pictures_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maps.features.bulk import BulkData
    from maps.features.geojson import Feature, Json
    from maps.themes.model import ThemeLayer

    from .pictures import Picture

NAMES = ("name", "name_en", "title", "label", "이름", "명칭", "название", "имя", "наименование", "名称", "名字")
BEGIN, END = "valid_from", "valid_to"
_ISO = re.compile(r"^(\d{4})(?:[-/.](\d{2})(?:[-/.](\d{2}))?)?(?:[T ].*)?$")
_EUROPEAN = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")


def draw_own(layer: ThemeLayer, data: LayerData | BulkData, day: str) -> DrawnLayer:
    """Choose the features and styles of a user's layer.

    Parameters
    ----------
    layer
        As the theme has it.
    data
        Its features.
    day
        The day that the page opens at, ``YYYY-MM-DD``; empty when there is none.

    Raises
    ------
    FeatureError
        When the layer names a column that its file does not have.
    """
    check_columns(layer, data)
    looks = looks_of(layer, data)
    columns = columns_of(data)
    title = title_column(layer, columns)
    with_names = with_columns(data, _aliases(layer, data, title))
    telling = Telling(
        tuple(layer.popup) or tuple(columns),
        tuple(layer.tooltip),
        looks.styles,
        looks.colours,
        tuple(looks.keys),
        tuple(data.notes),
        _pictures(layer, data),
    )
    if isinstance(with_names, LayerData):
        drawn = draw(looks.layer, with_names)
        if any(BEGIN in properties_of(feature) or END in properties_of(feature) for feature in drawn.features):
            drawn = _on_day(drawn, day)
    else:
        drawn = draw_bulk(looks.layer, with_names)
    return replace(drawn, telling=telling)


def _pictures(layer: ThemeLayer, data: LayerData | BulkData) -> dict[str, Picture]:
    """Pictures of the columns that the popup shows as pictures."""
    columns = [field.column for field in layer.popup if field.format == PICTURE]
    folder = layer.file.parent if layer.file else None
    values = [value for column in columns for value in _cells(data, column)]
    return pictures_of(values, folder, data.record.name) if values else {}


def title_column(layer: ThemeLayer, columns: Sequence[str]) -> str:
    """Find the column that names the features: the one of the labels, else one that is called so.

    Examples
    --------
    >>> from maps.i18n.text import Text
    >>> from maps.themes.model import ThemeLayer
    >>> title_column(ThemeLayer("a", "a", Text("")), ["id", "NAME", "pop"])
    'NAME'
    """
    if layer.labels and layer.labels.property in columns:
        return layer.labels.property
    plain = {column.casefold(): column for column in reversed(columns)}
    return next((plain[name] for name in NAMES if name in plain), "")


def last_day(data: LayerData | BulkData, time: Sequence[str]) -> str:
    """Last day on which a feature appears or is gone; empty without such a column."""
    days: list[str] = []
    for column in set(time or (BEGIN, END)) & set(columns_of(data)):
        days += [day for day in map(date_text, _cells(data, column)) if day]
    return max(days, default="")


def date_text(value: Json) -> str:
    """Date of a cell, ISO 8601 in its own precision; empty when it is no date.

    Examples
    --------
    >>> date_text("2014-11-24T10:30:00"), date_text(20141124), date_text(2014), date_text("24.11.2014"), date_text("soon")
    ('2014-11-24', '2014-11-24', '2014', '2014-11-24', '')
    """
    from geo import GeoError, parse_date

    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value or "").strip()
    if match := _COMPACT.match(text) or _ISO.match(text):
        text = "-".join(part for part in match.groups() if part)
    elif match := _EUROPEAN.match(text):
        text = f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}"
    try:
        parse_date(text)
    except (GeoError, ValueError):
        return ""
    return text


def with_columns(data: LayerData | BulkData, columns: Mapping[str, Sequence[Json]]) -> LayerData | BulkData:
    """Add columns to features, or replace those of the same name; one value for each row of the source."""
    if not columns:
        return data
    if isinstance(data, LayerData):
        features: list[Feature] = []
        for at, feature in enumerate(data.features):
            unchanged = {key: value for key, value in properties_of(feature).items() if key not in columns}
            added = {key: values[at] for key, values in columns.items() if values[at] not in {None, ""}}
            features.append({**feature, "properties": {**unchanged, **added}})
        return replace(data, features=tuple(features))
    import pyarrow as pa

    table = data.table
    for key, values in columns.items():
        array = pa.array(values, pa.string())
        at = table.schema.get_field_index(key)
        field = pa.field(key, pa.string())
        table = table.append_column(field, array) if at < 0 else table.set_column(at, field, array)
    return replace(data, table=table)


def _aliases(layer: ThemeLayer, data: LayerData | BulkData, title: str) -> dict[str, list[Json]]:
    """Columns with a meaning to the page: the name of a feature, and the dates of its begin and end."""
    values: dict[str, list[Json]] = {}
    if title and title != "name":
        values["name"] = [None if value is None else str(value) for value in _cells(data, title)]
    columns = columns_of(data)
    begin, end = (*layer.time, "")[:2] if layer.time else (BEGIN, END)
    for key, column in ((BEGIN, begin), (END, end)):
        if column in columns:
            values[key] = _days(_cells(data, column), column, data.record.name)
        elif layer.time and key in columns:
            values[key] = [None] * len(_cells(data, key))
    return values


def _days(values: Sequence[Json], column: str, name: str) -> list[Json]:
    dates: list[Json] = [None if value is None or value == "" else date_text(value) for value in values]
    strange = [value for value, date in zip(values, dates, strict=True) if date == ""]
    if strange:
        log.warning(
            "%s: %s values of %s are no dates, such as %r; taken as unknown",
            name,
            f"{len(strange):,}",
            column,
            strange[0],
        )
    return [date or None for date in dates]


def _cells(data: LayerData | BulkData, column: str) -> list[Json]:
    """Values of a column: of each feature, or of each row of the source."""
    if isinstance(data, LayerData):
        return [properties_of(feature).get(column) for feature in data.features]
    from maps.features.column import values_of

    return values_of(data.table, column)


def _on_day(drawn: DrawnLayer, day: str) -> DrawnLayer:
    """Keep the features of the day on which the page opens, and all others for other days."""
    exists = [_is_there(properties_of(feature), day) for feature in drawn.features]
    pairs = [pair for pair, yes in zip(zip(drawn.features, drawn.symbols, strict=True), exists, strict=True) if yes]
    return replace(
        drawn, features=[pair[0] for pair in pairs], symbols=[pair[1] for pair in pairs], past=tuple(drawn.features)
    )


def _is_there(properties: Mapping[str, Json], day: str) -> bool:
    begin, end = (cast("str", properties.get(key) or "") for key in (BEGIN, END))
    return not day or ((not begin or begin <= day[: len(begin)]) and (not end or end >= day[: len(end)]))
