from .builder import MapBuilder
from .errors import (
    BrowserError,
    FeatureError,
    LanguageError,
    ManifestError,
    MapError,
    ServeError,
    SheetError,
    SizeError,
    ThemeError,
    TileError,
    UnknownPageError,
    UnknownSourceError,
    VendorError,
)
from .explorer import Exploration, explore
from .features.geojson import Citation, DataRecord, LayerData
from .features.source import DatedSource, FeatureSource, GeoJsonFolder, PackagedLayers
from .i18n.text import Text
from .page.options import PageOptions
from .page.page import Page
from .page.tiles import Tiles, tiles
from .sheets.sheet import PdfSheet, PngSheet, save_sheet
from .site.build import BuiltFile, build, build_all
from .site.manifest import FileEntry, Manifest, read_manifest
from .site.verify import Verification, verify
from .themes.model import Condition, Labels, Symbol, Theme, ThemeLayer, View
from .themes.reader import theme, theme_names
from .themes.style import Colour, Stroke, Style, StyleBook, style_book

__version__: str
__all__ = [
    "BrowserError",
    "BuiltFile",
    "Citation",
    "Colour",
    "Condition",
    "DataRecord",
    "DatedSource",
    "Exploration",
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
    "ServeError",
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
    "explore",
    "read_manifest",
    "save_sheet",
    "style_book",
    "theme",
    "theme_names",
    "tiles",
    "verify",
]
