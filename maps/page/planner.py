"""The network as a page carries it, so that routes are found in the page; ``assets/js/planner/router.js`` is the other half.

All days travel together: each edge and transfer has its states by day, as the compiled network of `layers` holds them.
"""

from __future__ import annotations

import base64
import zlib
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from geo import RouteOptions

from .encode import json_text, pack_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo import Coordinates
    from layers.graph.archive import TransferRow
    from layers.graph.cache import Archive
    from maps.features.geojson import Citation
    from maps.i18n.text import Language

    Names = Mapping[str, Mapping[Language, str]]

_LEVEL = 9
# Lines are thinned for drawing only: lengths come from the compiled network.
_SEA_STEP_DEG, _LAND_STEP_DEG = 0.007, 0.001
_WORD_COLUMNS = ("mode", "line", "method")
_NUMBER_COLUMNS = ("from", "to", "length_m", "uncertainty_m", "systematic_m", "rate", "hours")
_LISTED_COLUMNS = ("chainages_km", "countries", "sources", "labels", "loads")


def planner_block(
    archive: Archive, names: Names, citations: Mapping[str, Citation], langs: Sequence[Language]
) -> dict[str, str]:
    """JSON block of the network: ``packed`` holds the JSON of `network_content` as a zlib stream in base64."""
    content = network_content(archive, names, citations, langs)
    return {"packed": base64.b64encode(zlib.compress(json_text(content).encode(), _LEVEL)).decode("ascii")}


def network_content(
    archive: Archive, names: Names, citations: Mapping[str, Citation], langs: Sequence[Language]
) -> dict[str, object]:
    """Return the network as plain values.

    Parameters
    ----------
    archive
        A compiled network.
    names
        Names of the nodes in other languages, as far as they are known, by id.
    citations
        Sources by id.
    langs
        Languages of the page.

    Returns
    -------
    dict
        Columns of nodes, edges and transfers; a column of repeated words has a list of them and indices.
    """
    header = archive.header
    nodes, edges = header["nodes"], header["edges"]
    counts = edges["count"]
    starts = accumulate(counts, initial=0)
    cited = {source for row in edges["sources"] for source in edges["lists"][row]}
    cited |= {source for row in archive.transfers for source in row.sources}
    cited |= {source for row in archive.labels for source in row.sources}
    return {
        "nodes": {
            "id": nodes["id"],
            "lons": nodes["lon"],
            "lats": nodes["lat"],
            "accuracy_m": nodes["accuracy_m"],
            "country": nodes["country"],
            "names": {lang: _names(nodes, names, lang) for lang in langs},
        },
        "edges": {
            **{name: edges[name] for name in (*_NUMBER_COLUMNS, *_LISTED_COLUMNS)},
            **{name: _shelved(edges[name]) for name in _WORD_COLUMNS},
            "states": edges["spells"],
            "lines": _drawn(
                [archive.lines.line(start, count) for start, count in zip(starts, counts, strict=False)], edges["mode"]
            ),
        },
        "lists": edges["lists"],
        "states": edges["states"],
        "transfers": [_transfer(row, nodes["id"], edges["id"]) for row in archive.transfers],
        "labels": [
            {"regime": row.regime, "from": row.begin, "to": row.end, "note": row.note} for row in archive.labels
        ],
        "speeds": header["speeds"],
        "loads": header["loads"],
        "costs": header["costs"],
        "max_connector_m": RouteOptions().max_connector_m,
        "sources": {key: citations[key].title for key in sorted(cited) if key in citations},
    }


def _drawn(lines: Sequence[Coordinates], modes: Sequence[str]) -> list[str]:
    """Pack lines as they are drawn, thinned; their lengths are stored separately."""
    import numpy as np
    import shapely

    owners = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    shapes = shapely.linestrings(
        np.array([part for line in lines for pair in line for part in pair]).reshape(-1, 2), indices=owners
    )
    steps = np.where(np.isin(modes, ["sea", "ferry"]), _SEA_STEP_DEG, _LAND_STEP_DEG)
    thinned = shapely.simplify(shapes, steps)
    ends = np.cumsum(shapely.get_num_coordinates(thinned))
    return pack_lines([each.tolist() for each in np.split(shapely.get_coordinates(thinned), ends[:-1])])


def _names(nodes: Mapping[str, Any], names: Names, lang: Language) -> list[str]:
    pairs = zip(nodes["id"], nodes["name"], strict=True)
    return [names.get(node_id, {}).get(lang) or name for node_id, name in pairs]


def _shelved(words: Sequence[str]) -> dict[str, object]:
    """Distinct words, and the index of each row's word."""
    distinct = list(dict.fromkeys(words))
    place = {word: number for number, word in enumerate(distinct)}
    return {"words": distinct, "rows": [place[word] for word in words]}


def _transfer(row: TransferRow, node_ids: Sequence[str], edge_ids: Sequence[str]) -> dict[str, object]:
    at_border = row.kind == "border_crossing"
    return {
        "kind": row.kind,
        "at": (edge_ids if at_border else node_ids).index(row.place),
        "from": row.from_carrier,
        "to": row.to_carrier,
        "hours": row.hours,
        "explanation": row.explanation,
        "assumption": row.assumption,
        "sources": row.sources,
        "both_ways": row.both_ways,
        "labels": row.labels,
        "states": row.spells,
        "load_hours": dict(row.load_hours),
        "loads": row.loads,
        "pairs": [[edge_ids.index(edge_id) for edge_id in pair] for pair in row.pairs],
    }
