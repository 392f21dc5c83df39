"""``tumen doctor``: whether this installation is sound."""

from __future__ import annotations

import hashlib
import platform
from typing import TYPE_CHECKING

import layers
from layers.record.store import PACKAGED, read_json

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

OURS = ("geo", "layers", "maps")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "doctor",
        help="check this installation",
        description="Looks for another package called geo, layers or maps (they overwrite each other silently) and for data "
        "files that are not as the catalog has them.",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what was found; 1 when something is wrong."""
    from importlib import metadata

    known = layers.catalog(data=options.data)
    problems = [*_clashes(), *_changed_files(known)]
    print(f"tumen {metadata.version('tumen')}, Python {platform.python_version()}, {platform.system()}")
    print(f"data: {known.directory}, newest fact {known.latest}")
    print(layers.network_report(data=options.data).text())
    for problem in problems:
        print(f"wrong: {problem}")
    if not problems:
        print("all well")
    return int(bool(problems))


def _clashes() -> Iterator[str]:
    from importlib import metadata

    owners = metadata.packages_distributions()
    for package in OURS:
        for other in sorted(set(owners.get(package, ())) - {"tumen"}):
            yield f"{other} also installs a package called {package!r}; give tumen an environment of its own"


def _changed_files(known: layers.Catalog) -> Iterator[str]:
    fix = "reinstall tumen" if known.directory == PACKAGED else "make the data directory again"
    for record in known:
        path = known.path(record.name)
        if not path.is_file():
            yield f"{path} is missing; {fix}"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != record.sha256:
            yield f"{path} is not the file that the catalog describes; {fix}"
    if known.directory == PACKAGED:
        yield from _changed_network()


def _changed_network() -> Iterator[str]:
    record = read_json(PACKAGED / "catalog.json").get("network")
    path = PACKAGED / "network.bin"
    kept = record.get("sha256") if isinstance(record, dict) else None
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != kept:
        yield f"{path} is not the compiled network that the catalog describes; reinstall tumen"
