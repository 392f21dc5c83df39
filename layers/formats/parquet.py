"""GeoParquet 1.1: one layer a file; the file itself holds licence, attribution and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .about import about
from .flat import frame
from .text import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geopandas import GeoDataFrame

    from layers.record.record import Source

    from .content import LayerState

VERSION = "1.1.0"


def write(state: LayerState, path: Path, sources: Mapping[str, Source]) -> None:
    """Write a layer to a new file, with its sources out of all known ones.

    Notes
    -----
    Coordinates are longitude and latitude (OGC:CRS84, which GeoParquet takes for granted), rings run counterclockwise.

    References
    ----------
    https://geoparquet.org/releases/v1.1.0/
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = frame(state.name, state.features)
    table = pa.table(rows.drop(columns="geometry").to_dict("series"), schema=_schema(rows))
    table = table.append_column("geometry", pa.array(rows.geometry.to_wkb(), type=pa.binary()))
    metadata = {"geo": as_json(_geo(rows)), "tumen": as_json(about(state, sources))}
    pq.write_table(table.replace_schema_metadata(metadata), path)


def _schema(rows: GeoDataFrame) -> Any:  # noqa: ANN401 - pyarrow is untyped
    import pyarrow as pa

    types = {"Float64": pa.float64(), "Int64": pa.int64(), "string": pa.string()}
    return pa.schema([(name, types.get(str(rows[name].dtype), pa.date32())) for name in rows.columns.drop("geometry")])


def _geo(rows: GeoDataFrame) -> dict[str, object]:
    column: dict[str, object] = {
        "encoding": "WKB",
        "geometry_types": sorted(set(rows.geom_type)),
        "orientation": "counterclockwise",
    }
    if len(rows):
        column["bbox"] = [float(value) for value in rows.total_bounds]
    return {"version": VERSION, "primary_column": "geometry", "columns": {"geometry": column}}
