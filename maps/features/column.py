"""Properties as Arrow columns that hold every JSON value as it was: text, numbers, dates, and columns of mixed type."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

import pyarrow as pa

from maps.features.geojson import plain_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maps.features.geojson import Json
    from maps.features.notice import Notices

# The mark of a column whose texts are JSON: values of several types, or lists and objects.
_MIXED = {b"tumen": b"json"}
_SAFE = 2**53  # beyond, a double and a script leave integers out
_INT64 = 2**63
_NAMELESS = "–"
_ODD = (pa.types.is_decimal, pa.types.is_duration, pa.types.is_interval)  # types that JSON has no numbers for


def table_of_rows(rows: Sequence[Mapping[str, object]], notices: Notices) -> pa.Table:
    """Columns of the properties of features."""
    names = dict.fromkeys(str(key) for row in rows for key in row)
    return table_of_columns({name: [row.get(name) for row in rows] for name in names}, notices)


def table_of_columns(columns: Mapping[str, Sequence[object]], notices: Notices) -> pa.Table:
    """Columns of values of Python."""
    binary = [name for name, values in columns.items() if any(isinstance(value, bytes) for value in values)]
    notices.add("bytes", len(binary))
    columns = {name: values for name, values in columns.items() if name not in binary}
    arrays = {
        name or _NAMELESS: _column([_finite(value, notices) for value in values]) for name, values in columns.items()
    }
    fields = [pa.field(name, array.type, metadata=_MIXED if mixed else None) for name, (array, mixed) in arrays.items()]
    return pa.table([array for array, _ in arrays.values()], schema=pa.schema(fields))


def is_mixed(table: pa.Table, name: str) -> bool:
    """Tell whether the texts of a column are JSON."""
    return (table.schema.field(name).metadata or {}).get(b"tumen") == b"json"


def values_of(table: pa.Table, name: str) -> list[Json]:
    """JSON values of a column; None where a row has none.

    Examples
    --------
    >>> from maps.features.notice import Notices
    >>> rows = [{"a": 1}, {"a": "x"}, {}, {"a": [1, {"b": None}]}]
    >>> values_of(table_of_rows(rows, Notices("here")), "a")
    [1, 'x', None, [1, {'b': None}]]
    """
    column = table[name]
    kind = column.type
    if is_mixed(table, name):
        return [None if text is None else json.loads(text) for text in column.to_pylist()]
    values: list[Json] = column.to_pylist()
    if (
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_boolean(kind)
        or pa.types.is_integer(kind)
    ):
        return values
    if pa.types.is_floating(kind):
        return [None if value != value else value for value in values]  # noqa: PLR0124 - NaN
    return [plain_value(value) for value in values]


def stacked(tables: Sequence[pa.Table], counts: Sequence[int]) -> pa.Table:
    """Concatenate batches; a column whose batches differ in type keeps their values.

    Parameters
    ----------
    tables
        Columns of each batch.
    counts
        Rows of each batch: a table without a column does not know.
    """
    fields: dict[str, pa.Field] = {}
    for field in (field for table in tables for field in table.schema):
        fields[field.name] = _wider(fields[field.name], field) if field.name in fields else field
    schema = pa.schema(
        [pa.field(field.name, pa.string()) if _is_nothing(field) else field for field in fields.values()]
    )
    if not fields:
        return pa.table({})
    return pa.concat_tables(
        [_fitted(table, count, schema) for table, count in zip(tables, counts, strict=True)]
    ).combine_chunks()


def tidied(table: pa.Table, notices: Notices) -> pa.Table:
    """Columns of a file as they are kept: no bytes, no dictionaries, no NaN."""
    for field in list(table.schema):
        at = table.schema.get_field_index(field.name)
        if pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type):
            notices.add("bytes")
            table = table.remove_column(at)
        elif pa.types.is_dictionary(field.type):
            table = table.set_column(at, field.name, table[field.name].cast(field.type.value_type))
        elif pa.types.is_floating(field.type):
            table = table.set_column(at, field.name, _without_nan(table[field.name], notices))
        elif any(test(field.type) for test in _ODD):
            texts = [plain_value(item) for item in table[field.name].to_pylist()]
            table = table.set_column(at, field.name, pa.array(texts, pa.string()))
    return table


def _without_nan(column: pa.ChunkedArray, notices: Notices) -> pa.ChunkedArray:
    import pyarrow.compute as pc

    bad = pc.fill_null(pc.invert(pc.is_finite(column)), False)  # noqa: FBT003 - Arrow's
    count = pc.sum(bad).as_py() or 0
    if not count:
        return column
    notices.add("no number", int(count))
    return pc.if_else(bad, None, column)


def _column(values: Sequence[object]) -> tuple[pa.Array, bool]:
    """Arrow column of JSON values, and whether its texts are JSON."""
    kinds = {type(value) for value in values if value is not None}
    if not kinds:
        return pa.nulls(len(values)), False
    if kinds == {str}:
        return pa.array(values, pa.string()), False
    if kinds == {bool}:
        return pa.array(values, pa.bool_()), False
    if kinds <= {int, float}:
        numbers = cast("Sequence[int | float | None]", values)
        largest = max(abs(value) for value in numbers if value is not None)
        if kinds == {int} and largest < _INT64:
            return pa.array(values, pa.int64()), False
        if kinds == {float} or all(abs(value) <= _SAFE for value in numbers if type(value) is int):
            return pa.array(values, pa.float64()), False
    return pa.array([None if value is None else _text(value) for value in values], pa.string()), True


def _text(value: object) -> str:
    return json.dumps(plain_value(value), ensure_ascii=False)


def _finite(value: object, notices: Notices) -> object:
    """JSON value; NaN, infinities and integers that are too large for a float become null, with a note."""
    if value is None or type(value) in {str, bool}:
        return value
    if isinstance(value, int | float):
        if -sys.float_info.max <= value <= sys.float_info.max:
            return value
        notices.add("no number")
        return None
    if isinstance(value, Mapping):
        return {str(key): _finite(item, notices) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item, notices) for item in value]
    return plain_value(value)


def _wider(first: pa.Field, second: pa.Field) -> pa.Field:
    """Type that holds the values of two batches."""
    if first.equals(second, check_metadata=True) or _is_nothing(second):
        return first
    if not first.metadata and not second.metadata and {first.type, second.type} == {pa.int64(), pa.float64()}:
        return pa.field(first.name, pa.float64())
    return second if _is_nothing(first) else pa.field(first.name, pa.string(), metadata=_MIXED)


def _is_nothing(field: pa.Field) -> bool:
    return bool(pa.types.is_null(field.type))


def _fitted(table: pa.Table, count: int, schema: pa.Schema) -> pa.Table:
    columns: list[pa.ChunkedArray | pa.Array] = []
    for field in schema:
        if field.name not in table.column_names:
            columns.append(pa.nulls(count, field.type))
        elif table.schema.field(field.name).equals(field, check_metadata=True):
            columns.append(table[field.name])
        elif _is_nothing(table.schema.field(field.name)):
            columns.append(pa.nulls(count, field.type))
        else:
            columns.append(_refilled(values_of(table, field.name), field))
    return pa.table(columns, schema=schema)


def _refilled(values: Sequence[Json], field: pa.Field) -> pa.Array:
    if pa.types.is_floating(field.type):
        return pa.array(values, field.type)
    return pa.array([None if value is None else _text(value) for value in values], field.type)


def numbers(values: Iterable[Json]) -> list[float | None]:
    """Values as numbers; None where one is no number."""
    return [
        float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None for value in values
    ]
