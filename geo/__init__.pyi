from .bbox import BBox
from .date import PartialDate, parse_date
from .errors import (
    ChartFileError,
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
from .geodesic.measure import bearing, destination, distance, interpolate, midpoint
from .geodesic.separation import separation
from .geodesic.shape import area, densify, line_length
from .lonlat import HasLonLat, LonLat, Position, as_lonlat, precision_m
from .network.cost import COSTS, CostModel, CostName, Speeds
from .network.edge import GEOMETRY_METHODS, LOADS, MODES, STATUSES, Coordinates, Edge, Load, Mode, Node
from .network.network import Network
from .network.restriction import Label
from .network.transfer import TRANSFER_KINDS, Carrier, Transfer, TransferKind
from .quantity import Distance, sum_independent, sum_systematic
from .routing._options import MEASURES, Measure, RouteChanges, RouteOptions
from .routing._query import Via
from .routing.graph.weighing import vocabulary
from .routing.isochrone import Reach, ReachedEdge, reachable
from .routing.itinerary import Route
from .routing.leg import Border, GaugeBreak, Leg, PublishedLength, Stop, gauge_text
from .routing.matrix import matrix
from .routing.prepared import Path, PreparedNetwork, prepare
from .routing.report.summary import RouteSummary, SummaryRow
from .routing.route import route, routes, shut_shortcuts
from .sea.chart import SeaChart
from .sea.compiled import CompiledChart
from .sea.lanes import Lanes
from .sea.path import sea_path
from .sea.result import Join, SeaPath
from .unit import UNITS, from_unit, to_unit

__version__: str
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
    "ChartFileError",
    "CompiledChart",
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
    "RouteChanges",
    "RouteOptions",
    "RouteSummary",
    "SeaChart",
    "SeaPath",
    "Speeds",
    "Stop",
    "SummaryRow",
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
    "prepare",
    "reachable",
    "route",
    "routes",
    "sea_path",
    "separation",
    "shut_shortcuts",
    "sum_independent",
    "sum_systematic",
    "to_unit",
    "vocabulary",
]
