"""Corrects the encoding of GeoJSON where no guess is needed; its content stays."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from layers.errors import DataFileError

from .reading import read_documents
from .report import ERROR
from .rfc7946 import COLLECTION, DECIMALS, DEPTH, check_document, features_of
from .rfc7946_shape import wound_right

if TYPE_CHECKING:
    from pathlib import Path

_CRS84 = "CRS84"


def mended(path: Path) -> tuple[str, Counter[str]]:
    """Mend a GeoJSON file.

    Parameters
    ----------
    path
        The file; ``-`` is standard input.

    Returns
    -------
    text, counts
        The whole text, a line for each record of a sequence; and the number of repairs of each kind.

    Raises
    ------
    DataFileError
        When the file cannot be read as JSON.

    Notes
    -----
    Rings are closed and wound as RFC 7946 asks, coordinates rounded to 7 decimals, positions that stand twice in a row taken
    once, lines and areas cut at the 180th meridian. Missing ``properties`` and ``geometry`` become null; ids that are no text
    and no number, a byte order mark and a ``crs`` that names WGS 84 are taken out. Swapped axes, projected coordinates and areas
    that cross themselves are left for a person to decide.
    """
    documents, issues = read_documents(path, str(path))
    refused = [issue for issue in issues if issue.level == ERROR]
    if refused:
        raise DataFileError(str(refused[0]))
    done: Counter[str] = Counter(
        {"byte order mark dropped": sum("byte order mark" in issue.problem for issue in issues)}
    )
    for document in documents:
        _mend_document(document, done)
    lines = (json.dumps(document, ensure_ascii=False, allow_nan=False) for document in documents)
    return "\n".join(lines), +done


def _mend_document(document: Any, done: Counter[str]) -> None:  # noqa: ANN401 - any JSON
    if check_document(document, "") and isinstance(document, dict):
        crs = document.get("crs")
        if "crs" in document and (crs is None or _CRS84 in json.dumps(crs)):
            del document["crs"]
            done["crs member dropped"] += 1
        for row in features_of(document):
            if not isinstance(row, dict):
                continue
            if row.get("type") == "Feature":
                _mend_members(row, done)
                _mend_geometry(row.get("geometry"), done)
            else:
                _mend_geometry(row, done)


def _mend_members(row: dict[str, Any], done: Counter[str]) -> None:
    for key in ("geometry", "properties"):
        if key not in row:
            row[key] = None
            done[f"missing {key} set to null"] += 1
    if "id" in row and (isinstance(row["id"], bool) or not isinstance(row["id"], (str, int, float))):
        del row["id"]
        done["ids that are no text or number taken out"] += 1


def _mend_geometry(geometry: Any, done: Counter[str]) -> None:  # noqa: ANN401
    if not isinstance(geometry, dict):
        return
    kind = geometry.get("type")
    if kind == COLLECTION and isinstance(geometry.get("geometries"), list):
        for member in geometry["geometries"]:
            _mend_geometry(member, done)
    elif kind in DEPTH and geometry.get("coordinates"):
        coordinates = _rounded(geometry["coordinates"], done)
        if kind not in {"Point", "MultiPoint"}:
            coordinates = _tidy(coordinates, DEPTH[kind], is_ring=kind.endswith("Polygon"), done=done)
        geometry["coordinates"] = coordinates
        if not any(issue.level == ERROR for issue in check_document(geometry, "")):
            _cut(geometry, done)
            _wind(geometry, done)


def _rounded(value: Any, done: Counter[str]) -> Any:  # noqa: ANN401
    if isinstance(value, list) and value and all(isinstance(part, float | int) for part in value):
        rounded = [round(part, DECIMALS) if isinstance(part, float) else part for part in value[:2]] + value[2:]
        done["positions rounded to 7 decimals"] += rounded != value
        return rounded
    return [_rounded(item, done) for item in value] if isinstance(value, list) else value


def _tidy(value: Any, depth: int, *, is_ring: bool, done: Counter[str]) -> Any:  # noqa: ANN401
    """Drop repeated positions, and close rings."""
    if not isinstance(value, list):
        return value
    if depth > 1:
        return [_tidy(item, depth - 1, is_ring=is_ring, done=done) for item in value]
    distinct = [position for at, position in enumerate(value) if at == 0 or position != value[at - 1]]
    least = 4 if is_ring else 2
    if len(distinct) < len(value) and len(distinct) >= least:
        done["positions that stood twice in a row taken once"] += len(value) - len(distinct)
        value = distinct
    if is_ring and len(value) >= least - 1 and value[0] != value[-1]:
        done["rings closed"] += 1
        return [*value, value[0]]
    return value


def _cut(geometry: dict[str, Any], done: Counter[str]) -> None:
    import shapely

    from layers.features.antimeridian import cut_at_antimeridian

    shape = shapely.geometry.shape(geometry)
    cut = cut_at_antimeridian(shape)
    if cut.change:
        geometry |= json.loads(shapely.to_geojson(cut.shape))
        geometry["coordinates"] = _rounded(geometry["coordinates"], Counter())
        done["geometries cut at the 180th meridian"] += 1


def _wind(geometry: dict[str, Any], done: Counter[str]) -> None:
    """Reverse the rings that run in the wrong direction."""
    import shapely

    if not geometry["type"].endswith("Polygon"):
        return
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        if wound_right(shapely.geometry.shape({"type": "Polygon", "coordinates": polygon})):
            continue
        done["polygons wound anew"] += 1
        for number, ring in enumerate(polygon):
            if shapely.LinearRing([position[:2] for position in ring]).is_ccw == (number > 0):
                ring.reverse()
