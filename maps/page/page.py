"""A finished page: its text, and how it is kept."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Page:
    """One self-contained HTML page.

    Attributes
    ----------
    title
        Its title, as plain text.
    html
        Its text; the same input gives the same bytes.
    simplified_m
        Metres by which its lines and outlines deviate from the data at most; 0 when they are as the data have them.

    Examples
    --------
    >>> Page("A map", "<!DOCTYPE html>").size
    15
    """

    title: str
    html: str
    simplified_m: float = 0.0

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return len(self.html.encode())

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page; a reader sees the old file or the new one, never half of it.

        Parameters
        ----------
        path
            The file; its folder is made when it is missing.

        Returns
        -------
        Path
            The file written.

        Raises
        ------
        OSError
            When the folder cannot be written to.
        """
        return write_whole(Path(path), self.html.encode())

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame that can neither reach the notebook nor the network."""
        return (
            f'<iframe title="{escape(self.title)}" sandbox="allow-scripts allow-popups" srcdoc="{escape(self.html)}" '
            'width="100%" height="620"></iframe>'
        )


def write_whole(target: Path, content: bytes) -> Path:
    """Write a file; a reader sees the old one or the new one, never half of it. Its folder is made when it is missing.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return target


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
