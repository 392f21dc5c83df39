"""Classes of the base map of an extract, as ``builtin/basemap.toml`` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from layers.osm.drawing import Class
from maps.themes.reader import THEMES
from maps.themes.toml import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = THEMES / "basemap.toml"
OVERVIEW_ZOOM = 11  # classes that show up to it are drawn in all the extract, others near the map's extent
MANNERS = ("city", "town", "suburb", "village", "street", "river", "bay", "green", "site", "stop", "peak")


@dataclass(frozen=True, slots=True)
class Naming:
    """How the objects of a class are named: manner of lettering, zoom levels from and until which, rank among the names."""

    manner: str
    zoom: float
    rank: float
    until: float = 25.0


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of the base map.

    Attributes
    ----------
    objects
        Which objects it holds.
    zoom
        From which they are drawn.
    least_px
        Square pixels that an area must cover to be drawn.
    drawn
        Whether its geometry is drawn, not only a name.
    naming
        How they are named, or nothing.
    """

    objects: Class
    zoom: int
    least_px: float = 0.0
    drawn: bool = True
    naming: Naming | None = None


@cache
def kinds() -> tuple[Kind, ...]:
    """Read the classes, from the lowest to the highest on the map.

    Raises
    ------
    ThemeError
        When the file is wrong.

    Examples
    --------
    >>> [kind.objects.name for kind in kinds()][:2]
    ['land', 'residential']
    """
    table = Table.load(FILE, "basemap")
    kinds = tuple(_kind(name, item) for name, item in table.table("class").items())
    table.finish()
    return kinds


def _kind(name: str, table: Table) -> Kind:
    geometry, zoom = table.string("geometry"), int(table.number("from"))
    tags, also, unless = (_values(table.table(key)) for key in ("tags", "also", "unless"))
    naming = _naming(table.table("name")) if "name" in table else None
    drawn = table.boolean("drawn", default=geometry != "point")
    objects = Class(name, geometry, tags, also, unless, is_detail=zoom > OVERVIEW_ZOOM)
    return Kind(objects, zoom, table.number("least_px"), drawn, naming)


def _naming(table: Table) -> Naming:
    manner = table.name("manner", MANNERS)
    return Naming(manner, table.number("from"), table.number("rank"), table.number("until", 25.0))


def _values(table: Table) -> Mapping[str, frozenset[str]]:
    return {key: frozenset(table.words(key)) for key in table.values}
