"""Shipping lanes across the oceans, for routes beyond the chart."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING

from geo.errors import GeoError, InvalidGeometryError
from geo.geodesic._engine import lambert_many, rows
from geo.lonlat import LonLat

from ._projection import cartesian

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

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
        Names of the passages that no path takes.

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

    __slots__ = ("_ends", "_first", "_lonlats", "_metres", "_others", "_xyz", "passages", "shut")

    def __init__(
        self,
        positions: Sequence[tuple[float, float]],
        edges: Iterable[tuple[int, int]],
        *,
        passages: Mapping[str, Collection[tuple[int, int]]] | None = None,
        shut: Collection[str] = (),
    ) -> None:
        import numpy as np

        self._lonlats = rows(np.array(positions, dtype=np.float64).reshape(-1, 2))
        self._ends = np.array(list(edges), dtype=np.intp).reshape(-1, 2)
        self.passages = {name: tuple(pairs) for name, pairs in (passages or {}).items()}
        self.shut = frozenset(shut)
        for name in sorted(self.shut - self.passages.keys()):
            names = ", ".join(sorted(self.passages)) or "none"
            raise GeoError(f"there is no passage {name!r}; the lanes have {names}")
        within = ((self._ends >= 0) & (self._ends < len(self._lonlats))).all(axis=1)
        for tail, head in self._ends[~within | (self._ends[:, 0] == self._ends[:, 1])].tolist():
            message = f"a lane must join two of {len(self._lonlats)} nodes, got {tail} and {head}"
            raise InvalidGeometryError(message)
        self._first, self._others, self._metres = self._measured()
        self._xyz = cartesian(self._lonlats)

    def __repr__(self) -> str:
        """Tell how much there is."""
        return f"<Lanes: {len(self._lonlats)} nodes, {len(self._ends)} edges>"

    @property
    def positions(self) -> tuple[LonLat, ...]:
        """Where the nodes lie."""
        return tuple(LonLat(lon, lat) for lon, lat in self._lonlats.tolist())

    def position(self, node: int) -> LonLat:
        """Return where a node lies."""
        return LonLat(*self._lonlats[node].tolist())

    def without(self, passages: Collection[str]) -> Lanes:
        """Return the same lanes with these passages closed, besides those that are."""
        if self.shut.issuperset(passages):
            return self
        ends = [(tail, head) for tail, head in self._ends.tolist()]
        return Lanes(self._lonlats.tolist(), ends, passages=self.passages, shut=self.shut | set(passages))

    def nearest(self, lonlat: LonLat) -> int:
        """Return the index of the nearest node."""
        import numpy as np

        away = self._xyz - cartesian(np.array([tuple(lonlat)]))
        return int(np.argmin(np.einsum("ij,ij->i", away, away)))

    def along(self, start: int, outside: BBox | None = None) -> tuple[list[float], list[int]]:
        """Measure the shortest paths from a node to all.

        Parameters
        ----------
        start
            Its index.
        outside
            Lanes with both ends in this box are left out.

        Returns
        -------
        list of float
            Metres, to some millionths; infinite where no lane leads.
        list of int
            The node before, seen from the start; -1 there and where no lane leads.
        """
        # Own code: rustworkx gives lengths without the nodes before, or whole paths to every node.
        inside = [False] * len(self._lonlats) if outside is None else self._inside(outside).tolist()
        metres_to, previous = [math.inf] * len(inside), [-1] * len(inside)
        metres_to[start] = 0.0
        queue = [(0.0, start)]
        while queue:
            metres, node = heapq.heappop(queue)
            if metres > metres_to[node]:
                continue
            for row in range(self._first[node], self._first[node + 1]):
                other, far = self._others[row], metres + self._metres[row]
                if far < metres_to[other] and not (inside[node] and inside[other]):
                    metres_to[other], previous[other] = far, node
                    heapq.heappush(queue, (far, other))
        return metres_to, previous

    def mouths(self, box: BBox) -> list[int]:
        """Nodes in a box from which a lane leads out of it."""
        import numpy as np

        inside = self._inside(box)
        tails = np.repeat(np.arange(len(inside)), np.diff(self._first))
        exits: list[int] = np.unique(tails[inside[tails] & ~inside[self._others]]).tolist()
        return exits

    def _inside(self, box: BBox) -> NDArray[np.bool_]:
        lon, lat = self._lonlats.T
        inside: NDArray[np.bool_] = (box.west <= lon) & (lon <= box.east) & (box.south <= lat) & (lat <= box.north)
        return inside

    def _measured(self) -> tuple[list[int], list[int], list[float]]:
        """Lanes that are open, from both ends: row numbers where those of a node begin, the other ends, and metres."""
        import numpy as np

        shut = [pair for name in self.shut for pair in self.passages[name]]
        barred = np.isin(self._keys(self._ends), self._keys(np.array(shut, dtype=np.intp).reshape(-1, 2)))
        ends = self._ends[~barred]
        metres = lambert_many(self._lonlats[ends[:, 0]], self._lonlats[ends[:, 1]])
        tails, heads = np.concatenate([ends, ends[:, ::-1]]).T
        order = np.argsort(tails, kind="stable")
        first = np.searchsorted(tails[order], np.arange(len(self._lonlats) + 1))
        return first.tolist(), heads[order].tolist(), np.tile(metres, 2)[order].tolist()

    def _keys(self, ends: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return a number for each pair of nodes, the same whichever comes first."""
        keys: NDArray[np.intp] = ends.min(axis=1) * len(self._lonlats) + ends.max(axis=1)
        return keys
