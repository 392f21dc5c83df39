"""Lanes of ships across the oceans, where no chart reaches."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING

from geo.errors import GeoError, InvalidGeometryError
from geo.geodesic._engine import inverse_many
from geo.lonlat import LonLat

from ._projection import cartesian

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from geo.bbox import BBox


class Lanes:
    """A graph of lanes.

    Parameters
    ----------
    positions
        (lon, lat) of the nodes. No two nodes lie in one spot: a lane over the antimeridian
        is an edge as any other.
    edges
        Pairs of indices of nodes.
    passages
        Edges that lead through a strait or canal, by its name.
    shut
        Names of the passages that no way takes.

    Raises
    ------
    InvalidGeometryError
        If an edge names no node, or joins one with itself.
    GeoError
        If a passage to be shut is not known.

    Examples
    --------
    >>> lanes = Lanes([(170, 0), (-170, 0), (-150, 0)], [(0, 1), (1, 2)], passages={"date_line": [(0, 1)]})
    >>> lanes.along(0)[0][2] == lanes.along(2)[0][0]
    True
    >>> lanes.without(["date_line"]).along(0)[0][2]
    inf
    >>> lanes.without(["suez"])
    Traceback (most recent call last):
        ...
    geo.errors.GeoError: there is no passage 'suez'; the lanes have date_line
    """

    __slots__ = ("_edges", "_onward", "_xyz", "passages", "positions", "shut")

    def __init__(
        self,
        positions: Sequence[tuple[float, float]],
        edges: Iterable[tuple[int, int]],
        *,
        passages: Mapping[str, Collection[tuple[int, int]]] | None = None,
        shut: Collection[str] = (),
    ) -> None:
        import numpy as np

        self.positions = tuple(LonLat(lon, lat) for lon, lat in positions)
        self._edges = tuple((one, other) for one, other in edges)
        self.passages = {name: frozenset(map(frozenset, pairs)) for name, pairs in (passages or {}).items()}
        self.shut = frozenset(shut)
        for name in sorted(self.shut - self.passages.keys()):
            known = ", ".join(sorted(self.passages)) or "none"
            raise GeoError(f"there is no passage {name!r}; the lanes have {known}")
        for one, other in self._edges:
            if not (min(one, other) >= 0 and max(one, other) < len(self.positions)) or one == other:
                message = f"a lane must join two of {len(self.positions)} nodes, got {one} and {other}"
                raise InvalidGeometryError(message)
        barred = {pair for name in self.shut for pair in self.passages[name]}
        self._onward = self._measured([edge for edge in self._edges if frozenset(edge) not in barred])
        self._xyz = cartesian(np.array([tuple(one) for one in self.positions]).reshape(-1, 2))

    def __repr__(self) -> str:
        """Tell how much there is."""
        return f"<Lanes: {len(self.positions)} nodes, {len(self._edges)} edges>"

    def without(self, passages: Collection[str]) -> Lanes:
        """Give the same lanes with these passages shut, besides those that are."""
        known = {name: [(min(edge), max(edge)) for edge in edges] for name, edges in self.passages.items()}
        places = [(one.lon, one.lat) for one in self.positions]
        return Lanes(places, self._edges, passages=known, shut=self.shut | set(passages))

    def nearest(self, lonlat: LonLat) -> int:
        """Return the index of the nearest node."""
        import numpy as np

        away = self._xyz - cartesian(np.array([tuple(lonlat)]))
        return int(np.argmin(np.einsum("ij,ij->i", away, away)))

    def along(self, start: int, outside: BBox | None = None) -> tuple[list[float], list[int]]:
        """Measure the shortest ways from a node to all.

        Parameters
        ----------
        start
            Its index.
        outside
            Lanes with both ends in this box are left out.

        Returns
        -------
        list of float
            Metres; infinite where no lane leads.
        list of int
            The node before, seen from the start; -1 there and where no lane leads.
        """
        inside = [outside is not None and outside.contains(one) for one in self.positions]
        gone, came = [math.inf] * len(self.positions), [-1] * len(self.positions)
        gone[start] = 0.0
        queue = [(0.0, start)]
        while queue:
            metres, node = heapq.heappop(queue)
            if metres > gone[node]:
                continue
            for other, length in self._onward[node]:
                if metres + length < gone[other] and not (inside[node] and inside[other]):
                    gone[other], came[other] = metres + length, node
                    heapq.heappush(queue, (metres + length, other))
        return gone, came

    def mouths(self, box: BBox) -> list[int]:
        """Nodes in a box from which a lane leads out of it."""
        inside = [box.contains(one) for one in self.positions]
        return [
            node
            for node, onward in enumerate(self._onward)
            if inside[node] and any(not inside[other] for other, _ in onward)
        ]

    def _measured(self, edges: Sequence[tuple[int, int]]) -> list[list[tuple[int, float]]]:
        import numpy as np

        onward: list[list[tuple[int, float]]] = [[] for _ in self.positions]
        if not edges:
            return onward
        places = np.array([tuple(one) for one in self.positions])
        pairs = np.asarray(edges)
        metres, _ = inverse_many(places[pairs[:, 0]], places[pairs[:, 1]])
        for (one, other), length in zip(pairs.tolist(), metres.tolist(), strict=True):
            onward[one].append((other, length))
            onward[other].append((one, length))
        return onward
