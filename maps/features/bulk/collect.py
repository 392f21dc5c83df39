"""A big layer in memory: its geometries as flat arrays, its properties as Arrow columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from geo.spelling import nearest
from maps.errors import FeatureError
from maps.features.geojson import DataRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maps.features.geojson import DataRecord

    from .shape import Floats, Shapes

# Beyond this a page of elements takes seconds to open (see docs/performance.md).
MAX_ELEMENTS = 3_000
MAX_ELEMENT_VERTICES = 150_000
# Beyond this a page is too large to send, and untested.
MAX_FEATURES = 20_000_000
MAX_VERTICES = 100_000_000
BATCH = 65_536


@dataclass(frozen=True, slots=True, eq=False)
class BulkData:
    """Features of a big layer.

    Attributes
    ----------
    record
        Licence and attribution of the data.
    shapes
        The geometries; a feature without one has none here.
    table
        The properties of every row of the source.
    order
        Importance of each row, the greater the more; nothing when the source names none.
    ids
        Id of each row, None where the source gives none; empty when it gives none at all.
    notes
        Notes on changes to the features, a line each.
    """

    record: DataRecord
    shapes: Shapes
    table: pa.Table
    order: Floats | None = None
    ids: Sequence[str | None] = ()
    notes: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.shapes)


def order_of(table: pa.Table, column: str, name: str) -> Floats | None:
    """Return the importance of each row from a column of numbers; None without a column."""
    if not column:
        return None
    if column not in table.column_names:
        raise FeatureError(
            f"{name!r} has no column {column!r} to order by; {nearest(column, table.column_names)}", source=name
        )
    values = table[column]
    if not (pa.types.is_integer(values.type) or pa.types.is_floating(values.type)):
        raise FeatureError(
            f"a column to order by holds numbers, {column!r} of {name!r} holds {values.type}", source=name
        )
    numbers: Floats = values.cast(pa.float64()).to_numpy()
    return numbers
