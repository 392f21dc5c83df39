"""The description of an export for data portals: DCAT 3 as JSON-LD."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import parse_date

from .about import cited
from .datapackage import DESCRIPTION, TITLE
from .licence import licence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.record.record import Source

    from .content import LayerState
    from .file import ExportFile

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geosparql": "http://www.opengis.net/ont/geosparql#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_XSD = {len("2014"): "xsd:gYear", len("2014-07"): "xsd:gYearMonth", len("2014-07-18"): "xsd:date"}


def dcat_catalog(files: Sequence[ExportFile], sources: Mapping[str, Source]) -> dict[str, object]:
    """Describe an export.

    Parameters
    ----------
    files
        What was written; each layer becomes a dataset of one licence, with the file as its distribution.
    sources
        Every known source, by id.

    References
    ----------
    https://www.w3.org/TR/vocab-dcat-3/
    """
    return {
        "@context": _CONTEXT,
        "@id": "urn:tumen:catalog",
        "@type": "dcat:Catalog",
        "dct:title": _english(TITLE),
        "dct:description": _english(DESCRIPTION),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": "tumen contributors"},
        "dcat:dataset": [_dataset(file, state, sources) for file in files for state in file.states],
    }


def _dataset(file: ExportFile, state: LayerState, sources: Mapping[str, Source]) -> dict[str, object]:
    record, span = state.record, state.span()
    west, south, east, north = record.bbox
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    box = f"POLYGON(({', '.join(f'{lon} {lat}' for lon, lat in ring)}))"
    dataset: dict[str, object] = {
        "@id": f"urn:tumen:layer:{record.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": record.name,
        "dct:title": _english(record.title),
        "dct:description": _english(f"{record.title}: {len(state.features)} features, as of {state.as_of}."),
        "dct:license": {"@id": licence(record.licence).url},
        "dct:rights": {"@type": "dct:RightsStatement", "dct:description": record.attribution},
        "dct:modified": _date(record.retrieved),
        "dct:spatial": {"@type": "dct:Location", "dcat:bbox": {"@value": box, "@type": "geosparql:wktLiteral"}},
        "dct:source": [{"dct:title": source.cite(), "dct:identifier": source.id} for source in cited(state, sources)],
        "dcat:distribution": _distribution(file, state),
    }
    if span:
        period = {"dcat:startDate": _date(span[0]), "dcat:endDate": _date(span[1])}
        dataset["dct:temporal"] = {"@type": "dct:PeriodOfTime"} | period
    return dataset


def _distribution(file: ExportFile, state: LayerState) -> dict[str, object]:
    return {
        "@id": f"urn:tumen:layer:{state.name}:{file.suffix.removeprefix('.')}",
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dct:license": {"@id": licence(state.record.licence).url},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{file.media_type}"},
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _english(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "en"}


def _date(text: str) -> dict[str, str]:
    return {"@value": str(parse_date(text)), "@type": _XSD[len(text)]}
