"""A big layer in memory: its geometries as flat arrays, its properties as Arrow columns."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import numpy as np
import pyarrow as pa

from maps.errors import FeatureError, nearest
from maps.features.geojson import DataRecord, Json, LayerData, plain_value, positions, properties_of

from .shape import Floats, Place, Shapes, joined, shapes_of

if TYPE_CHECKING:
    import numpy.typing as npt
    from geopandas import GeoDataFrame
    from pyproj import CRS, Transformer

log = logging.getLogger(__name__)

# Beyond this a page of elements takes seconds to open (see docs/performance.md).
MAX_ELEMENTS = 3_000
MAX_ELEMENT_VERTICES = 150_000
# Beyond this a page is no file to send any more, and nothing we have measured.
MAX_FEATURES = 5_000_000
MAX_VERTICES = 100_000_000
BATCH = 65_536
WGS84 = "EPSG:4326"


@dataclass(frozen=True, slots=True, eq=False)
class BulkData:
    """Features of a big layer.

    Attributes
    ----------
    record
        What a page says about the data.
    shapes
        The geometries; a feature without one has none here.
    table
        The properties of every row of the source.
    order
        Importance of each row, the greater the more; nothing when the source names none.
    """

    record: DataRecord
    shapes: Shapes
    table: pa.Table
    order: Floats | None = None

    def __len__(self) -> int:
        return len(self.shapes)


@dataclass(slots=True)
class Collector:
    """Takes batches of a source, in order, and keeps what a page needs of them."""

    name: str
    crs: CRS | None
    _shapes: list[Shapes] = field(default_factory=list)
    _rows: int = 0
    _vertices: int = 0
    _place: Place = field(init=False)

    def __post_init__(self) -> None:
        self._place = Place(self.name, 0, *_transformer(self.name, self.crs))

    def add(self, geometries: npt.NDArray[np.object_]) -> None:
        """Take the next geometries.

        Raises
        ------
        FeatureError
            For a geometry that cannot be drawn, and for more than a page can hold.
        """
        place = Place(self.name, self._rows, self._place.transformer, self._place.crs)
        try:
            batch = shapes_of(geometries, place)
        except FeatureError as error:
            if self.crs is not None:
                raise
            raise FeatureError(
                f"{error}; {self.name!r} states no CRS: unless it is longitude and latitude, write it with one",
                source=self.name,
            ) from None
        self._shapes.append(batch)
        self._rows += len(geometries)
        self._vertices += len(batch.xy)
        if self._rows > MAX_FEATURES or self._vertices > MAX_VERTICES:
            raise FeatureError(
                f"{self.name!r} holds more than {MAX_FEATURES:,} features or {MAX_VERTICES:,} vertices; "
                "take a part of it, or simplify it",
                source=self.name,
            )
        log.debug("%s: %s features read", self.name, f"{self._rows:,}")

    def finish(self, table: pa.Table, record: DataRecord, order: str = "") -> BulkData:
        """Give the layer.

        Raises
        ------
        FeatureError
            When there is no column of that order, or it holds no numbers.
        """
        shapes = joined(self._shapes)
        self._shapes.clear()
        missing = self._rows - len(shapes)
        if missing:
            log.warning("%s: %s features without a geometry are left out", self.name, f"{missing:,}")
        return BulkData(record, shapes, table, order_of(table, order, self.name))


def order_of(table: pa.Table, column: str, name: str) -> Floats | None:
    """Give the importance of each row, by a column of numbers; nothing without a column."""
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


def is_big(features: int, vertices: int) -> bool:
    """Tell whether a layer is drawn on a canvas rather than as elements of the page."""
    return features > MAX_ELEMENTS or vertices > MAX_ELEMENT_VERTICES


def is_big_data(data: LayerData) -> bool:
    """Tell the same of features in memory."""
    if len(data.features) > MAX_ELEMENTS:
        return True
    left = MAX_ELEMENT_VERTICES
    for feature in data.features:
        geometry = feature.get("geometry")
        if isinstance(geometry, Mapping):
            left -= sum(1 for _ in positions(geometry["coordinates"]))
        if left < 0:
            return True
    return False


def from_frame(frame: GeoDataFrame, record: DataRecord, *, order: str = "", crs: CRS | None = None) -> BulkData:
    """Take a GeoDataFrame with a CRS.

    Parameters
    ----------
    frame
        Of any CRS.
    record
        What a page says about the data.
    order
        A column of numbers, the greater the more important.
    crs
        That of the frame unless it is stated here.

    Raises
    ------
    FeatureError
        As `Collector`.
    """
    collector = Collector(record.name, crs or frame.crs)
    geometries = frame.geometry.to_numpy()
    for begin in range(0, len(frame), BATCH):
        collector.add(np.asarray(geometries[begin : begin + BATCH], dtype=object))
    columns = {str(name): frame[name] for name in frame.columns if name != frame.geometry.name}
    table = pa.table({name: _arrow(column, name, record.name) for name, column in columns.items()})
    return collector.finish(table, record, order)


def from_features(data: LayerData, *, order: str = "") -> BulkData:
    """Take GeoJSON features that have been checked.

    Raises
    ------
    FeatureError
        For a ring of fewer than four positions.
    """
    import shapely
    from pyproj import CRS

    name = data.record.name
    collector = Collector(name, CRS(WGS84))
    for begin in range(0, len(data.features), BATCH):
        texts = [json.dumps(feature["geometry"]) for feature in data.features[begin : begin + BATCH]]
        try:
            geometries = shapely.from_geojson([None if text == "null" else text for text in texts])
        except shapely.GEOSException as error:
            raise FeatureError(f"a geometry of {name!r} cannot be read: {error}", source=name) from None
        collector.add(geometries)
    rows = [{**properties_of(feature), "id": feature["id"]} for feature in data.features]
    names = dict.fromkeys(key for row in rows for key in row)
    table = pa.table({key: _arrow([row.get(key) for row in rows], key, name) for key in names})
    return collector.finish(table, data.record, order)


def _arrow(values: object, column: str, name: str) -> pa.Array:
    """Arrow column of a column of anything; what has no one type becomes text."""
    try:
        array = pa.array(values, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        log.warning("%s: the values of %r are of several types; they are carried as text", name, column)
        return pa.array([_text(plain_value(value)) for value in cast("Sequence[object]", values)], pa.string())
    return array.cast(pa.string()) if pa.types.is_dictionary(array.type) else array


def _text(value: Json) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _transformer(name: str, crs: CRS | None) -> tuple[Transformer | None, str]:
    """Find the transformer to longitude and latitude, nothing where none is needed, and the name of the CRS."""
    from pyproj import CRS, Transformer

    if crs is None:
        log.warning("%s: states no CRS; taken as longitude and latitude on WGS 84", name)
        return None, ""
    if crs.equals(CRS(WGS84), ignore_axis_order=True):
        return None, WGS84
    log.info("%s: brought from %s to longitude and latitude", name, crs.name)
    return Transformer.from_crs(crs, WGS84, always_xy=True), crs.name
