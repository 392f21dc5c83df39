"""Maps as PDF for a paper size or PNG of a pixel size, made from a page by Chromium.

The page lays itself out (``assets/js/panels/sheet.js``) for the sheet that the fragment of its address names. Nothing depends
on the time: the dates that Chromium writes into a PDF are replaced.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from layers.record.atomic import write_whole
from maps.errors import BrowserError, SheetError

from .chromium import find_chromium, run_chromium

if TYPE_CHECKING:
    import os

Paper: TypeAlias = Literal["A4", "A3"]
Orientation: TypeAlias = Literal["landscape", "portrait"]
Scheme: TypeAlias = Literal["light", "dark"]

MIN_PX, MAX_PX = 320, 8000
MAX_SCALE = 4.0
MAX_SIDE_PX = 16_000
_SIZE = re.compile(r"([0-9]{1,5})x([0-9]{1,5})")
_PDF_DATE = re.compile(rb"/(CreationDate|ModDate) \(D:[0-9]{14}([^)]*)\)")
_DATE = b"19700101000000"
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class PdfSheet:
    """A sheet of paper, followed by the sources of the map.

    Raises
    ------
    SheetError
        When the paper or its orientation is unknown.

    Examples
    --------
    >>> PdfSheet("A3").fragment
    'sheet=A3-landscape'
    >>> PdfSheet("A5")
    Traceback (most recent call last):
    ...
    maps.errors.SheetError: paper must be one of A4, A3, got 'A5'
    """

    paper: Paper = "A4"
    orientation: Orientation = "landscape"

    def __post_init__(self) -> None:
        _check_one_of("paper", self.paper, get_args(Paper))
        _check_one_of("orientation", self.orientation, get_args(Orientation))

    @property
    def fragment(self) -> str:
        """Fragment of the page's address, after ``#``."""
        return f"sheet={self.paper}-{self.orientation}"

    @property
    def suffix(self) -> str:
        """Ending of the file."""
        return ".pdf"


@dataclass(frozen=True, slots=True)
class PngSheet:
    """A picture.

    Attributes
    ----------
    width, height
        In pixels of the page.
    scheme
        Light or dark colours.
    scale
        Pixels of the file for each pixel of the page.

    Raises
    ------
    SheetError
        When it is too small or too large, or the scheme is unknown.

    Examples
    --------
    >>> PngSheet(1600, 1000, scheme="dark").fragment
    'sheet=1600x1000&scheme=dark'
    """

    width: int = 1600
    height: int = 1000
    scheme: Scheme = "light"
    scale: float = 1.0

    def __post_init__(self) -> None:
        for name, side in (("width", self.width), ("height", self.height)):
            if not MIN_PX <= side <= MAX_PX:
                raise SheetError(f"{name} must be from {MIN_PX} to {MAX_PX} pixels, got {side!r}")
        if not 1 <= self.scale <= MAX_SCALE or max(self.width, self.height) * self.scale > MAX_SIDE_PX:
            raise SheetError(
                f"scale must be from 1 to {MAX_SCALE:g}, and no side of the picture more than {MAX_SIDE_PX:,} pixels, "
                f"got {self.width}x{self.height} at scale {self.scale:g}"
            )
        _check_one_of("scheme", self.scheme, get_args(Scheme))

    @property
    def fragment(self) -> str:
        """Fragment of the page's address, after ``#``."""
        return f"sheet={self.width}x{self.height}&scheme={self.scheme}"

    @property
    def suffix(self) -> str:
        """Ending of the file."""
        return ".png"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the file in pixels."""
        return (round(self.width * self.scale), round(self.height * self.scale))


@dataclass(frozen=True, slots=True)
class CardSheet(PngSheet):
    """The picture that a link to the page is shown with, in the size that networks ask for.

    Examples
    --------
    >>> CardSheet().suffix, CardSheet().fragment
    ('.card.png', 'sheet=1200x630&scheme=light&card=1')
    """

    width: int = 1200
    height: int = 630

    @property
    def fragment(self) -> str:
        """Fragment of the page's address, after ``#``: title and map only, large enough for a picture of a few centimetres."""
        return f"sheet={self.width}x{self.height}&scheme={self.scheme}&card=1"

    @property
    def suffix(self) -> str:
        """Ending of the file."""
        return ".card.png"


def parse_size(text: str) -> tuple[int, int]:
    """Read ``1600x1000``.

    Raises
    ------
    SheetError
        When it is not a size.

    Examples
    --------
    >>> parse_size("1600x1000")
    (1600, 1000)
    """
    match = _SIZE.fullmatch(text.strip().lower())
    if match is None:
        raise SheetError(f"expected a size in pixels such as 1600x1000, got {text!r}")
    return (int(match[1]), int(match[2]))


def save_sheet(
    page: str | os.PathLike[str],
    out: str | os.PathLike[str],
    sheet: PdfSheet | PngSheet,
    *,
    browser: Path | None = None,
) -> Path:
    """Make a sheet of a map.

    Parameters
    ----------
    page
        The HTML file of the map.
    out
        The file to write, whole or not at all.
    sheet
        The kind of sheet.
    browser
        The Chromium to use; by default `maps.sheets.chromium.find_chromium` finds one.

    Returns
    -------
    Path
        The file written. The same page, browser and fonts give the same bytes; another version of any of them may not.

    Raises
    ------
    SheetError
        When there is no such page.
    BrowserError
        When no Chromium is found, or it does not do its work.
    """
    source = Path(page).resolve()
    if not source.is_file():
        raise SheetError(f"there is no page {str(page)!r} to make a sheet of")
    chosen = browser or find_chromium()
    with tempfile.TemporaryDirectory(prefix="tumen-") as folder:
        output = Path(folder) / f"sheet{sheet.suffix}"
        run_chromium(chosen, _switches(sheet, output), f"{source.as_uri()}#{sheet.fragment}")
        content = output.read_bytes() if output.is_file() else b""
    return write_whole(Path(out), _checked(content, sheet, chosen))


def _switches(sheet: PdfSheet | PngSheet, output: Path) -> list[str]:
    if isinstance(sheet, PdfSheet):
        return [f"--print-to-pdf={output}", "--no-pdf-header-footer"]
    return [
        f"--screenshot={output}",
        f"--window-size={sheet.width},{sheet.height}",
        f"--force-device-scale-factor={sheet.scale:g}",
    ]


def _checked(content: bytes, sheet: PdfSheet | PngSheet, browser: Path) -> bytes:
    """Content of the file, checked to be of the requested kind."""
    if isinstance(sheet, PdfSheet):
        if not content.startswith(b"%PDF-"):
            raise BrowserError(f"{browser} made no PDF; is it a Chromium or a Chrome of 2023 or later?")
        return _PDF_DATE.sub(rb"/\1 (D:" + _DATE + rb"\2)", content)
    size = tuple(int.from_bytes(content[at : at + 4], "big") for at in (16, 20)) if content.startswith(_PNG) else ()
    if size != sheet.size:
        raise BrowserError(f"{browser} made a picture of {size} pixels, expected {sheet.size}")
    return content


def _check_one_of(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise SheetError(f"{name} must be one of {', '.join(choices)}, got {value!r}")
