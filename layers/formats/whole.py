"""Atomic exports: written to a hidden folder beside the target and moved when complete."""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from layers.errors import ExportError
from layers.record.atomic import replace_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "datapackage.json"
CATALOG = "dcat.jsonld"


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Yield an empty folder on the file system of the target; it is always removed afterwards.

    Raises
    ------
    ExportError
        When the folder of the target does not exist.
    """
    if not target.absolute().parent.is_dir():
        raise ExportError(f"{target.absolute().parent} is no folder; make it first")
    with tempfile.TemporaryDirectory(prefix=".tumen-", dir=target.absolute().parent) as hidden:
        stage = Path(hidden) / "export"
        stage.mkdir()
        yield stage


def move_folder(stage: Path, target: Path) -> tuple[Path, ...]:
    """Make a stage the target folder; a former export there is replaced.

    Returns
    -------
    tuple of Path
        The files, sorted.
    """
    replace_folder(stage, target, stage.with_name("former"))
    return tuple(sorted(target.iterdir()))


def check_folder(target: Path, beside: str = "") -> None:
    """See that a folder may be replaced: it is missing, empty, or a former export and nothing else but a file of that name.

    Raises
    ------
    ExportError
        When it holds anything that a former export did not write.
    """
    if not target.exists():
        return
    if not target.is_dir() or target.is_symlink():
        raise ExportError(f"{target} is not a folder; this format writes one file a layer into a folder of its own")
    strange = sorted({path.name for path in target.iterdir()} - _former_files(target) - {beside})
    if strange:
        raise ExportError(f"{target} holds {strange[0]!r}, which no export wrote; choose a folder that is new or empty")


def _former_files(folder: Path) -> set[str]:
    try:
        package = json.loads((folder / PACKAGE).read_bytes())
        if package["name"] != "tumen":
            return set()
        return {str(resource["path"]) for resource in package["resources"]} | {PACKAGE, CATALOG}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
