"""Atomic writes of files and folders: completely or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def write_whole(path: str | os.PathLike[str], content: bytes | str) -> Path:
    """Write a file; a reader sees the old one or the new one, never half of it.

    Parameters
    ----------
    path
        The file; its folder is made when it is missing. A pipe or a device, such as ``/dev/stdout``, is written to as it is.
    content
        Bytes, or text for UTF-8.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    OSError
        When it cannot be written; the old file then stands as it was.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(f"{folder}/new/a.txt", "a").read_text()
    'a'
    """
    target = Path(path)
    data = content.encode() if isinstance(content, str) else content
    if target.exists() and not target.is_file() and not target.is_dir():
        target.write_bytes(data)
        return target
    with written_whole(target) as part:
        part.write_bytes(data)
    return target


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Yield the path of an empty file beside `target`: it replaces the target when the block succeeds, and is removed otherwise.

    Raises
    ------
    OSError
        When it cannot be put there; the old file is then unchanged.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with written_whole(Path(folder) / "a.txt") as part:
    ...         _ = part.write_text("a")
    ...     [path.name for path in Path(folder).iterdir()]
    ['a.txt']
    """
    import tempfile  # 5 ms, which only who writes pays

    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o666 & ~_umask())  # `mkstemp` gives other users no access
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)  # unless it took its place


def move_files(stage: Path, folder: Path) -> tuple[Path, ...]:
    """Move finished files into a folder of the same file system; each replaces the one of its name at once.

    Returns
    -------
    tuple of Path
        Where they are now, sorted.
    """
    return tuple(file.replace(folder / file.name) for file in sorted(stage.iterdir()))


def replace_folder(finished: Path, target: Path, former: Path) -> None:
    """Put a finished folder in the place of another.

    Parameters
    ----------
    finished, target
        On one file system.
    former
        Where the old one stands meanwhile; a clean-up after a killed process finds it there.

    Raises
    ------
    OSError
        When it cannot be put there; the old folder is then unchanged.
    """
    import shutil

    shutil.rmtree(former, ignore_errors=True)
    if target.exists():
        target.rename(former)
    try:
        finished.rename(target)
    except OSError:
        if former.exists():
            former.rename(target)
        raise
    shutil.rmtree(former, ignore_errors=True)


def recover_folder(target: Path, former: Path) -> None:
    """Put an old folder back that `replace_folder` left aside because its process was killed."""
    if former.is_dir() and not target.exists():
        former.rename(target)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
