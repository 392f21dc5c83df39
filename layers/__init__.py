"""The layers of tumen: what crosses the Russia–DPRK border, dated, sourced, with its accuracy."""

from .catalog import Catalog, catalog, latest_date, sources
from .claims import Basis, Check, Claim, ClaimResult, Finding, Verdict, check_claims, claims
from .comparison import compared_lengths
from .difference import Changed, Diff, Named, Shifted, diff
from .errors import (
    AmbiguousPlaceError,
    ClaimError,
    DataDirectoryError,
    DataFileError,
    ExportError,
    ExtractError,
    LayerError,
    PlaceError,
    UnknownCountryError,
    UnknownFeatureError,
    UnknownLayerError,
    UnknownPlaceError,
    UnknownSeriesError,
)
from .event import Event, Person, events, people
from .exporting import ExportStyles, export
from .load import load
from .network import network, published_lengths
from .organisation import Organisation, Relation, organisations
from .place import Place, find, gazetteer
from .record import Accuracy, LayerRecord, Source
from .sea import coast, land, sea_path
from .sea_lane import far_ports, lanes
from .series import Series, SeriesValue, series, series_names
from .store import data_directory

__all__ = [
    "Accuracy",
    "AmbiguousPlaceError",
    "Basis",
    "Catalog",
    "Changed",
    "Check",
    "Claim",
    "ClaimError",
    "ClaimResult",
    "DataDirectoryError",
    "DataFileError",
    "Diff",
    "Event",
    "ExportError",
    "ExportStyles",
    "ExtractError",
    "Finding",
    "LayerError",
    "LayerRecord",
    "Named",
    "Organisation",
    "Person",
    "Place",
    "PlaceError",
    "Relation",
    "Series",
    "SeriesValue",
    "Shifted",
    "Source",
    "UnknownCountryError",
    "UnknownFeatureError",
    "UnknownLayerError",
    "UnknownPlaceError",
    "UnknownSeriesError",
    "Verdict",
    "catalog",
    "check_claims",
    "claims",
    "coast",
    "compared_lengths",
    "data_directory",
    "diff",
    "events",
    "export",
    "far_ports",
    "find",
    "gazetteer",
    "land",
    "lanes",
    "latest_date",
    "load",
    "network",
    "organisations",
    "people",
    "published_lengths",
    "sea_path",
    "series",
    "series_names",
    "sources",
]
