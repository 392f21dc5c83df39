"""Measures and routes on the WGS 84 ellipsoid: longitude before latitude, metres."""

from .bbox import BBox
from .chart import SeaChart
from .cost import COSTS, CostModel, CostName, Speeds
from .date import PartialDate, parse_date
from .edge import GEOMETRY_METHODS, MODES, STATUSES, Coordinates, Edge, Mode, Node
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
from .leg import Border, GaugeBreak, Leg, PublishedLength, Stop, gauge_text
from .lonlat import HasLonLat, LonLat, Position, as_lonlat, precision_m
from .measure import bearing, destination, distance, interpolate, midpoint
from .network import Network
from .prepared import Path, PreparedNetwork
from .quantity import Distance, separation, sum_independent, sum_systematic
from .reach import Reach, ReachedEdge, reachable
from .router import route, routes
from .sea import SeaPath, sea_path
from .shape import area, densify, line_length
from .table import matrix
from .transfer import TRANSFER_KINDS, Carrier, Transfer, TransferKind
from .unit import UNITS, from_unit, to_unit

__all__ = [
    "COSTS",
    "GEOMETRY_METHODS",
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
    "Label",
    "Leg",
    "LonLat",
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
    "SeaChart",
    "SeaPath",
    "Speeds",
    "Stop",
    "Transfer",
    "TransferKind",
    "UnitError",
    "UnknownNodeError",
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
