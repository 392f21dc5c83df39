"""Cache of pages on disk, by the hash of all their inputs.

The hash covers our code, the drawing libraries, every file of the data directory, the theme as read, and the options of the
build, so a cached page equals a new one. Pages with user files are made each time, since notices on them may have to be
printed; so are pages of sources other than a data directory.
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
_PREFIX = 16  # characters of the state in the name of a page
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
        """Hash of everything that goes into a page; None where it must be made each time."""
        has_user_data = builder.options.basemap or builder.added or any(layer.file for layer in builder.theme.layers)
        if has_user_data:
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

    def is_empty(self) -> bool:
        """Tell whether no page is kept for the state."""
        return not any(self.folder.glob(f"{self.state[:_PREFIX]}-*.json"))

    def holds(self, key: str | None) -> bool:
        """Tell whether a page is cached."""
        return key is not None and self._path(key).is_file()

    def find(self, key: str) -> tuple[Page, Card | None] | None:
        """Return the cached page and card of a hash; None for a missing or damaged file."""
        path = self._path(key)
        with suppress(OSError, ValueError, KeyError, TypeError):
            row = orjson.loads(path.read_bytes())
            if row["key"] != key:
                return None
            os.utime(path)  # the least recently used is deleted first
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
        return self.folder / f"{self.state[:_PREFIX]}-{key[:32]}.json"

    def _prune(self) -> None:
        """Delete the least recently used pages until the rest fits."""
        newest_first = sorted(
            ((path.stat(), path) for path in self.folder.glob("*.json")), key=lambda entry: -entry[0].st_mtime_ns
        )
        size = 0
        for stat, path in newest_first:
            size += stat.st_size
            if size > MOST_BYTES:
                path.unlink(missing_ok=True)


def kept_pages(source: object) -> Kept | None:
    """Return the cached pages of a source; None where none can be cached.

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
    """Hash of the code that makes pages: our modules, the interpreter and the drawing libraries."""
    root = Path(__file__).parents[2]
    digest = hashlib.sha256(f"{sys.version}\n".encode())
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()
