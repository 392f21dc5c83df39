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
    UnknownSeriesError,
)
from .event import Event, Person, events, people
from .load import load
from .network import network, published_lengths
from .organisation import Organisation, Relation, organisations
from .place import Place, find, gazetteer
from .record import Accuracy, LayerRecord, Source
from .series import Series, SeriesValue, series, series_names

__all__ = [
    "Accuracy",
    "AmbiguousPlaceError",
    "Catalog",
    "DataFileError",
    "Event",
    "LayerError",
    "LayerRecord",
    "Organisation",
    "Person",
    "Place",
    "PlaceError",
    "Relation",
    "Series",
    "SeriesValue",
    "Source",
    "UnknownFeatureError",
    "UnknownLayerError",
    "UnknownPlaceError",
    "UnknownSeriesError",
    "catalog",
    "compared_lengths",
    "events",
    "find",
    "gazetteer",
    "latest_date",
    "load",
    "network",
    "organisations",
    "people",
    "published_lengths",
    "series",
    "series_names",
    "sources",
]
