"""A chart with a visibility graph compiled in advance."""

from __future__ import annotations

import io
import json
import math
from typing import TYPE_CHECKING, Any

from geo.bbox import BBox
from geo.errors import ChartFileError
from geo.lonlat import LonLat

from ._base import BaseChart
from ._graph import SeaGraph, SightLines
from ._projection import Plane, cartesian

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.geodesic._engine import FloatArray

    Arrays = Mapping[str, NDArray[Any]]

# To be raised when the meaning of an array changes.
FORMAT = 1
_REMEMBERED = 512  # positions whose sight lines are kept


class CompiledChart(BaseChart):
    """A `SeaChart` in a form that is read in milliseconds and searched in milliseconds; `SeaChart.compiled` makes it.

    Parameters
    ----------
    content
        What `to_bytes` wrote.

    Raises
    ------
    ChartFileError
        If the bytes are something else, of another format, cut or changed.

    Notes
    -----
    It holds the visibility graph of the convex vertices of the coast: the lines that touch the coast at both ends and
    cross no land. A path is the shortest over the vertices that its ends see, found by A* with the distances from
    landmarks as lower bounds. Paths are those of the `SeaChart` that it was made from, but where two of them are equally
    long to some metres.

    Examples
    --------
    >>> import shapely
    >>> from geo import SeaChart, sea_path
    >>> chart = SeaChart(shapely.box(130, 41, 131, 42)).compiled()
    >>> chart
    <CompiledChart: 13 vertices, 13 lines>
    >>> print(sea_path((129.5, 41.5), (131.5, 41.5), CompiledChart(chart.to_bytes())).distance)
    221.728 km
    >>> CompiledChart(b"")
    Traceback (most recent call last):
    geo.errors.ChartFileError: expected a compiled sea chart of format 1, got 0 bytes
    """

    __slots__ = ("_content", "_graph", "_land", "_seen", "_wkb", "source")

    def __init__(self, content: bytes) -> None:
        header, arrays = _unpacked(content)
        boxes = [(BBox(*box), float(metres)) for box, metres in header["accuracies"]]
        extent = BBox(*header["extent"]) if header["extent"] else None
        super().__init__(Plane(LonLat(*header["middle"])), _segments(arrays, "shore"), extent, boxes)
        self.source: str = header["source"]
        self._content = content
        self._graph = _graph(arrays, float(header["unit_m"]))
        self._wkb, self._land = arrays["land"], None
        self._seen: dict[LonLat, SightLines] = {}

    def __repr__(self) -> str:
        """Tell how large the graph is."""
        return f"<CompiledChart: {len(self._graph.at)} vertices, {len(self._graph.others) // 2} lines>"

    @property
    def land(self) -> BaseGeometry:
        """The land, as one geometry of polygons."""
        if self._land is None:
            import shapely

            self._land = shapely.from_wkb(self._wkb.tobytes())
            shapely.prepare(self._land)
        return self._land

    def to_bytes(self) -> bytes:
        """Return the content of a file that holds the chart; the same bytes for the same chart."""
        return self._content

    def turns(self, start: LonLat, end: LonLat, at_most_m: float = math.inf) -> list[LonLat] | None:
        """Return the positions where the shortest path by water turns, or None where there is no path; see `BaseChart.turns`."""
        import numpy as np

        start_xy, end_xy = self._plane.project(np.array([tuple(start), tuple(end)]))
        if self._graph.is_clear(start_xy, end_xy) and self.is_free(start, end):
            return []
        lines = self._sight_lines(start, start_xy), self._sight_lines(end, end_xy)
        shut: set[tuple[int, int]] = set()
        while (vertices := self._graph.shortest(*lines, shut, at_most_m)) is not None:
            turns = [LonLat(lon, lat) for lon, lat in self._graph.lonlats[vertices].tolist()]
            barred = set()  # lines of the ends that are straight in the plane only; those of the graph were tested
            if not self.is_free(start, turns[0]):
                barred.add((-1, vertices[0]))
            if not self.is_free(turns[-1], end):
                barred.add((vertices[-1], -2))
            if not barred:
                return turns
            shut |= barred
        return None

    def _sight_lines(self, lonlat: LonLat, at: FloatArray) -> SightLines:
        if lonlat not in self._seen:
            if len(self._seen) >= _REMEMBERED:
                self._seen.pop(next(iter(self._seen)))
            self._seen[lonlat] = self._graph.seen_from(at, lonlat)
        return self._seen[lonlat]


def packed(header: Mapping[str, object], arrays: Arrays) -> bytes:
    """Put a compiled chart into bytes."""
    import numpy as np

    text = json.dumps({"format": FORMAT, **header}, separators=(",", ":")).encode()
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, header=np.frombuffer(text, np.uint8), **arrays)
    return file.getvalue()


def _unpacked(content: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    from zipfile import BadZipFile

    import numpy as np

    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            arrays = dict(file)
        header = json.loads(arrays.pop("header").tobytes())
        version = header["format"]
    except (BadZipFile, EOFError, KeyError, ValueError, TypeError, OSError) as error:
        message = f"expected a compiled sea chart of format {FORMAT}, got {len(content)} bytes"
        raise ChartFileError(message if not content else f"{message} that are none: {error}") from None
    if version != FORMAT:
        raise ChartFileError(f"expected a compiled sea chart of format {FORMAT}, got format {version!r}")
    return header, arrays


def _segments(arrays: Arrays, name: str) -> FloatArray:
    """Segments of rings that lie one after the other in an array; each begins at one of the numbers kept beside."""
    import numpy as np

    points, firsts = arrays[name], arrays[f"{name}_first"]
    joined = np.stack([points[:-1], points[1:]], axis=1)
    return np.delete(joined, firsts[1:] - 1, axis=0)


def _graph(arrays: Arrays, unit_m: float) -> SeaGraph:
    """Lines are kept once, at the lower vertex; the graph has them at both."""
    import numpy as np

    count, sides = len(arrays["at"]), arrays["sides"].astype(np.float64)
    lower = np.repeat(np.arange(count), arrays["line_count"])
    ends = [np.concatenate(pair) for pair in ((lower, arrays["line_to"]), (arrays["line_to"], lower))]
    order = np.argsort(ends[0].astype(arrays["line_to"].dtype), kind="stable")
    return SeaGraph(
        arrays["at"],
        sides[:, 0],
        sides[:, 1],
        arrays["lonlats"],
        cartesian(arrays["lonlats"]),
        _segments(arrays, "coast"),
        np.concatenate([[0], np.cumsum(np.bincount(ends[0], minlength=count))]),
        ends[1][order],
        np.tile(arrays["line_m"], 2)[order],
        arrays["landmarks"],
        unit_m,
    )
