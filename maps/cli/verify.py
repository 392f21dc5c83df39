"""``tumen verify``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .output import add_output, to_json, write

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from maps import Verification

DESCRIPTION = """\
Checks a folder of maps against the manifest.json that `tumen build` wrote beside them: files that are missing, changed, or extra.
Says too which of them were built from other data, themes or scripts than this tumen has; --strict counts that as a failure.
"""
EPILOG = "exit codes: 0 all as written, 1 it is not, or there is no sound manifest"


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("verify", help="check a folder of maps", description=DESCRIPTION, epilog=EPILOG)
    parser.add_argument("folder", nargs="?", default="site", metavar="FOLDER", help="default: site")
    parser.add_argument("--strict", action="store_true", help="fail too when something was built from other data")
    add_output(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what was found; 1 when something is wrong."""
    import maps

    found = maps.verify(options.folder, data=options.data)
    write(to_json(found.to_dict()) if options.format == "json" else "\n".join(_lines(found)), options.output)
    if options.format == "text":
        print(_summary(found), file=sys.stderr)
    return int(not found.ok or (options.strict and bool(found.stale)))


def _lines(found: Verification) -> Iterator[str]:
    for word, names in (("missing", found.missing), ("changed", found.changed), ("extra", found.extra)):
        for name in names:
            yield f"{word:8} {_plain(name)}"
    for name, inputs in found.stale.items():
        yield f"{'stale':8} {_plain(name)}: built from other {', '.join(_plain(item) for item in inputs)}"
    for name in found.unknown:
        yield f"{'note':8} {_plain(name)} is not tumen's: whether it has changed is not known"


def _summary(found: Verification) -> str:
    bad = sum(len(names) for names in (found.missing, found.changed, found.extra))
    state = f"{bad} not as the manifest has them" if bad else "all as the manifest has them"
    age = f"; {len(found.stale)} built from other data than this tumen has" if found.stale else ""
    return f"{found.checked} files, {state}{age}"


def _plain(name: str) -> str:
    """Name without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in name)
