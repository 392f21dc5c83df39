"""All that goes into a page, by name and hash: layers, themes, files of the user, and the page's own scripts and words."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from maps.features.source import FeatureSource, FiledSource
from maps.themes.reader import SHARED, THEMES

from .manifest import file_sha256

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maps.builder import MapBuilder

PAGE = "tumen/page"
# Inputs of a page besides its layers: citations, and the claims about its features, whose verdicts depend on all layers.
SHARED_FILES = ("sources", "claims", "catalog")
_HERE = Path(__file__).parents[1]
_PAGE_FILES = (
    "assets/bundle/*",
    "assets/templates/*",
    "i18n/*.json",
    "vendor/**/*",
    *(f"themes/builtin/{name}.toml" for name in sorted(SHARED)),
)
_OURS = re.compile(r"(layers|themes)/([A-Za-z0-9][A-Za-z0-9_-]*\.(?:geojson|json|toml))")


@dataclass(frozen=True)
class Ingredients:
    """Inputs of the pages of one build; each file is read once.

    Attributes
    ----------
    source
        Source of the layers.
    """

    source: FeatureSource
    _hashes: dict[Path, str] = field(default_factory=dict, repr=False, compare=False)

    def of(self, builder: MapBuilder, theme_file: Path | None = None) -> dict[str, str]:
        """Name and SHA-256 of each file that a page is made of.

        Parameters
        ----------
        builder
            The page's.
        theme_file
            File of the theme, unless it is built in.
        """
        hashes = {name: self._sha256(path) for name, path in self._layers(builder) if path.is_file()}
        hashes |= {
            f"files/{_below(layer.file, theme_file)}": self._sha256(layer.file)
            for layer in builder.theme.layers
            if layer.file
        }
        if extract := builder.options.basemap:
            hashes[f"basemap/{extract.name}"] = self._sha256(extract)
        theme_path = theme_file or THEMES / f"{builder.theme.name}.toml"
        if theme_path.is_file():
            hashes[f"{'files' if theme_file else 'themes'}/{theme_path.name}"] = self._sha256(theme_path)
        return {**hashes, PAGE: page_sha256()}

    def _layers(self, builder: MapBuilder) -> Iterator[tuple[str, Path]]:
        if not isinstance(self.source, FiledSource):
            return
        names = [layer.source for layer in builder.theme.layers if not layer.file]
        for name in (*dict.fromkeys((*names, *builder.theme.basemap)), *SHARED_FILES):
            path = self.source.file(name)
            yield f"layers/{path.name}", path

    def _sha256(self, path: Path) -> str:
        if path not in self._hashes:
            self._hashes[path] = file_sha256(path)
        return self._hashes[path]


@cache
def page_sha256() -> str:
    """One hash of the scripts, styles, words, symbology and vendored files that every page is made of."""
    digest = hashlib.sha256()
    for pattern in _PAGE_FILES:
        for path in sorted(path for path in _HERE.glob(pattern) if path.is_file()):
            digest.update(f"{path.relative_to(_HERE).as_posix()}\0{file_sha256(path)}\n".encode())
    return digest.hexdigest()


def present_sha256(name: str, source: FiledSource) -> str | None:
    """Hash of an input in this installation: empty when it is gone, None when only the user can have it.

    Parameters
    ----------
    name
        Name in the manifest; files of the user are not looked for.
    source
        Source of the layers.

    Examples
    --------
    >>> from maps import PackagedLayers
    >>> present_sha256("files/finds.geojson", PackagedLayers()) is None
    True
    >>> present_sha256("layers/../../secret.json", PackagedLayers()) is None
    True
    """
    if name == PAGE:
        return page_sha256()
    match = _OURS.fullmatch(name)
    if match is None:
        return None
    folder, file = match.groups()
    path = THEMES / file if folder == "themes" else source.file(Path(file).stem)
    return file_sha256(path) if path.is_file() else ""


def _below(file: Path, theme_file: Path | None) -> str:
    """Path of a user's file as the theme names it, so that no folder of theirs gets into a manifest."""
    folder = theme_file.resolve().parent if theme_file else file.parent
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.name
