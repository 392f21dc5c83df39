"""Maps of the layers: themes in, offline HTML pages out.

Each name is imported when it is first asked for: the command ``tumen distance`` lives in this package and must not wait for
folium.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .builder import MapBuilder
    from .data import Citation, DataRecord, LayerData
    from .errors import (
        BrowserError,
        FeatureError,
        LanguageError,
        ManifestError,
        MapError,
        SheetError,
        SizeError,
        ThemeError,
        TileError,
        UnknownPageError,
        UnknownSourceError,
        VendorError,
    )
    from .manifest import FileEntry, Manifest, read_manifest
    from .option import PageOptions
    from .page import Page
    from .sheet import PdfSheet, PngSheet, save_sheet
    from .site import BuiltFile, build, build_all
    from .source import DatedSource, FeatureSource, GeoJsonFolder, PackagedLayers
    from .style import Colour, Stroke, Style, StyleBook, style_book
    from .text import Text
    from .theme import Condition, Labels, Symbol, Theme, ThemeLayer, View
    from .theme_file import load_theme, themes
    from .tile import Tiles, tiles
    from .verification import Verification, verify

__all__ = [
    "BrowserError",
    "BuiltFile",
    "Citation",
    "Colour",
    "Condition",
    "DataRecord",
    "DatedSource",
    "FeatureError",
    "FeatureSource",
    "FileEntry",
    "GeoJsonFolder",
    "Labels",
    "LanguageError",
    "LayerData",
    "Manifest",
    "ManifestError",
    "MapBuilder",
    "MapError",
    "PackagedLayers",
    "Page",
    "PageOptions",
    "PdfSheet",
    "PngSheet",
    "SheetError",
    "SizeError",
    "Stroke",
    "Style",
    "StyleBook",
    "Symbol",
    "Text",
    "Theme",
    "ThemeError",
    "ThemeLayer",
    "TileError",
    "Tiles",
    "UnknownPageError",
    "UnknownSourceError",
    "VendorError",
    "Verification",
    "View",
    "build",
    "build_all",
    "load_theme",
    "read_manifest",
    "save_sheet",
    "style_book",
    "themes",
    "tiles",
    "verify",
]

_MODULES = {
    "builder": ("MapBuilder",),
    "data": ("Citation", "DataRecord", "LayerData"),
    "errors": (
        "BrowserError",
        "FeatureError",
        "LanguageError",
        "ManifestError",
        "MapError",
        "SheetError",
        "SizeError",
        "ThemeError",
        "TileError",
        "UnknownPageError",
        "UnknownSourceError",
        "VendorError",
    ),
    "manifest": ("FileEntry", "Manifest", "read_manifest"),
    "option": ("PageOptions",),
    "page": ("Page",),
    "sheet": ("PdfSheet", "PngSheet", "save_sheet"),
    "site": ("BuiltFile", "build", "build_all"),
    "source": ("DatedSource", "FeatureSource", "GeoJsonFolder", "PackagedLayers"),
    "style": ("Colour", "Stroke", "Style", "StyleBook", "style_book"),
    "text": ("Text",),
    "theme": ("Condition", "Labels", "Symbol", "Theme", "ThemeLayer", "View"),
    "theme_file": ("load_theme", "themes"),
    "tile": ("Tiles", "tiles"),
    "verification": ("Verification", "verify"),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)
