"""The layers of tumen: what crosses the Russia–DPRK border, dated, sourced, with its accuracy."""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .catalog import Catalog, catalog, latest_date, sources
    from .claims import Basis, Check, Claim, ClaimResult, Finding, Verdict, check_claims, claims
    from .comparison import compared_lengths
    from .currency import Stale, stale
    from .difference import Changed, Diff, Named, Shifted, diff
    from .errors import (
        AgeError,
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
    from .itinerary import route_frame
    from .load import load
    from .network import network, network_report, published_lengths
    from .networking.report import NetworkReport, PortNote
    from .organisation import Organisation, Relation, organisations
    from .place import Place, find, gazetteer
    from .record import Accuracy, LayerRecord, Source
    from .sea import coast, land, sea_path
    from .sea_lane import far_ports, lanes
    from .series import Series, SeriesValue, series, series_names
    from .store import data_directory

# Each name is fetched at its first use, so a command pays only for what it needs.
_HOMES = {
    "catalog": ("Catalog", "catalog", "latest_date", "sources"),
    "claims": ("Basis", "Check", "Claim", "ClaimResult", "Finding", "Verdict", "check_claims", "claims"),
    "comparison": ("compared_lengths",),
    "currency": ("Stale", "stale"),
    "difference": ("Changed", "Diff", "Named", "Shifted", "diff"),
    "errors": (
        "AgeError",
        "AmbiguousPlaceError",
        "ClaimError",
        "DataDirectoryError",
        "DataFileError",
        "ExportError",
        "ExtractError",
        "LayerError",
        "PlaceError",
        "UnknownCountryError",
        "UnknownFeatureError",
        "UnknownLayerError",
        "UnknownPlaceError",
        "UnknownSeriesError",
    ),
    "event": ("Event", "Person", "events", "people"),
    "exporting": ("ExportStyles", "export"),
    "itinerary": ("route_frame",),
    "load": ("load",),
    "network": ("network", "network_report", "published_lengths"),
    "networking.report": ("NetworkReport", "PortNote"),
    "organisation": ("Organisation", "Relation", "organisations"),
    "place": ("Place", "find", "gazetteer"),
    "record": ("Accuracy", "LayerRecord", "Source"),
    "sea": ("coast", "land", "sea_path"),
    "sea_lane": ("far_ports", "lanes"),
    "series": ("Series", "SeriesValue", "series", "series_names"),
    "store": ("data_directory",),
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Accuracy",
    "AgeError",
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
    "NetworkReport",
    "Organisation",
    "Person",
    "Place",
    "PlaceError",
    "PortNote",
    "Relation",
    "Series",
    "SeriesValue",
    "Shifted",
    "Source",
    "Stale",
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
    "network_report",
    "organisations",
    "people",
    "published_lengths",
    "route_frame",
    "sea_path",
    "series",
    "series_names",
    "sources",
    "stale",
]


class _Layers(ModuleType):
    """The package: `layers.load` stays the function, also when somebody imports the module of that name."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _MODULES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Layers

if not TYPE_CHECKING:  # or no misspelt name would be found by its type

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module 'layers' has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
