"""Pictures beside a user's file, for popups: found safely, encoded again from their pixels, embedded in the page.

A path in a column is untrusted. It may lead only to a file in the folder of the drawn file or below, links resolved.
The file is opened only as PNG, JPEG or WebP, and encoded again: a page carries pixels, no metadata and no file
of the user unchanged.
"""

from __future__ import annotations

import base64
import hashlib
import io
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from maps.errors import FeatureError
from maps.features.notice import log

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PIL.Image import Image

    from maps.features.geojson import Json

FORMATS = ("PNG", "JPEG", "WEBP")
LARGEST_FILE = 20_000_000
LARGEST_PIXELS = 80_000_000
SIDE_PX = 720  # twice the width of a popup: sharp on the screen of a phone
MOST_BYTES = 20_000_000  # of all pictures of a layer
_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a page carries it: id of the element that holds its bytes in base64, media type, size in pixels."""

    id: str
    type: str
    width: int
    height: int
    text: str


class _UnfitError(ValueError):
    """A value is no picture that a page can carry."""


def pictures_of(values: Iterable[Json], folder: Path | None, layer: str) -> dict[str, Picture]:
    """Pictures that a column names, by the text of the column.

    Parameters
    ----------
    values
        The column: paths relative to the folder; values that are not text are skipped.
    folder
        The folder of the drawn file; None when there is none, as for standard input.
    layer
        Its name in messages.

    Raises
    ------
    FeatureError
        When they take more than 20 MB.

    Notes
    -----
    Pictures that cannot be shown are reported, with reason and number, and stay text.
    """
    pictures: dict[str, Picture] = {}
    unfit: dict[str, list[str]] = {}
    total = 0
    for value in dict.fromkeys(value for value in values if isinstance(value, str) and value.strip()):
        try:
            picture = _picture(value, folder)
        except _UnfitError as error:
            unfit.setdefault(str(error), []).append(value)
            continue
        pictures[value] = picture
        total += len(picture.text)
        if total > MOST_BYTES:
            raise FeatureError(
                f"{layer}: its pictures take more than {MOST_BYTES:,} bytes on the page; draw fewer features (--filter)",
                source=layer,
            )
    for reason, paths in unfit.items():
        log.warning("%s: %s not shown: %s, such as %r", layer, _counted(len(paths)), reason, paths[0][:80])
    return pictures


def _counted(number: int) -> str:
    return "1 picture is" if number == 1 else f"{number:,} pictures are"


def _picture(value: str, folder: Path | None) -> Picture:
    file = _file(value, folder)
    state = file.stat()
    if state.st_size > LARGEST_FILE:
        raise _UnfitError(f"the file is larger than {LARGEST_FILE:,} bytes")
    return _encoded(file, (state.st_mtime_ns, state.st_size))


def _file(value: str, folder: Path | None) -> Path:
    """File that a path means, if it lies in the folder or below."""
    if folder is None:
        raise _UnfitError("pictures lie beside the drawn file, and there is none")
    if "://" in value or value.casefold().startswith(("data:", "javascript:")):
        raise _UnfitError("an address is not fetched; save the picture beside the drawn file")
    if "\\" in value or any(ord(character) < ord(" ") for character in value):
        raise _UnfitError("expected a relative path with / between folders")
    root = folder.resolve()
    try:
        file = (root / value).resolve()
        is_file = file.is_file()
    except (OSError, RuntimeError, ValueError):  # a name that is too long, a loop of links
        raise _UnfitError("the path cannot be followed") from None
    if not file.is_relative_to(root):
        raise _UnfitError("the path leaves the folder of the drawn file")
    if not is_file:
        raise _UnfitError("there is no such file")
    return file


@lru_cache(maxsize=1024)
def _encoded(file: Path, _state: tuple[int, int]) -> Picture:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the number of pixels is checked below
            with Image.open(file, formats=FORMATS) as opened:
                if opened.width * opened.height > LARGEST_PIXELS:
                    raise _UnfitError(f"it has more than {LARGEST_PIXELS:,} pixels")
                opened.draft("RGB", (SIDE_PX, SIDE_PX))
                image = ImageOps.exif_transpose(opened)
                image.thumbnail((SIDE_PX, SIDE_PX))
                return _written(image)
    except UnidentifiedImageError:
        raise _UnfitError("it is no PNG, JPEG or WebP") from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, _UnfitError):
            raise
        raise _UnfitError("the file is damaged") from None


def _written(image: Image) -> Picture:
    """Encode pixels: with transparency as PNG, else as JPEG."""
    clear = "A" in image.getbands() or "transparency" in image.info
    pixels = image.convert("RGBA" if clear else "RGB")
    pixels.info = {}
    content = io.BytesIO()
    if clear:
        pixels.save(content, "PNG", optimize=True)
    else:
        pixels.save(content, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    raw = content.getvalue()
    name = f"tumen-picture-{hashlib.sha256(raw).hexdigest()[:16]}"
    kind = "image/png" if clear else "image/jpeg"
    return Picture(name, kind, pixels.width, pixels.height, base64.b64encode(raw).decode("ascii"))
