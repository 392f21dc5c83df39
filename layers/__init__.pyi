from .batching.frame import batch
from .difference import Changed, Diff, Named, Shifted, diff
from .errors import (
    AgeError,
    AmbiguousPlaceError,
    BatchError,
    ClaimError,
    DataDirectoryError,
    DataFileError,
    ExportError,
    ExtractError,
    FactError,
    FeatureError,
    LayerError,
    NetworkFileError,
    PlaceError,
    UnknownCountryError,
    UnknownEventError,
    UnknownFeatureError,
    UnknownLayerError,
    UnknownPlaceError,
    UnknownSeriesError,
)
from .factcheck.claim import Basis, Check, Claim, ClaimResult, Finding, Verdict
from .factcheck.evidence import Evidence
from .factcheck.judge import check_claims
from .factcheck.reading import claims
from .facts.currency import Stale, stale
from .facts.event import Event, Person, events, people
from .facts.organisation import Organisation, Relation, organisations
from .facts.series import Series, SeriesValue, series, series_names
from .facts.traffic import Service, Voyages, services, voyages
from .features.frame import load
from .features.gazetteer import Place, find, gazetteer
from .formats import ExportStyles, export
from .formats.geojson import write
from .graph.frame import reach_frame, route_frame
from .graph.network import network, network_report, published_lengths
from .graph.published import compared_lengths
from .graph.report import NetworkReport, PortNote
from .graph.request import locate, matrix, reachable, route
from .lines.compile import compile_network
from .lines.network import find_in, read_network
from .lines.report import CompileReport
from .lines.settings import NetworkSettings
from .osm.run import refresh
from .record.catalog import Catalog, catalog, latest_date, sources
from .record.record import Accuracy, LayerRecord, Source
from .record.store import data_directory
from .sea.chart import coast, land
from .sea.lanes import far_ports, lanes
from .sea.path import sea_matrix, sea_path
from .validation.report import Issue, ValidationReport
from .validation.validate import validate

__version__: str
__all__ = [
    "Accuracy",
    "AgeError",
    "AmbiguousPlaceError",
    "Basis",
    "BatchError",
    "Catalog",
    "Changed",
    "Check",
    "Claim",
    "ClaimError",
    "ClaimResult",
    "CompileReport",
    "DataDirectoryError",
    "DataFileError",
    "Diff",
    "Event",
    "Evidence",
    "ExportError",
    "ExportStyles",
    "ExtractError",
    "FactError",
    "FeatureError",
    "Finding",
    "Issue",
    "LayerError",
    "LayerRecord",
    "Named",
    "NetworkFileError",
    "NetworkReport",
    "NetworkSettings",
    "Organisation",
    "Person",
    "Place",
    "PlaceError",
    "PortNote",
    "Relation",
    "Series",
    "SeriesValue",
    "Service",
    "Shifted",
    "Source",
    "Stale",
    "UnknownCountryError",
    "UnknownEventError",
    "UnknownFeatureError",
    "UnknownLayerError",
    "UnknownPlaceError",
    "UnknownSeriesError",
    "ValidationReport",
    "Verdict",
    "Voyages",
    "batch",
    "catalog",
    "check_claims",
    "claims",
    "coast",
    "compared_lengths",
    "compile_network",
    "data_directory",
    "diff",
    "events",
    "export",
    "far_ports",
    "find",
    "find_in",
    "gazetteer",
    "land",
    "lanes",
    "latest_date",
    "load",
    "locate",
    "matrix",
    "network",
    "network_report",
    "organisations",
    "people",
    "published_lengths",
    "reach_frame",
    "reachable",
    "read_network",
    "refresh",
    "route",
    "route_frame",
    "sea_matrix",
    "sea_path",
    "series",
    "series_names",
    "services",
    "sources",
    "stale",
    "validate",
    "voyages",
    "write",
]
