"""Errors of maps.

::

    geo.GeoError
    ├── layers.errors.FeatureError           features cannot be drawn as they are
    └── MapError
        ├── ThemeError (ValueError)          a theme or style file is wrong; every problem is listed
        ├── UnknownSourceError (LookupError) no layer of that name
        ├── LanguageError (ValueError)       a language that pages do not support
        ├── UnknownPageError (LookupError)   no page of that name is built
        ├── ManifestError (ValueError)       a manifest is missing or not one of ours; every problem is listed
        ├── SizeError (ValueError)           a page cannot be made as small as that
        ├── TileError (ValueError)           a provider of raster tiles cannot be used
        ├── SheetError (ValueError)          a sheet for print cannot be made with these options
        ├── ServeError (RuntimeError)        a folder cannot be served
        ├── BrowserError (RuntimeError)      no Chromium was found, or it did not do its work
        └── VendorError (RuntimeError)       a vendored file is not the one that was pinned
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from geo.errors import GeoError
from geo.spelling import nearest
from layers.errors import FeatureError

__all__ = [
    "BrowserError",
    "FeatureError",
    "LanguageError",
    "ManifestError",
    "MapError",
    "ServeError",
    "SheetError",
    "SizeError",
    "ThemeError",
    "TileError",
    "UnknownPageError",
    "UnknownSourceError",
    "VendorError",
]

if TYPE_CHECKING:
    from collections.abc import Iterable


class MapError(GeoError):
    """Root of the errors about maps."""


class ThemeError(MapError, ValueError):
    """A theme or style file is wrong.

    Attributes
    ----------
    file
        The file.
    problems
        One line a problem, each beginning with the path of its key.
    """

    def __init__(self, file: str, problems: Iterable[str]) -> None:
        self.file = file
        self.problems = tuple(problems)
        count = len(self.problems)
        head = f"{file}: {count} problem{'s' if count > 1 else ''}"
        super().__init__("\n  ".join([head, *self.problems]))


class _UnknownNameError(MapError, LookupError):
    """There is nothing with that name.

    Attributes
    ----------
    name
        The given value.
    known
        The known names.
    """

    _absence: ClassVar[str]

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(f"{self._absence} is called {name!r}; {nearest(name, self.known)}")


class UnknownSourceError(_UnknownNameError):
    """There is no layer with that name."""

    _absence = "no layer"


class LanguageError(MapError, ValueError):
    """Pages do not support this language."""


class UnknownPageError(_UnknownNameError):
    """No page of that name is built."""

    _absence = "no page of this build"


class ManifestError(MapError, ValueError):
    """A manifest is missing or not one of ours.

    Attributes
    ----------
    file
        The file.
    problems
        One line a problem, each beginning with the path of its key.
    """

    def __init__(self, file: str, problems: Iterable[str]) -> None:
        self.file = file
        self.problems = tuple(problems)
        super().__init__("\n  ".join([f"{file} is no manifest of a folder of maps:", *self.problems]))


class SizeError(MapError, ValueError):
    """A page cannot be made as small as that.

    Attributes
    ----------
    max_bytes
        The given value.
    least_bytes
        The smallest that it can be.
    """

    def __init__(self, message: str, *, max_bytes: int, least_bytes: int) -> None:
        super().__init__(message)
        self.max_bytes = max_bytes
        self.least_bytes = least_bytes


class TileError(MapError, ValueError):
    """A provider of raster tiles cannot be used."""


class SheetError(MapError, ValueError):
    """A sheet for print cannot be made with these options."""


class ServeError(MapError, RuntimeError):
    """A folder cannot be served."""


class BrowserError(MapError, RuntimeError):
    """No Chromium was found, or it did not do its work."""


class VendorError(MapError, RuntimeError):
    """A vendored file is not the one that was pinned."""
