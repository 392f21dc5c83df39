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
Checks a folder of maps against the manifest.json that `tumen build` wrote there, and lists files missing, changed, or extra.
Also lists pages built from other data, themes or scripts than those installed; --strict counts these as failures.
"""
EPILOG = "exit codes: 0 all files as built, 1 otherwise, or when the manifest is missing or invalid"


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "verify", help="check that a folder of maps is unchanged", description=DESCRIPTION, epilog=EPILOG
    )
    parser.add_argument("folder", nargs="?", default="site", metavar="FOLDER", help="folder to check (default: site)")
    parser.add_argument("--strict", action="store_true", help="also fail when a page was built from other inputs")
    add_output(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the report; 1 when a file differs."""
    import maps

    verification = maps.verify(options.folder, data=options.data)
    write(
        to_json(verification.to_dict()) if options.format == "json" else "\n".join(_lines(verification)), options.output
    )
    if options.format == "text":
        print(_summary(verification), file=sys.stderr)
    return int(not verification.ok or (options.strict and bool(verification.stale)))


def _lines(verification: Verification) -> Iterator[str]:
    for word, names in (
        ("missing", verification.missing),
        ("changed", verification.changed),
        ("extra", verification.extra),
    ):
        for name in names:
            yield f"{word:8} {_plain(name)}"
    for name, inputs in verification.stale.items():
        yield f"{'stale':8} {_plain(name)}: built from other {', '.join(_plain(item) for item in inputs)}"
    for name in verification.unknown:
        yield f"{'note':8} {_plain(name)} was not built by tumen and is not checked"


def _summary(verification: Verification) -> str:
    bad = sum(len(names) for names in (verification.missing, verification.changed, verification.extra))
    state = f"{bad} differ from the manifest" if bad else "all as in the manifest"
    age = f"; {len(verification.stale)} built from other inputs than those installed" if verification.stale else ""
    return f"{verification.checked} files, {state}{age}"


def _plain(name: str) -> str:
    """Escape control characters of a name for the terminal."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in name)
