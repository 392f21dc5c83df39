"""Pages that have been made before, kept on disk by the hash of all that goes into them.

The hash covers our own code, the libraries that draw, every file of the data directory, the theme as it was read, and the options
of the build: what is found is what would be made. Pages with files of a user's own are made each time, for of these something may
have to be said; so are pages of other sources than a data directory.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from markupsafe import Markup

from layers import data_directory
from layers.graph.cache import cache_directory
from layers.record.atomic import write_whole
from maps.features.source import PackagedLayers
from maps.i18n.text import Text
from maps.page.page import Page

from .index import Card
from .inputs import page_sha256
from .manifest import file_sha256

if TYPE_CHECKING:
    from maps.builder import MapBuilder

FOLDER = "pages"
MOST_BYTES = 150_000_000
_PACKAGES = ("geo", "layers", "maps")
_LIBRARIES = (
    "folium",
    "branca",
    "Jinja2",
    "MarkupSafe",
    "numpy",
    "shapely",
    "pyarrow",
    "pyproj",
    "orjson",
    "geographiclib",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """The pages that are kept for one state of code and data.

    Attributes
    ----------
    folder
        Where they lie.
    state
        Hash of code and data.
    """

    folder: Path
    state: str

    def key(self, builder: MapBuilder) -> str | None:
        """Hash of all that goes into a page; None where it is to be made each time."""
        own = builder.options.basemap or builder.added or any(layer.file for layer in builder.theme.layers)
        if own:
            return None
        parts = (
            self.state,
            builder.theme,
            builder.langs,
            builder.as_of,
            builder.index,
            builder.claims,
            builder.options,
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def holds(self, key: str | None) -> bool:
        """Tell whether a page is kept."""
        return key is not None and self._path(key).is_file()

    def find(self, key: str) -> tuple[Page, Card | None] | None:
        """Give the page of a hash and its card, where they are kept; a damaged file is none."""
        path = self._path(key)
        with suppress(OSError, ValueError, KeyError, TypeError):
            row = orjson.loads(path.read_bytes())
            if row["key"] != key:
                return None
            os.utime(path)  # what is used stays longest
            card = row["card"] and Card(
                Text(*row["card"]["title"]),
                Text(*row["card"]["intro"]),
                Markup(row["card"]["thumbnail"]),  # noqa: S704  `thumbnail` escaped it
                (tuple(row["card"]["base"]), tuple(row["card"]["layers"])),
                {name: Text(*words) for name, words in row["card"]["names"].items()},
            )
            return Page(row["title"], row["html"], row["simplified_m"]), card
        return None

    def keep(self, key: str, page: Page, card: Card | None) -> None:
        """Keep a page; where that cannot be done it is made again the next time."""
        row = {
            "key": key,
            "title": page.title,
            "simplified_m": page.simplified_m,
            "html": page.html,
            "card": card
            and {
                "title": astuple(card.title),
                "intro": astuple(card.intro),
                "thumbnail": card.thumbnail,
                "base": card.attributions[0],
                "layers": card.attributions[1],
                "names": {name: astuple(words) for name, words in card.names.items()},
            },
        }
        with suppress(OSError):
            write_whole(self._path(key), orjson.dumps(row))
            self._prune()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key[:32]}.json"

    def _prune(self) -> None:
        """Delete what has not been used for longest, until the rest fits."""
        told = sorted(
            ((path.stat(), path) for path in self.folder.glob("*.json")), key=lambda each: -each[0].st_mtime_ns
        )
        size = 0
        for stat, path in told:
            size += stat.st_size
            if size > MOST_BYTES:
                path.unlink(missing_ok=True)


def kept_pages(source: object) -> Kept | None:
    """Give the pages kept for a source; None where none can be kept.

    Raises
    ------
    DataDirectoryError, DataFileError
        As `layers.data_directory`.
    """
    folder = cache_directory()
    if folder is None or not isinstance(source, PackagedLayers):
        return None
    digest = hashlib.sha256(f"{_code_sha256()}\n{page_sha256()}\n".encode())
    for path in sorted(path for path in data_directory(source.data).iterdir() if path.is_file()):
        digest.update(f"{path.name}\0{file_sha256(path)}\n".encode())
    return Kept(folder / FOLDER, digest.hexdigest())


@cache
def _code_sha256() -> str:
    """Hash of what makes pages: our modules, the interpreter and the libraries that draw."""
    root = Path(__file__).parents[2]
    digest = hashlib.sha256(f"{sys.version}\n".encode())
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()
