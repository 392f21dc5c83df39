"""``tumen batch``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._network_options import add_cost_option, add_network_options, chosen_modes, network, route_options
from .output import add_as_of
from .sea import add_sea_options, sea_options

if TYPE_CHECKING:
    from layers.batching.engine import Progress
    from layers.batching.operation import Task

DESCRIPTION = """\
Computes a distance, sea distance, route, nearest feature or enclosing areas for each row of a table of any length.

INPUT is Parquet, CSV, Arrow, GeoPackage or FlatGeobuf; OUT is Parquet, CSV or Arrow: the rows in the same order, with the results
and a column `reason` for rows without one. Memory is limited to a few batches. All cores are used, or Dask with --scheduler.

If a run is stopped or killed, the same command continues it. Finished batches are kept in OUT.unfinished until OUT is written.
The same input gives the same bytes, whether or not the run was interrupted.
"""
EPILOG = """\
examples:
  tumen batch distance trips.csv -o trips.parquet                           columns from and to: names, ids or LON,LAT
  tumen batch route trips.parquet -o routes.parquet --from from_lon,from_lat --to station --mode rail
  tumen batch nearest wells.gpkg -o wells.parquet --layer stations
  tumen batch sea-distance calls.csv -o calls.parquet --offing 12 --offing-from KP
  tumen batch within wells.csv -o wells-in.csv --at lon,lat --layer provinces
  tumen --network net batch route pairs.csv -o routes.parquet               over a network of your own
  tumen batch distance big.parquet -o out.parquet --scheduler tcp://10.0.0.5:8786
"""
HELP = {
    "distance": "geodesic distance, with its uncertainty",
    "sea-distance": "shortest sea route around land",
    "route": "best route over railways, roads and sea",
    "nearest": "nearest feature of a layer, with the distance",
    "within": "features of a layer of areas that contain a point",
}
_TICK_S = 1.0


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = commands.add_parser(
        "batch",
        help="distances, routes and look-ups for a table",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=raw,
    )
    parts = parser.add_subparsers(metavar="OPERATION", required=True, dest="operation")
    for operation, words in HELP.items():
        command = parts.add_parser(operation, help=words, description=DESCRIPTION, epilog=EPILOG, formatter_class=raw)
        _add_table(command)
        if operation in {"nearest", "within"}:
            command.add_argument("--at", metavar="COLUMNS", help="position of a row: one column, or two as LON,LAT")
            command.add_argument("--layer", required=True, metavar="NAME", help="layer (see `tumen layers list`)")
            add_as_of(command)
        else:
            command.add_argument(
                "--from", dest="origin", metavar="COLUMNS", help="start: one column, or two as LON,LAT"
            )
            command.add_argument(
                "--to", dest="destination", metavar="COLUMNS", help="destination: one column, or two as LON,LAT"
            )
        if operation == "sea-distance":
            add_sea_options(command)
        if operation == "route":
            add_network_options(command)
            add_cost_option(command)
        command.set_defaults(run=run)


def _add_table(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("input", metavar="INPUT", help="table to read")
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help="file to write: .parquet, .csv or .arrow")
    parser.add_argument("--workers", type=_count, metavar="N", help="number of processes (default: all cores)")
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="address of a Dask scheduler (pip install tumen[dask]), or local:N"
    )
    parser.add_argument("--rows", type=_count, metavar="N", help="rows per batch")
    parser.add_argument("--restart", action="store_true", help="discard an unfinished run")
    parser.add_argument("--quiet", action="store_true", help="print no progress")


def run(options: argparse.Namespace) -> int:
    """Compute the table, and print a summary."""
    from layers.batching import engine, table_file

    source, target = Path(options.input), Path(options.output)
    shown = Shown(table_file.count(source), quiet=options.quiet)
    summary = engine.run(
        source,
        target,
        options.operation,
        workers=options.workers,
        scheduler=options.scheduler,
        rows=options.rows,
        restart=options.restart,
        tell=shown.progress,
        tell_columns=shown.columns,
        data=options.data,
        **_task(options),
    )
    resumed = f", {summary.rows_before:,} of them by an earlier run" if summary.rows_before else ""
    without = f"; {summary.without:,} have no answer, see the column reason" if summary.without else ""
    print(f"wrote {target}: {summary.rows:,} rows{resumed}{without}", file=sys.stderr)
    return 0


def _task(options: argparse.Namespace) -> dict[str, Any]:
    if options.operation in {"nearest", "within"}:
        return {"at": options.at, "layer": options.layer, "as_of": options.as_of}
    sides: dict[str, Any] = {"origin": options.origin, "destination": options.destination}
    if options.operation == "sea-distance":
        return sides | {"options": sea_options(options)}
    if options.operation != "route":
        return sides
    chosen = route_options(options, network(options))
    names = ("cost", "gauge_mm", "bogie_change", "avoid", "load", "draught_m")
    fields = {name: getattr(chosen, name) for name in names} | {"modes": chosen_modes(options)}
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}
    network_option = {"network": str(Path(options.network).resolve())} if options.network else {}
    return (
        sides | network_option | {"as_of": options.as_of, "include_planned": options.include_planned, "options": plain}
    )


class Shown:
    """Progress on standard error: rows, rows a second, the time left; once a second at most."""

    def __init__(self, rows_all: int | None, *, quiet: bool) -> None:
        self.rows_all, self.quiet = rows_all, quiet
        self.begin = self.last = time.monotonic()

    def columns(self, task: Task) -> None:
        """Say which columns were taken."""
        sides = ("at",) if len(task.columns) == 1 else ("from", "to")
        columns = ", ".join(f"{side} = {','.join(names)}" for side, names in zip(sides, task.columns, strict=True))
        if not self.quiet:
            print(f"columns: {columns}", file=sys.stderr)

    def progress(self, state: Progress) -> None:
        """Say how far it is."""
        now = time.monotonic()
        if self.quiet or now - self.last < _TICK_S:
            return
        self.last = now
        done, rate = state.rows_before + state.rows, state.rows / max(now - self.begin, 1e-9)
        remaining = (
            "" if self.rows_all is None else f" of {self.rows_all:,}, {(self.rows_all - done) / rate:,.0f} s left"
        )
        print(f"{done:,} rows{remaining}, {rate:,.0f} rows/s, {state.without:,} without an answer", file=sys.stderr)


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"expected a whole number from 1 on, got {text!r}")
    return int(text)
