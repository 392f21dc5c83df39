"""Lines of all formats in one form: positions as whole numbers, and the texts of their columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from geo.network.table import UNITS
from layers.errors import FeatureError, NetworkFileError
from layers.vector.batch import crs_of, geoparquet, ogr_batches, ogr_layers
from layers.vector.kind import HEAD, file_and_table, kind_of

from .attribute import columns_of, texts_of
from .source import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray

    from layers.vector.batch import Batch

    from .settings import NetworkSettings

_LINE, _MULTI = 1, 5  # types of shapely


def read_lines(path: Path, settings: NetworkSettings, *, crs: str = "") -> Lines:
    """Read a line layer.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage, FlatGeobuf, GeoParquet, Shapefile, zipped Shapefile or OSM PBF; ``FILE#TABLE`` names a
        table of a GeoPackage of several.
    settings
        What its columns mean.
    crs
        The CRS of a file that states none.

    Raises
    ------
    FeatureError, NetworkFileError, ExtractError
        When it cannot be read, holds no line, or a named column is missing.
    """
    if path.name.lower().endswith(".pbf"):
        from .pbf import read_pbf

        return read_pbf(path)
    file, table = file_and_table(str(path))
    taken = _Taken(file.name)
    for batch in _batches(file, table):
        taken.add(batch, crs, settings)
    return taken.finish()


def _batches(path: Path, table: str) -> Iterator[Batch]:
    try:
        with path.open("rb") as file:
            kind = kind_of(path, file.read(HEAD))
        if kind == "Parquet":
            parquet = geoparquet(path)
            if parquet is None:
                raise FeatureError(
                    f"{path.name!r} is Parquet without geometries; write it with GeoDataFrame.to_parquet"
                )
            yield from parquet.batches()
            return
        if kind not in {"GeoJSON", "GeoPackage", "FlatGeobuf", "Shapefile", "Zip"}:
            raise FeatureError(f"{path.name!r} is {kind}, which no network is compiled from; convert it to GeoPackage")
        yield from ogr_batches(path, path, ogr_layers(path, path, table, every=False))
    except OSError as error:
        raise FeatureError(
            f"{path} cannot be read: {error.strerror or error}; check the path", source=str(path)
        ) from None
    except RuntimeError as error:  # of GDAL
        raise FeatureError(f"{path.name!r} cannot be read: {error}", source=str(path)) from None


@dataclass
class _Taken:
    """Takes batches in."""

    name: str
    positions: list[NDArray[np.int32]] = field(default_factory=list)
    counts: list[NDArray[np.int64]] = field(default_factory=list)
    features: list[NDArray[np.int64]] = field(default_factory=list)
    texts: list[dict[str, pa.Array]] = field(default_factory=list)
    done: int = 0
    no_lines: int = 0

    def add(self, batch: Batch, crs: str, settings: NetworkSettings) -> None:
        """Take a batch."""
        import shapely

        kinds = shapely.get_type_id(batch.geometries)
        is_line = np.isin(kinds, (_LINE, _MULTI))
        self.no_lines += int((~is_line).sum())
        rows = np.flatnonzero(is_line)
        parts, owner = shapely.get_parts(batch.geometries[rows], return_index=True)
        lonlat = self._lonlat(shapely.get_coordinates(parts), batch, crs)
        counts = shapely.get_num_coordinates(parts)
        self._check(lonlat, rows[owner], counts)
        self.positions.append(np.rint(lonlat * UNITS).astype(np.int32))
        self.counts.append(counts.astype(np.int64))
        self.features.append(rows[owner] + self.done)
        self.texts.append(texts_of(batch.table, columns_of(batch.table.column_names, settings, self.name)))
        self.done += len(batch.geometries)

    def _lonlat(self, points: NDArray[np.float64], batch: Batch, crs: str) -> NDArray[np.float64]:
        from pyproj import CRS, Transformer

        stated = batch.crs or crs_of(None, crs)
        wgs84 = CRS("OGC:CRS84")
        if stated is None or stated.equals(wgs84, ignore_axis_order=True) or not len(points):
            return points
        lon, lat = Transformer.from_crs(stated, wgs84, always_xy=True).transform(points[:, 0], points[:, 1])
        return np.column_stack([lon, lat])

    def _check(self, lonlat: NDArray[np.float64], rows: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
        wrong = ~((np.abs(lonlat) <= (180.0, 90.0)).all(axis=1))
        if wrong.any():
            at = int(np.flatnonzero(wrong)[0])
            line = int(np.searchsorted(np.cumsum(counts), at, side="right"))
            x, y = lonlat[at].tolist()
            raise FeatureError(
                f"{self.name!r}, feature {self.done + int(rows[line]) + 1:,}: expected longitude and latitude, got "
                f"({x:g}, {y:g}); if the file states no CRS, give it: --crs EPSG:…",
                source=self.name,
            )

    def finish(self) -> Lines:
        """Return the lines.

        Raises
        ------
        NetworkFileError
            When there is none.
        """
        import pyarrow as pa

        if not self.counts or not sum(map(len, self.counts)):
            raise NetworkFileError(f"{self.name} holds no line; give a layer of lines")
        begin = np.concatenate([[0], np.cumsum(np.concatenate(self.counts))])
        texts = {role: pa.concat_arrays([part[role] for part in self.texts]) for role in self.texts[0]}
        notes = (f"{self.name}: {self.no_lines:,} features are no lines and were left out",) if self.no_lines else ()
        feature = np.concatenate(self.features).astype(np.int32)
        return Lines(self.name, np.concatenate(self.positions), begin, feature, texts, notes=notes)
