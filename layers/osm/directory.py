"""Writes a data directory atomically."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from layers.errors import DataDirectoryError
from layers.record.atomic import recover_folder, replace_folder
from layers.record.store import BESIDE, PACKAGED, read_json

if TYPE_CHECKING:
    from collections.abc import Mapping


def check_target(target: Path) -> Path:
    """Look whether a data directory may be written there.

    Returns
    -------
    Path
        Without links.

    Raises
    ------
    DataDirectoryError
        When it lies in the installed package, is a file, or holds anything but a data directory.
    """
    real = target.resolve()
    if real.is_relative_to(PACKAGED.parent) or PACKAGED.is_relative_to(real):
        problem = f"{str(target)!r} is where tumen is installed; name a directory of your own"
        raise DataDirectoryError(problem, target)
    if real.exists() and not real.is_dir():
        raise DataDirectoryError(f"{str(target)!r} is a file; name a directory", target)
    if real.is_dir() and (strange := sorted({path.name for path in real.iterdir()} - _ours(real))):
        names = ", ".join(strange[:3]) + (" …" if len(strange) > 3 else "")  # noqa: PLR2004 - enough to know it by
        problem = f"{str(target)!r} holds what is no layer of ours ({names}) and would be lost"
        raise DataDirectoryError(f"{problem}; name an empty directory, a new one or a data directory", target)
    return real


def write_directory(target: Path, files: Mapping[str, str]) -> None:
    """Write files beside the target, then put them in its place.

    Notes
    -----
    A process that is killed leaves the old directory as it was, or, in the moment between two renames, under the name
    ``.NAME.old``, which `layers.data_directory` reports; a half-written one stays behind as ``.NAME.….part`` and is never read.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    old = target.with_name(f".{target.name}.old")
    recover_folder(target, old)
    part = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part"))
    try:
        write_files(part, files)
        part.chmod(0o755)
        replace_folder(part, target, old)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _ours(directory: Path) -> set[str]:
    """Names that a data directory may hold, if it is one."""
    if not (directory / "catalog.json").is_file():
        return set()
    rows = read_json(directory / "catalog.json").get("layers")
    names = {str(row.get("name")) for row in rows if isinstance(row, dict)} if isinstance(rows, list) else set()
    return {*BESIDE, *(f"{name}.geojson" for name in names)}
