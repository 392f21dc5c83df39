"""OGC API – Features: the configuration with which pygeoapi serves the layers, and the GeoJSON that it serves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from geo import parse_date
from layers.record.store import properties_of

from .about import cited
from .datapackage import DESCRIPTION, TITLE
from .flat import column_types
from .licence import licence, notice
from .text import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from layers.record.record import Source
    from layers.record.store import Json, JsonObject

    from .content import LayerState

CONFIG = "pygeoapi.yml"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
URL = "${PYGEOAPI_URL:-http://localhost:5000}"
HEAD = """\
# pygeoapi serves these layers as OGC API - Features. In this folder, with pygeoapi installed (pip install pygeoapi):
#
#   export PYGEOAPI_CONFIG=pygeoapi.yml PYGEOAPI_OPENAPI=openapi.yml
#   pygeoapi openapi generate pygeoapi.yml --output-file openapi.yml
#   pygeoapi serve
#
# PYGEOAPI_HOST and PYGEOAPI_PORT set where it listens (127.0.0.1, 5000), PYGEOAPI_URL the address that clients see.
"""


def write(state: LayerState, path: Path) -> None:
    """Write a layer to a new file as GeoJSON: every feature has every column, null where it has no value."""
    columns = [name for name in column_types(state.name) if not name.endswith("_precision")]
    rows = ",\n".join(_row(feature, columns) for feature in state.features)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{rows}\n]}}\n', encoding="utf-8", newline="\n")


def config(states: Sequence[LayerState], sources: Mapping[str, Source]) -> str:
    """Write the configuration.

    Parameters
    ----------
    states
        The layers. One without features on its day is left out: pygeoapi cannot serve an empty collection.
    sources
        Every known source, by id.

    Returns
    -------
    str
        YAML. Files are named relative to the folder of the configuration.

    References
    ----------
    https://docs.pygeoapi.io/en/latest/configuration.html
    """
    import yaml

    content = {
        "server": _server(),
        "logging": {"level": "ERROR"},
        "metadata": _metadata(states),
        "resources": {state.name: _resource(state, sources) for state in states if state.features},
    }
    return f"{HEAD}{yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)}"


def _row(feature: JsonObject, columns: Sequence[str]) -> str:
    properties = properties_of(feature)
    row = {
        "type": "Feature",
        "id": feature["id"],
        "properties": {name: _value(properties.get(name)) for name in columns},
        "geometry": feature["geometry"],
    }
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _value(value: Json) -> Json:
    return plain_text(value) if isinstance(value, str) else value


def _server() -> dict[str, object]:
    return {
        "bind": {"host": "${PYGEOAPI_HOST:-127.0.0.1}", "port": "${PYGEOAPI_PORT:-5000}"},
        "url": URL,
        "mimetype": "application/json; charset=UTF-8",
        "encoding": "utf-8",
        "gzip": True,
        "languages": ["en-US"],
        "limits": {"default_items": 100, "max_items": 10_000, "on_exceed": "throttle"},
        "map": {  # of pygeoapi's own pages
            "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
            "attribution": "© OpenStreetMap contributors",
        },
    }


def _metadata(states: Sequence[LayerState]) -> dict[str, object]:
    names = sorted({state.record.licence for state in states})
    return {
        "identification": {
            "title": TITLE,
            "description": f"{DESCRIPTION} As of {states[0].as_of}.",
            "keywords": ["Tumen", "Russia", "DPRK", "border", "railway", "port"],
            "keywords_type": "theme",
            "terms_of_service": f"Each collection states its licence and attribution, which must be kept: {', '.join(names)}.",
            "url": URL,
        },
        "license": {"name": " AND ".join(names), "url": f"{URL}/collections"},
        "provider": {"name": "tumen contributors"},
        "contact": {"name": "tumen contributors"},
    }


def _resource(state: LayerState, sources: Mapping[str, Source]) -> dict[str, object]:
    record, terms = state.record, licence(state.record.licence)
    cites = f" {number} sources are linked as via." if (number := len(_source_links(state, sources))) else ""
    provider = {
        "type": "feature",
        "name": "GeoJSON",
        "data": f"{state.name}.geojson",
        "id_field": "id",
        "title_field": "name",
        "crs": [CRS84],
        "storage_crs": CRS84,
    }
    extents: dict[str, object] = {"spatial": {"bbox": list(record.bbox), "crs": CRS84}}
    if span := _span(state):
        provider["time_field"] = "valid_from"
        extents["temporal"] = {"begin": span[0], "end": span[1]}
    links = [{"type": "text/html", "rel": "license", "title": terms.title, "href": terms.url}]
    return {
        "type": "collection",
        "title": _text(record.title),
        "description": _text(f"{notice(state)}{cites}"),
        "keywords": [state.name, *sorted({_text(str(properties_of(row)["kind"])) for row in state.features})],
        "links": [*links, *_source_links(state, sources)],
        "extents": extents,
        "providers": [provider],
    }


def _source_links(state: LayerState, sources: Mapping[str, Source]) -> list[dict[str, str]]:
    return [
        {"type": "text/html", "rel": "via", "title": _text(source.cite()), "href": _text(source.url)}
        for source in cited(state, sources)
        if source.url.startswith(("http://", "https://"))
    ]


def _text(text: str) -> str:
    """Text with ``$`` escaped: pygeoapi would replace ``${NAME}`` with environment variables."""
    return text.replace("${", "$ {")


def _span(state: LayerState) -> tuple[date, date] | None:
    """First and last day of the features."""
    span = state.span()
    return (parse_date(span[0]).earliest, parse_date(span[1]).latest) if span else None
