"""The network as one file: compiled from the layers and the tables, selected by day in milliseconds."""

from .cache import compiled
from .report import NetworkReport, PortNote, network_report
from .selection import select

__all__ = ["NetworkReport", "PortNote", "compiled", "network_report", "select"]
