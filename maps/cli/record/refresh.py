"""``tumen layers refresh``."""

from __future__ import annotations

import argparse
import os
import sys

from layers import DataDirectoryError
from layers.record.store import VARIABLE
from maps.cli.output import add_output, to_json, write

DESCRIPTION = """\
Replaces the geometry of stations, railways, bridges and piers with that of an OpenStreetMap extract (.osm.pbf). Names, dates,
sources and history stay; features without a match keep their geometry. Writes a complete data directory, which every command
reads with --data DIR or TUMEN_DATA. Prints the features moved, added, removed, and not matched, with the reason.
"""


def add_to(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = parts.add_parser(
        "refresh",
        help="take surveyed geometry from an OpenStreetMap extract",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="--data names the directory to write; it is created if needed.\n\n"
        "example: tumen layers refresh --from north-korea.osm.pbf --data mine",
    )
    parser.add_argument(
        "--from", dest="extract", required=True, metavar="EXTRACT", help="OpenStreetMap extract, a file .osm.pbf"
    )
    parser.add_argument("--dry-run", action="store_true", help="print the changes, write nothing")
    add_output(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Refresh, and print the report."""
    from pathlib import Path

    from layers.osm import refresh

    target = options.data if options.data is not None else os.environ.get(VARIABLE) or None
    if target is None and not options.dry_run:
        raise DataDirectoryError("no directory to write to; give --data DIR, or --dry-run to write nothing", Path())
    report = refresh(options.extract, None if options.dry_run else target)
    write(to_json(report.to_dict()) if options.format == "json" else "\n".join(report.lines()), options.output)
    for warning in report.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    where = f"wrote {report.directory}" if report.directory else "nothing was written"
    print(f"{report.extract}, {report.date}: {report.summary()}; {where}", file=sys.stderr)
    return 0
