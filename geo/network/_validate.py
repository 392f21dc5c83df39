"""Validation of nodes, edges and transfers: every problem is reported in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InvalidNetworkError
from geo.geodesic._engine import inverse, rough_distance
from geo.lonlat import LonLat

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .edge import Edge, Node
    from .transfer import Transfer

_SHORTEST_SHARE = 0.999  # of the geodesic between the ends
_ROUNDING_M = 1.0  # positions of 6 decimals at both ends
_SPHERE_ERROR = 0.006  # of `rough_distance`, at most
_SHOWN = 10


def check_network(nodes: Sequence[Node], edges: Sequence[Edge], transfers: Sequence[Transfer]) -> None:
    """Raise unless all ids are known and unique, and all lengths possible.

    Parameters
    ----------
    nodes
        All nodes.
    edges, transfers
        All of them, the withheld ones included.

    Raises
    ------
    InvalidNetworkError
        If anything is wrong; all of it is listed.
    """
    by_id = {node.id: node for node in nodes}
    edges_by_id = {edge.id: edge for edge in edges}
    problems = (
        *_duplicates("node", [node.id for node in nodes]),
        *_duplicates("edge", [edge.id for edge in edges]),
        *_duplicates("transfer", [transfer.id for transfer in transfers]),
        *(problem for edge in edges if not edge.checked for problem in _edge_problems(edge, by_id)),
        *(problem for transfer in transfers for problem in _transfer_problems(transfer, by_id, edges_by_id)),
    )
    if problems:
        raise _invalid(problems)


def _duplicates(kind: str, ids: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            yield f"{kind} {id_!r} comes twice"
        seen.add(id_)


def _edge_problems(edge: Edge, nodes: Mapping[str, Node]) -> Iterator[str]:
    missing = [end for end in (edge.from_node, edge.to_node) if end not in nodes]
    if missing:
        yield from (f"edge {edge.id!r} ends at {node_id!r}, which is not among the nodes" for node_id in missing)
        return
    start, end = nodes[edge.from_node].lonlat, nodes[edge.to_node].lonlat
    if _is_too_short(edge.length_m, start, end):
        straight = inverse(start, end)[0]
        yield (
            f"edge {edge.id!r} is {edge.length_m:.1f} m long, shorter than the geodesic of "
            f"{straight:.1f} m between its ends"
        )
    if edge.coordinates:
        first = LonLat(*edge.coordinates[0])
        if rough_distance(first, start) > rough_distance(first, end):
            yield (
                f"edge {edge.id!r} runs from {edge.from_node!r} to {edge.to_node!r}, but its "
                "coordinates begin at the other end; reverse them"
            )


def _transfer_problems(transfer: Transfer, nodes: Mapping[str, Node], edges: Mapping[str, Edge]) -> Iterator[str]:
    if transfer.node_id and transfer.node_id not in nodes:
        yield f"transfer {transfer.id!r} lies at {transfer.node_id!r}, which is not among the nodes"
    for edge_id in {edge_id for pair in transfer.between for edge_id in pair}:
        if edge_id not in edges:
            yield f"transfer {transfer.id!r} lies between edges, of which {edge_id!r} is not among the edges"
        elif transfer.node_id not in edges[edge_id].ends:
            yield f"transfer {transfer.id!r} lies at {transfer.node_id!r}, where edge {edge_id!r} does not end"
    if transfer.edge_id and transfer.edge_id not in edges:
        yield f"transfer {transfer.id!r} lies on {transfer.edge_id!r}, which is not among the edges"


def _is_too_short(length_m: float, start: LonLat, end: LonLat) -> bool:
    if length_m > rough_distance(start, end) * (1 + _SPHERE_ERROR):
        return False  # only nearly straight edges need the exact geodesic
    return length_m < inverse(start, end)[0] * _SHORTEST_SHARE - _ROUNDING_M


def _invalid(problems: tuple[str, ...]) -> InvalidNetworkError:
    count = len(problems)
    shown = "; ".join(problems[:_SHOWN])
    remainder = f"; and {count - _SHOWN} more" if count > _SHOWN else ""
    noun = "problem" if count == 1 else "problems"
    return InvalidNetworkError(f"{count} {noun} in the network: {shown}{remainder}", problems=problems)
