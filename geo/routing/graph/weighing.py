"""The states and weights of each network, made at the first request."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from .weights import Weighing

if TYPE_CHECKING:
    from geo.network.network import Network

# States and weights are made at the first request, and go with their network.
_WEIGHINGS: WeakKeyDictionary[Network, Weighing] = WeakKeyDictionary()


def weighing_of(network: Network) -> Weighing:
    """Return the states and weights of a network."""
    weighing = _WEIGHINGS.get(network)
    if weighing is None:
        weighing = _WEIGHINGS[network] = _new(network)
    return weighing


def _new(network: Network) -> Weighing:
    if network.table is None:
        return Weighing(network)
    from .table_weights import TableWeighing  # scipy, for columns alone

    return TableWeighing(network, network.table)


def vocabulary(network: Network) -> frozenset[str]:
    """Return every word that the option ``avoid`` knows on a network.

    Examples
    --------
    >>> from geo import LonLat, Network, Node
    >>> {"rail", "port/a"} <= vocabulary(Network([Node("port/a", LonLat(130, 42))], []))
    True
    """
    return weighing_of(network).vocabulary


def share_weighing(network: Network, other: Network) -> None:
    """Let a network use the states and weights of another that has the same edges."""
    _WEIGHINGS[network] = weighing_of(other)
