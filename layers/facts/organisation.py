"""Organisations and the relations between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from geo import parse_date
from layers.record.history import may_hold
from layers.record.store import data_file, read_rows

if TYPE_CHECKING:
    from layers.record.store import DataPath

FILE = "organisations.json"


@dataclass(frozen=True, slots=True)
class Relation:
    """How an organisation stands to another, or to a feature.

    Attributes
    ----------
    type
        ``subsidiary_of``, ``owned_by``, ``publishes``, ``consortium_with``, ``operates`` or ``builds``.
    to
        Id of the other.
    since, until
        ISO 8601; empty when no source dates it.
    share_pct
        Share in per cent, of ``owned_by``.
    sources
        Ids into `layers.sources`.
    """

    type: str
    to: str
    sources: tuple[str, ...]
    since: str = ""
    until: str = ""
    share_pct: float | None = None
    note: str = ""

    def holds(self, as_of: str) -> bool:
        """Return whether it can have held on a day.

        Examples
        --------
        >>> lease = Relation("operates", "pier/rajin-3", (), since="2014-07-18")
        >>> lease.holds("2014-07-17"), lease.holds("2014")
        (False, True)
        """
        day = parse_date(as_of)
        return may_hold(self.since, self.until, day.earliest, day.latest)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A company, an agency, a paper, a university.

    Attributes
    ----------
    id, name, name_ko, name_ru, name_zh, aliases
        Names in four scripts as far as known.
    kind
        ``company``, ``joint_venture``, ``agency``, ``mission``, ``newspaper``, ``news_agency``, ``university`` or
        ``international``.
    country
        ISO 3166-1 alpha-2; empty for an international one.
    relations
        To others.
    sources
        Ids into `layers.sources`.
    """

    id: str
    name: str
    kind: str
    sources: tuple[str, ...]
    name_ko: str = ""
    name_ru: str = ""
    name_zh: str = ""
    aliases: tuple[str, ...] = ()
    country: str = ""
    founded: str = ""
    place: str = ""
    relations: tuple[Relation, ...] = ()
    note: str = ""


def organisations(*, data: DataPath = None) -> tuple[Organisation, ...]:
    """Read the organisations, by id.

    Parameters
    ----------
    data
        The data directory; by default that of ``TUMEN_DATA``, else the one that tumen ships.

    Raises
    ------
    DataDirectoryError, DataFileError
        When the directory is not whole, or its organisations cannot be read.

    Examples
    --------
    >>> venture = next(row for row in organisations() if row.name == "RasonConTrans")
    >>> [(relation.to, relation.share_pct) for relation in venture.relations if relation.type == "owned_by"]
    [('organisation/rzd-trading-house', 70), ('organisation/port-of-rajin', 30)]
    """
    return _organisations(data_file(FILE, data))


@cache
def _organisations(path: str) -> tuple[Organisation, ...]:
    return tuple(sorted((_organisation(row) for row in read_rows(path, "organisations")), key=lambda row: row.id))


def _organisation(row: dict[str, Any]) -> Organisation:
    return Organisation(**(row | {"relations": tuple(_relation(item) for item in row.get("relations", ()))}))


def _relation(row: dict[str, Any]) -> Relation:
    row = {("since" if key == "from" else key): value for key, value in row.items()}
    return Relation(**(row | {"sources": tuple(row["sources"])}))
