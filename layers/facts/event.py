"""Dated events: visits, summits, agreements, votes, openings, shipments, and the people in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from geo import PartialDate, parse_date
from layers.record.store import data_file, read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.record.store import DataPath

FILE = "events.json"


@dataclass(frozen=True, slots=True)
class Person:
    """A person who takes part in an event, with the spellings of the name."""

    id: str
    name: str
    name_ko: str = ""
    name_ru: str = ""
    name_zh: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling, the English one first."""
        return tuple(name for name in (self.name, self.name_ko, self.name_ru, self.name_zh, *self.aliases) if name)


@dataclass(frozen=True, slots=True)
class OtherDate:
    """What another source gives for the day of an event."""

    date: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, or over some days.

    Attributes
    ----------
    id, kind, title, note
        What it is. The kinds are ``agreement``, ``call``, ``incident``, ``law``, ``link``, ``meeting``, ``opening``,
        ``sanction``, ``shipment``, ``statement``, ``study``, ``summit``, ``visit``, ``vote`` and ``withdrawal``.
    date, until
        ISO 8601, as precise as known; `until` is empty for what did not last.
    dates
        What other sources give.
    countries
        ISO 3166-1 alpha-2.
    people, organisations, features, place
        Ids.
    where
        In words, for a place that is not in the gazetteer.
    target, cargo, outcome, form, against, votes
        Of an incident, a shipment, a summit and a vote.
    sources
        Ids into `layers.sources`.
    """

    id: str
    date: str
    kind: str
    title: str
    sources: tuple[str, ...]
    until: str = ""
    dates: tuple[OtherDate, ...] = ()
    countries: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    place: str = ""
    where: str = ""
    target: str = ""
    cargo: str = ""
    outcome: str = ""
    form: str = ""
    against: tuple[str, ...] = ()
    votes: Mapping[str, int] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    note: str = ""

    @property
    def first(self) -> PartialDate:
        """When it began."""
        return parse_date(self.date)

    @property
    def last(self) -> PartialDate:
        """When it ended."""
        return parse_date(self.until or self.date)

    @property
    def when(self) -> str:
        """Date or dates, for reading."""
        return f"{self.date} to {self.until}" if self.until else self.date


def events(*, as_of: str | None = None, data: DataPath = None) -> tuple[Event, ...]:
    """Read the events, oldest first.

    Parameters
    ----------
    as_of
        ISO 8601 date of any precision: only events that had begun by then. By default all.
    data
        The data directory; by default that of ``TUMEN_DATA``, else the one that tumen ships.

    Raises
    ------
    DataDirectoryError, DataFileError
        When the directory is not whole, or its events cannot be read.
    geo.InvalidDateError
        When `as_of` is not a date.

    Examples
    --------
    >>> [event.id for event in events(as_of="2010")]
    ['event/ttk-contract-2009', 'event/unicom-link-2010']
    >>> events(as_of="1950")
    ()
    """
    on_record = _record(data_file(FILE, data))[1]
    if as_of is None:
        return on_record
    day = parse_date(as_of).latest
    return tuple(event for event in on_record if event.first.earliest <= day)


def people(*, data: DataPath = None) -> tuple[Person, ...]:
    """Read the people who take part in the events; `data` as in `events`."""
    return _record(data_file(FILE, data))[0]


@cache
def _record(path: str) -> tuple[tuple[Person, ...], tuple[Event, ...]]:
    people = (Person(**row) for row in read_rows(path, "people"))
    happened = (_event(row) for row in read_rows(path, "events"))
    return tuple(people), tuple(sorted(happened, key=lambda event: (event.first, event.id)))


def _event(row: dict[str, Any]) -> Event:
    return Event(**(row | {"dates": tuple(OtherDate(**other) for other in row.get("dates", ()))}))
