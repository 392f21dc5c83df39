"""Formats that GDAL and Arrow read: GeoPackage, FlatGeobuf, Shapefile, KML, GPX, TopoJSON, GeoParquet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.vector.batch import crs_of, geoparquet, ogr_batches, ogr_layers
from maps.errors import FeatureError
from maps.features.geojson import DataRecord

from .intake import Intake

if TYPE_CHECKING:
    from pathlib import Path

    from pyproj import CRS

    from maps.features.bulk import BulkData
    from maps.features.geojson import LayerData


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a file; as in `read_source`."""

    table: str = ""
    order: str = ""
    crs: str = ""

    def crs_of(self, stated: object) -> CRS | None:
        """CRS of the coordinates: that of the file, else that given by the user.

        Raises
        ------
        FeatureError
            When the CRS given by the user is unknown.
        """
        return crs_of(stated, self.crs)


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
    intake: Intake | None = None
    for batch in ogr_batches(source, path, ogr_layers(source, path, options.table, every=every)):
        intake = intake or Intake(path.name, batch.crs or options.crs_of(None))
        intake.add(batch.geometries, batch.table)
    if intake is None:
        raise FeatureError(f"{path.name!r} holds no features", source=str(path))
    return intake.finish(DataRecord(path.stem, path.stem), options.order)


def read_parquet(path: Path, options: Options) -> LayerData | BulkData | None:
    """Read GeoParquet; nothing when the file is Parquet that describes no geometry.

    Raises
    ------
    FeatureError
        When a geometry is broken, or the description of them is.
    """
    file = geoparquet(path)
    if file is None:
        return None
    intake = Intake(path.name, file.crs or options.crs_of(None))
    intake.notices.add("more geometries", len(file.others))
    for batch in file.batches():
        intake.add(batch.geometries, batch.table)
    return intake.finish(DataRecord(path.stem, path.stem), options.order)
