"""Names written on the base map, and whose names they are."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, cast

from maps.i18n.text import Language, Text
from maps.themes.reader import THEMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NO_LIMIT = 99


def lettering_block(langs: Sequence[Language]) -> list[dict[str, object]]:
    """Names of countries, seas and disputed places; `as`: names by point of view; `only`: points of view that name them."""
    return [
        {
            "kind": row["kind"],
            "text": _text(row["text"], langs),
            "at": row["at"],
            "from": row.get("from", 0),
            "to": row.get("to", _NO_LIMIT),
            "as": {key: _text(text, langs) for key, text in cast("Mapping[str, object]", row.get("as", {})).items()},
            "only": row.get("only", []),
        }
        for row in _rows("name")
    ]


def points_of_view(langs: Sequence[Language]) -> list[dict[str, object]]:
    """Points of view that a reader can choose; the first is the default."""
    return [{"id": row["id"], "title": _text(row["title"], langs)} for row in _rows("point_of_view")]


def _text(value: object, langs: Sequence[Language]) -> Mapping[Language, str]:
    return Text(**cast("dict[str, str]", value)).among(langs)


@cache
def _table() -> dict[str, list[dict[str, object]]]:
    path = THEMES / "lettering.toml"
    return cast("dict[str, list[dict[str, object]]]", tomllib.loads(path.read_text(encoding="utf-8")))


def _rows(key: str) -> list[dict[str, object]]:
    return _table()[key]
