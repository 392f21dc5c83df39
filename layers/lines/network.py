"""A compiled network for routing with `geo`, and its places by name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import geo
from geo.spelling import close
from layers.errors import AmbiguousPlaceError, UnknownPlaceError
from layers.features.gazetteer import Place, find
from layers.graph.selection import PLANNED

from . import archive

if TYPE_CHECKING:
    from os import PathLike

    from layers.record.store import DataPath

_OPEN = frozenset({"operating"})


def read_network(folder: str | PathLike[str], *, include_planned: bool = False, prepare: bool = False) -> geo.Network:
    """Read a network that `compile_network` wrote.

    Parameters
    ----------
    folder
        Its folder.
    include_planned
        Whether edges that are planned, proposed or being built count as open; they keep their status.
    prepare
        Whether to make it ready for many questions: by its contracted form where it has one.

    Returns
    -------
    geo.Network
        For `geo.route`, `geo.matrix` and the rest; its columns stay in the files until they are used.

    Raises
    ------
    NetworkFileError
        When it is missing, of another format or damaged.
    """
    path = Path(folder)
    opened = _OPEN | (PLANNED if include_planned else frozenset())
    net = geo.Network.of_table(archive.read(path), open_statuses=opened)
    saved = archive.contracted(path) if prepare else None
    return geo.prepare(net, saved) if saved is not None else net


def find_in(net: geo.Network, text: str, *, data: DataPath = None) -> Place:
    """Find a place of your own network: a node by id or name, else a place known to `layers.find`.

    Raises
    ------
    AmbiguousPlaceError
        When several nodes of the network, far from each other, have that name; lists their ids.
    UnknownPlaceError
        When nothing is called so; names the nearest spelling.
    """
    table = net.table
    if table is None:
        return find(text, data=data)
    row = table.nodes.find(text)
    if row is not None:
        return _place(net, row)
    names = _names(cast("archive.Texts", table.nodes.names))
    rows = [int(table.nodes.named[number]) for number in names.get(text.casefold(), ())]
    if len(rows) > 1:
        places = [_place(net, row) for row in rows]
        raise AmbiguousPlaceError(
            f"{len(rows)} nodes of the network are called {text!r}; give the id of one:", text, places[:10]
        )
    if rows:
        return _place(net, rows[0])
    try:
        return find(text, data=data)
    except UnknownPlaceError as error:
        near = [number for name in close(text.casefold(), list(names), count=3) for number in names[name]]
        places = [_place(net, int(table.nodes.named[number])) for number in near[:5]]
        nearest = "; the nearest are" if places else "; give its id (node/7), its name, or lon,lat"
        message = f"neither a node of the network nor a place of the record is called {text!r}{nearest}"
        raise UnknownPlaceError(message, text, places) from error


def _place(net: geo.Network, row: int) -> Place:
    node = net.nodes[row]
    return Place(node.id, node.name, (), "node", "", node.lonlat, node.accuracy_m, node.id)


@lru_cache(maxsize=2)
def _names(texts: archive.Texts) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for number, name in enumerate(texts):
        numbers.setdefault(name.casefold(), []).append(number)
    return numbers
