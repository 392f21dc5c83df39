"""The description of an export as a Frictionless data package: ``datapackage.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .about import cited
from .flat import column_types
from .licence import licence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.record.record import Source

    from .content import LayerState
    from .file import ExportFile

TITLE = "What crosses the Russia–DPRK border on the Tumen"
DESCRIPTION = "Borders, crossings, railways, stations, ports, zones, power lines: dated, sourced."
_FIELD_TYPES = {"text": "string", "number": "number", "integer": "integer", "date": "date", "json": "any"}


def data_package(files: Sequence[ExportFile], sources: Mapping[str, Source]) -> dict[str, object]:
    """Describe an export.

    Parameters
    ----------
    files
        What was written. A file of several layers becomes a resource for each, so that a resource has one licence.
    sources
        Every known source, by id.

    Returns
    -------
    dict
        A data package after version 1 of the specification.

    References
    ----------
    https://specs.frictionlessdata.io/data-package/
    """
    states = [state for file in files for state in file.states]
    licences = sorted({state.record.licence for state in states})
    return {
        "profile": "data-package",
        "name": "tumen",
        "title": TITLE,
        "created": f"{max(state.record.retrieved for state in states)}T00:00:00Z",
        "licenses": [_licence(spdx) for spdx in licences],
        "resources": [_resource(file, state, sources) for file in files for state in file.states],
    }


def _resource(file: ExportFile, state: LayerState, sources: Mapping[str, Source]) -> dict[str, object]:
    record, span = state.record, state.span()
    resource: dict[str, object] = {
        "name": state.name,
        "path": file.name,
        "profile": "tabular-data-resource" if file.tabular else "data-resource",
        "title": record.title,
        "description": f"{len(state.features)} features, as of {state.as_of}.",
        "format": file.suffix.removeprefix("."),
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "licenses": [_licence(record.licence)],
        "attribution": record.attribution,
        "sources": [_source(source) for source in cited(state, sources)],
        "bbox": list(record.bbox),
        "as_of": state.as_of,
        "accuracy_m": {"best": record.accuracy.best_m, "worst": record.accuracy.worst_m},
    }
    if span:
        resource["temporal"] = {"start": span[0], "end": span[1]}
    if file.tabular:
        fields = [{"name": name, "type": _FIELD_TYPES[kind]} for name, kind in column_types(state.name).items()]
        resource["schema"] = {"fields": [*fields, {"name": "WKT", "type": "string"}], "missingValues": [""]}
    return resource


def _licence(spdx: str) -> dict[str, str]:
    terms = licence(spdx)
    return {"name": terms.id, "title": terms.title, "path": terms.url}


def _source(source: Source) -> dict[str, str]:
    web = source.url.startswith(("http://", "https://"))
    return {"title": source.cite()} | ({"path": source.url} if web else {})
