"""GeoPackage: one table a layer, its style, licence and sources beside it in the same file."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from .content import Table, tables
from .flat import frame
from .geopackage_extras import add_about, add_metadata, add_sources, add_styles
from .licence import notice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from layers.record.record import Source

    from .content import LayerState
    from .style import ExportStyles

# QGIS 3.22 warns of anything newer.
VERSION = "1.2"


def write(states: Sequence[LayerState], path: Path, sources: Mapping[str, Source], styles: ExportStyles) -> None:
    """Write layers.

    Parameters
    ----------
    states
        The layers. One that mixes points, lines and areas becomes a table for each, as clients take one type a table.
    path
        A new file, ending in ``.gpkg``.
    sources
        Every known source, by id.
    styles
        How the tables look; QGIS takes the QML of a table by itself.

    Notes
    -----
    The dates inside are the day the sources were read, not the day of the export: the same layers give the same bytes.

    References
    ----------
    https://www.geopackage.org/spec120/
    """
    moment = f"{max(state.record.retrieved for state in states)}T00:00:00.000Z"
    written = [(state, table) for state in states for table in tables(state.record)]
    # No waiting for the disk after each table: the file takes its place when it is whole.
    with _gdal_options(OGR_CURRENT_DATE=moment, OGR_SQLITE_SYNCHRONOUS="OFF"):
        for state, table in written:
            _write_table(state, table, path)
    with closing(sqlite3.connect(path)) as database:
        with database:
            add_metadata(database, written, sources, moment)
            add_about(database, states)
            add_sources(database, states, sources)
            add_styles(database, [table for _, table in written], styles, moment)
            database.execute("UPDATE gpkg_contents SET last_change = ?", (moment,))
        database.execute("VACUUM")


def _write_table(state: LayerState, table: Table, path: Path) -> None:
    rows = frame(state.name, state.of_geometry(table.geometry), table.geometry_type)
    rows.to_file(
        path,
        driver="GPKG",
        engine="pyogrio",
        use_arrow=True,
        mode="a" if path.exists() else "w",
        layer=table.name,
        geometry_type=table.geometry_type,
        VERSION=VERSION,
        GEOMETRY_NAME="geom",
        IDENTIFIER=state.record.title if table.name == state.name else f"{state.record.title} ({table.geometry}s)",
        DESCRIPTION=notice(state),
    )


@contextmanager
def _gdal_options(**options: str) -> Iterator[None]:
    """Set options of GDAL, which are global, for a while."""
    import pyogrio

    former = {name: pyogrio.get_gdal_config_option(name) for name in options}
    pyogrio.set_gdal_config_options(options)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(former)
