"""What is on the record beside the features: series, events, organisations, claims."""

from __future__ import annotations

from typing import Any

from layers.record.citation import cited_in

from . import table
from .collection import dumps

# Each file, and the tables of its TOML: the key that they take in the file, the key that they have in the table.
FILES: dict[str, dict[str, str]] = {
    "series": {"series": "series"},
    "events": {"people": "person", "events": "event"},
    "organisations": {"organisations": "organisation"},
    "claims": {"seeds": "seed", "claims": "claim", "footnotes": "footnote"},
    "transfers": {"transfers": "transfer"},
    "labels": {"labels": "label"},
    "speeds": {"speeds": "speed"},
    "ferries": {"ferries": "ferry"},
    "services": {"services": "service"},
    "voyages": {"voyages": "voyage"},
    "port_links": {"port_links": "link"},
    "costs": {"costs": "cost", "rates": "rate"},
    "loads": {"loads": "load"},
    "reversals": {"default": "default", "reversals": "reversal"},
    "road_lengths": {"lengths": "length"},
    "trips": {"trips": "trip"},
}


def texts() -> dict[str, str]:
    """Texts of the files, by their name without the ending.

    Raises
    ------
    ValueError
        When two rows of a table have the same id.
    """
    return {name: _text(name, keys) for name, keys in FILES.items()}


def cited() -> set[str]:
    """Ids of the sources that any of the files cites."""
    return {source for name in FILES for source in cited_in(table.read(name))}


def _text(name: str, keys: dict[str, str]) -> str:
    content = table.read(name)
    parts = []
    for key, key_in_table in keys.items():
        rows = content[key_in_table]
        ids = [_key(row) for row in rows]
        if twice := sorted({feature_id for feature_id in ids if ids.count(feature_id) > 1}):
            raise ValueError(f"{name}.toml defines {', '.join(twice)} twice")
        lines = ",\n".join(dumps(row) for row in rows)
        parts.append(f'"{key}":[\n{lines}\n]')
    return "{" + ",\n".join(parts) + "}\n"


def _key(row: dict[str, Any]) -> str:
    """Return what identifies a row in its table: its id or name, or the places that it lies between."""
    named = next((str(row[key]) for key in ("id", "name", "number", "port") if key in row), None)
    return named or f"{row['from']} – {row['to']}"
