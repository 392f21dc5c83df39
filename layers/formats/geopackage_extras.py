"""The tables of a GeoPackage beside the layers: metadata, records, sources, styles."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from .about import about, cited
from .licence import licence
from .text import as_json, plain_text, xml_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from layers.record.record import Source

    from .content import LayerState, Table
    from .style import ExportStyles

QGIS_METADATA = "http://mrcc.com/qgis.dtd"  # by this name QGIS finds the metadata of a layer
OUR_METADATA = "urn:tumen:layer-record"

_METADATA = """
CREATE TABLE gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (
  reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
"""
_EXTENSION = "http://www.geopackage.org/spec120/#extension_metadata"
_STYLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT CURRENT_TIMESTAMP);
"""
_ABOUT = ("layer", "title", "licence", "licence_url", "attribution", "as_of", "best_m", "median_m", "worst_m", "sha256")
_SOURCE = ("id", "title", "publisher", "date", "url", "kind", "note")


def add_metadata(
    database: sqlite3.Connection,
    written: Iterable[tuple[LayerState, Table]],
    sources: Mapping[str, Source],
    moment: str,
) -> None:
    """Add the metadata of each table, once for QGIS and once whole as JSON."""
    _create(database, _METADATA)
    for name in ("gpkg_metadata", "gpkg_metadata_reference"):
        database.execute(
            "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_metadata', ?, 'read-write')", (name, _EXTENSION)
        )
    for state, table in written:
        forms = (
            (QGIS_METADATA, "text/xml", tostring(qgis_metadata(state, table, sources), encoding="unicode")),
            (OUR_METADATA, "application/json", as_json(about(state, sources))),
        )
        for uri, kind, text in forms:
            row = database.execute(
                "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) VALUES ('dataset', ?, ?, ?)",
                (uri, kind, text),
            )
            database.execute(
                "INSERT INTO gpkg_metadata_reference VALUES ('table', ?, NULL, NULL, ?, ?, NULL)",
                (table.name, moment, row.lastrowid),
            )


def add_about(database: sqlite3.Connection, states: Sequence[LayerState]) -> None:
    """Add the table ``about``: one row a layer."""
    rows = [
        (
            state.name,
            state.record.title,
            state.record.licence,
            licence(state.record.licence).url,
            state.record.attribution,
            state.as_of,
            state.record.accuracy.best_m,
            state.record.accuracy.median_m,
            state.record.accuracy.worst_m,
            state.record.sha256,
        )
        for state in states
    ]
    types = {"best_m": "REAL", "median_m": "REAL", "worst_m": "REAL"}
    _add_table(database, "about", "Licence and accuracy of each layer", _ABOUT, rows, types)


def add_sources(database: sqlite3.Connection, states: Sequence[LayerState], sources: Mapping[str, Source]) -> None:
    """Add the table ``sources``: one row for each source that any feature cites."""
    by_id = {source.id: source for state in states for source in cited(state, sources)}
    rows = [tuple(getattr(by_id[key], name) or None for name in _SOURCE) for key in sorted(by_id)]
    _add_table(database, "sources", "Sources that the features cite by id", _SOURCE, rows)


def add_styles(database: sqlite3.Connection, written: Iterable[Table], styles: ExportStyles, moment: str) -> None:
    """Add the default style of each table that has one."""
    chosen = [table for table in written if table.name in styles.tables]
    if not chosen:
        return
    _create(database, _STYLES)
    for table in chosen:
        style = styles.tables[table.name]
        database.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, "
            "styleSLD, useAsDefault, description, owner, ui, update_time) VALUES ('', '', ?, 'geom', ?, ?, ?, 1, ?, '', NULL, ?)",
            (table.name, table.name[:30], style.qml, style.sld, "As on the web maps of tumen", moment),
        )
    _register(database, "layer_styles", "Styles of the layers")


def _add_table(
    database: sqlite3.Connection,
    name: str,
    title: str,
    columns: Sequence[str],
    rows: Sequence[tuple[object, ...]],
    types: Mapping[str, str] | None = None,
) -> None:
    definition = ", ".join(f'"{column}" {(types or {}).get(column, "TEXT")}' for column in columns)
    _create(database, f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {definition});')
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" for _ in columns)
    statement = f'INSERT INTO "{name}" ({names}) VALUES ({marks})'  # noqa: S608 - names of our own, values as parameters
    database.executemany(statement, [tuple(plain_text(v) if isinstance(v, str) else v for v in row) for row in rows])
    _register(database, name, title)


def _register(database: sqlite3.Connection, name: str, title: str) -> None:
    (count,) = database.execute(f'SELECT count(*) FROM "{name}"').fetchone()  # noqa: S608 - a name of our own
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?, 'attributes', ?, ?)",
        (name, name, title),
    )
    database.execute("INSERT INTO gpkg_ogr_contents VALUES (?, ?)", (name, count))


def _create(database: sqlite3.Connection, script: str) -> None:
    for statement in script.split(";\n"):
        if statement.strip():
            database.execute(statement.strip().rstrip(";"))


def qgis_metadata(state: LayerState, table: Table, sources: Mapping[str, Source]) -> Element:
    """Metadata of a layer, as QGIS has them."""
    record = state.record
    root = Element("qgis", version="3.22.0")
    SubElement(root, "identifier").text = table.name
    SubElement(root, "parentidentifier").text = "tumen"
    SubElement(root, "language").text = "ENG"
    SubElement(root, "type").text = "dataset"
    SubElement(root, "title").text = xml_text(record.title)
    lines = [f"As of {state.as_of}. 95 % of the positions lie within their accuracy_m.", "Sources:"]
    lines += [f"[{source.id}] {source.cite()}" for source in cited(state, sources)]
    SubElement(root, "abstract").text = xml_text("\n".join(lines))
    SubElement(root, "license").text = xml_text(record.licence)
    SubElement(root, "rights").text = xml_text(record.attribution)
    links = SubElement(root, "links")
    terms = licence(record.licence)
    link = {"name": "licence", "type": "WWW:LINK", "url": xml_text(terms.url), "description": xml_text(terms.title)}
    SubElement(links, "link", link | {"format": "", "mimeType": "", "size": ""})
    SubElement(root, "encoding").text = "UTF-8"
    return root
