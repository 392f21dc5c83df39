"""``tumen layers diff``."""

from __future__ import annotations

import argparse
import sys

import layers
from maps.cli.output import add_output, to_json, write

DESCRIPTION = """\
What moved (in metres), appeared, vanished, changed status or attributes between two data directories or two GeoJSON files.
With one directory: between the shipped data and that one.
"""


def add_to(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = parts.add_parser(
        "diff",
        help="what differs between two states of the data",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW", nargs="?")
    add_output(parser)
    parser.add_argument("--map", metavar="FILE", help="a map of what moved, appeared and vanished (HTML)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the differences; 0 whether there are any or not."""
    old, new = (None, options.old) if options.new is None else (options.old, options.new)
    found = layers.diff(old, new)
    if options.map:
        from maps.site.difference import difference_map

        print(f"wrote {difference_map(found, old, new, data=options.data).save(options.map)}", file=sys.stderr)
    write(to_json(found.to_dict()) if options.format == "json" else "\n".join(found.lines()), options.output)
    print(f"{found.old} → {found.new}: {found.summary()}", file=sys.stderr)
    return 0
