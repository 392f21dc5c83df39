"""``tumen batch``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._network_options import add_cost_option, add_network_options, chosen_modes, network, route_options

if TYPE_CHECKING:
    from layers.batching.engine import Progress
    from layers.batching.operation import Task

DESCRIPTION = """\
Distances, sea distances, routes, the nearest feature or the areas around, for each row of a table of any length.

INPUT is Parquet, CSV, Arrow, GeoPackage or FlatGeobuf; OUT is Parquet, CSV or Arrow: the rows in their order, with the results
and a column `reason` that says why a row has none. Memory stays that of a few batches. All cores work, or Dask with --scheduler.

A run that is stopped or killed goes on where it was when the same command is given again; nothing is lost and nothing done twice.
Finished batches lie in OUT.unfinished until OUT is written. The bytes of OUT are the same whichever way it ran.
"""
EPILOG = """\
examples:
  tumen batch distance trips.csv -o trips.parquet                           columns from and to: names, ids or LON,LAT
  tumen batch route trips.parquet -o routes.parquet --from from_lon,from_lat --to station --mode rail
  tumen batch nearest wells.gpkg -o wells.parquet --layer stations
  tumen batch within wells.csv -o wells-in.csv --at lon,lat --layer provinces
  tumen batch distance big.parquet -o out.parquet --scheduler tcp://10.0.0.5:8786
"""
HELP = {
    "distance": "over the ellipsoid, with its uncertainty",
    "sea-distance": "by sea, around the land",
    "route": "over railways, roads and sea",
    "nearest": "the nearest feature of a layer of points",
    "within": "the features of a layer of areas that hold a point",
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
    for operation, told in HELP.items():
        one = parts.add_parser(operation, help=told, description=DESCRIPTION, epilog=EPILOG, formatter_class=raw)
        _add_table(one)
        if operation in {"nearest", "within"}:
            one.add_argument("--at", metavar="COLUMNS", help="where a row is: a column, or two as LON,LAT")
            one.add_argument("--layer", required=True, metavar="NAME", help="see `tumen layers list`")
            one.add_argument("--as-of", metavar="DATE", help="the layer of that day (default: newest)")
        else:
            one.add_argument("--from", dest="origin", metavar="COLUMNS", help="a column, or two as LON,LAT")
            one.add_argument("--to", dest="destination", metavar="COLUMNS", help="likewise")
        if operation == "route":
            add_network_options(one)
            add_cost_option(one)
        one.set_defaults(run=run)


def _add_table(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("input", metavar="INPUT")
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help=".parquet, .csv or .arrow")
    parser.add_argument("--workers", type=_count, metavar="N", help="processes (default: all cores)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of Dask (pip install tumen[dask]), or local:N")
    parser.add_argument("--rows", type=_count, metavar="N", help="to a batch")
    parser.add_argument("--restart", action="store_true", help="throw an unfinished run away")
    parser.add_argument("--quiet", action="store_true", help="no progress")


def run(options: argparse.Namespace) -> int:
    """Work the table out, and say what came of it."""
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
    sides = {"origin": options.origin, "destination": options.destination}
    if options.operation != "route":
        return sides
    asked = route_options(options, network(options))
    names = ("cost", "gauge_mm", "bogie_change", "avoid", "load", "draught_m")
    fields = {name: getattr(asked, name) for name in names} | {"modes": chosen_modes(options)}
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}
    return sides | {"as_of": options.as_of, "include_planned": options.include_planned, "options": plain}


class Shown:
    """Progress on standard error: rows, rows a second, the time left; once a second at most."""

    def __init__(self, rows_all: int | None, *, quiet: bool) -> None:
        self.rows_all, self.quiet = rows_all, quiet
        self.begin = self.last = time.monotonic()

    def columns(self, task: Task) -> None:
        """Say which columns were taken."""
        sides = ("at",) if len(task.columns) == 1 else ("from", "to")
        told = ", ".join(f"{side} = {','.join(names)}" for side, names in zip(sides, task.columns, strict=True))
        if not self.quiet:
            print(f"columns: {told}", file=sys.stderr)

    def progress(self, state: Progress) -> None:
        """Say how far it is."""
        now = time.monotonic()
        if self.quiet or now - self.last < _TICK_S:
            return
        self.last = now
        done, rate = state.rows_before + state.rows, state.rows / max(now - self.begin, 1e-9)
        left = "" if self.rows_all is None else f" of {self.rows_all:,}, {(self.rows_all - done) / rate:,.0f} s left"
        print(f"{done:,} rows{left}, {rate:,.0f} rows/s, {state.without:,} without an answer", file=sys.stderr)


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"expected a whole number from 1 on, got {text!r}")
    return int(text)
