"""Distances, routes and look-ups for a table in memory."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar

from layers.errors import BatchError

from .engine import ROWS
from .operation import ADDED, REASON, compute, result_schema, task

if TYPE_CHECKING:
    import pyarrow as pa

    from layers.record.store import DataPath

    Table = TypeVar("Table")


def batch(  # noqa: PLR0913 - they are independent of each other
    operation: str,
    table: Table,
    *,
    origin: str | None = None,
    destination: str | None = None,
    at: str | None = None,
    layer: str | None = None,
    as_of: str | None = None,
    include_planned: bool = False,
    options: dict[str, Any] | None = None,
    data: DataPath = None,
) -> Table:
    """Compute a distance, a route or the nearest feature for each row of a table.

    Parameters
    ----------
    operation
        ``"distance"``, ``"sea-distance"``, ``"route"``, ``"nearest"`` or ``"within"``.
    table
        A table of Arrow, pandas, GeoPandas, Polars or dask-geopandas, or a Dask dataframe.
    origin, destination
        Of the first three: the column of names, ids, ``lon,lat`` texts or points (WKB) where a row begins and ends, or two
        columns ``"LON,LAT"``; looked for among obvious names where None.
    at
        Of the last two: likewise, where a row is.
    layer
        Of the last two: the layer of points or of areas to look in.
    as_of, include_planned, data
        As of `layers.network`.
    options
        Of routes the fields of `geo.RouteOptions`, of sea distances what `layers.sea_path` takes.

    Returns
    -------
    as given
        The table with the columns of the result, and ``reason``: why a row has no answer, null where it has one. Rows stay
        where they are.

    Raises
    ------
    BatchError
        When the table is none of those, or columns or layers are missing or ambiguous.
    geo.GeoError
        When an option or a day is invalid.

    See Also
    --------
    tumen batch : The same over files of any size, on all cores or Dask, and on after a kill.

    Examples
    --------
    >>> import pandas as pd
    >>> trips = pd.DataFrame({"from": ["Khasan", "Nowhere"], "to": ["Rajin", "Rajin"]})
    >>> done = batch("distance", trips)
    >>> done.length_m.round().tolist(), done.reason[1]
    ([35507.0, nan], "no place is called 'Nowhere'; give a name, an id such as station/rajin, or lon,lat")
    """
    chosen: dict[str, Any] = {
        "origin": origin,
        "destination": destination,
        "at": at,
        "layer": layer,
        "as_of": as_of,
        "include_planned": include_planned,
        "options": options or {},
        "data": None if data is None else os.fspath(data),
    }
    return _of(table)(operation, table, chosen)  # type: ignore[no-any-return]  # as given


def _of(table: object) -> Any:  # noqa: ANN401 - one of the functions below
    """Choose by the library that a table is of."""
    library = type(table).__module__.partition(".")[0]
    kinds = {
        "pyarrow": _arrow,
        "pandas": _pandas,
        "geopandas": _geopandas,
        "polars": _polars,
        "dask_geopandas": _dask,
        "dask": _dask,
    }
    if library not in kinds:
        raise BatchError(f"expected a table of Arrow, pandas, GeoPandas, Polars or Dask, got {type(table).__name__}")
    return kinds[library]


def _arrow(operation: str, table: pa.Table, chosen: dict[str, Any]) -> pa.Table:
    import pyarrow as pa

    table = pa.table(table)
    text = task(operation, table.schema, **chosen).to_json()
    done = [
        compute(text, batch) for batch in table.combine_chunks().to_batches(max_chunksize=ROWS[operation]) if len(batch)
    ]
    return pa.Table.from_batches(done, schema=result_schema(operation, table.schema))


def _pandas(operation: str, table: Any, chosen: dict[str, Any]) -> Any:  # noqa: ANN401 - a DataFrame, its columns of any kind
    import pyarrow as pa

    done = _arrow(operation, pa.Table.from_pandas(table, preserve_index=False), chosen)
    return table.assign(**{name: done[name].to_pandas().set_axis(table.index) for name in (*ADDED[operation], REASON)})


def _geopandas(operation: str, table: Any, chosen: dict[str, Any]) -> Any:  # noqa: ANN401 - a GeoDataFrame
    import pandas as pd
    import pyarrow as pa

    name = table.geometry.name
    if table.crs is not None and not table.crs.is_geographic:
        raise BatchError(f"the frame is in {table.crs.to_string()}, which is not in degrees; give frame.to_crs(4326)")
    binary = pd.ArrowDtype(pa.binary())  # named, for a frame without rows has none
    plain = table.drop(columns=name).assign(**{name: table.geometry.to_wkb().astype(binary)})
    done = _pandas(operation, plain, chosen)
    return table.assign(**{column: done[column] for column in (*ADDED[operation], REASON)})


def _polars(operation: str, table: Any, chosen: dict[str, Any]) -> Any:  # noqa: ANN401 - a DataFrame of Polars
    import polars as pl

    return pl.from_arrow(_arrow(operation, table.to_arrow(), chosen))


def _dask(operation: str, table: Any, chosen: dict[str, Any]) -> Any:  # noqa: ANN401 - a dataframe of Dask
    meta = _of(table._meta)(operation, table._meta, chosen)  # noqa: SLF001 - its way of telling what comes
    return table.map_partitions(_partition, operation, chosen, meta=meta)


def _partition(table: Any, operation: str, chosen: dict[str, Any]) -> Any:  # noqa: ANN401 - a part of it
    return _of(table)(operation, table, chosen)
