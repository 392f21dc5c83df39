"""A finished page: its text, and how it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from layers.record.atomic import write_whole

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from pathlib import Path

    from .drawn import DrawnLayer


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
    layers
        What was drawn on it, for a smaller picture of the same.

    Examples
    --------
    >>> Page("A map", "<!DOCTYPE html>").size
    15
    """

    title: str
    html: str
    simplified_m: float = 0.0
    layers: Sequence[DrawnLayer] = field(default=(), repr=False, compare=False)

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
        return write_whole(path, self.html)

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame that can neither reach the notebook nor the network."""
        return (
            f'<iframe title="{escape(self.title)}" sandbox="allow-scripts allow-popups" srcdoc="{escape(self.html)}" '
            'width="100%" height="620"></iframe>'
        )
