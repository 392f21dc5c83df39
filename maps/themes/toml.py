"""Reads TOML tables that follow the schema of themes, and collects all problems."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

from geo import BBox, GeoError
from geo.spelling import nearest
from maps.errors import ThemeError
from maps.i18n.text import LANGUAGES, Text

from .fill import parsed
from .structure import KeyPath, faults

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

Scalar: TypeAlias = str | int | float | bool
T = TypeVar("T")

_MAX_BYTES = 1_000_000
_EDGES = 4  # of a box
_SOMEWHERE = BBox(0, 0, 1, 1)  # stands in for an extent that is wrong


class Table:
    """One table of a TOML file, its path in the file, and the problems found so far.

    `load` and `check` note what breaks the schema and leave it out, so that every value here has the right type: a reader asks
    for it, and checks its meaning. A missing required value is replaced by a harmless one, so that one pass finds all
    problems; `finish` then raises.
    """

    __slots__ = ("_problems", "file", "path", "values")

    def __init__(self, values: Mapping[str, object], file: str, path: str, problems: list[str]) -> None:
        self.values = values
        self.file = file
        self.path = path
        self._problems = problems

    @classmethod
    def load(cls, path: Path, kind: str = "theme") -> Table:
        """Read a TOML file.

        Parameters
        ----------
        path
            The file.
        kind
            What it is: ``theme``, or a definition of ``schema.json``.

        Raises
        ------
        ThemeError
            When it cannot be read, or is no TOML.
        """
        try:
            if path.stat().st_size > _MAX_BYTES:
                raise ThemeError(str(path), [f"the file is larger than {_MAX_BYTES:,} bytes"])
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ThemeError(str(path), [f"cannot be read: {error.strerror}"]) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ThemeError(str(path), [f"is not valid TOML: {error}"]) from None
        return cls.check(values, str(path), kind)

    @classmethod
    def check(cls, values: Mapping[str, object], file: str, kind: str = "theme") -> Table:
        """Note what breaks the schema, and keep the rest."""
        plain = cast("dict[str, object]", _plain(values))
        breaches = faults(plain, kind)
        for fault in sorted(breaches, key=lambda fault: -len(fault.path)):
            _leave_out(plain, fault.path)
        problems = [f"{_written(fault.path) or 'file'}: {fault.message}" for fault in breaches]
        return cls(plain, file, "", list(dict.fromkeys(problems)))

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def at(self, key: str) -> str:
        """Path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def problem(self, key: str, message: str) -> None:
        """Note a problem at a key; an empty key is the table itself."""
        self._problems.append(f"{self.at(key) if key else self.path or 'file'}: {message}")

    def finish(self) -> None:
        """Raise the problems found, if any.

        Raises
        ------
        ThemeError
            With every problem noted in this file.
        """
        if self._problems:
            raise ThemeError(self.file, self._problems)

    def string(self, key: str, default: str = "") -> str:
        """Give a text."""
        return cast("str", self.values.get(key, default))

    def boolean(self, key: str, *, default: bool = False) -> bool:
        """Give true or false."""
        return cast("bool", self.values.get(key, default))

    def number(self, key: str, default: float = 0) -> float:
        """Give a number."""
        return float(cast("float", self.values[key])) if key in self else default

    def end(self, key: str) -> float | None:
        """Give a number, or nothing where there is none."""
        return self.number(key) if key in self else None

    def words(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; empty when absent."""
        return tuple(word for word in self._items(key) if isinstance(word, str))

    def numbers(self, key: str) -> tuple[float, ...]:
        """Give a list of numbers; empty when absent."""
        return tuple(float(item) for item in self._items(key) if isinstance(item, int | float))

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """Give a value or a list of values as a list; empty when absent."""
        value = self.values.get(key, [])
        return tuple(cast("list[Scalar]", value if isinstance(value, list) else [value]))

    def name(self, key: str, known: Collection[str], default: str = "") -> str:
        """Give a name, which must be one of those that are known."""
        value = self.string(key, default)
        if value and value not in known:
            self.problem(key, f"unknown value {value!r}; {nearest(value, known)}")
        return value

    def text(self, key: str, default: Text | None = None) -> Text:
        """Give words in four languages."""
        value = self.values.get(key)
        if isinstance(value, str):
            self._check_braces(key, value)
            return Text(value)
        if not isinstance(value, dict):
            return default or Text("")
        table = self._child(value, self.at(key))
        for lang in table.values:
            table._check_braces(lang, table.string(lang))  # noqa: SLF001 -- a table of the same class
        return Text(*(table.string(lang) for lang in LANGUAGES))

    def box(self, key: str) -> BBox:
        """Give west, south, east, north in degrees."""
        edges = self.numbers(key)
        if len(edges) != _EDGES:
            return _SOMEWHERE  # one is missing or wrong, as noted before
        try:
            box = BBox(*edges)
        except GeoError as error:
            self.problem(key, str(error))
            return _SOMEWHERE
        if box.west == box.east or box.south == box.north:
            self.problem(key, f"expected west < east and south < north, got {list(box)}")
        return box

    def table(self, key: str) -> Table:
        """Give the table below a key; empty when absent."""
        return self._child(cast("Mapping[str, object]", self.values.get(key, {})), self.at(key))

    def tables(self, key: str) -> Iterator[Table]:
        """Give each table of a list of tables."""
        return (item for item in self.words_and_tables(key) if isinstance(item, Table))

    def words_and_tables(self, key: str) -> Iterator[str | Table]:
        """Give each item of a list of texts and tables."""
        for number, item in enumerate(self._items(key)):
            if isinstance(item, dict):
                yield self._child(item, f"{self.at(key)}[{number}]")
            elif isinstance(item, str):
                yield item

    def items(self) -> Iterator[tuple[str, Table]]:
        """Give each key of this table whose value is a table."""
        for key in self.values:
            yield key, self.table(key)

    def _items(self, key: str) -> list[object]:
        return cast("list[object]", self.values.get(key, []))

    def _child(self, values: Mapping[str, object], path: str) -> Table:
        return Table(values, self.file, path, self._problems)

    def _check_braces(self, key: str, text: str) -> None:
        """Note a brace that belongs to no field."""
        try:
            parsed(text)
        except ValueError as error:
            self.problem(key, str(error))


def _plain(value: object) -> object:
    """Copy what a TOML file holds, dates as text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value


def _leave_out(values: dict[str, object], path: KeyPath) -> None:
    """Take out the value at a path: a key vanishes, an item of a list becomes None, so that the others keep their numbers."""
    *above, last = path or ("",)
    parent: object = values
    for step in above:
        parent = cast("dict[str | int, object]", parent)[step]
    if isinstance(parent, dict):
        parent.pop(last, None)
    elif isinstance(parent, list):
        parent[cast("int", last)] = None


def _written(path: KeyPath) -> str:
    """Write a path as ``layer[0].source``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
