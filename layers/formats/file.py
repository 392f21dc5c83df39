"""A file of an export, as its descriptions need it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from .content import LayerState


@dataclass(frozen=True)
class ExportFile:
    """A file that was written.

    Attributes
    ----------
    path
        Where it lies.
    states
        The layers it holds.
    media_type
        As registered with IANA, or customary.
    tabular
        Whether it is a table of text.
    """

    path: Path
    states: tuple[LayerState, ...]
    media_type: str
    tabular: bool = False

    @property
    def name(self) -> str:
        """Name without the folder."""
        return self.path.name

    @property
    def suffix(self) -> str:
        """Ending of the name, with its dot."""
        return self.path.suffix

    @cached_property
    def size(self) -> int:
        """Size in bytes."""
        return self.path.stat().st_size

    @cached_property
    def sha256(self) -> str:
        """SHA-256 in hexadecimal."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()
