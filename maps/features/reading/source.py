"""User files: their format, by name and checked against the content."""

from __future__ import annotations

import gzip
import logging
import tempfile
import warnings
import zipfile
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import parquet

from geo.spelling import nearest
from layers.vector.kind import GZIP, HEAD, NAMES, kind_of, suffix_of
from maps.errors import FeatureError

from .given import read_document
from .tabular import read_csv, take_table
from .vector import Options, read_ogr, read_parquet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from maps.features.bulk import BulkData
    from maps.features.geojson import LayerData

log = logging.getLogger(__name__)

STANDARD_INPUT = "-"
MAX_BYTES = 8_000_000_000  # of one file, and of the content of an archive


def read_file(path: Path, *, table: str = "", order: str = "", crs: str = "") -> LayerData | BulkData:
    """Read a user's file, once for all the languages and pages of a run; parameters as in `read_source`."""
    state = path.stat()
    return _read_once(path, table, order, crs, (state.st_mtime_ns, state.st_size))


@lru_cache(maxsize=8)
def _read_once(path: Path, table: str, order: str, crs: str, _state: tuple[int, int]) -> LayerData | BulkData:
    return read_source(path, table=table, order=order, crs=crs)


def read_source(path: Path, *, table: str = "", order: str = "", crs: str = "") -> LayerData | BulkData:
    """Read a file: few features as elements, many as columns.

    Parameters
    ----------
    path
        A file of one of `SUFFIXES`.
    table
        A layer of a GeoPackage, an object of TopoJSON; it may be left out where there is only one.
    order
        A column of numbers, the greater the more important; of a big layer, the important are drawn first on small scales.
    crs
        The CRS of the coordinates, such as ``EPSG:32652``, where the file states none.

    Raises
    ------
    FeatureError
        When the file cannot be read, does not fit its name, or holds features that cannot be drawn.
    """
    options = Options(table, order, crs)
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(GZIP):
        return _read_gzip(path, options)
    kind = kind_of(path, head)
    if table and kind not in {"GeoPackage", "KML", "GPX", "Zip", "GeoJSON"}:
        raise FeatureError(
            f"table is for a GeoPackage, {path.name!r} has one layer only; leave it out", source=str(path)
        )
    with _readable(path):
        return _READERS[kind](path, options)


def read_standard_input(stream: BinaryIO, *, order: str = "", crs: str = "") -> LayerData | BulkData:
    """Read features from a pipe; the format is recognised by its first bytes.

    Raises
    ------
    FeatureError
        As `read_source`.
    """
    head = stream.read(HEAD)
    with tempfile.TemporaryDirectory(prefix="tumen-") as folder:
        path = Path(folder) / f"stdin{suffix_of(head)}"
        with path.open("wb") as file:
            file.write(head)
            while chunk := stream.read(1 << 20):
                file.write(chunk)
        return read_source(path, order=order, crs=crs)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn errors of the readers into ours, and their warnings into log messages."""
    from pyproj.exceptions import CRSError
    from shapely.errors import ShapelyError

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield
        except FeatureError:
            raise
        except (RuntimeError, ValueError, TypeError, LookupError, OSError, pa.ArrowException) as error:
            raise FeatureError(f"{path.name!r} cannot be read: {error}", source=str(path)) from None
        except (CRSError, ShapelyError, zipfile.BadZipFile) as error:
            raise FeatureError(f"{path.name!r} cannot be read: {error}", source=str(path)) from None
    for message in dict.fromkeys(str(warning.message) for warning in caught):
        log.warning("%s: %s", path.name, message)


def _read_gzip(path: Path, options: Options) -> LayerData | BulkData:
    """Read a compressed file; its format follows from the name without the ending."""
    inner = path.name[: -len(path.suffix)] if path.suffix.lower() == ".gz" else path.name
    with tempfile.TemporaryDirectory(prefix="tumen-") as folder, _readable(path):
        plain = Path(folder) / inner
        with gzip.open(path) as packed, plain.open("wb") as file:
            _copy(packed, file, path)
        if plain.suffix.lower() not in NAMES:
            with plain.open("rb") as file:
                plain = plain.rename(plain.with_name(inner + suffix_of(file.read(HEAD))))
        return read_source(plain, table=options.table, order=options.order, crs=options.crs)


def _copy(packed: gzip.GzipFile, file: BinaryIO, path: Path) -> None:
    done = 0
    while chunk := packed.read(1 << 22):
        done += len(chunk)
        if done > MAX_BYTES:
            raise FeatureError(f"{path.name!r} unpacks to more than {MAX_BYTES:,} bytes", source=str(path))
        file.write(chunk)


def _read_json(path: Path, options: Options) -> LayerData | BulkData:
    from .document import TopologyError

    try:
        return read_document(path, options)
    except TopologyError:
        return read_ogr(path, options, every=True)


def _read_zip(path: Path, options: Options) -> LayerData | BulkData:
    """Read the one Shapefile of an archive, or a KMZ."""
    if path.suffix.lower() == ".kmz":
        return read_ogr(path, options, every=True)
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
            raise FeatureError(f"{path.name!r} unpacks to more than {MAX_BYTES:,} bytes", source=str(path))
        names = [name for name in archive.namelist() if name.lower().endswith(".shp")]
    chosen = [name for name in names if not options.table or Path(name).stem == options.table]
    stems = [Path(name).stem for name in names]
    if not names:
        raise FeatureError(f"{path.name!r} holds no Shapefile (.shp)", source=str(path))
    if not chosen:
        raise FeatureError(
            f"{path.name!r} has no Shapefile {options.table!r}; {nearest(options.table, stems)}", source=str(path)
        )
    if len(chosen) > 1:
        raise FeatureError(
            f"{path.name!r} holds {len(chosen)} Shapefiles; choose one: table = {stems[0]!r} (there are {', '.join(stems)})",
            source=str(path),
        )
    return read_ogr(path, Options("", options.order, options.crs), inside=chosen[0])


def _read_table_file(path: Path, options: Options) -> LayerData | BulkData:
    return take_table(read_csv(path), path, options)


def _read_parquet_file(path: Path, options: Options) -> LayerData | BulkData:
    return read_parquet(path, options) or take_table(parquet.read_table(path), path, options)


_READERS: dict[str, Callable[[Path, Options], LayerData | BulkData]] = {
    "GeoJSON": _read_json,
    "GeoPackage": read_ogr,
    "FlatGeobuf": read_ogr,
    "Shapefile": read_ogr,
    "Parquet": _read_parquet_file,
    "Zip": _read_zip,
    "KML": lambda path, options: read_ogr(path, options, every=True),
    "GPX": lambda path, options: read_ogr(path, options, every=True),
    "CSV": _read_table_file,
}
