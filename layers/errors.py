"""Errors of the data.

::

    geo.GeoError
    └── LayerError
        ├── UnknownLayerError (LookupError)     no layer of that name
        ├── UnknownFeatureError (LookupError)   no feature of that id
        ├── UnknownSeriesError (LookupError)    no series of that name, or no value for that period
        ├── AgeError (ValueError)               a length of time that is not written as 1y, 6m or 90d
        ├── UnknownEventError (LookupError)     no event of that id
        ├── FactError (LookupError)             a fact, other than a feature, that is not on record
        ├── ClaimError (ValueError)             a claim that does not exist, or cannot be checked as written
        ├── DataFileError (ValueError)          a file does not have the expected content
        ├── ExportError (ValueError)            layers cannot be written that way or there
        ├── DataDirectoryError (ValueError)     no data directory, or not a whole one
        ├── ExtractError (ValueError)           an OpenStreetMap extract cannot be used
        ├── FeatureError (ValueError)           features of a user's file cannot be read or drawn as they are
        ├── NetworkFileError (ValueError)       lines cannot be compiled into a network, or a compiled one not be read
        ├── BatchError (ValueError)             a batch cannot be read, run or resumed with these options
        └── PlaceError (LookupError)
            ├── UnknownPlaceError               no place of that name
            └── AmbiguousPlaceError             several places of that name
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from geo import GeoError
from geo.spelling import close, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class LayerError(GeoError):
    """Root of the errors about layers."""


class UnknownLayerError(LayerError, LookupError):
    """There is no layer with that name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        hint = nearest(name, self.known, otherwise=f"the layers are {', '.join(self.known)}")
        super().__init__(f"no layer is called {name!r}; {hint}")


class AgeError(LayerError, ValueError):
    """A length of time is not written as ``1y``, ``6m`` or ``90d``."""


class UnknownCountryError(LayerError, LookupError):
    """No territory is on record for that country."""

    def __init__(self, country: str, known: Iterable[str]) -> None:
        self.country = country
        self.known = tuple(known)
        super().__init__(f"no territory is on record for the country {country!r}; there are {', '.join(self.known)}")


class UnknownFeatureError(LayerError, LookupError):
    """There is no feature with that id."""

    def __init__(self, feature_id: str, known: Iterable[str], reason: str = "see `tumen layers list`") -> None:
        self.feature_id = feature_id
        self.nearest = tuple(close(feature_id, known, count=3, cutoff=0.5))
        hint = f"the nearest are {', '.join(self.nearest)}" if self.nearest else reason
        super().__init__(f"no feature has the id {feature_id!r}; {hint}")


class UnknownSeriesError(LayerError, LookupError):
    """There is no series with that name, or it has no value for that period and part."""

    def __init__(self, wanted: str, known: Iterable[str], kind: str = "series") -> None:
        self.wanted = wanted
        self.known = tuple(known)
        hint = nearest(wanted, self.known, otherwise=f"there are {', '.join(self.known)}")
        super().__init__(f"no {kind} is called {wanted!r}; {hint}")


class UnknownEventError(LayerError, LookupError):
    """There is no event with that id."""

    def __init__(self, event_id: str, known: Iterable[str]) -> None:
        self.event_id = event_id
        self.nearest = tuple(close(event_id, known, count=3, cutoff=0.5))
        hint = f"the nearest are {', '.join(self.nearest)}" if self.nearest else "see `layers.events`"
        super().__init__(f"no event has the id {event_id!r}; {hint}")


class FactError(LayerError, LookupError):
    """A fact, other than a feature, is not on record, or cannot be selected that way."""


class ClaimError(LayerError, ValueError):
    """There is no such claim, or one of its checks cannot be made."""


class DataFileError(LayerError, ValueError):
    """A file does not have the expected content."""


class ExportError(LayerError, ValueError):
    """Layers cannot be written in that format or to that place."""


class DataDirectoryError(LayerError, ValueError):
    """A directory does not hold the layers, or not all of them.

    Attributes
    ----------
    directory
        The one that was named.
    """

    def __init__(self, message: str, directory: Path) -> None:
        self.directory = directory
        super().__init__(message)


class ExtractError(LayerError, ValueError):
    """An OpenStreetMap extract cannot be read, or lacks what it should hold.

    Attributes
    ----------
    path
        The extract.
    """

    def __init__(self, message: str, path: Path) -> None:
        self.path = path
        super().__init__(f"{path}: {message}")


class Described(Protocol):
    """What an error names: a place of the gazetteer."""

    @property
    def id(self) -> str:
        """Its id."""

    def describe(self) -> str:
        """Return it in one line."""


class PlaceError(LayerError, LookupError):
    """A name does not lead to one place.

    Attributes
    ----------
    text
        The given name.
    candidates
        Lines that describe the nearest places, best first.
    ids
        Their ids.
    """

    def __init__(self, message: str, text: str, places: Iterable[Described]) -> None:
        near = tuple(places)
        self.text = text
        self.candidates = tuple(place.describe() for place in near)
        self.ids = tuple(place.id for place in near)
        super().__init__("\n  ".join([message, *self.candidates]))


class UnknownPlaceError(PlaceError):
    """No place of that name is known."""


class AmbiguousPlaceError(PlaceError):
    """Several places, far from each other, have that name."""


class BatchError(LayerError, ValueError):
    """A batch cannot be read, run or resumed with these options."""


class FeatureError(LayerError, ValueError):
    """Features of a user's file cannot be read, or not be drawn, as they are.

    Attributes
    ----------
    source
        The layer or file they come from.
    """

    def __init__(self, message: str, *, source: str = "") -> None:
        super().__init__(message)
        self.source = source


class NetworkFileError(LayerError, ValueError):
    """Lines cannot be compiled into a network, or a compiled one cannot be read."""
