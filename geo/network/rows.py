"""Sequences and mappings whose items are made from row numbers when they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Texts(Protocol):
    """A column of texts, such as a list, or one of Arrow behind a few lines of code."""

    def __len__(self) -> int:
        """Count them."""

    def __getitem__(self, number: int, /) -> str:
        """Return the one of that number."""

    def index(self, text: str, /) -> int:
        """Return the number of the first equal to it; raise ValueError where there is none."""


class Rows(Sequence[T]):
    """A sequence whose items are made when they are read."""

    def _row(self, number: int) -> T:
        raise NotImplementedError

    @overload
    def __getitem__(self, number: int) -> T: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[T]: ...
    def __getitem__(self, number: int | slice) -> T | Sequence[T]:
        """Make the item at a number; negative numbers count from the end."""
        if isinstance(number, slice):
            return [self._row(row) for row in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        return self._row(number % len(self))

    def __iter__(self) -> Iterator[T]:
        """Make one after the other."""
        return map(self._row, range(len(self)))


class Made(Rows[T]):
    """Things that a function makes of their numbers."""

    def __init__(self, make: Callable[[int], T], count: int) -> None:
        self._row, self._count = make, count  # type: ignore[assignment,method-assign]  # a function that makes a row

    def __len__(self) -> int:
        """Count them."""
        return self._count


class Findable(Protocol):
    """A table that finds the row of an id."""

    def find(self, id_: str, /) -> int | None:
        """Return the row of an id; None where there is none."""

    def __getitem__(self, number: int, /) -> Any:  # noqa: ANN401 - a node or an edge
        """Make the item of a row."""


class ById(Mapping[str, T]):
    """The rows of a table by their ids."""

    def __init__(self, table: Findable, rows: Sequence[T]) -> None:
        self._table, self.rows = table, rows

    def __getitem__(self, id_: str) -> T:
        """Return the item with an id."""
        number = self._table.find(id_)
        if number is None:
            raise KeyError(id_)
        row: T = self._table[number]
        return row

    def __contains__(self, id_: object) -> bool:
        """Tell whether there is one of that id."""
        return isinstance(id_, str) and self._table.find(id_) is not None

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids."""
        return (row.id for row in self.rows)  # type: ignore[attr-defined]  # nodes and edges have ids

    def __len__(self) -> int:
        """Count them."""
        return len(self.rows)
