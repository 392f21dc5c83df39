"""A finished page: its text, and how it is kept."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from layers.record.atomic import replace_folder, write_whole

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from .drawn import DrawnLayer


@dataclass(frozen=True, slots=True)
class Parts:
    """The large texts of a page as files beside it, which it reads as they are needed.

    They are scripts: a page that is opened by double-click may load them, and may not ``fetch`` anything.

    Attributes
    ----------
    folder
        Name of their folder beside the page.
    texts
        Base64 by id; each becomes a file.
    build
        Hash of them all: a page takes the parts that were made with it.

    Examples
    --------
    >>> Parts.of("big.parts", {"tumen-layer-0-0": "eJw="}).build
    '7a0fc0257ab0'
    """

    folder: str
    texts: Mapping[str, str]
    build: str

    @classmethod
    def of(cls, folder: str, texts: Mapping[str, str]) -> Parts:
        """Take texts, and hash them."""
        digest = hashlib.sha256()
        for part_id, text in texts.items():
            digest.update(f"{part_id} {len(text)} ".encode())
            digest.update(text.encode("ascii"))
        return cls(folder, texts, digest.hexdigest()[:12])

    def block(self) -> dict[str, str]:
        """Return what the page needs to read them."""
        return {"folder": self.folder, "build": self.build}

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(len(self._file(part_id, "")) + len(text) for part_id, text in self.texts.items())

    def save(self, beside: Path) -> Path:
        """Write the folder beside a page; an existing one is replaced atomically.

        Raises
        ------
        OSError
            When it cannot be written; the old folder is then unchanged.
        """
        beside.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{self.folder}-", dir=beside) as name:
            finished = Path(name) / "made"
            finished.mkdir()
            for part_id, text in self.texts.items():
                (finished / f"{part_id}.js").write_text(self._file(part_id, text), encoding="ascii")
            replace_folder(finished, beside / self.folder, Path(name) / "former")
        return beside / self.folder

    def _file(self, part_id: str, text: str) -> str:
        return f'tumenPart("{self.build}","{part_id}","{text}");\n'


@dataclass(frozen=True, slots=True)
class Page:
    """One self-contained HTML page, or one with a folder of parts beside it.

    Attributes
    ----------
    title
        Its title, as plain text.
    html
        Its text; the same input gives the same bytes.
    simplified_m
        Metres by which its lines and outlines deviate from the data at most; 0 when they are as the data have them.
    layers
        The layers on it, for a thumbnail.
    parts
        The parts in a folder beside it; None when it is self-contained.

    Examples
    --------
    >>> Page("A map", "<!DOCTYPE html>").size
    15
    """

    title: str
    html: str
    simplified_m: float = 0.0
    layers: Sequence[DrawnLayer] = field(default=(), repr=False, compare=False)
    parts: Parts | None = field(default=None, repr=False)

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
        if self.parts is not None:
            self.parts.save(Path(path).parent)
        return write_whole(path, self.html)

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame that can neither reach the notebook nor the network."""
        return (
            f'<iframe title="{escape(self.title)}" sandbox="allow-scripts allow-popups" srcdoc="{escape(self.html)}" '
            'width="100%" height="620"></iframe>'
        )
