"""Lines of one file in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray


class Lines(NamedTuple):
    """Lines in columns.

    Attributes
    ----------
    source
        Name of the file.
    positions
        Longitudes and latitudes in units of `geo.network.table.UNITS`, shape (m, 2).
    begin
        Where each line begins in them, and their number at the end.
    feature
        Row of each line in `texts`, ascending.
    texts
        By role the text of each feature.
    refs
        Number of the node of OpenStreetMap of each position; None where there are none.
    stations
        Named places: names and positions; of OpenStreetMap alone.
    notes
        What was left out, in sentences.
    """

    source: str
    positions: NDArray[np.int32]
    begin: NDArray[np.int64]
    feature: NDArray[np.int32]
    texts: dict[str, pa.Array]
    refs: NDArray[np.int64] | None = None
    stations: tuple[list[str], NDArray[np.int32]] = ([], np.empty((0, 2), dtype=np.int32))
    notes: tuple[str, ...] = ()
