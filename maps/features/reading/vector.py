"""Formats that GDAL and Arrow read: GeoPackage, FlatGeobuf, Shapefile, KML, GPX, TopoJSON, GeoParquet."""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.spelling import nearest
from maps.errors import FeatureError
from maps.features.bulk.collect import BATCH
from maps.features.geojson import DataRecord

from .intake import Intake

if TYPE_CHECKING:
    from pathlib import Path

    from pyproj import CRS

    from maps.features.bulk import BulkData
    from maps.features.geojson import LayerData

    from .geometry import Objects

# What LIBKML tells of every placemark's looks, and GPX's points of lines that it gives as lines too.
_KML_LOOKS = frozenset(
    {"altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon", "snippet", "begin", "end", "timestamp"}
)
_GPX_POINTS = frozenset({"route_points", "track_points"})


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a file; as in `read_source`."""

    table: str = ""
    order: str = ""
    crs: str = ""

    def crs_of(self, stated: object) -> CRS | None:
        """CRS of the coordinates: what the file states, else what the user said.

        Raises
        ------
        FeatureError
            When the user's is no CRS that is known.
        """
        from pyproj import CRS
        from pyproj.exceptions import CRSError

        if stated is not None and stated != "":
            return CRS(stated)
        if not self.crs:
            return None
        try:
            return CRS(self.crs)
        except CRSError:
            raise FeatureError(f"no CRS is called {self.crs!r}; give one like EPSG:4326") from None


def read_ogr(path: Path, options: Options, *, every: bool = False, inside: str = "") -> LayerData | BulkData:
    """Read a file through GDAL.

    Parameters
    ----------
    path, options
        As in `read_source`.
    every
        Whether all its layers make one, as the folders of KML do.
    inside
        The member of a zip archive that is read.

    Raises
    ------
    FeatureError
        When it holds no features, or several layers to choose from.
    """
    source = f"/vsizip/{path}/{inside}" if inside else path
    names = _layers(source, path, options.table, every=every)
    intake: Intake | None = None
    for name in names:
        intake = _take_layer(source, name, path, options, intake)
    if intake is None:
        raise FeatureError(f"{path.name!r} holds no features", source=str(path))
    return intake.finish(DataRecord(path.stem, path.stem), options.order)


def _take_layer(source: object, name: str, path: Path, options: Options, intake: Intake | None) -> Intake:
    import pyogrio

    announced = int(pyogrio.read_info(source, layer=name)["features"])
    with pyogrio.open_arrow(source, layer=name, use_pyarrow=True, batch_size=BATCH) as (meta, reader):
        intake = intake or Intake(path.name, options.crs_of(meta["crs"]))
        column = meta["geometry_name"] or "wkb_geometry"
        before = len(intake)
        for batch in reader:
            _take_batch(batch, column, meta.get("fid_column") or "OGC_FID", path, intake)
    if path.suffix.lower() == ".fgb" and announced > len(intake) - before:
        raise FeatureError(
            f"{path.name!r} says it holds {announced:,} features, {len(intake) - before:,} can be read; it was cut off, "
            "get it again",
            source=str(path),
        )
    return intake


def _take_batch(batch: pa.RecordBatch, column: str, fid: str, path: Path, intake: Intake) -> None:
    at = batch.schema.get_field_index(column)
    if at < 0:
        raise FeatureError(f"{path.name!r} holds no geometries", source=str(path))
    geometries = _from_wkb(batch.column(at), intake.name, len(intake))
    dropped = {column, fid} | (_KML_LOOKS if path.suffix.lower() in {".kml", ".kmz"} else set())
    table = pa.Table.from_batches([batch.drop_columns([name for name in batch.column_names if name in dropped])])
    intake.add(geometries, table)


def _layers(source: object, path: Path, table: str, *, every: bool) -> list[str]:
    """Choose the layers of a file that are read."""
    import pyogrio

    names = [str(name) for name, kind in pyogrio.list_layers(source) if kind is not None]
    if table:
        if table not in names:
            raise FeatureError(
                f"{path.name!r} has no table {table!r} of features; {nearest(table, names)}", source=str(path)
            )
        return [table]
    if not names:
        raise FeatureError(f"{path.name!r} holds no table of features", source=str(path))
    if every:
        return [name for name in names if path.suffix.lower() != ".gpx" or name not in _GPX_POINTS]
    if len(names) > 1:
        raise FeatureError(
            f"{path.name!r} holds {len(names)} tables of features; choose one: table = {names[0]!r} "
            f"(there are {', '.join(names)})",
            source=str(path),
        )
    return names


@dataclass(frozen=True, slots=True)
class _GeoColumn:
    """What a GeoParquet file says of its geometry; the others are geometries too."""

    name: str
    encoding: str
    crs: CRS | None
    others: tuple[str, ...]


def read_parquet(path: Path, options: Options) -> LayerData | BulkData | None:
    """Read GeoParquet; nothing when the file is Parquet that describes no geometry.

    Raises
    ------
    FeatureError
        When a geometry is broken, or the description of them is.
    """
    from pyarrow import parquet

    file = parquet.ParquetFile(path)
    if b"geo" not in (file.schema_arrow.metadata or {}):
        return None
    about = _geo_column(file.schema_arrow.metadata, path)
    intake = Intake(path.name, about.crs or options.crs_of(None))
    dropped = {about.name, *about.others, "bbox", "__index_level_0__"}
    intake.notices.add("more geometries", len(about.others))
    if about.encoding != "WKB":
        _take_geoarrow(path, about, dropped, intake)
        return intake.finish(DataRecord(path.stem, path.stem), options.order)
    for batch in file.iter_batches(BATCH):
        geometries = _from_wkb(batch.column(batch.schema.get_field_index(about.name)), intake.name, len(intake))
        kept = batch.drop_columns([name for name in batch.column_names if name in dropped])
        intake.add(geometries, pa.Table.from_batches([kept]).replace_schema_metadata(None))
    return intake.finish(DataRecord(path.stem, path.stem), options.order)


def _take_geoarrow(path: Path, about: _GeoColumn, dropped: set[str], intake: Intake) -> None:
    """Take geometries that stand as numbers of columns: geopandas knows them."""
    import geopandas
    from pyarrow import parquet

    geometries = geopandas.read_parquet(path, columns=[about.name]).geometry.to_numpy()
    table = parquet.read_table(path)
    table = table.drop_columns([name for name in table.column_names if name in dropped]).replace_schema_metadata(None)
    for begin in range(0, len(geometries), BATCH):
        intake.add(np.asarray(geometries[begin : begin + BATCH], dtype=object), table.slice(begin, BATCH))


def _geo_column(metadata: dict[bytes, bytes], path: Path) -> _GeoColumn:
    """Read the description of the geometry; a CRS that is not told is WGS 84, one that is told to be null is unknown."""
    from pyproj import CRS

    try:
        about = json.loads(metadata[b"geo"])
        name, columns = about["primary_column"], about["columns"]
        crs = columns[name].get("crs", "OGC:CRS84")
        others = tuple(each for each in columns if each != name)
        return _GeoColumn(str(name), str(columns[name]["encoding"]), None if crs is None else CRS(crs), others)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise FeatureError(
            f"{path.name!r} is Parquet with a description of its geometry that cannot be read; write it with "
            "GeoDataFrame.to_parquet",
            source=str(path),
        ) from None


def _from_wkb(column: pa.Array, name: str, start: int) -> Objects:
    import shapely

    column = pc.if_else(pc.equal(pc.binary_length(column), 0), None, column)  # some writers' way to say there is none
    wkb = column.to_numpy(zero_copy_only=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid one is an error just below
        geometries = shapely.from_wkb(wkb, on_invalid="ignore")
    broken = np.flatnonzero(shapely.is_missing(geometries) & np.asarray(column.is_valid()))
    if len(broken):
        raise FeatureError(
            f"the geometry is broken or of a kind that is not drawn (feature {start + int(broken[0]) + 1:,} of {name!r}); "
            "mend or drop the feature",
            source=name,
        )
    return np.asarray(geometries, dtype=object)
