"""Lanes of ships across the oceans, and the far ports that they lead to."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from geo import Lanes, LonLat
from layers.features.gazetteer import Place
from layers.record.store import data_file, parse_json, read_file, read_json

if TYPE_CHECKING:
    from layers.record.store import DataPath

_FILE = "sea_lanes.json"
_PORTS = b'\n"ports":'


def lanes(*, data: DataPath = None) -> Lanes:
    """Read the lanes, once a process.

    Parameters
    ----------
    data
        The data directory; by default that of ``TUMEN_DATA``, else the one that tumen ships.

    Returns
    -------
    Lanes
        The Marnet graph of searoute, with the passages that it names; the north-west passage is
        closed, as it is there. Its nodes lie 100 m to some 1000 km apart; it ignores ice, depth and season.

    Raises
    ------
    DataFileError
        When the file cannot be read.

    Examples
    --------
    >>> sorted(lanes().passages)[:3], sorted(lanes().shut)
    (['babalmandab', 'bering', 'bosporus'], ['northwest'])
    """
    return _lanes(data_file(_FILE, data))


@lru_cache(maxsize=4)
def _lanes(path: str) -> Lanes:
    content = cast("dict[str, Any]", read_json(path))
    passages = {name: [(tail, head) for tail, head in pairs] for name, pairs in content["passages"].items()}
    return Lanes(content["nodes"], content["edges"], passages=passages, shut=content["shut"])


def far_ports(*, data: DataPath = None) -> tuple[Place, ...]:
    """Return the ports off the map to which sea routes may lead; `data` as in `lanes`.

    Examples
    --------
    >>> [port.name for port in far_ports()][:2]
    ['Singapore', 'Rotterdam']
    """
    path = data_file(_FILE, data)
    return _far_ports(path, read_file(path))


def far_port(text: str, *, data: DataPath = None) -> Place | None:
    """Find a far port by its name in any script, or its id; `data` as in `lanes`."""
    key = text.strip().casefold()
    ports = far_ports(data=data)
    named = (port for port in ports if key in {name.casefold() for name in (port.id, port.name, *port.names)})
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


@lru_cache(maxsize=4)
def _far_ports(path: str, content: bytes) -> tuple[Place, ...]:
    """Read the ports alone, where they stand on a line of their own, as `layers.build` writes them."""
    begin = content.find(_PORTS)
    end = content.find(b",\n", begin)
    line = content[begin + len(_PORTS) : end] if 0 <= begin < end else None
    rows = json.loads(line) if line else cast("dict[str, Any]", parse_json(content, path))["ports"]
    return tuple(_place(row) for row in rows)
