"""An edge whose line is decoded at its first use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from geo import Edge

from .archive import Lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo import Coordinates


class StoredEdge(Edge):
    """An edge out of a compiled network; it was checked when it was compiled."""

    __slots__ = ("_line",)
    checked: ClassVar[bool] = True

    def __post_init__(self) -> None:
        """Skip the checks: the edge passed them when the network was compiled."""

    @property
    def coordinates(self) -> Coordinates:
        """Positions, decoded at the first look."""
        line: Any = cast("Any", self)._line  # noqa: SLF001 - its own; mypy does not read slots
        if line and isinstance(line[0], Lines):
            line = line[0].line(line[1], line[2])
            self._keep(line)
        return cast("Coordinates", line)

    @coordinates.setter
    def coordinates(self, value: Coordinates) -> None:
        self._keep(value)

    def _keep(self, line: object) -> None:
        object.__setattr__(self, "_line", line)  # edges are frozen


def stored(columns: Mapping[str, Sequence[object]], places: Sequence[tuple[Lines, int, int]]) -> list[StoredEdge]:
    """Make edges of their fields, without checking them again.

    Parameters
    ----------
    columns
        Values of each field of `geo.Edge` but the coordinates, one an edge.
    places
        Of each edge the lines, and where its own begins and how many positions it has.
    """
    make = cast("Any", StoredEdge)  # of values that a file gives
    names = (*columns, "coordinates")
    return [make(**dict(zip(names, values, strict=True))) for values in zip(*columns.values(), places, strict=True)]
