"""Measures and routes on the WGS 84 ellipsoid: longitude before latitude, metres."""

from .bbox import BBox
from .chart import SeaChart
from .date import PartialDate, parse_date
from .edge import GEOMETRY_METHODS, MODES, STATUSES, Coordinates, Edge, Mode, Node
from .errors import (
    GeoError,
    InvalidCoordinateError,
    InvalidDateError,
    InvalidGeometryError,
    InvalidNetworkError,
    InvalidQuantityError,
    NoRouteError,
    NoRouteReason,
    UnitError,
    UnknownNodeError,
)
from .itinerary import Route
from .lane import Lanes
from .leg import GaugeBreak, Leg, PublishedLength, Stop, gauge_text
from .lonlat import HasLonLat, LonLat, Position, as_lonlat, precision_m
from .measure import bearing, destination, distance, interpolate, midpoint
from .network import Network
from .quantity import Distance, separation, sum_independent, sum_systematic
from .reach import Reach, ReachedEdge, matrix, reachable
from .router import route
from .sea import sea_path
from .sea_way import Join, SeaPath
from .shape import area, densify, line_length
from .unit import UNITS, from_unit, to_unit

__all__ = [
    "GEOMETRY_METHODS",
    "MODES",
    "STATUSES",
    "UNITS",
    "BBox",
    "Coordinates",
    "Distance",
    "Edge",
    "GaugeBreak",
    "GeoError",
    "HasLonLat",
    "InvalidCoordinateError",
    "InvalidDateError",
    "InvalidGeometryError",
    "InvalidNetworkError",
    "InvalidQuantityError",
    "Join",
    "Lanes",
    "Leg",
    "LonLat",
    "Mode",
    "Network",
    "NoRouteError",
    "NoRouteReason",
    "Node",
    "PartialDate",
    "Position",
    "PublishedLength",
    "Reach",
    "ReachedEdge",
    "Route",
    "SeaChart",
    "SeaPath",
    "Stop",
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
    "sea_path",
    "separation",
    "sum_independent",
    "sum_systematic",
    "to_unit",
]
