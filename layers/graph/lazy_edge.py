"""An edge whose line is decoded when somebody looks at it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, ClassVar, cast

from geo import Edge

from .archive import Lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo import Coordinates

_set = object.__setattr__


class StoredEdge(Edge):
    """An edge out of a compiled network; it was checked when it was compiled."""

    __slots__ = ("_line",)
    checked: ClassVar[bool] = True

    @property
    def coordinates(self) -> Coordinates:
        """Positions, decoded at the first look."""
        line: Any = cast("Any", self)._line  # noqa: SLF001 - its own; mypy does not read slots
        if line and isinstance(line[0], Lines):
            line = line[0].line(line[1], line[2])
            _set(self, "_line", line)
        return cast("Coordinates", line)

    @coordinates.setter
    def coordinates(self, value: Coordinates) -> None:
        _set(self, "_line", value)


def stored(columns: Mapping[str, Sequence[object]], places: Sequence[tuple[Lines, int, int]]) -> list[StoredEdge]:
    """Make edges of their fields, without checking them again.

    Parameters
    ----------
    columns
        Values of each field of `geo.Edge` but the coordinates, one an edge.
    places
        Of each edge the lines, and where its own begins and how many positions it has.
    """
    new = object.__new__
    edges = [new(StoredEdge) for _ in places]
    for name, values in columns.items():  # column by column, which takes a third of the time
        deque(map(getattr(Edge, name).__set__, edges, values), maxlen=0)
    deque(map(cast("Any", StoredEdge)._line.__set__, edges, places), maxlen=0)  # noqa: SLF001 - its own
    return edges
