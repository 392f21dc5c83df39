"""The compiled network in use: that of the package, or one compiled from the user's data and cached."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from layers.errors import DataFileError
from layers.record.atomic import write_whole
from layers.record.store import PACKAGED, data_directory

from .archive import ArchiveError, LabelRow, Lines, TransferRow, unpack

if TYPE_CHECKING:
    from layers.record.store import DataPath

VARIABLE = "TUMEN_CACHE"
FILE = "network.bin"


class Archive(NamedTuple):
    """A compiled network: the header, and the lines of its edges."""

    header: dict[str, Any]
    lines: Lines

    @property
    def transfers(self) -> list[TransferRow]:
        """Transfers of all days."""
        return [TransferRow(*row) for row in self.header["transfers"]]

    @property
    def labels(self) -> list[LabelRow]:
        """Rules of law of all days."""
        return [LabelRow(*row) for row in self.header["labels"]]


def compiled(data: DataPath = None) -> Archive:
    """Read the compiled network of a data directory; compile it first where that has not been done.

    Parameters
    ----------
    data
        As in `layers.network`.

    Raises
    ------
    DataFileError
        When the package's file is missing or damaged, or the layers of a user do not make a network.
    """
    directory = data_directory(data)
    if directory == PACKAGED:
        path = PACKAGED / FILE
        try:
            return _read(path, path.stat().st_mtime_ns)
        except (OSError, ArchiveError) as error:
            fix = "reinstall tumen, or build it with `python -m layers.build network`"
            raise DataFileError(f"{path} is no compiled network ({error}); {fix}") from None
    return _of_user(directory)


def cache_directory() -> Path | None:
    """Where compiled networks of the user's data are kept: ``TUMEN_CACHE``, else the system's cache directory.

    Returns
    -------
    Path or None
        None when there is no home.
    """
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen)
    import platformdirs

    try:
        path = platformdirs.user_cache_path("tumen", appauthor=False)
    except RuntimeError:  # no home; older releases give a path that begins with ~
        return None
    return path if path.is_absolute() else None


@lru_cache(maxsize=4)
def _read(path: Path, changed_ns: int) -> Archive:  # noqa: ARG001 - a changed file is another one
    return Archive(*unpack(path.read_bytes()))


def _of_user(directory: Path) -> Archive:
    from .compilation import Inputs, compile_network

    inputs = Inputs(directory, directory)
    key = inputs.key()
    cache = cache_directory()
    cached = None if cache is None else cache / f"network-{key[:32]}.bin"
    if cached is not None:
        with suppress(OSError, ArchiveError):  # none yet, or a damaged one: it is compiled again
            network_archive = _read(cached, cached.stat().st_mtime_ns)
            if network_archive.header["inputs"] == key:
                return network_archive
    content = compile_network(inputs)
    if cached is not None:
        with suppress(OSError):  # a user without a cache compiles each time
            write_whole(cached, content)
    return Archive(*unpack(content))
