"""Maps of the layers: themes in, offline HTML pages out."""

from .builder import MapBuilder, build, build_all
from .data import Citation, DataRecord, FeatureSource, GeoJsonFolder, LayerData, PackagedLayers
from .errors import FeatureError, LanguageError, MapError, ThemeError, UnknownSourceError, VendorError
from .index_page import index_page
from .page import Page
from .style import Colour, Stroke, Style, StyleBook, style_book
from .text import Text
from .theme import Condition, Labels, Symbol, Theme, ThemeLayer, View, load_theme, themes

__all__ = [
    "Citation",
    "Colour",
    "Condition",
    "DataRecord",
    "FeatureError",
    "FeatureSource",
    "GeoJsonFolder",
    "Labels",
    "LanguageError",
    "LayerData",
    "MapBuilder",
    "MapError",
    "PackagedLayers",
    "Page",
    "Stroke",
    "Style",
    "StyleBook",
    "Symbol",
    "Text",
    "Theme",
    "ThemeError",
    "ThemeLayer",
    "UnknownSourceError",
    "VendorError",
    "View",
    "build",
    "build_all",
    "index_page",
    "load_theme",
    "style_book",
    "themes",
]
