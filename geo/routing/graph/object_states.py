"""States and arcs of nodes, edges and transfers that are objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.network.transfer import Carrier, quay_carriers

from .states import Arc, StatesAtNode, Topology

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.network.edge import Edge, Node
    from geo.network.transfer import Transfer

_SEVERAL = 2


class ObjectTopology(Topology):
    """States and arcs of nodes, edges and transfers that are objects."""

    def __init__(
        self, nodes: Iterable[Node], edges: Iterable[Edge], transfers: Sequence[Transfer], *, is_free: bool
    ) -> None:
        self.nodes = sorted(nodes, key=lambda node: node.id)
        self.edges = sorted(edges, key=lambda edge: edge.id)
        ordered = sorted(transfers, key=lambda transfer: transfer.id)
        self.transfers = [transfer for transfer in ordered if transfer.node_id]
        self.crossings = {}
        for transfer in ordered:
            if transfer.edge_id:
                self.crossings.setdefault(transfer.edge_id, []).append(transfer)
        self.is_free = is_free
        self._set_links()
        self._reversals = _reversals(self.transfers, len(self.edges))
        # A load comes onto a quay's carrier, or off it, where its route begins or ends: no arc from carrier to carrier.
        quays = quay_carriers(self.transfers)
        self._quays = {
            (transfer.node_id, carrier): link
            for link, (transfer, carrier) in enumerate(zip(self.transfers, quays, strict=True), len(self.edges))
            if carrier is not None
        }
        self._changes = {
            link: transfer
            for link, (transfer, carrier) in enumerate(zip(self.transfers, quays, strict=True), len(self.edges))
            if carrier is None and transfer.kind != "reversal"
        }
        self.state_nodes: list[Node] = []
        self.carriers: list[Carrier | None] = []
        self.arcs: list[Arc] = []
        gauges = {gauge for edge in self.edges for gauge in edge.gauges_mm}
        self._rails = tuple(Carrier("rail", gauge) for gauge in sorted(gauges)) or (Carrier("rail"),)
        self._of_edge = {}
        self.places = self._make_places()
        self._add_edges()
        self._add_transfers()
        if is_free:
            self._add_free_changes()

    def _make_places(self) -> dict[str, StatesAtNode]:
        offered: dict[str, set[Carrier]] = {node.id: set() for node in self.nodes}
        for edge in self.edges:
            carriers = self.carriers_of(edge)
            offered[edge.from_node].update(carriers)
            offered[edge.to_node].update(carriers)
        for transfer in self._changes.values():
            served = offered[transfer.node_id]
            served.update(self._ends(transfer.from_carrier, served), self._ends(transfer.to_carrier, served))
        return {node.id: self._make_place(node, sorted(offered[node.id])) for node in self.nodes}

    def _make_place(self, node: Node, carriers: list[Carrier]) -> StatesAtNode:
        place = StatesAtNode()
        for carrier in carriers:
            place.arrived[carrier] = self._add_state(node, carrier)
        self._add_reversals(place, node)
        if not self._needs_hub(node, carriers):
            place.start = place.end = self._add_state(node, None) if not carriers else place.arrived[carriers[0]]
            return place
        if sum(carrier.mode == "rail" for carrier in carriers) >= _SEVERAL:
            for carrier in carriers:
                if carrier.mode != "rail":
                    place.loaded[carrier] = self._add_state(node, carrier)
        place.start, place.end = self._add_state(node, None), self._add_state(node, None)
        for carrier, state in place.arrived.items():
            link = self._hub_of(node, carrier)
            self.arcs.append(Arc(place.start, state, link))
            ends = [*place.coming(carrier), *([place.loaded[carrier]] if carrier in place.loaded else [])]
            self.arcs += [Arc(end, place.end, link) for end in ends]
        return place

    def _add_reversals(self, place: StatesAtNode, node: Node) -> None:
        """Add a state for each edge by which a train may come but cannot leave, and its reversal into the standing state."""
        turns = sorted(set(self._reversals.get(node.id, {}).values()), key=lambda turn: (turn[0], sorted(turn[1])))
        for link, blocked in turns:
            for carrier, standing in place.arrived.items():
                if carrier.mode == "rail" and (carrier, blocked) not in place.moving:
                    place.moving[carrier, blocked] = self._add_state(node, carrier)
                    self.arcs.append(Arc(place.moving[carrier, blocked], standing, link))

    def _needs_hub(self, node: Node, carriers: list[Carrier]) -> bool:
        """Tell whether routes begin and end there in a separate state: carriers differ, or it has a cost."""
        if len(carriers) >= _SEVERAL:
            return True
        return bool(carriers) and not self.is_free and self._hub_of(node, carriers[0]) != self.hub

    def _hub_of(self, node: Node, carrier: Carrier) -> int:
        """Return the link by which a load comes onto a carrier where its route begins, or off it where that ends."""
        quay = self._quays.get((node.id, carrier))
        if quay is not None:
            return quay
        return self.wagon_hub if carrier.mode == "rail" else self.hub

    def _add_state(self, node: Node, carrier: Carrier | None) -> int:
        self.state_nodes.append(node)
        self.carriers.append(carrier)
        return len(self.carriers) - 1

    def _ends(self, carrier: Carrier | None, carriers: Iterable[Carrier]) -> tuple[Carrier, ...]:
        """Return the carriers that an end of a transfer means: rail without a gauge means all wagons there."""
        if carrier is None:
            return ()
        if carrier.mode == "rail" and not carrier.gauge_mm:
            return tuple(sorted(carrier for carrier in carriers if carrier.mode == "rail"))
        return (carrier,)

    def _add_edges(self) -> None:
        for link, edge in enumerate(self.edges):
            ends = (edge.from_node, edge.to_node)
            for start, end in (ends,) if edge.one_way else (ends, ends[::-1]):
                tail, head = self.places[start], self.places[end]
                _, blocked = self._reversals.get(end, {}).get(edge.id, (0, frozenset()))
                for carrier in self.carriers_of(edge):
                    goal = head.moving.get((carrier, blocked), head.arrived[carrier])
                    self.arcs.append(Arc(tail.arrived[carrier], goal, link))
                    if carrier in tail.loaded:
                        self.arcs.append(Arc(tail.loaded[carrier], goal, link))
                    if tail.moving:
                        self.arcs += [
                            Arc(state, goal, link)
                            for (moved, barred), state in tail.moving.items()
                            if moved == carrier and edge.id not in barred
                        ]

    def _add_transfers(self) -> None:
        for link, transfer in self._changes.items():
            place = self.places[transfer.node_id]
            carriers = tuple(place.arrived)
            for from_carrier in self._ends(transfer.from_carrier, carriers):
                for to_carrier in self._ends(transfer.to_carrier, carriers):
                    self._join(place, from_carrier, to_carrier, link)
                    if transfer.both_ways:
                        self._join(place, to_carrier, from_carrier, link)

    def _add_free_changes(self) -> None:
        for place in self.places.values():
            for carrier in place.arrived:
                for to_carrier in place.arrived:
                    of_gauge = carrier.mode == to_carrier.mode == "rail"
                    self._join(place, carrier, to_carrier, self.gauge_change if of_gauge else self.free_change)

    def _join(self, place: StatesAtNode, before: Carrier, after: Carrier, link: int) -> None:
        if before != after:
            self.arcs += [Arc(tail, head, link) for tail, head in place.changes(before, after)]


def _reversals(transfers: Sequence[Transfer], first_link: int) -> dict[str, dict[str, tuple[int, frozenset[str]]]]:
    """Return by node, and by the edge that a train comes by, the link of its reversal and the edges closed to it before."""
    blocked: dict[str, dict[str, set[str]]] = {}
    links: dict[tuple[str, str], int] = {}
    for link, transfer in enumerate(transfers, first_link):
        for pair in transfer.between:
            for edge_in, edge_out in (pair, pair[::-1]):
                blocked.setdefault(transfer.node_id, {}).setdefault(edge_in, {edge_in}).add(edge_out)
                links.setdefault((transfer.node_id, edge_in), link)
    return {
        node_id: {edge: (links[node_id, edge], frozenset(edge_ids)) for edge, edge_ids in edges.items()}
        for node_id, edges in blocked.items()
    }
