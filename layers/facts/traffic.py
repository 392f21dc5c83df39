"""Traffic on record: passenger trains across the borders, and the voyages of ships from Rajin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from geo import parse_date
from layers.record.history import may_hold
from layers.record.store import data_file, read_rows

if TYPE_CHECKING:
    from layers.record.store import DataPath


def _may_hold(since: str, until: str, as_of: str) -> bool:
    day = parse_date(as_of)
    return may_hold(since, until, day.earliest, day.latest)


@dataclass(frozen=True, slots=True)
class Service:
    """A passenger train, as sources report it.

    Attributes
    ----------
    id, name, note
        What it is.
    origin, destination, via
        Ids of stations.
    since, until
        ISO 8601; `until` is empty for what runs as far as known.
    days
        When it runs, in words.
    runs
        ``confirmed`` where a source saw or reported it, ``announced`` where only the plan is known.
    sources
        Ids into `layers.sources`.
    """

    id: str
    name: str
    origin: str
    destination: str
    since: str
    days: str
    runs: Literal["confirmed", "announced"]
    sources: tuple[str, ...]
    via: tuple[str, ...] = ()
    until: str = ""
    note: str = ""

    def holds(self, as_of: str) -> bool:
        """Return whether it can have run on a day.

        Examples
        --------
        >>> test = next(train for train in services() if train.id == "service/vladivostok-rajin-2025-01")
        >>> test.holds("2025-01-25"), test.holds("2025-02")
        (True, False)
        """
        return _may_hold(self.since, self.until, as_of)


@dataclass(frozen=True, slots=True)
class Voyages:
    """Voyages of one ship, or of several, that were counted together.

    Attributes
    ----------
    id, ship, note
        What they are.
    origin, destination, piers
        Ids of ports and piers; `destination` is empty, `where` says it in words, where no port of ours is meant.
    since, until
        ISO 8601; `until` is empty where no end is known.
    count, containers
        At least so many, where somebody counted.
    sources
        Ids into `layers.sources`.
    """

    id: str
    ship: str
    origin: str
    since: str
    sources: tuple[str, ...]
    destination: str = ""
    where: str = ""
    piers: tuple[str, ...] = ()
    until: str = ""
    count: int | None = None
    containers: int | None = None
    note: str = ""

    def holds(self, as_of: str) -> bool:
        """Return whether a ship can have been under way on a day."""
        return _may_hold(self.since, self.until, as_of)


def services(*, data: DataPath = None) -> tuple[Service, ...]:
    """Read the passenger trains, in the order of the table.

    Parameters
    ----------
    data
        The data directory; by default that of ``TUMEN_DATA``, else the one that tumen ships.

    Raises
    ------
    DataDirectoryError, DataFileError
        When the directory is not whole, or its trains cannot be read.

    Examples
    --------
    >>> [train.id for train in services() if train.destination == "station/moscow"]
    ['service/pyongyang-moscow']
    """
    return _services(data_file("services.json", data))


def voyages(*, data: DataPath = None) -> tuple[Voyages, ...]:
    """Read the voyages from Rajin since August 2023; `data` as in `services`.

    Raises
    ------
    DataDirectoryError, DataFileError
        When the directory is not whole, or its voyages cannot be read.

    Examples
    --------
    >>> [(row.ship, row.count, row.containers) for row in voyages() if row.id == "voyage/maia-1"]
    [('Maia-1', 9, 2000)]
    """
    return _voyages(data_file("voyages.json", data))


@cache
def _services(path: str) -> tuple[Service, ...]:
    return tuple(Service(**_row(row)) for row in read_rows(path, "services"))


@cache
def _voyages(path: str) -> tuple[Voyages, ...]:
    return tuple(Voyages(**_row(row)) for row in read_rows(path, "voyages"))


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {{"from": "origin", "to": "destination"}.get(key, key): value for key, value in row.items()}
