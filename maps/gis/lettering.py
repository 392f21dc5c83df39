"""Label styles of the web maps, for a GIS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Manner:
    """How words are lettered.

    Attributes
    ----------
    size
        In pixels.
    weight
        As in CSS: 400 is normal, 700 is bold.
    colour
        A colour token.
    """

    size: float
    weight: int
    colour: str
    italic: bool = False


# As map/lettering.js, map/names.js and page.css have them.
MANNERS: Mapping[str, Manner] = {
    "city": Manner(13.5, 600, "ink"),
    "town": Manner(12, 500, "ink"),
    "place": Manner(11, 400, "place"),
    "feature": Manner(12, 600, "ink"),
    "line": Manner(11, 500, "muted"),
    "note": Manner(11.5, 500, "border", italic=True),
}
HALO_PX = 1.5
# Zoom level from which a place is named, by population.
PLACE_ZOOM = ((1_000_000, 0.0), (300_000, 5.0), (100_000, 6.25), (30_000, 7.25), (5_000, 8.5), (0, 9.5))
