"""Measures and routes on the WGS 84 ellipsoid: longitude before latitude, metres."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._journey import Via
    from ._option import MEASURES, Measure, RouteOptions
    from .bbox import BBox
    from .chart import SeaChart
    from .cost import COSTS, CostModel, CostName, Speeds
    from .date import PartialDate, parse_date
    from .edge import GEOMETRY_METHODS, LOADS, MODES, STATUSES, Coordinates, Edge, Load, Mode, Node
    from .errors import (
        GeoError,
        InvalidCoordinateError,
        InvalidDateError,
        InvalidGeometryError,
        InvalidNetworkError,
        InvalidOptionError,
        InvalidQuantityError,
        NoRouteError,
        NoRouteReason,
        UnitError,
        UnknownNodeError,
    )
    from .itinerary import Route
    from .label import Label
    from .lane import Lanes
    from .leg import Border, GaugeBreak, Leg, PublishedLength, Stop, gauge_text
    from .lonlat import HasLonLat, LonLat, Position, as_lonlat, precision_m
    from .measure import bearing, destination, distance, interpolate, midpoint
    from .network import Network
    from .prepared import Path, PreparedNetwork
    from .quantity import Distance, separation, sum_independent, sum_systematic
    from .reach import Reach, ReachedEdge, reachable
    from .router import route, routes
    from .sea import sea_path
    from .sea_way import Join, SeaPath
    from .shape import area, densify, line_length
    from .table import matrix
    from .transfer import TRANSFER_KINDS, Carrier, Transfer, TransferKind
    from .unit import UNITS, from_unit, to_unit

# Each name is fetched at its first use, so a command pays only for what it needs.
_HOMES = {
    "_journey": ("Via",),
    "_option": ("MEASURES", "Measure", "RouteOptions"),
    "bbox": ("BBox",),
    "chart": ("SeaChart",),
    "cost": (
        "COSTS",
        "CostModel",
        "CostName",
        "Speeds",
    ),
    "date": (
        "PartialDate",
        "parse_date",
    ),
    "edge": (
        "GEOMETRY_METHODS",
        "LOADS",
        "MODES",
        "STATUSES",
        "Coordinates",
        "Edge",
        "Load",
        "Mode",
        "Node",
    ),
    "errors": (
        "GeoError",
        "InvalidCoordinateError",
        "InvalidDateError",
        "InvalidGeometryError",
        "InvalidNetworkError",
        "InvalidOptionError",
        "InvalidQuantityError",
        "NoRouteError",
        "NoRouteReason",
        "UnitError",
        "UnknownNodeError",
    ),
    "itinerary": ("Route",),
    "label": ("Label",),
    "lane": ("Lanes",),
    "leg": (
        "Border",
        "GaugeBreak",
        "Leg",
        "PublishedLength",
        "Stop",
        "gauge_text",
    ),
    "lonlat": (
        "HasLonLat",
        "LonLat",
        "Position",
        "as_lonlat",
        "precision_m",
    ),
    "measure": (
        "bearing",
        "destination",
        "distance",
        "interpolate",
        "midpoint",
    ),
    "network": ("Network",),
    "prepared": (
        "Path",
        "PreparedNetwork",
    ),
    "quantity": (
        "Distance",
        "separation",
        "sum_independent",
        "sum_systematic",
    ),
    "reach": (
        "Reach",
        "ReachedEdge",
        "reachable",
    ),
    "router": (
        "route",
        "routes",
    ),
    "sea": ("sea_path",),
    "sea_way": (
        "Join",
        "SeaPath",
    ),
    "shape": (
        "area",
        "densify",
        "line_length",
    ),
    "table": ("matrix",),
    "transfer": (
        "TRANSFER_KINDS",
        "Carrier",
        "Transfer",
        "TransferKind",
    ),
    "unit": (
        "UNITS",
        "from_unit",
        "to_unit",
    ),
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "COSTS",
    "GEOMETRY_METHODS",
    "LOADS",
    "MEASURES",
    "MODES",
    "STATUSES",
    "TRANSFER_KINDS",
    "UNITS",
    "BBox",
    "Border",
    "Carrier",
    "Coordinates",
    "CostModel",
    "CostName",
    "Distance",
    "Edge",
    "GaugeBreak",
    "GeoError",
    "HasLonLat",
    "InvalidCoordinateError",
    "InvalidDateError",
    "InvalidGeometryError",
    "InvalidNetworkError",
    "InvalidOptionError",
    "InvalidQuantityError",
    "Join",
    "Label",
    "Lanes",
    "Leg",
    "Load",
    "LonLat",
    "Measure",
    "Mode",
    "Network",
    "NoRouteError",
    "NoRouteReason",
    "Node",
    "PartialDate",
    "Path",
    "Position",
    "PreparedNetwork",
    "PublishedLength",
    "Reach",
    "ReachedEdge",
    "Route",
    "RouteOptions",
    "SeaChart",
    "SeaPath",
    "Speeds",
    "Stop",
    "Transfer",
    "TransferKind",
    "UnitError",
    "UnknownNodeError",
    "Via",
    "area",
    "as_lonlat",
    "bearing",
    "densify",
    "destination",
    "distance",
    "from_unit",
    "gauge_text",
    "interpolate",
    "line_length",
    "matrix",
    "midpoint",
    "parse_date",
    "precision_m",
    "reachable",
    "route",
    "routes",
    "sea_path",
    "separation",
    "sum_independent",
    "sum_systematic",
    "to_unit",
]


if not TYPE_CHECKING:  # or no misspelt name would be found by its type

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module 'geo' has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
