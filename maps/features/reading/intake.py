"""Features taken in, batch by batch, and handed on: few as elements of the page, many as columns for a canvas."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import numpy as np

from maps.errors import FeatureError
from maps.features.bulk.collect import (
    BATCH,
    MAX_ELEMENT_VERTICES,
    MAX_ELEMENTS,
    MAX_FEATURES,
    MAX_VERTICES,
    BulkData,
    order_of,
)
from maps.features.bulk.shape import joined, shapes_of, taken_apart
from maps.features.column import stacked, tidied, values_of
from maps.features.geojson import DataRecord, LayerData
from maps.features.notice import Notices, log

from .geometry import Objects, Settled, place_of, settle
from .identity import identities

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from pyproj import CRS

    from maps.features.bulk.shape import Ints, Shapes
    from maps.features.geojson import Feature, Json

    from .geometry import Place


@dataclass(slots=True)
class Intake:
    """Takes batches of a source, in order.

    Until the end nothing depends on the number of features: the same checks, the same transformation, the same columns.

    Attributes
    ----------
    name
        Of the source, as messages call it.
    crs
        Of the geometries; None when the source states none.
    few
        Whether they are always drawn as elements, without notices: our own layers, which a page plays day by day.
    notices
        Notes on changes to the features.
    """

    name: str
    crs: CRS | None
    few: bool = False
    notices: Notices = field(init=False)
    _place: Place = field(init=False)
    _settled: list[Settled] = field(default_factory=list)
    _flat: list[Shapes] = field(default_factory=list)
    _tables: list[pa.Table] = field(default_factory=list)
    _counts: list[int] = field(default_factory=list)
    _ids: list[object] = field(default_factory=list)
    _shapes: int = 0
    _vertices: int = 0

    def __post_init__(self) -> None:
        self.notices = Notices(self.name)
        self._place = place_of(self.name, self.crs, self.notices)

    def __len__(self) -> int:
        return sum(self._counts)

    def add(self, geometries: Objects, table: pa.Table, ids: Sequence[object] | None = None) -> None:
        """Take the next features.

        Parameters
        ----------
        geometries
            Shapes or None.
        table
            Their properties.
        ids
            The id of each in the source, None where it has none; by default the property ``id``.

        Raises
        ------
        FeatureError
            For a geometry that cannot be drawn, and for more than a page can hold.
        """
        import shapely

        done = len(self)
        settled = settle(geometries, self._place, lambda row: self._label(done + row, ids, row), self.notices)
        settled = Settled(settled.row + done, settled.shape)
        self._counts.append(len(geometries))
        self._tables.append(tidied(table, self.notices))
        self._ids += ids if ids is not None else [None] * len(geometries)
        self._shapes += len(settled.row)
        self._vertices += int(shapely.get_num_coordinates(settled.shape).sum())
        self._check_limits()
        self._settled.append(settled)
        if self._is_big():
            self._flatten()
        if not self.few:
            log.debug("%s: %s features read", self.name, f"{len(self):,}")

    def finish(self, record: DataRecord, order: str = "") -> LayerData | BulkData:
        """Return the layer, and report changes to its features.

        Raises
        ------
        FeatureError
            When the column of the order is missing, or holds no numbers.
        """
        table = stacked(self._tables, self._counts)
        importance = order_of(table, order, self.name)
        property_ids = values_of(table, "id") if "id" in table.column_names else []
        ids = identities(self._ids, property_ids, self.notices)
        if not self._shapes:
            self.notices.say("it holds no feature with a geometry; nothing of it is drawn")
        if not self.few:
            self.notices.tell()
        record = DataRecord(record.name, record.title, record.licence, record.attribution, _accuracy(table))
        if self._is_big():
            self._flatten()
            return BulkData(record, joined(self._flat), table, importance, ids, tuple(self.notices.lines()))
        features = self._features(table, ids, record.name)
        return LayerData(record, features, tuple(self.notices.lines()), tuple(table.column_names))

    def _label(self, row: int, ids: Sequence[object] | None, at: int) -> str:
        own_id = ids[at] if ids is not None else None
        return f"feature {own_id!r} of {self.name!r}" if own_id is not None else f"feature {row + 1:,} of {self.name!r}"

    def _is_big(self) -> bool:
        return not self.few and (self._shapes > MAX_ELEMENTS or self._vertices > MAX_ELEMENT_VERTICES)

    def _flatten(self) -> None:
        self._flat += [shapes_of(*taken_apart(settled.shape, settled.row)) for settled in self._settled]
        self._settled.clear()

    def _check_limits(self) -> None:
        if len(self) > MAX_FEATURES or self._vertices > MAX_VERTICES:
            raise FeatureError(
                f"{self.name!r} holds more than {MAX_FEATURES:,} features or {MAX_VERTICES:,} vertices; "
                "take a part of it, or simplify it",
                source=self.name,
            )

    def _features(self, table: pa.Table, ids: Sequence[str | None], name: str) -> tuple[Feature, ...]:
        """GeoJSON features, one for each shape."""
        row, shape = _together(self._settled)
        columns = {key: values_of(table, key) for key in table.column_names}
        features: list[Feature] = []
        for at, geometry in zip(row.tolist(), _geojson(shape), strict=True):
            properties = {key: values[at] for key, values in columns.items() if values[at] is not None}
            features.append(
                {
                    "type": "Feature",
                    "id": ids[at] or f"{name}/{at + 1}",
                    "properties": cast("Json", properties),
                    "geometry": geometry,
                }
            )
        return tuple(features)


def _together(settled: Sequence[Settled]) -> tuple[Ints, Objects]:
    if not settled:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=object)
    return np.concatenate([batch.row for batch in settled]), np.concatenate([batch.shape for batch in settled])


def _geojson(shapes: Objects) -> list[Json]:
    import shapely

    return [json.loads(text) for text in shapely.to_geojson(shapely.force_2d(shapes))]


def _accuracy(table: pa.Table) -> tuple[float, float] | None:
    """Best and worst of the column ``accuracy_m``, where there is one."""
    values = values_of(table, "accuracy_m") if "accuracy_m" in table.column_names else []
    numbers = [float(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    return (min(numbers), max(numbers)) if numbers else None


def batches(count: int) -> list[slice]:
    """Slices of a batch each."""
    return [slice(begin, begin + BATCH) for begin in range(0, count, BATCH)]
