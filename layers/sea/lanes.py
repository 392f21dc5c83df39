"""Lanes of ships across the oceans, and the far ports that they lead to."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from geo import Lanes, LonLat
from layers.features.gazetteer import Place
from layers.record.store import PACKAGED, read_json

_FILE = PACKAGED / "sea_lanes.json"  # of the world: a data directory of one's own has none


@cache
def lanes() -> Lanes:
    """Read the shipped lanes, once a process.

    Returns
    -------
    Lanes
        The Marnet graph of searoute, with the passages that it names; the north-west passage is
        shut, as it is there. Its nodes lie 100 m to some 1000 km apart; it knows no ice, depth or season.

    Raises
    ------
    DataFileError
        When the file cannot be read.

    Examples
    --------
    >>> sorted(lanes().passages)[:3], sorted(lanes().shut)
    (['babalmandab', 'bering', 'bosporus'], ['northwest'])
    """
    content = _content()
    passages = {name: [(one, other) for one, other in pairs] for name, pairs in content["passages"].items()}
    return Lanes(content["nodes"], content["edges"], passages=passages, shut=content["shut"])


def far_ports() -> tuple[Place, ...]:
    """Return the ports off the map to which ways by sea may lead.

    Examples
    --------
    >>> [port.name for port in far_ports()][:2]
    ['Singapore', 'Rotterdam']
    """
    return tuple(_place(row) for row in _content()["ports"])


def far_port(text: str) -> Place | None:
    """Find a far port by its name in any script, or its id."""
    wanted = text.strip().casefold()
    named = (port for port in far_ports() if wanted in {name.casefold() for name in (port.id, port.name, *port.names)})
    return next(named, None)


def _place(row: dict[str, Any]) -> Place:
    return Place(
        id=row["id"],
        name=row["name"],
        names=tuple(row["names"]),
        kind="port",
        layer="",
        lonlat=LonLat(*row["lonlat"]),
        accuracy_m=row["accuracy_m"],
    )


def _content() -> dict[str, Any]:
    return cast("dict[str, Any]", read_json(_FILE))
