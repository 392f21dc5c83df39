"""The hand-typed tables in ``layers/tables``."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, cast

TABLES = Path(__file__).parent.parent / "tables"

ORDER = (
    "id", "name", "name_ko", "name_ru", "name_zh", "summary", "summary_ko", "summary_ru", "summary_zh",
    "aliases", "kind", "status", "valid_from", "valid_to", "history", "countries",
)  # fmt: skip
LAST = ("figures", "exceptions", "note", "accuracy_m", "geometry_method", "sources", "licence")


def read(name: str) -> dict[str, Any]:
    """Read one table."""
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def summaries() -> dict[str, dict[str, str]]:
    """One plain sentence for each of many features, in the languages of the pages, by the feature's id.

    Raises
    ------
    ValueError
        When two rows speak of the same feature, or a language is missing.
    """
    translations: dict[str, dict[str, str]] = {}
    for row in (row for path in sorted((TABLES / "summaries").glob("*.toml")) for row in _rows(path)):
        if row["id"] in translations:
            raise ValueError(f"two summaries of {row['id']!r}")
        if missing := {"en", "ko", "ru", "zh"} - row.keys():
            raise ValueError(f"the summary of {row['id']!r} lacks {', '.join(sorted(missing))}")
        keys = {"summary": "en", "summary_ko": "ko", "summary_ru": "ru", "summary_zh": "zh"}
        translations[row["id"]] = {key: row[lang] for key, lang in keys.items()}
    return translations


def _rows(path: Path) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", tomllib.loads(path.read_text(encoding="utf-8"))["summary"])


def read_sources() -> dict[str, dict[str, Any]]:
    """Read every cited source, by id.

    Raises
    ------
    ValueError
        When two files define the same id.
    """
    sources: dict[str, dict[str, Any]] = {}
    for path in sorted((TABLES / "sources").glob("*.toml")):
        for source_id, row in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if source_id in sources:
                raise ValueError(f"source {source_id!r} is defined twice; the second time in {path.name}")
            sources[source_id] = row
    return dict(sorted(sources.items()))


def subject(row: dict[str, Any], licence: str) -> dict[str, Any]:
    """Properties of a dated feature in the order of the data model, with what follows from its history filled in.

    A feature is on the record from its first dated change, unless the row says otherwise; ``valid_from = ""`` says that its
    beginning is unknown.
    """
    history = row["history"]
    derived = {
        "aliases": row.get("aliases", []),
        "status": history[-1]["status"],
        "valid_from": row.get("valid_from", history[0]["date"]) or None,
        "valid_to": row.get("valid_to"),
        "licence": licence,
    }
    merged = row | derived
    specific = [key for key in merged if key not in {*ORDER, *LAST}]
    return {key: merged[key] for key in (*ORDER, *specific, *LAST) if key in merged}
