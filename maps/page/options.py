"""Options of a page beyond its theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from .tiles import Tiles

# Of a page of 30 MB, with room for the features on it.
BASEMAP_BYTES = 24_000_000


@dataclass(frozen=True, slots=True)
class PageOptions:
    """Options of a page beyond its theme.

    Attributes
    ----------
    max_bytes
        The page is to be no larger; its lines and outlines are simplified as far as that needs.
    simplify_m
        Metres by which lines and outlines may deviate from the data.
    tiles
        Raster tiles to lie over the base map; the page then needs a network to show them.
    embed
        The page is compact, for the frame of an article: the map with its popups, scale and attribution, and no panel.
    address
        Address of the page on the web; empty if unknown.
    basemap
        An OpenStreetMap extract, ``.osm.pbf``, that the base map is drawn from as far as it reaches.
    basemap_bytes
        Largest size of that base map; what does not fit is left out, buildings first.
    split
        Name of a folder beside the page that takes the features of its large layers, in parts which are read as they are
        needed; empty for a page of one file.
    card
        Address of the picture that a link to the page is shown with.

    Examples
    --------
    >>> PageOptions(max_bytes=500_000).simplify_m
    0.0
    """

    max_bytes: int | None = None
    simplify_m: float = 0.0
    tiles: Tiles | None = None
    embed: bool = False
    address: str = ""
    card: str = ""
    basemap: Path | None = None
    basemap_bytes: int = BASEMAP_BYTES
    split: str = ""

    def __post_init__(self) -> None:
        if self.split in {".", ".."} or set(self.split) & set("/\\:"):
            raise ValueError(f"split must be the plain name of a folder beside the page, got {self.split!r}")
