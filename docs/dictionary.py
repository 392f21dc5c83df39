"""The data dictionary of the manual: every layer, column and value, from the schema and the record."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import layers
from layers.record import schema
from maps.i18n.text import strings

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

PAGE = "reference/dictionary.md"
LONGEST = 60
HEAD = """\
# Data dictionary

Every layer, column and value of the record as it is now. *Filled* counts the features that have a value; *values* counts
how many have each. The columns are those of `layers.load`, of the files in `layers/data/` and of every export;
[Data model](../data-model.md) says what they mean together.

In exports without lists (GeoPackage, FlatGeobuf, CSV, GeoParquet), a list or record is JSON text, and each date has a second
column, such as `valid_from_precision`, with `year`, `month` or `day`. `layers.load` adds it too.

| layer | title | features | geometry | licence |
|---|---|---:|---|---|
"""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page."""
    from mkdocs.structure.files import File

    files.append(File.generated(config, PAGE, content=dictionary()))
    return files


def dictionary() -> str:
    """Markdown of the dictionary."""
    catalog = layers.catalog()
    index = "".join(
        f"| [`{record.name}`](#{record.name}) | {record.title} | {record.features:,} | {', '.join(record.geometry_types)} "
        f"| {record.licence} |\n"
        for record in catalog
    )
    return HEAD + index + "\n" + "\n".join(_section(record, catalog.features(record.name)) for record in catalog)


def _section(record: layers.LayerRecord, features: Any) -> str:  # noqa: ANN401 - GeoJSON
    rows = [feature["properties"] for feature in features]
    best, worst = (f"{value:,.0f} m" for value in (record.accuracy.best_m, record.accuracy.worst_m))
    head = (
        f"## `{record.name}` {{ #{record.name} }}\n\n{record.title}: {record.features:,} features, accurate to {best} – {worst} "
        f"(95 %). {_cell(record.attribution)} ({record.licence}).\n\n"
        "| column | type | meaning | filled | values, or an example |\n|---|---|---|---:|---|\n"
    )
    columns = schema.properties(record.name)
    ordered = sorted(
        columns, key=lambda name: name in _common()
    )  # the layer's own come first, in the order of the schema
    return head + "".join(_row(name, columns[name], rows) for name in ordered)


def _common() -> set[str]:
    return set(schema.properties("my-own")) - {"kind"}


def _row(name: str, shape: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    values = [row[name] for row in rows if row.get(name) is not None]
    meaning = shape.get("description", "")
    return f"| `{name}` | {_type(shape)} | {meaning} | {len(values):,} | {_values(name, shape, values)} |\n"


def _type(shape: dict[str, Any]) -> str:
    kind = schema.column_type(shape)
    if kind != "object":
        return {"category": "vocabulary"}.get(kind, kind)
    resolved = _resolved(shape)
    return "record" if resolved.get("type") == "object" else f"list of {_item(resolved)}"


def _item(shape: dict[str, Any]) -> str:
    item = _resolved(shape.get("items", {}))
    return "records" if item.get("type") == "object" else "numbers" if _is_number(item) else "texts"


def _is_number(item: dict[str, Any]) -> bool:
    return item.get("type") in {"number", "integer"} or all(
        isinstance(item_value, int) for item_value in item.get("enum", [""])
    )


def _resolved(shape: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in shape:
        shape = schema.definitions()[shape["$ref"].rpartition("/")[2]]
    return shape


def _values(name: str, shape: dict[str, Any], values: list[Any]) -> str:
    resolved = _resolved(shape)
    vocabulary = resolved.get("enum") or _resolved(resolved.get("items", {})).get("enum")
    if vocabulary or schema.column_type(shape) == "boolean":
        counts = Counter(word for value in values for word in (value if isinstance(value, list) else [value]))
        return " · ".join(_counted(name, word, counts[word]) for word in vocabulary or sorted(counts, reverse=True))
    if not values:
        return ""
    example = values[len(values) // 2]
    text = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)
    return f"`{_cell(text if len(text) <= LONGEST else f'{text[: LONGEST - 1]}…').replace('`', '')}`"


def _counted(name: str, value: object, count: int) -> str:
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    labels = strings("en")
    words = labels.get(f"value.{name}", labels.get(name, {})).get(shown, "")
    plain = words and words.lower() != shown.replace("_", " ")
    return f"`{shown}`{f' ({words})' if plain else ''} {count:,}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
