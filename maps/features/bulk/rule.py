"""Which rule of a theme draws each feature, decided once for each value of a column."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from maps.features.column import is_mixed, values_of
from maps.features.geojson import plain_value

from .shape import KIND_NAMES, Ints

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maps.features.geojson import Json
    from maps.themes.model import Condition, ThemeLayer

    from .collect import BulkData

Mask = npt.NDArray[np.bool_]
NOT_SHOWN = -1


@dataclass(frozen=True, slots=True)
class Codes:
    """A column as the different values in it, and the index of each row's; a row without one has their number."""

    values: Sequence[Json]
    code: Ints


def codes_of(table: pa.Table, name: str) -> Codes:
    """Find the different values of a column.

    Examples
    --------
    >>> codes = codes_of(pa.table({"x": ["a", None, "b", "a"]}), "x")
    >>> codes.values, codes.code.tolist()
    (['a', 'b'], [0, 2, 1, 0])
    """
    column = table[name]
    if is_mixed(table, name) or pa.types.is_nested(column.type):
        texts = [None if item is None else json.dumps(item, sort_keys=True) for item in values_of(table, name)]
        keyed = codes_of(pa.table({name: pa.array(texts, pa.string())}), name)
        return Codes([json.loads(str(text)) for text in keyed.values], keyed.code)
    encoded = column.combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    values = [plain_value(value) for value in encoded.dictionary.to_pylist()]
    code = encoded.indices.fill_null(len(values)).to_numpy(zero_copy_only=False)
    return Codes(values, code.astype(np.int64))


@dataclass(slots=True)
class _Judge:
    """Applies the conditions of a layer to all its features."""

    data: BulkData
    _codes: dict[str, Codes] = field(default_factory=dict)

    def holds(self, condition: Condition) -> Mask:
        """Tell for each feature with a geometry whether it meets a condition."""
        name = condition.property
        if (
            condition.is_range()
            and self._is_number(name)
            and not (condition.any_of or condition.all_of or condition.none_of)
        ):
            return self._in_range(condition)
        if name == "geometry":
            values: Sequence[Json] = KIND_NAMES
            code = self.data.shapes.kind.astype(np.int64)
        elif name in self.data.table.column_names:
            if name not in self._codes:
                self._codes[name] = codes_of(self.data.table, name)
            values, code = self._codes[name].values, self._codes[name].code[self.data.shapes.row]
        else:
            values, code = (), np.zeros(len(self.data), dtype=np.int64)
        samples: list[Mapping[str, Json]] = [{name: value} for value in values]
        verdict: Mask = np.array([condition.holds(properties) for properties in (*samples, {})], dtype=bool)
        return verdict[code]

    def _is_number(self, name: str) -> bool:
        kinds = (pa.types.is_integer, pa.types.is_floating)
        return name in self.data.table.column_names and any(kind(self.data.table[name].type) for kind in kinds)

    def _in_range(self, condition: Condition) -> Mask:
        """Test a whole column of numbers at once: it may hold a million different ones."""
        column = self.data.table[condition.property].combine_chunks()
        fits = pa.array(np.ones(len(column), dtype=bool))
        ends = {
            "greater_equal": condition.least,
            "less_equal": condition.most,
            "greater": condition.above,
            "less": condition.below,
        }
        for comparison, end in ends.items():
            if end is not None:
                fits = pc.and_(fits, pc.call_function(comparison, [column, pa.scalar(end, pa.float64())]))
        verdict: Mask = pc.fill_null(fits, fill_value=False).to_numpy(zero_copy_only=False)[self.data.shapes.row]
        return verdict


def rules_of(layer: ThemeLayer, data: BulkData) -> npt.NDArray[np.int16]:
    """Index of the rule that draws each feature, or `NOT_SHOWN`; the same rules as `ThemeLayer.symbol_of`."""
    judge = _Judge(data)
    rule = np.full(len(data), NOT_SHOWN, dtype=np.int16)
    open_ = np.ones(len(data), dtype=bool)
    for condition in layer.filter:
        open_ &= judge.holds(condition)
    for number, symbol in enumerate(layer.symbols):
        fits = open_.copy()
        for condition in symbol.when:
            fits &= judge.holds(condition)
        rule[fits] = number
        open_ &= ~fits
    return rule
