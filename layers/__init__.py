"""The layers of tumen: what crosses the Russia–DPRK border, dated, sourced, with its accuracy."""

from .catalog import Catalog, catalog, latest_date, sources
from .comparison import compared_lengths
from .errors import (
    AmbiguousPlaceError,
    DataFileError,
    ExportError,
    LayerError,
    PlaceError,
    UnknownFeatureError,
    UnknownLayerError,
    UnknownPlaceError,
)
from .exporting import ExportStyles, export
from .load import load
from .network import network, published_lengths
from .place import Place, find, gazetteer
from .record import Accuracy, LayerRecord, Source

__all__ = [
    "Accuracy",
    "AmbiguousPlaceError",
    "Catalog",
    "DataFileError",
    "ExportError",
    "ExportStyles",
    "LayerError",
    "LayerRecord",
    "Place",
    "PlaceError",
    "Source",
    "UnknownFeatureError",
    "UnknownLayerError",
    "UnknownPlaceError",
    "catalog",
    "compared_lengths",
    "export",
    "find",
    "gazetteer",
    "latest_date",
    "load",
    "network",
    "published_lengths",
    "sources",
]
