"""The layers of tumen: what crosses the Russia–DPRK border, dated, sourced, with its accuracy."""

from .catalog import Catalog, catalog, latest_date, sources
from .comparison import compared_lengths
from .errors import (
    AmbiguousPlaceError,
    DataFileError,
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
from .sea import land, sea_path

__all__ = [
    "Accuracy",
    "AmbiguousPlaceError",
    "Catalog",
    "DataFileError",
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
    "find",
    "gazetteer",
    "land",
    "latest_date",
    "load",
    "network",
    "published_lengths",
    "sea_path",
    "sources",
]
