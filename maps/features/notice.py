"""Notices about changes to the user's features: counted, and reported once."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger("maps.features")

# Notices in singular and plural.
_NOTICES: Mapping[str, tuple[str, str]] = {
    "no geometry": (
        "1 feature has no geometry and is left out",
        "{n} features have no geometry and are left out",
    ),
    "collections": (
        "1 geometry collection is drawn as its points, lines and areas",
        "{n} geometry collections are drawn as their points, lines and areas",
    ),
    "open rings": (
        "1 feature had a ring that did not end where it begins; it was closed",
        "{n} features had rings that did not end where they begin; they were closed",
    ),
    "crossing": (
        "1 feature crosses the 180th meridian; it was cut there",
        "{n} features cross the 180th meridian; they were cut there",
    ),
    "wide": (
        "1 area spans over half of the Earth by the direction of its ring, and is drawn so; reverse it if it crosses 180°",
        "{n} areas span over half of the Earth by the direction of their rings, and are drawn so; reverse any that cross 180°",
    ),
    "turned": (
        "1 feature had a longitude beyond 180; it was turned by 360 degrees",
        "{n} features had a longitude beyond 180; they were turned by 360 degrees",
    ),
    "self-crossing": (
        "1 area crosses itself; parts inside an even number of its rings are drawn as outside",
        "{n} areas cross themselves; parts inside an even number of their rings are drawn as outside",
    ),
    "heights": ("1 feature has heights, which are not drawn", "{n} features have heights, which are not drawn"),
    "no number": (
        "1 value that is no number (NaN, infinity) is read as missing",
        "{n} values that are no numbers (NaN, infinity) are read as missing",
    ),
    "same id": (
        "1 feature had the id of another; it was given a new one",
        "{n} features had the id of another; they were given new ones",
    ),
    "bytes": ("1 column of bytes is left out", "{n} columns of bytes are left out"),
    "more geometries": (
        "1 more column of geometries is not drawn",
        "{n} more columns of geometries are not drawn",
    ),
}


@dataclass(slots=True)
class Notices:
    """Counts changes to the features of one source.

    Attributes
    ----------
    name
        Of the source.
    """

    name: str
    _counts: Counter[str] = field(default_factory=Counter)
    _examples: dict[str, list[str]] = field(default_factory=dict)
    _said: list[str] = field(default_factory=list)

    def add(self, what: str, count: int = 1, *examples: str) -> None:
        """Count a change; `what` is a key of `_NOTICES`."""
        if count:
            self._counts[what] += count
            self._examples.setdefault(what, []).extend(examples[:3])

    def say(self, message: str) -> None:
        """Note a sentence, once."""
        if message not in self._said:
            self._said.append(message)

    def lines(self) -> list[str]:
        """Everything noted, a line each."""
        return [*self._said, *(self._line(key, count) for key, count in sorted(self._counts.items()))]

    def tell(self) -> None:
        """Write it to the log."""
        for line in self.lines():
            log.warning("%s: %s", self.name, line)

    def _line(self, key: str, count: int) -> str:
        singular, plural = _NOTICES[key]
        examples = self._examples.get(key)
        tail = f" ({', '.join(examples[:3])})" if examples else ""
        return (singular if count == 1 else plural.format(n=f"{count:,}")) + tail
