"""The errors of ``geo``: one root, one leaf for each kind of mistake."""

from __future__ import annotations

from typing import Literal, TypeAlias

NoRouteReason: TypeAlias = Literal[
    "disconnected", "date", "gauge", "mode", "load", "draught", "avoided", "transfer", "off_network", "inland"
]


class GeoError(Exception):
    """Root of every error that ``geo`` raises on purpose.

    Notes
    -----
    ::

        GeoError
        ├── ChartFileError         (ValueError)   bytes are no compiled sea chart
        ├── InvalidCoordinateError (ValueError)   a longitude or latitude is wrong
        ├── InvalidDateError       (ValueError)   a date is not ISO 8601
        ├── InvalidGeometryError   (ValueError)   positions do not make that shape
        ├── InvalidNetworkError    (ValueError)   nodes and edges do not fit
        ├── InvalidOptionError     (ValueError)   a word of an option is unknown
        ├── InvalidQuantityError   (ValueError)   a length, fraction or accuracy
        ├── NoRouteError           (LookupError)  both ends are known, but not connected
        ├── UnitError              (ValueError)   an unknown unit of length
        └── UnknownNodeError       (LookupError)  an id that the network lacks

    Examples
    --------
    >>> issubclass(UnitError, GeoError) and issubclass(UnitError, ValueError)
    True
    """


class ChartFileError(GeoError, ValueError):
    """Bytes are not a compiled sea chart of this format, or not a whole one."""


class InvalidCoordinateError(GeoError, ValueError):
    """A position is not (longitude, latitude) in degrees.

    Attributes
    ----------
    value
        What was given.
    """

    def __init__(self, message: str, *, value: object = None) -> None:
        super().__init__(message)
        self.value = value


class InvalidDateError(GeoError, ValueError):
    """A text is not an ISO 8601 date of any precision.

    Attributes
    ----------
    text
        What was given.
    """

    def __init__(self, message: str, *, text: str = "") -> None:
        super().__init__(message)
        self.text = text


class InvalidGeometryError(GeoError, ValueError):
    """Positions that are valid one by one do not make the requested shape."""


class InvalidNetworkError(GeoError, ValueError):
    """Nodes and edges do not make a network; every problem is listed.

    Attributes
    ----------
    problems
        One sentence a problem, in the order found.
    """

    def __init__(self, message: str, *, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class InvalidOptionError(GeoError, ValueError):
    """A word of an option is none of those that it takes."""


class InvalidQuantityError(GeoError, ValueError):
    """A length, fraction, bearing or accuracy is out of its range.

    Attributes
    ----------
    value
        What was given.
    """

    def __init__(self, message: str, *, value: object = None) -> None:
        super().__init__(message)
        self.value = value


class NoRouteError(GeoError, LookupError):
    """Both ends are known, but no route leads from one to the other.

    Attributes
    ----------
    reason
        ``"disconnected"``: no route at all; ``"date"``: a route exists, but not on that
        day; ``"gauge"``: a route exists, but not for that gauge; ``"mode"``: not by those modes;
        ``"avoided"``: not without something in ``avoid``; ``"transfer"``: lines meet, but no place
        to change the carrier is known there; ``"off_network"``: an end lies too far from every
        node; ``"inland"``: an end lies too far from water.
    """

    def __init__(self, message: str, *, reason: NoRouteReason = "disconnected") -> None:
        super().__init__(message)
        self.reason: NoRouteReason = reason


class UnitError(GeoError, ValueError):
    """An unknown unit of length.

    Attributes
    ----------
    unit
        What was given.
    """

    def __init__(self, message: str, *, unit: str = "") -> None:
        super().__init__(message)
        self.unit = unit


class UnknownNodeError(GeoError, LookupError):
    """The network has no node or edge of that id.

    Attributes
    ----------
    node_id
        The requested name or value.
    """

    def __init__(self, message: str, *, node_id: str = "") -> None:
        super().__init__(message)
        self.node_id = node_id
