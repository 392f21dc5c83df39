"""The format of a user's file, by its name and checked against its content."""

from __future__ import annotations

import re
from pathlib import Path

from layers.errors import FeatureError

GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_SQLITE, _FLATGEOBUF, _PARQUET, _SHAPEFILE = b"SQLite format 3\0", b"fgb\x03fgb", b"PAR1", b"\x00\x00\x27\x0a"
_XML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?(kml|gpx)\b", re.DOTALL)
_SPACE = b"\xef\xbb\xbf \t\r\n\x1e"
HEAD = 4096

NAMES = {
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".geojsonl": "GeoJSON",
    ".geojsonseq": "GeoJSON",
    ".ndjson": "GeoJSON",
    ".topojson": "GeoJSON",
    ".gpkg": "GeoPackage",
    ".fgb": "FlatGeobuf",
    ".parquet": "Parquet",
    ".geoparquet": "Parquet",
    ".shp": "Shapefile",
    ".zip": "Zip",
    ".kml": "KML",
    ".kmz": "Zip",
    ".gpx": "GPX",
    ".csv": "CSV",
    ".tsv": "CSV",
    ".txt": "CSV",
}
SUFFIXES = (*NAMES, ".gz")


def file_and_table(text: str) -> tuple[Path, str]:
    """Split ``FILE#TABLE``, as a table of a GeoPackage is named; a file whose own name has a ``#`` is found too."""
    whole, mark, table = text.rpartition("#")
    return (Path(whole), table) if mark and not Path(text).exists() else (Path(text), "")


def content_kind(head: bytes) -> str:
    """Format of a file of such a beginning; empty when it bears no mark."""
    marks = {
        _SQLITE: "GeoPackage",
        _FLATGEOBUF: "FlatGeobuf",
        _PARQUET: "Parquet",
        _SHAPEFILE: "Shapefile",
        _ZIP: "Zip",
    }
    for mark, kind in marks.items():
        if head.startswith(mark):
            return kind
    if root := _XML.match(head):
        return root[1].decode().upper()
    return "GeoJSON" if head.lstrip(_SPACE)[:1] in {b"{", b"["} else ""


def kind_of(path: Path, head: bytes) -> str:
    """Format of a file; GDAL would open anything, including other files that the content names."""
    by_name = NAMES.get(path.suffix.lower(), "")
    by_content = content_kind(head)
    if by_name == "CSV" and by_content in {"", "GeoJSON"}:
        return by_content or by_name
    if not by_name:
        raise FeatureError(
            f"{path.name!r} is of no format that is read; its name ends in {', '.join(SUFFIXES)}", source=str(path)
        )
    if by_content == by_name:
        return by_name
    if not head:
        raise FeatureError(f"{path.name!r} is empty", source=str(path))
    if by_name == "GeoJSON":
        raise FeatureError(f"{path.name!r} is not valid JSON: it does not begin with {{", source=str(path))
    raise FeatureError(f"{path.name!r} is not {by_name}, although its name ends in {path.suffix}", source=str(path))


def suffix_of(head: bytes) -> str:
    """Return the ending that a file with such a beginning would have."""
    kind = content_kind(head)
    if kind == "Zip":
        return ".kmz" if b"doc.kml" in head else ".zip"
    if head.startswith(GZIP):
        return ".json.gz"
    return next((suffix for suffix, format_name in NAMES.items() if format_name == kind), ".csv")
