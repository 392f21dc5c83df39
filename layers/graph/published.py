"""Comparison of our lengths with the published ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import Network, PublishedLength, Route, route

from .network import network, published_lengths

if TYPE_CHECKING:
    from layers.record.store import DataPath


def compared_lengths(*, data: DataPath = None) -> list[tuple[PublishedLength, Route]]:
    """Return each published length that we use, with the route that it describes.

    Parameters
    ----------
    data
        The data directory; by default that of ``TUMEN_DATA``, else the layers that tumen ships.

    Returns
    -------
    list of tuple
        The largest relative difference first. A route follows the line that both ends lie on, whether trains run or not.
        Lengths measured through a third place are left out.

    Examples
    --------
    >>> published, measured = next(pair for pair in compared_lengths() if pair[0].from_id == "station/seoul")
    >>> published.length_m, abs(measured.length_m - published.length_m) < measured.uncertainty_m
    (441700, True)
    """
    today = network(modes=("rail",), data=data)
    track = Network(today.nodes, [*today.edges, *today.withheld])
    pairs = [
        (published_length, _along_its_line(track, published_length))
        for published_length in published_lengths(data=data)
        if published_length.used and not published_length.via_id
    ]
    return sorted(
        pairs, key=lambda pair: (-abs(pair[1].length_m / pair[0].length_m - 1), pair[0].from_id, pair[0].to_id)
    )


def _along_its_line(track: Network, length: PublishedLength) -> Route:
    for line in sorted({edge.line for edge in track.edges}):
        edges = [edge for edge in track.edges if edge.line == line]
        if length.node_ids <= {node for edge in edges for node in (edge.from_node, edge.to_node)}:
            return route(Network(track.nodes, edges), length.from_id, length.to_id, cost="distance")
    return route(track, length.from_id, length.to_id, cost="distance")
