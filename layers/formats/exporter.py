"""Exports layers to files of other programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.spelling import nearest
from layers.errors import ExportError
from layers.record.catalog import sources

from . import pygeoapi, qgis
from .content import LayerState, read
from .style import ExportStyles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.record.record import Source
    from layers.record.store import DataPath

    from .file import ExportFile


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    Attributes
    ----------
    suffix
        The ending of its files.
    media_type
        As registered with IANA, or customary.
    together
        Whether one file holds all layers; else each has its own.
    beside
        A file that the folder of the layers holds beside them.
    """

    suffix: str
    media_type: str
    together: bool = False
    beside: str = ""


FORMATS: Mapping[str, Format] = {
    "gpkg": Format(".gpkg", "application/geopackage+sqlite3", together=True),
    "qgis": Format(".qgz", "application/x-qgis-project", together=True),
    "parquet": Format(".parquet", "application/vnd.apache.parquet"),
    "fgb": Format(".fgb", "application/vnd.flatgeobuf"),
    "kmz": Format(".kmz", "application/vnd.google-earth.kmz", together=True),
    "csv": Format(".csv", "text/csv"),
    "geojsonseq": Format(".geojsonl", "application/geo+json-seq"),
    "pygeoapi": Format(".geojson", "application/geo+json", beside=pygeoapi.CONFIG),
}


def export(
    path: str | Path,
    file_format: str,
    *,
    names: Sequence[str] | None = None,
    as_of: str | None = None,
    styles: ExportStyles | None = None,
    record_separator: bool = False,
    data: DataPath = None,
) -> tuple[Path, ...]:
    """Write layers in a format that other programs read, with a description of licence, sources and hashes beside them.

    Parameters
    ----------
    path
        A file for ``gpkg``, ``qgis`` (the project; a GeoPackage of the same name is written beside it) and ``kmz``; for the
        others a folder that takes one file a layer, or a file when one layer is named. An existing file, or a former export in
        the folder, is replaced when the new one is whole.
    file_format
        ``gpkg``, ``qgis``, ``parquet``, ``fgb``, ``kmz``, ``csv``, ``geojsonseq`` or ``pygeoapi``.
    names
        Layers; by default all.
    as_of
        ISO 8601 date of any precision; by default the newest date that the data knows.
    styles
        How the layers look in ``gpkg``, ``qgis`` and ``kmz``; without, as the reading program likes.
    record_separator
        In ``geojsonseq``, begin each feature with U+001E (RFC 8142).
    data
        The data directory; by default that of ``TUMEN_DATA``, else the layers that tumen ships.

    Returns
    -------
    tuple of Path
        Every file that was written.

    Raises
    ------
    UnknownLayerError
        When there is no layer with a name.
    ExportError
        When the format is unknown, the path does not end as it should, or the folder holds files of others.
    geo.InvalidDateError
        When `as_of` is not a date.

    Notes
    -----
    The same layers give the same bytes, for one set of versions of GDAL, SQLite and Arrow.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [file.name for file in export(f"{folder}/zones.csv", "csv", names=["zones"])]
    ['zones.csv', 'zones.csv.datapackage.json', 'zones.csv.dcat.jsonld']
    >>> export("here", "gpgk")
    Traceback (most recent call last):
    layers.errors.ExportError: no format is called 'gpgk'; did you mean 'gpkg'?
    """
    if file_format not in FORMATS:
        raise ExportError(f"no format is called {file_format!r}; {nearest(file_format, FORMATS)}")
    states = read(names, as_of, data=data)
    options = Options(sources(data=data), styles or ExportStyles(), record_separator=record_separator)
    return write(states, Path(path), file_format, options)


@dataclass(frozen=True, slots=True)
class Options:
    """What the formats need beside the layers."""

    sources: Mapping[str, Source]
    styles: ExportStyles
    record_separator: bool = False


def write(states: Sequence[LayerState], target: Path, file_format: str, options: Options) -> tuple[Path, ...]:
    """Write layers that have been read: whole, or not at all."""
    from layers.record.atomic import move_files

    from .file import ExportFile
    from .whole import move_folder, staged

    form = FORMATS[file_format]
    single = target.suffix == form.suffix and not form.beside
    _check_target(target, form, [state.name for state in states])
    with staged(target) as stage:
        if file_format == "qgis":
            qgis.write(states, stage / target.name, f"{target.stem}.gpkg", options.sources, options.styles)
            groups, form = {f"{target.stem}.gpkg": tuple(states)}, FORMATS["gpkg"]
        elif form.together:
            groups = {target.name: tuple(states)}
        else:
            groups = {target.name if single else f"{state.name}{form.suffix}": (state,) for state in states}
        files = []
        for name, group in groups.items():
            _write_file(group, stage / name, file_format, options)
            files.append(ExportFile(stage / name, group, form.media_type, tabular=file_format == "csv"))
        if form.beside:
            (stage / form.beside).write_text(pygeoapi.config(states, options.sources), encoding="utf-8", newline="\n")
        head = f"{target.name}." if single else ""
        _describe(files, stage, head, options.sources)
        return move_files(stage, target.parent) if single else move_folder(stage, target)


def _check_target(target: Path, form: Format, names: Sequence[str]) -> None:
    from .whole import check_folder

    if target.suffix == form.suffix and not form.beside:
        if target.is_dir():
            raise ExportError(f"{target} is a folder; give the path of a file")
        if not form.together and len(names) > 1:
            raise ExportError(f"{target} can hold one layer, got {', '.join(names)}; give a folder, or name one layer")
    elif form.together:
        raise ExportError(f"expected a path that ends in {form.suffix}, got {str(target)!r}")
    else:
        check_folder(target, form.beside)


def _write_file(states: tuple[LayerState, ...], path: Path, file_format: str, options: Options) -> None:
    from . import csv_wkt, flatgeobuf, geopackage, kmz, parquet, sequence

    state = states[0]
    match file_format:
        case "gpkg" | "qgis":
            geopackage.write(states, path, options.sources, options.styles)
        case "kmz":
            kmz.write(states, path, options.sources, options.styles)
        case "parquet":
            parquet.write(state, path, options.sources)
        case "fgb":
            flatgeobuf.write(state, path)
        case "csv":
            csv_wkt.write(state, path)
        case "pygeoapi":
            pygeoapi.write(state, path)
        case _:
            sequence.write(state, path, record_separator=options.record_separator)


def _describe(files: Sequence[ExportFile], stage: Path, head: str, sources: Mapping[str, Source]) -> None:
    from .datapackage import data_package
    from .dcat import dcat_catalog
    from .whole import CATALOG, PACKAGE

    contents: dict[str, Any] = {PACKAGE: data_package(files, sources), CATALOG: dcat_catalog(files, sources)}
    for name, content in contents.items():
        text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
        (stage / f"{head}{name}").write_text(f"{text}\n", encoding="utf-8", newline="\n")
