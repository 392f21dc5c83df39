"""Tables in files, read batch by batch in bounded memory and written whole or not at all."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from layers.errors import BatchError
from layers.record.atomic import written_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import pyarrow as pa

READS: Final = (".parquet", ".geoparquet", ".csv", ".arrow", ".feather", ".arrows", ".gpkg", ".fgb")
WRITES: Final = (".parquet", ".csv", ".arrow")
_WGS84: Final = 4326


@contextmanager
def batches(path: Path, rows: int) -> Iterator[Iterator[pa.RecordBatch]]:
    """Open a table and yield it in batches of so many rows, the last one shorter.

    Parameters
    ----------
    path
        Parquet, CSV, Arrow (file or stream), or what GDAL reads layer by layer (GeoPackage, FlatGeobuf). Every column of a CSV
        file is text, unchanged; an empty cell is null.
    rows
        How many rows to a batch. They do not depend on how the file is cut up.

    Raises
    ------
    BatchError
        When the file is missing, or its content does not fit its ending.
    """
    import pyarrow as pa

    suffix = path.suffix.lower()
    if not path.is_file():
        raise BatchError(f"{path} is a folder; give a file in it" if path.is_dir() else f"no such file: {path}")
    if suffix not in READS:
        raise BatchError(f"{path}: cannot read {suffix or 'a file without an ending'}; give one of {', '.join(READS)}")
    if not path.stat().st_size:
        raise BatchError(f"{path} is empty")
    opened = {".csv": _csv, ".gpkg": _gdal, ".fgb": _gdal, ".arrow": _arrow, ".feather": _arrow, ".arrows": _stream}
    try:
        with opened.get(suffix, _parquet)(path, rows) as batches:
            yield _recut(_told(path, batches), rows)
    except pa.ArrowException as error:
        raise BatchError(f"{path}: {_line(error)}") from None


def count(path: Path) -> int | None:
    """Rows of a table, if the file states their number without being read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if path.suffix.lower() not in {".parquet", ".geoparquet"} or not path.is_file():
        return None
    try:
        return int(pq.read_metadata(path).num_rows)
    except pa.ArrowException:
        return None  # reading it raises the error


def _told(path: Path, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Name the file in what Arrow says is wrong with it."""
    import pyarrow as pa

    try:
        yield from batches
    except pa.ArrowException as error:
        raise BatchError(f"{path}: {_line(error)}") from None


def _line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _recut(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    parts: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        at = 0
        while at < len(batch):
            part = batch.slice(at, rows - count)
            parts.append(part)
            at, count = at + len(part), count + len(part)
            if count == rows:
                yield _joined(pa.Table.from_batches(parts))
                parts, count = [], 0
    if parts:
        yield _joined(pa.Table.from_batches(parts))


def _joined(table: pa.Table) -> pa.RecordBatch:
    return table.combine_chunks().to_batches()[0]


@contextmanager
def _parquet(path: Path, rows: int) -> Iterator[Iterator[pa.RecordBatch]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, pre_buffer=False) as file:  # otherwise all that was read stays in memory to the end
        yield (
            batch
            for group in range(file.num_row_groups)
            for batch in file.iter_batches(batch_size=rows, row_groups=[group], use_threads=False)
        )


@contextmanager
def _csv(path: Path, _: int) -> Iterator[Iterator[pa.RecordBatch]]:
    import pyarrow as pa
    from pyarrow import csv

    options = csv.ReadOptions(use_threads=False, block_size=1 << 20)
    with csv.open_csv(path, read_options=options) as head:
        names = head.schema.names
    if len(set(names)) < len(names):
        raise BatchError(f"{path} has two columns of one name: {', '.join(sorted(names))}")
    convert = csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True
    )
    with csv.open_csv(path, read_options=options, convert_options=convert) as reader:
        yield iter(reader)


@contextmanager
def _arrow(path: Path, _: int) -> Iterator[Iterator[pa.RecordBatch]]:
    import pyarrow as pa

    with pa.memory_map(str(path)) as source, pa.ipc.open_file(source) as reader:
        yield (reader.get_batch(number) for number in range(reader.num_record_batches))


@contextmanager
def _stream(path: Path, _: int) -> Iterator[Iterator[pa.RecordBatch]]:
    import pyarrow as pa

    with pa.memory_map(str(path)) as source, pa.ipc.open_stream(source) as reader:
        yield iter(reader)


@contextmanager
def _gdal(path: Path, rows: int) -> Iterator[Iterator[pa.RecordBatch]]:
    import pyogrio
    from pyproj import CRS

    try:
        if (names := pyogrio.list_layers(path)[:, 0].tolist())[1:]:
            raise BatchError(f"{path} holds several layers ({', '.join(names)}); give a file with one")
        with pyogrio.open_arrow(path, batch_size=rows, use_pyarrow=True) as (meta, reader):
            crs = meta["crs"]
            if crs is not None and CRS(crs).to_epsg() != _WGS84 and CRS(crs) != CRS("OGC:CRS84"):
                raise BatchError(
                    f"{path} is in {crs}; transform it first: ogr2ogr -t_srs EPSG:4326 {path.stem}-4326.gpkg {path}"
                )
            yield iter(reader)
    except pyogrio.errors.DataSourceError as error:
        raise BatchError(f"{path}: {_line(error)}") from None


def check_target(path: Path) -> None:
    """Check that an output has a format that can be written.

    Raises
    ------
    BatchError
        Names the kinds that are.
    """
    if path.suffix.lower() not in WRITES:
        raise BatchError(
            f"{path}: cannot write {path.suffix or 'a file without an ending'}; name one of {', '.join(WRITES)}"
        )


def write(path: Path, parts: Iterable[pa.RecordBatch], schema: pa.Schema) -> int:
    """Write batches as one table, whole or not at all, and count the rows.

    Raises
    ------
    BatchError
        When the ending is none of `WRITES`.
    """
    check_target(path)
    count = 0
    with written_whole(path) as part, _sink(part, path.suffix.lower(), schema) as put:
        for batch in parts:
            put(batch)
            count += len(batch)
    return count


@contextmanager
def _sink(path: Path, suffix: str, schema: pa.Schema) -> Iterator[Callable[[pa.RecordBatch], Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq
    from pyarrow import csv

    if suffix == ".parquet":
        with pq.ParquetWriter(path, schema, compression="zstd") as parquet:
            yield parquet.write_batch
    elif suffix == ".csv":
        with csv.CSVWriter(path, schema) as text:
            yield text.write_batch
    else:
        with pa.ipc.new_file(path, schema) as arrow:
            yield arrow.write_batch
