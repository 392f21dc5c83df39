"""Weights of a network in columns: those of objects, worked out for all edges at once."""

from __future__ import annotations

import math
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.network.edge import MODES

from .table_states import TableTopology
from .weights import TIE, TIE_H, WORDS, Weighing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.geodesic._engine import FloatArray
    from geo.network.network import Network
    from geo.network.table import EdgeTable
    from geo.routing._options import WeightKey

    from .tree import Weights


class LinkSet(AbstractSet[int]):
    """Links as a column of yes and no."""

    def __init__(self, chosen: NDArray[np.bool_]) -> None:
        self.chosen = chosen

    def __contains__(self, link: object) -> bool:
        """Tell whether it holds a link."""
        return isinstance(link, int) and link < len(self.chosen) and bool(self.chosen[link])

    def __iter__(self) -> Iterator[int]:
        """Iterate over the links."""
        return iter(np.flatnonzero(self.chosen).tolist())

    def __len__(self) -> int:
        """Count them."""
        return int(self.chosen.sum())


class TableWeighing(Weighing):
    """The topology of a table of edges, and its weights for any options."""

    topology: TableTopology

    def __init__(self, network: Network, table: EdgeTable) -> None:
        self.table = table
        self.speeds = network.speeds
        self._models = dict(network.cost_models)
        self._withheld_ids, self._withheld_transfer_ids = set(), set()
        self._closed = [profile.status not in network.open_statuses for profile in table.profiles]
        self.topology = TableTopology(table)
        self._keep_nothing()

    def weights(self, options: WeightKey) -> Weights:
        """Return the weight of each link; not to be changed by the caller."""
        kept = self._weights.get(options)
        if kept is None:
            self._weights.clear()  # millions of numbers each
            kept = np.array(self.base(options))
            for links in self.closed(options).values():
                if isinstance(links, LinkSet):
                    kept[: len(self.table)][links.chosen] = math.inf
                elif links:
                    kept[list(links)] = math.inf
            self._weights[options] = kept
        return kept

    def measured(self, measure: str, load: str) -> Weights:  # noqa: ARG002 - no check takes a load's hours
        """Return the metres (``"length"``) or hours of each link."""
        return np.concatenate([self.table.length_m if measure == "length" else self._hours, np.zeros(4)])

    @cached_property
    def _hours(self) -> FloatArray:
        km_h = [profile.speed_km_h or getattr(self.speeds, profile.mode) for profile in self.table.profiles]
        return self.table.length_m / 1000.0 / self.table.by_profile(km_h)

    def _priced(self, options: WeightKey) -> Weights:
        wagon = 0.0
        if options.cost == "distance":
            running = self.table.length_m + self._hours * TIE_H
        elif options.cost == "time":
            running = self._hours
        else:
            model = self.model(options)
            rates = {mode: model.rate(mode) for mode in MODES}
            running = (
                self.table.length_m
                / 1000.0
                * self.table.by_profile([rates[profile.mode] for profile in self.table.profiles])
            )
            wagon = model.wagon
        return np.concatenate([running, [0.0, wagon, TIE, TIE]])

    @cached_property
    def _dated(self) -> AbstractSet[int]:
        return self._having(self._closed)

    def _not_of(self, modes: tuple[str, ...]) -> AbstractSet[int]:
        return self._having([profile.mode not in modes for profile in self.table.profiles])

    def _shallower(self, draught_m: float) -> AbstractSet[int]:  # noqa: ARG002 - no depth is known
        return frozenset()

    def _refusing(self, load: str) -> AbstractSet[int]:  # noqa: ARG002 - every edge takes every load
        return frozenset()

    def _links_of(self, word: str) -> AbstractSet[int]:
        table, count = self.table, len(self.table)
        profiles = [word in {profile.mode, profile.status, profile.geometry_method} for profile in table.profiles]
        avoided = table.having(profiles) if count else np.zeros(0, dtype=bool)
        is_word = any(profiles) or word in WORDS
        row = table.find(word)
        rows = range(row, row + 1) if row is not None else table.rows_of_feature(word)
        avoided[rows.start : rows.stop] = True
        node = table.nodes.find(word)
        if node is not None:
            avoided |= (table.from_node == node) | (table.to_node == node)
        lines = [number for number in range(len(table.lines)) if table.lines[number] == word]
        if lines:
            avoided |= np.isin(np.asarray(table.feature_lines)[table.feature], lines)
        if not (is_word or len(rows) or node is not None or lines):
            raise self._unknown(word)
        return LinkSet(avoided)

    @property
    def vocabulary(self) -> frozenset[str]:
        """Words that ``avoid`` knows here, without the ids of nodes and edges."""
        lines = {self.table.lines[number] for number in range(len(self.table.lines))}
        return frozenset({*lines, *WORDS} - {""})

    def _having(self, chosen: list[bool]) -> AbstractSet[int]:
        return LinkSet(self.table.having(chosen)) if any(chosen) else frozenset()
