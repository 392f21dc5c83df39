"""``tumen layers diff``."""

from __future__ import annotations

import argparse
import sys

import layers
from maps.cli.output import add_output, to_json, write

DESCRIPTION = """\
Compares two data directories or two GeoJSON files: features added, removed, moved (in metres), with another status or attributes.
With one directory, compares it with the data shipped with tumen.
"""


def add_to(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = parts.add_parser(
        "diff",
        help="compare two data directories or two GeoJSON files",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("old", metavar="OLD", help="data directory or GeoJSON file")
    parser.add_argument("new", metavar="NEW", nargs="?", help="the same, in its later state")
    add_output(parser)
    parser.add_argument("--map", metavar="FILE", help="also write the differences as a map (HTML)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the differences; the exit code is 0 with or without any."""
    old, new = (None, options.old) if options.new is None else (options.old, options.new)
    difference = layers.diff(old, new)
    if options.map:
        from maps.site.difference import difference_map

        print(f"wrote {difference_map(difference, old, new, data=options.data).save(options.map)}", file=sys.stderr)
    write(to_json(difference.to_dict()) if options.format == "json" else "\n".join(difference.lines()), options.output)
    print(f"{difference.old} → {difference.new}: {difference.summary()}", file=sys.stderr)
    return 0
