"""Runs a task over a file: bounded memory, several processes or Dask, resumable, the same bytes in every case."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo import __version__
from layers.errors import BatchError
from layers.lines.archive import describe
from layers.record.store import data_directory

from . import table_file
from .journal import Journal, throw_away
from .operation import REASON, Task, compute, result_schema, task
from .typed import as_typed, typed_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pyarrow as pa

# Rows to a batch: about a second of work, and megabytes.
ROWS: Final = {"distance": 65_536, "nearest": 65_536, "within": 65_536, "route": 2_048, "sea-distance": 256}
_AHEAD: Final = 2  # batches in work or waiting, for each worker
_RETRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: rows done before it was taken up again, rows done since, those without an answer."""

    rows_before: int
    rows: int
    without: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run gave: rows, those without an answer, and the rows that an earlier, unfinished run had done already."""

    rows: int
    without: int
    rows_before: int


def run(  # noqa: PLR0913 - they are independent of each other
    source: Path,
    target: Path,
    operation: str,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    rows: int | None = None,
    restart: bool = False,
    tell: Callable[[Progress], None] = lambda _: None,
    tell_columns: Callable[[Task], None] = lambda _: None,
    **options: Any,  # noqa: ANN401 - of `task`
) -> Summary:
    """Work a table out, row by row, into another.

    Parameters
    ----------
    source, target
        As of `table_file`.
    operation, **options
        As of `task`.
    workers
        Processes; all cores by default. One works in this process, and so does a single batch.
    scheduler
        Of Dask: an address, or ``local:N`` for N processes here.
    rows
        To a batch. Only another size of batches may give other bytes, of Parquet.
    restart
        Throw an unfinished run away instead of going on with it.
    tell, tell_columns
        Called after each batch, and once with the chosen columns.

    Raises
    ------
    BatchError
        When the table cannot be read or written, columns are not clear, or an unfinished run was of something else.

    Notes
    -----
    Finished batches lie in ``TARGET.unfinished`` until the output is written from them in order. Memory holds a few batches.
    """
    table_file.check_target(target)
    size = rows or ROWS.get(operation, 1)
    folder = target.with_name(f"{target.name}.unfinished")
    if restart:
        throw_away(folder)
    with table_file.batches(source, size) as batches:
        first = next(batches, None)
        if first is None:
            raise BatchError(f"{source} has no rows")
        batch_task = task(operation, first.schema, **options)
        tell_columns(batch_task)
        journal = Journal(folder, _job(source, batch_task, size))
        try:
            before = sum(entry.rows for entry in journal.done.values())
            second = [*islice(batches, 1)]
            numbered = enumerate(chain([first], second, batches))
            with _executor(scheduler, workers if second else 1) as executor:
                text = batch_task.to_json()
                for number, content, count, without in _worked(
                    executor, text, numbered, journal, _width(scheduler, workers)
                ):
                    journal.add(number, content, count, without)
                    entries = journal.done.values()
                    tell(
                        Progress(
                            before,
                            sum(entry.rows for entry in entries) - before,
                            sum(entry.without for entry in entries),
                        )
                    )
            total = _write(source, target, journal, first.schema, operation)
            summary = Summary(total, sum(entry.without for entry in journal.done.values()), before)
        finally:
            journal.close()
        journal.remove()
    return summary


def _write(source: Path, target: Path, journal: Journal, schema: pa.Schema, operation: str) -> int:
    """Write the output; out of a CSV file into one with types, its columns get those that all of their cells have."""
    result = result_schema(operation, schema)
    if source.suffix.lower() != ".csv" or target.suffix.lower() == ".csv":
        return table_file.write(target, journal.parts(), result)
    typed = typed_schema(journal.parts(), result, schema.names)
    return table_file.write(target, as_typed(journal.parts(), typed), typed)


def _job(source: Path, batch_task: Task, size: int) -> dict[str, Any]:
    state = source.stat()
    data = data_directory(batch_task.data) / "catalog.json"
    return {
        "input": {"path": str(source.resolve()), "bytes": state.st_size, "changed_ns": state.st_mtime_ns},
        "task": batch_task.to_json(),
        "rows": size,
        "tumen": __version__,
        "data": hashlib.sha256(data.read_bytes()).hexdigest(),
        "network": batch_task.network and describe(Path(batch_task.network))["files"],
    }


def _width(scheduler: str | None, workers: int | None) -> int:
    if scheduler is not None:
        kind, _, count = scheduler.partition(":")
        return int(count) if kind == "local" and count.isdecimal() else 16
    return workers or _cores()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _worked(
    executor: Executor | None,
    text: str,
    numbered: Iterable[tuple[int, pa.RecordBatch]],
    journal: Journal,
    width: int,
) -> Iterator[tuple[int, bytes, int, int]]:
    """Compute the batches that are not done yet, a few at a time."""
    todo = ((number, batch) for number, batch in numbered if number not in journal.done)
    if executor is None:
        for number, batch in todo:
            yield number, *work_out(text, to_bytes(batch))
        return
    pending: dict[Future[tuple[bytes, int, int]], int] = {}
    try:
        for number, batch in todo:
            pending[executor.submit(work_out, text, to_bytes(batch))] = number
            if len(pending) >= width * _AHEAD:
                yield from _finished(pending)
        while pending:
            yield from _finished(pending)
    except (BrokenExecutor, CancelledError) as error:
        reason = str(error).partition("\n")[0] or "its scheduler is gone"
        raise BatchError(f"a worker ended before its batch was done ({reason}); run the same again to go on") from None


def _finished(pending: dict[Future[tuple[bytes, int, int]], int]) -> Iterator[tuple[int, bytes, int, int]]:
    for future in wait(pending, return_when=FIRST_COMPLETED).done:
        yield pending.pop(future), *future.result()


def work_out(text: str, content: bytes) -> tuple[bytes, int, int]:
    """Work out a batch as bytes: the result, its rows, and how many of them have no answer."""
    import pyarrow as pa

    result = compute(text, pa.ipc.open_stream(content).read_next_batch())
    return to_bytes(result), len(result), len(result) - result[REASON].null_count


def to_bytes(batch: pa.RecordBatch) -> bytes:
    """Batch as an Arrow stream."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


@contextmanager
def _executor(scheduler: str | None, workers: int | None) -> Iterator[Executor | None]:
    """Where batches are worked out; None for here."""
    if scheduler is not None:
        with _dask(scheduler) as executor:
            yield executor
        return
    count = workers or _cores()
    if count == 1:
        yield None
        return
    import multiprocessing

    executor = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def _dask(scheduler: str) -> Iterator[Executor]:
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise BatchError("--scheduler needs Dask: pip install 'tumen[dask]'") from None
    kind, _, count = scheduler.partition(":")
    is_local = kind == "local"
    if is_local and not (count.isdecimal() and int(count)):
        raise BatchError(f"the scheduler is local:N with N processes, or an address, got {scheduler!r}")
    try:
        place: Any = (
            distributed.LocalCluster(n_workers=int(count), threads_per_worker=1, dashboard_address=None)
            if is_local
            else scheduler
        )
        client = distributed.Client(place, timeout="20s")
    except (OSError, ValueError) as error:
        raise BatchError(f"no Dask scheduler answers at {scheduler!r}: {error}") from None
    try:
        yield client.get_executor(pure=False, retries=_RETRIES)
    finally:
        client.close()
        if is_local:
            place.close()
