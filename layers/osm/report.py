"""The report of a refresh: features replaced, and features not matched."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from layers.difference import headed

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Moved:
    """A feature whose geometry was replaced.

    Attributes
    ----------
    id, layer
        The feature.
    offset_m
        Greatest distance between the old and the new geometry.
    how
        What it was matched with.
    """

    id: str
    layer: str
    offset_m: float
    how: str


@dataclass(frozen=True, slots=True)
class Appeared:
    """An object of the extract that our layers lack; it is reported, not added: its dates and sources are unknown.

    Attributes
    ----------
    osm
        Such as ``way/123``.
    layer
        Where it would belong.
    name
        Its name as tagged; empty when it has none.
    lonlat
        A place on it.
    why
        What makes it worth a look.
    """

    osm: str
    layer: str
    name: str
    lonlat: tuple[float, float]
    why: str


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A feature of ours that keeps its shipped geometry.

    Attributes
    ----------
    id, layer
        The feature.
    reason
        Why.
    vanished
        Whether the extract covers the place and holds nothing of the kind there.
    """

    id: str
    layer: str
    reason: str
    vanished: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """An attribute on which the extract and our cited sources differ; ours is kept."""

    id: str
    attribute: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """Result of a refresh.

    Attributes
    ----------
    extract
        Name of the file.
    date
        The day of its data, ISO 8601.
    directory
        Where the new data directory is; empty after a dry run.
    moved, appeared, unmatched, differences
        What happened to what.
    anchored
        Sections that keep their course, but whose end went along with its station.
    outside
        How many features of ours lie outside the extract.
    warnings
        About the extract as a whole.
    """

    extract: str
    date: str
    directory: str
    moved: tuple[Moved, ...]
    appeared: tuple[Appeared, ...]
    unmatched: tuple[Unmatched, ...]
    differences: tuple[Difference, ...]
    anchored: tuple[str, ...]
    outside: int
    warnings: tuple[str, ...]

    def summary(self) -> str:
        """Return the result in one line."""
        vanished = sum(item.vanished for item in self.unmatched)
        counts = {
            "moved": len(self.moved),
            "appeared": len(self.appeared),
            "vanished": vanished,
            "not matched": len(self.unmatched) - vanished,
            "outside the extract": self.outside,
        }
        return ", ".join(f"{count} {change}" for change, count in counts.items())

    def lines(self) -> Iterator[str]:
        """Return the report as text, with a heading before each part that is not empty."""
        parts = {
            "Moved": [f"{item.id}  {_metres(item.offset_m)}  {item.how}" for item in self.moved],
            "End moved with its station": list(self.anchored),
            "Appeared (not added: no dates, no sources)": [
                f"{item.osm}  {item.name or 'without a name'}  ({item.lonlat[0]:.5f}, {item.lonlat[1]:.5f})  {item.why}"
                for item in self.appeared
            ],
            "Vanished (the shipped geometry stays)": [f"{i.id}  {i.reason}" for i in self.unmatched if i.vanished],
            "Not matched (the shipped geometry stays)": [
                f"{i.id}  {i.reason}" for i in self.unmatched if not i.vanished
            ],
            "Different in the extract (ours is kept)": [
                f"{item.id}  {item.attribute}: ours {item.ours}, extract {item.theirs}" for item in self.differences
            ],
        }
        yield from headed(parts)

    def to_dict(self) -> dict[str, Any]:
        """Report as plain JSON values."""
        return asdict(self)


def _metres(value: float) -> str:
    return f"{value / 1000:.1f} km" if value >= 10_000 else f"{value:.0f} m"  # noqa: PLR2004 - a metre is no news then
