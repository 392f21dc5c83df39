"""The layers of tumen: what crosses the Russia–DPRK border, dated, sourced, with its accuracy."""

from .catalog import Catalog, catalog, latest_date, sources
from .comparison import compared_lengths
from .difference import Changed, Diff, Named, Shifted, diff
from .errors import (
    AmbiguousPlaceError,
    DataDirectoryError,
    DataFileError,
    ExtractError,
    LayerError,
    PlaceError,
    UnknownFeatureError,
    UnknownLayerError,
    UnknownPlaceError,
)
from .load import load
from .network import network, published_lengths
from .place import Place, find, gazetteer
from .record import Accuracy, LayerRecord, Source
from .store import data_directory

__all__ = [
    "Accuracy",
    "AmbiguousPlaceError",
    "Catalog",
    "Changed",
    "DataDirectoryError",
    "DataFileError",
    "Diff",
    "ExtractError",
    "LayerError",
    "LayerRecord",
    "Named",
    "Place",
    "PlaceError",
    "Shifted",
    "Source",
    "UnknownFeatureError",
    "UnknownLayerError",
    "UnknownPlaceError",
    "catalog",
    "compared_lengths",
    "data_directory",
    "diff",
    "find",
    "gazetteer",
    "latest_date",
    "load",
    "network",
    "published_lengths",
    "sources",
]
