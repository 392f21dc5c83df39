"""``tumen doctor``: check the installation."""

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
        description="Checks this installation: another installed package named geo, layers or maps, which would overwrite "
        "modules of tumen; data files that are missing or changed; and the connectivity of the network. Exit code 1 when "
        "there is a problem.",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the report; 1 when there is a problem."""
    from importlib import metadata

    catalog = layers.catalog(data=options.data)
    problems = [*_clashes(), *_changed_files(catalog)]
    print(f"tumen {metadata.version('tumen')}, Python {platform.python_version()}, {platform.system()}")
    print(f"data: {catalog.directory}, newest fact {catalog.latest}")
    print(layers.network_report(data=options.data).text())
    for problem in problems:
        print(f"problem: {problem}")
    if not problems:
        print("no problems found")
    return int(bool(problems))


def _clashes() -> Iterator[str]:
    from importlib import metadata

    owners = metadata.packages_distributions()
    for package in OURS:
        for other in sorted(set(owners.get(package, ())) - {"tumen"}):
            yield f"{other} also installs a package called {package!r}; give tumen an environment of its own"


def _changed_files(catalog: layers.Catalog) -> Iterator[str]:
    fix = "reinstall tumen" if catalog.directory == PACKAGED else "write the data directory again"
    for record in catalog:
        path = catalog.path(record.name)
        if not path.is_file():
            yield f"{path} is missing; {fix}"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != record.sha256:
            yield f"{path} is not the file that the catalog describes; {fix}"
    if catalog.directory == PACKAGED:
        yield from _changed_network()


def _changed_network() -> Iterator[str]:
    record = read_json(PACKAGED / "catalog.json").get("network")
    path = PACKAGED / "network.bin"
    expected = record.get("sha256") if isinstance(record, dict) else None
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        yield f"{path} is not the compiled network that the catalog describes; reinstall tumen"
