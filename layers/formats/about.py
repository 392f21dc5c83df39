"""Metadata of an exported layer, as plain JSON values."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from .licence import licence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.record.record import Source

    from .content import LayerState


def about(state: LayerState, sources: Mapping[str, Source]) -> dict[str, object]:
    """Describe a layer.

    Parameters
    ----------
    state
        The layer.
    sources
        Every known source, by id.

    Returns
    -------
    dict
        Title, licence, attribution, origin, accuracy in metres, the date it shows, the sha256 of the file of record, and the
        sources that its features cite.

    Examples
    --------
    >>> from layers import sources
    >>> from .content import read
    >>> zones = about(read(["zones"], "1980")[0], sources())
    >>> zones["licence"], zones["features"], zones["sources"]
    ('CC-BY-4.0', 0, [])
    """
    record = state.record
    return {
        "name": record.name,
        "title": record.title,
        "licence": record.licence,
        "licence_url": licence(record.licence).url,
        "attribution": record.attribution,
        "as_of": state.as_of,
        "features": len(state.features),
        "packages": list(record.packages),
        "retrieved": record.retrieved,
        "processing": record.processing,
        "accuracy_m": asdict(record.accuracy),
        "file_of_record_sha256": record.sha256,
        "sources": [citation(source) for source in cited(state, sources)],
    }


def cited(state: LayerState, sources: Mapping[str, Source]) -> list[Source]:
    """Return the sources that the features of a layer cite, by id; sources without a description are left out."""
    return [sources[source_id] for source_id in state.cited() if source_id in sources]


def citation(source: Source) -> dict[str, str]:
    """Source without its unknown fields.

    Examples
    --------
    >>> from layers.record.record import Source
    >>> citation(Source("x", "A page", date="2013"))
    {'id': 'x', 'title': 'A page', 'date': '2013'}
    """
    return {key: value for key, value in asdict(source).items() if value}
