"""Types for the columns of a CSV file, whose cells are text, where the output has types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

# A number whose text survives conversion: no leading zeros, no plus, no spaces; a code such as 007 stays text.
_PATTERNS: Final = {
    "int64": r"^(0|-?[1-9][0-9]{0,17})$",
    "double": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$",
    "bool": r"^(true|false)$",
    "date32": r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
}


def typed_schema(batches: Iterable[pa.RecordBatch], schema: pa.Schema, columns: Iterable[str]) -> pa.Schema:
    """Return a schema in which a text column has the type that all its cells share.

    Parameters
    ----------
    batches
        The whole table, read once.
    schema
        Of the table.
    columns
        Columns of text that may become whole numbers, numbers, booleans or days.

    Examples
    --------
    >>> import pyarrow as pa
    >>> table = pa.table({"n": ["1", None], "x": ["1", "2.5"], "code": ["007", "12"], "day": ["2014-11-24", "2014-11-27"]})
    >>> typed_schema(table.to_batches(), table.schema, table.schema.names).types
    [DataType(int64), DataType(double), DataType(string), DataType(date32[day])]
    """
    import pyarrow as pa

    possible = {name: list(_PATTERNS) for name in columns}
    filled: set[str] = set()
    for batch in batches:
        for name, kinds in possible.items():
            cells = batch[name].drop_null()
            if len(cells):
                filled.add(name)
                kinds[:] = [kind for kind in kinds if _all_are(cells, kind)]
    chosen = {name: kinds[0] for name, kinds in possible.items() if kinds and name in filled}
    return pa.schema(
        [field.with_type(pa.type_for_alias(chosen[field.name])) if field.name in chosen else field for field in schema]
    )


def as_typed(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Bring batches to a schema of `typed_schema`."""
    import pyarrow as pa

    for batch in batches:
        arrays = [
            column if column.type == field.type else column.cast(field.type)
            for column, field in zip(batch.columns, schema, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _all_are(cells: pa.Array, kind: str) -> bool:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pc.all(pc.match_substring_regex(cells, _PATTERNS[kind])).as_py():
        return False
    try:
        cells.cast(pa.type_for_alias(kind))
    except pa.ArrowInvalid:  # a 30 February
        return False
    return True
