"""The description of a placemark: HTML in which every value is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, cast

from layers.record.store import JsonObject, properties_of

from .licence import licence
from .text import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.record.record import LayerRecord, Source

_NAMES = ("name", "name_ko", "name_ru", "name_zh")
_ELSEWHERE = {*_NAMES, "history", "sources", "licence", "note", "figures", "chainage"}


def balloon(feature: JsonObject, record: LayerRecord, sources: Mapping[str, Source]) -> str:
    """Describe a feature.

    Parameters
    ----------
    feature
        The feature.
    record
        The record of its layer.
    sources
        Every known source, by id.

    Returns
    -------
    str
        HTML: names, note, attributes, history, sources, licence and attribution.

    Examples
    --------
    >>> from layers import catalog
    >>> html = balloon({"properties": {"name": "<img src=x>", "kind": "city"}}, catalog()["places"], {})
    >>> "&lt;img src=x&gt;" in html, "<img" in html, "CC-BY-4.0" in html
    (True, False, True)
    """
    properties = properties_of(feature)
    names = [str(properties[key]) for key in _NAMES if properties.get(key)]
    parts = [f"<p><b>{escape(' · '.join(names))}</b></p>"] if names else []
    if properties.get("note"):
        parts.append(f"<p>{escape(str(properties['note']))}</p>")
    rows = [
        (key, _value(value)) for key, value in properties.items() if key not in _ELSEWHERE and value not in (None, [])
    ]
    cells = (f"<tr><td>{escape(key)}</td><td>{escape(value)}</td></tr>" for key, value in rows)
    parts.append(f"<table>{''.join(cells)}</table>")
    history = cast("list[dict[str, Any]]", properties.get("history") or [])
    if history:
        parts.append(_items("History", [_change(entry) for entry in history]))
    cited = cast("list[str]", properties.get("sources") or [])
    parts.append(_items("Sources", [_citation(source_id, sources) for source_id in cited]))
    terms = licence(record.licence)
    link = f'<a href="{escape(terms.url)}">{escape(terms.id)}</a>'
    parts.append(f"<p>{escape(record.attribution)}. Licence: {link}</p>")
    return "".join(parts)


def _items(title: str, items: list[str]) -> str:
    return f"<p>{title}</p><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_value(item) for item in value)
    return value if isinstance(value, str) else as_json(value)


def _change(entry: dict[str, Any]) -> str:
    note = f": {entry['note']}" if entry.get("note") else ""
    return escape(f"{entry['date']} {entry['status']}{note}")


def _citation(source_id: str, sources: Mapping[str, Source]) -> str:
    source = sources.get(source_id)
    if source is None:
        return escape(source_id)
    if source.url.startswith(("http://", "https://")):
        return f'<a href="{escape(source.url)}">{escape(source.cite())}</a>'
    return escape(source.cite())
