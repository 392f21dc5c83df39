"""Records of layers and of cited sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from geo import BBox

Group: TypeAlias = Literal["subject", "reference"]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How far features may be off, in metres (95 % radius): the best, the median and the worst of a layer."""

    best_m: float
    median_m: float
    worst_m: float


@dataclass(frozen=True, slots=True)
class LayerRecord:
    """The record of one layer in the catalog.

    Attributes
    ----------
    name
        The layer's name, and its file's without the ending.
    title
        The title in English.
    group
        ``subject`` for what the maps are about, ``reference`` for the base map.
    licence
        SPDX identifier; the whole file is under this one licence.
    attribution
        The words that must go wherever the data goes.
    packages
        The installable packages that the geometry comes from, as ``name version``; empty when typed in by hand.
    retrieved
        The day the packages were read, ISO 8601.
    processing
        The command that makes the file.
    sha256, bytes
        Of the file.
    features
        The number of features.
    geometry_types
        GeoJSON geometry types, sorted.
    accuracy
        Best, median and worst ``accuracy_m``.
    bbox
        West, south, east, north in degrees.
    """

    name: str
    title: str
    group: Group
    licence: str
    attribution: str
    packages: tuple[str, ...]
    retrieved: str
    processing: str
    sha256: str
    bytes: int
    features: int
    geometry_types: tuple[str, ...]
    accuracy: Accuracy
    bbox: BBox


@dataclass(frozen=True, slots=True)
class Source:
    """A cited source.

    Attributes
    ----------
    id
        By which features cite it.
    title, publisher, date, url, kind, note
        As in ``docs/data-model.md``; empty when unknown.
    """

    id: str
    title: str
    publisher: str = ""
    date: str = ""
    url: str = ""
    kind: str = ""
    note: str = ""

    def cite(self) -> str:
        """Return the source in one line of plain text.

        Examples
        --------
        >>> Source("x", "Rail link completed", publisher="Railway Gazette", date="2013").cite()
        'Rail link completed. Railway Gazette, 2013'
        >>> Source("x", "A page without a date").cite()
        'A page without a date'
        """
        tail = ", ".join(part for part in (self.publisher, self.date) if part)
        return f"{self.title}. {tail}" if tail else self.title


def source_from(source_id: str, row: Mapping[str, object]) -> Source:
    """Make a `Source` of one entry of ``sources.json``."""
    return Source(source_id, **{key: str(value) for key, value in row.items()})
