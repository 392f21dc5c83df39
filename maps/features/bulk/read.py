"""Files of a user's own: GeoJSON, GeoPackage, FlatGeobuf, GeoParquet."""

from __future__ import annotations

import json
import logging
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maps.errors import FeatureError, nearest
from maps.features.geojson import MAX_JSON_BYTES, DataRecord, LayerData, read_geojson
from maps.features.geojson import from_frame as features_of_frame

from .collect import (
    BATCH,
    MAX_ELEMENT_VERTICES,
    MAX_ELEMENTS,
    BulkData,
    Collector,
    from_features,
    from_frame,
    is_big_data,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt
    from geopandas import GeoDataFrame
    from pyproj import CRS

log = logging.getLogger(__name__)

_JSON = (".geojson", ".json")
_PARQUET = (".parquet", ".geoparquet")
SUFFIXES = (*_JSON, ".gpkg", ".fgb", *_PARQUET)
_SQLITE, _FLATGEOBUF, _PAR1 = b"SQLite format 3\0", b"fgb\x03fgb", b"PAR1"
_MAGIC = {".gpkg": _SQLITE, ".fgb": _FLATGEOBUF, ".parquet": _PAR1, ".geoparquet": _PAR1}
_FORMATS = {".gpkg": "GeoPackage", ".fgb": "FlatGeobuf", ".parquet": "GeoParquet", ".geoparquet": "GeoParquet"}


def read_source(path: Path, *, table: str = "", order: str = "") -> LayerData | BulkData:
    """Read a file of a theme: a small layer as features, a big one as columns.

    Parameters
    ----------
    path
        A file of one of `SUFFIXES`.
    table
        A layer of a GeoPackage; it may be left out where there is only one.
    order
        A column of numbers, the greater the more important; of a big layer, the important are drawn first on small scales.

    Raises
    ------
    FeatureError
        When the file cannot be read, is not what its name says, or holds what cannot be drawn.
    """
    suffix = path.suffix.lower()
    if table and suffix != ".gpkg":
        raise FeatureError(
            f"table is for a GeoPackage, {path.name!r} has one layer only; leave it out", source=str(path)
        )
    if suffix in _JSON and path.stat().st_size <= MAX_JSON_BYTES:
        data = read_geojson(path)
        return from_features(data, order=order) if is_big_data(data) else data
    _check_magic(path, suffix)
    with _readable(path):
        return _read_parquet(path, order) if suffix in _PARQUET else _read_ogr(path, table, order)


def _check_magic(path: Path, suffix: str) -> None:
    """Refuse what only bears the name: GDAL would open whatever it finds, other files by name among it."""
    with path.open("rb") as file:
        head = file.read(64)
    magic = _MAGIC.get(suffix)
    if magic and not head.startswith(magic):
        raise FeatureError(f"{path.name!r} is no {_FORMATS[suffix]}, whatever its name says", source=str(path))
    if not magic and not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        raise FeatureError(f"{path.name!r} is not valid JSON: it does not begin with {{", source=str(path))


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn what the readers raise into our error, and what they warn of into our log."""
    from pyproj.exceptions import CRSError
    from shapely.errors import ShapelyError

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            yield
        except FeatureError:
            raise
        except (RuntimeError, ValueError, TypeError, LookupError, OSError, pa.ArrowException) as error:
            raise FeatureError(f"{path.name!r} cannot be read: {error}", source=str(path)) from None
        except (CRSError, ShapelyError) as error:
            raise FeatureError(f"{path.name!r} cannot be read: {error}", source=str(path)) from None
    for message in dict.fromkeys(str(each.message) for each in said):
        log.warning("%s: %s", path.name, message)


def _read_ogr(path: Path, table: str, order: str) -> LayerData | BulkData:
    import pyogrio
    from pyproj import CRS

    layer = _layer(path, table)
    few = pyogrio.read_dataframe(path, layer=layer, max_features=MAX_ELEMENTS + 1)
    if not hasattr(few, "geometry"):
        raise FeatureError(f"{path.name!r} holds no geometries", source=str(path))
    if len(few) <= MAX_ELEMENTS:
        _check_count(path, layer, len(few))
        return _small_or_not(few, path, order)
    del few
    with pyogrio.open_arrow(path, layer=layer, use_pyarrow=True, batch_size=BATCH) as (meta, reader):
        collector = Collector(path.name, CRS(meta["crs"]) if meta["crs"] else None)
        column = meta["geometry_name"] or "wkb_geometry"
        batches = _batches(reader, column, collector)
        properties = pa.Table.from_batches(batches) if batches else pa.table({})
    _check_count(path, layer, len(properties))
    if meta.get("fid_column"):
        properties = properties.drop_columns(
            [name for name in (meta["fid_column"],) if name in properties.column_names]
        )
    return collector.finish(properties, DataRecord(path.stem, path.stem), order)


def _check_count(path: Path, layer: str, count: int) -> None:
    """Refuse a FlatGeobuf that was cut off: GDAL gives what there is."""
    import pyogrio

    told = int(pyogrio.read_info(path, layer=layer)["features"]) if path.suffix.lower() == ".fgb" else count
    if told > count:
        raise FeatureError(
            f"{path.name!r} says it holds {told:,} features, {count:,} can be read; it was cut off, get it again",
            source=str(path),
        )


def _layer(path: Path, table: str) -> str:
    """Choose a layer of a file."""
    import pyogrio

    names = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    if table and table not in names:
        raise FeatureError(
            f"{path.name!r} has no table {table!r} of features; {nearest(table, names)}", source=str(path)
        )
    if not names:
        raise FeatureError(f"{path.name!r} holds no table of features", source=str(path))
    if not table and len(names) > 1:
        raise FeatureError(
            f"{path.name!r} holds {len(names)} tables of features; choose one: table = {names[0]!r} "
            f"(there are {', '.join(names)})",
            source=str(path),
        )
    return table or names[0]


@dataclass(frozen=True, slots=True)
class _GeoColumn:
    """What a GeoParquet file says of its geometry; the others are geometries too."""

    name: str
    encoding: str
    crs: CRS | None
    others: tuple[str, ...]


def _read_parquet(path: Path, order: str) -> LayerData | BulkData:
    import geopandas
    from pyarrow import parquet

    file = parquet.ParquetFile(path)
    about = _geo_column(file.schema_arrow.metadata, path)
    if file.metadata.num_rows <= MAX_ELEMENTS or about.encoding != "WKB":
        return _small_or_not(geopandas.read_parquet(path), path, order)
    collector = Collector(path.name, about.crs)
    properties = pa.Table.from_batches(_batches(file.iter_batches(BATCH), about.name, collector))
    dropped = [each for each in (*about.others, "bbox", "__index_level_0__") if each in properties.column_names]
    return collector.finish(properties.drop_columns(dropped), DataRecord(path.stem, path.stem), order)


def _geo_column(metadata: dict[bytes, bytes] | None, path: Path) -> _GeoColumn:
    """Read the description of the geometry; a CRS that is not told is WGS 84, one that is told to be null is unknown."""
    from pyproj import CRS

    try:
        about = json.loads((metadata or {})[b"geo"])
        name, columns = about["primary_column"], about["columns"]
        crs = columns[name].get("crs", "OGC:CRS84")
        others = tuple(each for each in columns if each != name)
        return _GeoColumn(str(name), str(columns[name]["encoding"]), None if crs is None else CRS(crs), others)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise FeatureError(
            f"{path.name!r} is Parquet without a description of its geometry; write it with GeoDataFrame.to_parquet",
            source=str(path),
        ) from None


def _batches(reader: pa.RecordBatchReader, column: str, collector: Collector) -> list[pa.RecordBatch]:
    """Hand the geometries of batches to the collector, and keep the rest."""
    kept: list[pa.RecordBatch] = []
    for batch in reader:
        at = batch.schema.get_field_index(column)
        if at < 0:
            raise FeatureError(f"{collector.name!r} holds no geometries", source=collector.name)
        collector.add(_from_wkb(batch.column(at), collector.name, sum(map(len, kept))))
        kept.append(batch.drop_columns([column]))
    return kept


def _from_wkb(column: pa.Array, name: str, start: int) -> npt.NDArray[np.object_]:
    import shapely

    column = pc.if_else(pc.equal(pc.binary_length(column), 0), None, column)  # some writers' way to say there is none
    given = column.to_numpy(zero_copy_only=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid one is an error just below
        geometries = shapely.from_wkb(given, on_invalid="ignore")
    broken = np.flatnonzero(shapely.is_missing(geometries) & np.asarray(column.is_valid()))
    if len(broken):
        raise FeatureError(
            f"the geometry is broken or of a kind that is not drawn (feature {start + int(broken[0]) + 1:,} of {name!r}); "
            "mend or drop the feature",
            source=name,
        )
    return np.asarray(geometries, dtype=object)


def _small_or_not(frame: GeoDataFrame, path: Path, order: str) -> LayerData | BulkData:
    import shapely
    from pyproj import CRS

    record = DataRecord(path.stem, path.stem)
    vertices = int(shapely.get_num_coordinates(frame.geometry.to_numpy()).sum())
    if len(frame) > MAX_ELEMENTS or vertices > MAX_ELEMENT_VERTICES:
        return from_frame(frame, record, order=order)
    if frame.crs is None:
        log.warning("%s: states no CRS; taken as longitude and latitude on WGS 84", path.name)
        frame = frame.set_crs(CRS("EPSG:4326"))
    return features_of_frame(frame, record)
