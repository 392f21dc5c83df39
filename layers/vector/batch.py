"""Files that GDAL and Arrow read, batch by batch: GeoJSON, GeoPackage, FlatGeobuf, Shapefile, KML, GPX, GeoParquet."""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.spelling import nearest
from layers.errors import FeatureError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from pyproj import CRS

    Objects: TypeAlias = NDArray[np.object_]

BATCH = 65_536
# Left out: style columns that LIBKML adds to every placemark, and the points of lines that GPX lists as layers too.
_KML_LOOKS = frozenset(
    {"altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon", "snippet", "begin", "end", "timestamp"}
)
_GPX_POINTS = frozenset({"route_points", "track_points"})


class Batch(NamedTuple):
    """Features in a row.

    Attributes
    ----------
    crs
        Of the geometries, as the file states it; None when it states none.
    geometries
        Shapes or None.
    table
        Their properties.
    """

    crs: CRS | None
    geometries: Objects
    table: pa.Table


def crs_of(stated: object, given: str) -> CRS | None:
    """CRS of coordinates: that of the file, else that given by the user.

    Raises
    ------
    FeatureError
        When the CRS given by the user is unknown.
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    if stated is not None and stated != "":
        return CRS(stated)
    if not given:
        return None
    try:
        return CRS(given)
    except CRSError:
        raise FeatureError(f"no CRS is called {given!r}; give one like EPSG:4326") from None


def ogr_batches(source: object, path: Path, names: Sequence[str]) -> Iterator[Batch]:
    """Read layers of a file through GDAL.

    Parameters
    ----------
    source
        What GDAL opens: the path, or a member of an archive.
    path
        The file, for messages.
    names
        The layers, one after the other; as `ogr_layers` gives them.

    Raises
    ------
    FeatureError
        When a layer holds no geometries, a geometry is broken, or the file was cut off.
    """
    import pyogrio

    for name in names:
        stated, count = int(pyogrio.read_info(source, layer=name)["features"]), 0
        with pyogrio.open_arrow(source, layer=name, use_pyarrow=True, batch_size=BATCH) as (meta, reader):
            column = meta["geometry_name"] or "wkb_geometry"
            crs, fid = crs_of(meta["crs"], ""), meta.get("fid_column") or "OGC_FID"
            for batch in reader:
                yield _ogr_batch(batch, column, fid, crs, path, count)
                count += batch.num_rows
        if path.suffix.lower() == ".fgb" and stated > count:
            raise FeatureError(
                f"{path.name!r} says it holds {stated:,} features, {count:,} can be read; it was cut off, get it again",
                source=str(path),
            )


def _ogr_batch(batch: pa.RecordBatch, column: str, fid: str, crs: CRS | None, path: Path, done: int) -> Batch:
    at = batch.schema.get_field_index(column)
    if at < 0:
        raise FeatureError(f"{path.name!r} holds no geometries", source=str(path))
    geometries = _from_wkb(batch.column(at), path.name, done)
    dropped = {column, fid} | (_KML_LOOKS if path.suffix.lower() in {".kml", ".kmz"} else set())
    columns = batch.drop_columns([name for name in batch.column_names if name in dropped])
    return Batch(crs, geometries, pa.Table.from_batches([columns]))


def ogr_layers(source: object, path: Path, table: str, *, every: bool) -> list[str]:
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


class GeoParquet:
    """A GeoParquet file.

    Attributes
    ----------
    crs
        Of the geometries; None when it is said to be unknown.
    others
        Further columns of geometries, which are not read.
    """

    def __init__(self, path: Path, metadata: dict[bytes, bytes]) -> None:
        self.path = path
        self._about = _geo_column(metadata, path)
        self.crs, self.others = self._about.crs, self._about.others

    def batches(self) -> Iterator[Batch]:
        """Read it.

        Raises
        ------
        FeatureError
            When a geometry is broken.
        """
        from pyarrow import parquet

        about, done = self._about, 0
        dropped = {about.name, *about.others, "bbox", "__index_level_0__"}
        if about.encoding != "WKB":
            yield from self._geoarrow(dropped)
            return
        for batch in parquet.ParquetFile(self.path).iter_batches(BATCH):
            geometries = _from_wkb(batch.column(batch.schema.get_field_index(about.name)), self.path.name, done)
            done += batch.num_rows
            columns = batch.drop_columns([name for name in batch.column_names if name in dropped])
            yield Batch(self.crs, geometries, pa.Table.from_batches([columns]).replace_schema_metadata(None))

    def _geoarrow(self, dropped: set[str]) -> Iterator[Batch]:
        """Read geometries that stand as numbers of columns: geopandas knows them."""
        import geopandas
        from pyarrow import parquet

        geometries = geopandas.read_parquet(self.path, columns=[self._about.name]).geometry.to_numpy()
        table = parquet.read_table(self.path)
        table = table.drop_columns([name for name in table.column_names if name in dropped])
        table = table.replace_schema_metadata(None)
        for begin in range(0, len(geometries), BATCH):
            part = np.asarray(geometries[begin : begin + BATCH], dtype=object)
            yield Batch(self.crs, part, table.slice(begin, BATCH))


def geoparquet(path: Path) -> GeoParquet | None:
    """Open GeoParquet; None when the file is Parquet that describes no geometry.

    Raises
    ------
    FeatureError
        When the description is broken.
    """
    from pyarrow import parquet

    metadata = parquet.read_schema(path).metadata or {}
    return GeoParquet(path, metadata) if b"geo" in metadata else None


@dataclass(frozen=True, slots=True)
class _GeoColumn:
    """What a GeoParquet file says of its geometry; the others are geometries too."""

    name: str
    encoding: str
    crs: CRS | None
    others: tuple[str, ...]


def _geo_column(metadata: dict[bytes, bytes], path: Path) -> _GeoColumn:
    """Read the description of the geometry; a missing CRS means WGS 84, a null one is unknown."""
    from pyproj import CRS

    try:
        about = json.loads(metadata[b"geo"])
        name, columns = about["primary_column"], about["columns"]
        crs = columns[name].get("crs", "OGC:CRS84")
        others = tuple(column for column in columns if column != name)
        return _GeoColumn(str(name), str(columns[name]["encoding"]), None if crs is None else CRS(crs), others)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise FeatureError(
            f"{path.name!r} is Parquet with a description of its geometry that cannot be read; write it with "
            "GeoDataFrame.to_parquet",
            source=str(path),
        ) from None


def _from_wkb(column: pa.Array, name: str, start: int) -> Objects:
    import shapely

    column = pc.if_else(pc.equal(pc.binary_length(column), 0), None, column)  # how some writers mark a missing geometry
    given = column.to_numpy(zero_copy_only=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid one is an error just below
        geometries = shapely.from_wkb(given, on_invalid="ignore")
    broken = np.flatnonzero(shapely.is_missing(geometries) & np.asarray(column.is_valid()))
    if len(broken):
        raise FeatureError(
            f"the geometry is broken or of a kind that is not read (feature {start + int(broken[0]) + 1:,} of {name!r}); "
            "mend or drop the feature",
            source=name,
        )
    return np.asarray(geometries, dtype=object)
