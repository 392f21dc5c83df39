"""Reads TOML tables strictly, and collects all problems."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from geo.spelling import nearest
from maps.errors import ThemeError
from maps.i18n.text import LANGUAGES, Text

from .fill import parsed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

Extent: TypeAlias = tuple[float, float, float, float]  # west, south, east, north
Scalar: TypeAlias = str | int | float | bool
T = TypeVar("T")

_BOX = 4
_MAX_LON, _MAX_LAT = 180, 90
_MAX_BYTES = 1_000_000


class Table:
    """One table of a TOML file, its path in the file, and the problems found so far.

    Reading a wrong key notes a problem and gives a harmless value of the right type, so that one pass finds them all;
    `finish` then raises.
    """

    __slots__ = ("_problems", "file", "path", "values")

    def __init__(
        self, values: Mapping[str, object], file: str, path: str = "", problems: list[str] | None = None
    ) -> None:
        self.values = values
        self.file = file
        self.path = path
        self._problems: list[str] = [] if problems is None else problems

    @classmethod
    def load(cls, path: Path) -> Table:
        """Read a TOML file."""
        try:
            if path.stat().st_size > _MAX_BYTES:
                raise ThemeError(str(path), [f"the file is larger than {_MAX_BYTES:,} bytes"])
            return cls(tomllib.loads(path.read_text(encoding="utf-8")), str(path))
        except OSError as error:
            raise ThemeError(str(path), [f"cannot be read: {error.strerror}"]) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ThemeError(str(path), [f"is not valid TOML: {error}"]) from None

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def at(self, key: str) -> str:
        """Path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def problem(self, key: str, message: str) -> None:
        """Note a problem at a key; an empty key is the table itself."""
        self._problems.append(f"{self.at(key) if key else self.path or 'file'}: {message}")

    def known(self, *keys: str) -> None:
        """Note every key that is none of these."""
        for key in self.values:
            if key not in keys:
                self.problem(key, f"unknown key; {nearest(key, keys)}")

    def finish(self) -> None:
        """Raise what was found, if anything was.

        Raises
        ------
        ThemeError
            With every problem noted in this file.
        """
        if self._problems:
            raise ThemeError(self.file, self._problems)

    def child(self, key: str, values: Mapping[str, object], path: str = "") -> Table:
        """Make the table below `key`, which notes its problems here."""
        return Table(values, self.file, path or self.at(key), self._problems)

    def string(self, key: str, default: str | None = None) -> str:
        """Read a text; required when there is no default."""
        return self._typed(key, str, default, "")

    def boolean(self, key: str, *, default: bool) -> bool:
        """Read true or false."""
        return self._typed(key, bool, default, default)

    def number(self, key: str, default: float | None = None, *, low: float = 0, high: float = 1e9) -> float:
        """Read a number in a range; required when there is no default."""
        if key not in self.values and default is not None:
            return default
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.problem(key, f"expected a number in [{low:g}, {high:g}], got {value!r}")
            return low
        if not low <= value <= high:
            self.problem(key, f"expected a number in [{low:g}, {high:g}], got {value!r}")
        return float(value)

    def choice(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        """Read one word of several."""
        value = self.string(key, default)
        if value and value not in choices:
            self.problem(key, f"unknown value {value!r}; {nearest(value, choices)}")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Read a list of texts; empty when absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self.problem(key, f"expected a list of texts, got {value!r}")
            return ()
        return tuple(value)

    def numbers(self, key: str) -> tuple[float, ...]:
        """Read a list of numbers; empty when absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(type(item) in (int, float) for item in value):
            self.problem(key, f"expected a list of numbers, got {value!r}")
            return ()
        return tuple(float(item) for item in value)

    def text(self, key: str, default: Text | None = None) -> Text:
        """Read words in four languages: one text for all, or a table with at least ``en``."""
        value = self.values.get(key)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and value.strip():
            self.braces(key, value)
            return Text(value)
        if not isinstance(value, dict):
            self.problem(key, f"expected a text or a table with {', '.join(LANGUAGES)}, got {value!r}")
            return Text("")
        table = self.child(key, value)
        table.known(*LANGUAGES)
        words = [table.string("en"), *(table.string(lang, "") for lang in LANGUAGES[1:])]
        for lang, text in zip(LANGUAGES, words, strict=True):
            table.braces(lang, text)
        return Text(*words)

    def braces(self, key: str, text: str) -> None:
        """Note a brace that belongs to no field."""
        try:
            parsed(text)
        except ValueError as error:
            self.problem(key, str(error))

    def extent(self, key: str) -> Extent:
        """Read west, south, east, north in degrees."""
        box = self.numbers(key)
        if len(box) != _BOX:
            self.problem(key, f"expected [west, south, east, north] in degrees, got {self.values.get(key)!r}")
            return (0, 0, 1, 1)
        west, south, east, north = box
        if not (-_MAX_LON <= west < east <= _MAX_LON and -_MAX_LAT <= south < north <= _MAX_LAT):
            swap = "; are lon and lat swapped?" if _MAX_LAT < max(abs(south), abs(north)) <= _MAX_LON else ""
            rule = "expected west < east in [-180, 180] and south < north in [-90, 90]"
            self.problem(key, f"{rule}, got {list(box)}{swap}")
        return (west, south, east, north)

    def table(self, key: str) -> Table:
        """Read the table below a key; empty when absent."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            self.problem(key, f"expected a table, got {value!r}")
            value = {}
        return self.child(key, value)

    def tables(self, key: str) -> Iterator[Table]:
        """Each table of a list of tables."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.problem(key, f"expected a list of tables, got {value!r}")
            return
        for number, item in enumerate(value):
            path = f"{self.at(key)}[{number}]"
            if isinstance(item, dict):
                yield self.child(key, item, path)
            else:
                self._problems.append(f"{path}: expected a table, got {item!r}")

    def items(self) -> Iterator[tuple[str, Table]]:
        """Each key of this table whose value is a table."""
        for key in self.values:
            yield key, self.table(key)

    def _typed(self, key: str, kind: type[T], default: T | None, stand_in: T) -> T:
        if key not in self.values:
            if default is None:
                self.problem(key, "is missing")
                return stand_in
            return default
        value = self.values[key]
        if not isinstance(value, kind):
            self.problem(key, f"expected {_WORDS[kind]}, got {value!r}")
            return stand_in
        return value


_WORDS: Mapping[type, str] = {str: "a text", bool: "true or false"}
