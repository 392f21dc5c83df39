"""An edge whose line is decoded when somebody looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from geo import Edge

from .archive import Lines

if TYPE_CHECKING:
    from geo import Coordinates

_set = object.__setattr__


class StoredEdge(Edge):
    """An edge out of a compiled network; it was checked when it was compiled."""

    __slots__ = ("_line",)
    checked: ClassVar[bool] = True

    @property
    def coordinates(self) -> Coordinates:  # type: ignore[override]  # a field of `Edge`, read-only there too
        """Positions, decoded at the first look."""
        line: Any = self._line
        if line and isinstance(line[0], Lines):
            line = line[0].line(line[1], line[2])
            _set(self, "_line", line)
        return cast("Coordinates", line)

    @coordinates.setter
    def coordinates(self, value: Coordinates) -> None:
        _set(self, "_line", value)


def stored(lines: Lines, start: int, count: int, **fields: object) -> StoredEdge:
    """Make an edge of its fields and of the place of its line, without checking them again."""
    edge = object.__new__(StoredEdge)
    for name, value in fields.items():
        _set(edge, name, value)
    _set(edge, "_line", (lines, start, count))
    return edge
