"""The pages of a build: each has its own file, and the arguments of a user select among them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maps.builder import INDEX
from maps.errors import ThemeError, UnknownPageError
from maps.themes import reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maps.themes.model import Theme


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page that a build may make."""

    theme: Theme
    theme_file: Path | None

    @property
    def file_name(self) -> str:
        """Name of its file in the folder of maps."""
        return f"{self.theme.name}.html"


def pages_by_name(planned: Iterable[PlannedPage]) -> dict[str, PlannedPage]:
    """Return the pages by the name of their file.

    Raises
    ------
    ThemeError
        When two themes would write one file, or one the index.
    """
    by_name: dict[str, PlannedPage] = {}
    for page in planned:
        name, where = page.file_name, str(page.theme_file or page.theme.name)
        if name.casefold() == INDEX:
            raise ThemeError(where, [f"its page would be {name}, which lists the maps; give the file another name"])
        other = next((planned_page for key, planned_page in by_name.items() if key.casefold() == name.casefold()), None)
        if other is not None:
            first = other.theme_file or other.theme.name
            raise ThemeError(
                where, [f"its page would be {name}, as that of {first}; give one of the two files another name"]
            )
        by_name[name] = page
    return by_name


def own_file(name: str) -> Path | None:
    """Return the file of a theme of the user; None of a built-in theme."""
    return None if name in reader.theme_names() else Path(name)


def choose(only: Iterable[str], by_name: Mapping[str, PlannedPage]) -> list[str]:
    """Return the names of the pages to build, in the order in which they are planned.

    Raises
    ------
    UnknownPageError
        When a word is the name of no page or theme.
    """
    chosen: set[str] = set()
    for word in only:
        matches = [
            name for name, page in by_name.items() if word in {name, name.removesuffix(".html"), page.theme.name}
        ]
        if not matches:
            raise UnknownPageError(word, [*dict.fromkeys(page.theme.name for page in by_name.values()), *by_name])
        chosen |= {*matches}
    return [name for name in by_name if not only or name in chosen]
