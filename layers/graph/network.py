"""The network of a day for routing with `geo`, and the published lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast, get_args

from geo import InvalidNetworkError, PublishedLength, parse_date
from geo.spelling import did_you_mean
from layers.errors import DataFileError
from layers.record.catalog import sources
from layers.record.store import DataPath, data_directory, read_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo import Network
    from layers.record.record import Source

    from .report import NetworkReport

Mode: TypeAlias = Literal["rail", "road", "sea", "ferry"]
# Default of routes, matrices, comparisons, isochrones and the planner of the pages.
MODES: Final[tuple[Mode, ...]] = ("rail", "road", "sea", "ferry")


def network(
    *,
    as_of: str | None = None,
    modes: Iterable[Mode] = MODES,
    include_planned: bool = False,
    data: DataPath = None,
) -> Network:
    """Make the network that could carry traffic on a day.

    Parameters
    ----------
    as_of
        ISO 8601 date of any precision; by default the newest date that the data knows.
    modes
        Which edges are taken: ``"rail"``, ``"road"``, ``"sea"``, ``"ferry"``; all of them by default.
    include_planned
        Whether edges that are planned, proposed or being built count as open; they keep their status.
    data
        The data directory; by default that of ``TUMEN_DATA``, else the layers that tumen ships.

    Returns
    -------
    Network
        Nodes are stations and ports; edges are sections of railway and road, sea routes between two ports, and ferry lines.
        Transfers change the gauge or take a load over between wagon, lorry and ship; sanctions and permissions of the day are
        its labels. What does not carry traffic on the day is withheld.

    Raises
    ------
    geo.InvalidDateError
        When `as_of` is not a date.
    geo.InvalidNetworkError
        When a mode is unknown.
    DataFileError
        When the layers of a data directory do not make a network.

    Notes
    -----
    The package ships the network compiled, all days in one file; that of a data directory is compiled once, into the user's cache
    (``TUMEN_CACHE``). `docs/network.md` says how it is made and what is assumed.

    Examples
    --------
    >>> net = network(as_of="2024")
    >>> len(net.edges) > 100, {edge.mode for edge in network(modes=["rail"]).edges}
    (True, {'rail'})
    >>> network(modes=["air"])
    Traceback (most recent call last):
    geo.errors.InvalidNetworkError: mode must be one of rail, road, sea, ferry, got 'air'
    """
    from .cache import compiled
    from .selection import select

    chosen = _chosen(modes)
    network_archive = compiled(data)
    label = as_of or network_archive.header["latest"]
    return select(network_archive, parse_date(label).latest, as_of=label, modes=chosen, include_planned=include_planned)


def network_report(
    *, as_of: str | None = None, modes: Iterable[Mode] = get_args(Mode), data: DataPath = None
) -> NetworkReport:
    """Report the connectivity of the network; parameters and errors as of `network`, all modes by default.

    Examples
    --------
    >>> "port/sokcho" in {note.port for note in network_report(as_of="2014").ports_without_rail}
    True
    """
    from . import report
    from .cache import compiled

    return report.network_report(network(as_of=as_of, modes=modes, data=data), compiled(data))


def _chosen(modes: Iterable[str]) -> frozenset[str]:
    valid_modes: tuple[str, ...] = get_args(Mode)
    for mode in (chosen := tuple(modes)):
        if mode not in valid_modes:
            hint = did_you_mean(str(mode), valid_modes)
            raise InvalidNetworkError(f"mode must be one of {', '.join(valid_modes)}, got {mode!r}{hint}")
    return frozenset(chosen)


def published_lengths(*, data: DataPath = None) -> tuple[PublishedLength, ...]:
    """Read the published lengths between two named places, the disagreeing ones too; `data` as in `network`."""
    directory = data_directory(data)
    titles = sources(data=directory)
    path = directory / "lengths.json"
    content = cast("dict[str, Any]", read_json(path))
    try:
        return tuple(_published(row, titles) for row in content["lengths"])
    except (KeyError, TypeError) as error:
        raise DataFileError(f"{path} does not list lengths of known sources: {error!r}") from None


def _published(row: dict[str, Any], titles: Mapping[str, Source]) -> PublishedLength:
    return PublishedLength(
        from_id=row["from"],
        to_id=row["to"],
        length_m=row["length_m"],
        source=row["source"],
        source_title=titles[row["source"]].cite(),
        note=row.get("note", ""),
        used=row["used"],
        via_id=row.get("via"),
    )
