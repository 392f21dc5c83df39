"""``tumen layers``: list, show, validate; `export`, `difference` and `refresh` add the rest."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, cast

import layers
from geo import parse_date

from . import difference, export, refresh
from .output import add_output, table, to_json, write

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from layers import LayerRecord, Source
    from layers.record.store import JsonObject


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its parts."""
    parser = commands.add_parser(
        "layers",
        help="list, show, export, validate, compare and refresh the layers",
        description="The data and its checks.",
    )
    parts = parser.add_subparsers(metavar="COMMAND", required=True)
    listing = parts.add_parser("list", help="every layer with licence and accuracy")
    add_output(listing)
    listing.set_defaults(run=run_list)
    show = parts.add_parser(
        "show",
        help="a feature, or a layer as GeoJSON",
        description="All that is known of a feature; with --format geojson, or for a layer, GeoJSON that pipes.",
    )
    show.add_argument("id", metavar="ID", help="a feature (station/rajin) or a layer (zones)")
    show.add_argument("--as-of", metavar="DATE", help="as it was on that day (default: newest)")
    add_output(
        show,
        "text",
        "json",
        "geojson",
        default=None,
        told="default: text for a feature, geojson for a layer; json is geojson",
    )
    show.set_defaults(run=run_show)
    export.add_to(parts)
    validate = parts.add_parser(
        "validate",
        help="check our layers or files of yours",
        description="RFC 7946, the data model, geometry, dates, sources, and whether the layers agree on the ground. "
        "Every problem in one report; exit code 0 clean, 1 problems.",
    )
    validate.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="GeoJSON, one feature a line too; - is standard input (default: our layers)",
    )
    add_output(validate)
    validate.set_defaults(run=run_validate)
    difference.add_to(parts)
    refresh.add_to(parts)


def run_list(options: argparse.Namespace) -> int:
    """Print the catalog."""
    records = list(layers.catalog(data=options.data))
    if options.format == "json":
        write(to_json([asdict(record) for record in records]), options.output)
        return 0
    head = ["layer", "features", "accuracy (best–worst)", "licence", "title"]
    rows = [[item.name, str(item.features), _accuracy(item), item.licence, item.title] for item in records]
    write(table(head, rows, right=frozenset({1})), options.output)
    return 0


def run_show(options: argparse.Namespace) -> int:
    """Print a feature or a layer."""
    known = layers.catalog(data=options.data)
    if options.id in known:
        content: Any = known.collection(options.id, as_of=options.as_of)
        write(to_json(content), options.output)
        return 0
    record, feature = known.feature(options.id, as_of=options.as_of)
    as_text = options.format not in {"json", "geojson"}
    write(
        _describe(record, feature, layers.sources(data=known.directory)) if as_text else to_json(feature),
        options.output,
    )
    return 0


def run_validate(options: argparse.Namespace) -> int:
    """Print the report of a validation."""
    from layers.validation import validate

    report = validate(options.files or None, data=options.data)
    if options.format == "json":
        write(to_json(report.to_dict()), options.output)
        return int(not report.ok)
    write("\n".join(map(str, report)), options.output)
    for note in report.notes:
        print(f"note: {note}", file=sys.stderr)
    print(report.summary(), file=sys.stderr)
    return int(not report.ok)


def _accuracy(record: LayerRecord) -> str:
    return " – ".join(_metres(value) for value in (record.accuracy.best_m, record.accuracy.worst_m))


def _metres(value: float) -> str:
    return f"{value / 1000:g} km" if value >= 1000 else f"{value:g} m"  # noqa: PLR2004 - a kilometre


def _describe(record: LayerRecord, feature: JsonObject, sources: Mapping[str, Source]) -> str:
    """Feature as plain text: names, state, history, figures, sources."""
    properties = cast("dict[str, Any]", feature["properties"])
    names = [properties[key] for key in ("name", "name_ko", "name_ru", "name_zh") if properties.get(key)]
    shown = {"id", "kind", "status", "history", "figures", "sources", "licence", "note", "aliases"}
    lines = [" · ".join(names) or properties["id"], f"{properties['id']}, {properties['kind'].replace('_', ' ')}"]
    if properties.get("status"):
        lines[1] += f", {properties['status'].replace('_', ' ')}"
    if properties.get("aliases"):
        lines.append(f"also: {', '.join(properties['aliases'])}")
    plain = {key: value for key, value in properties.items() if key not in shown and not key.startswith("name")}
    lines += [f"{key}: {_value(value)}" for key, value in plain.items() if value is not None]
    if properties.get("note"):
        lines += ["", properties["note"]]
    if properties.get("history"):
        lines += ["", "History", *(_change(entry) for entry in properties["history"])]
    if properties.get("figures"):
        lines += ["", "Published figures", *(_figure(entry) for entry in properties["figures"])]
    if missing := [source for source in properties["sources"] if source not in sources]:
        raise layers.DataFileError(f"sources.json lacks {', '.join(missing)}; see `tumen layers validate`")
    lines += ["", "Sources", *(f"  [{source}] {sources[source].cite()}" for source in properties["sources"])]
    return "\n".join([*lines, "", f"{record.attribution} ({record.licence})"])


def _value(value: object) -> str:
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)


def _change(entry: dict[str, Any]) -> str:
    changes = "; ".join(f"{key}: {_value(value)}" for key, value in entry.get("set", {}).items())
    tail = "; ".join(part for part in (changes, entry.get("note", "")) if part)
    date = str(parse_date(entry["date"]))
    return (
        f"  {date:10}  {entry['status'].replace('_', ' ')}{f': {tail}' if tail else ''} [{', '.join(entry['sources'])}]"
    )


def _figure(entry: dict[str, Any]) -> str:
    used = " (used)" if entry["used"] else ""
    note = f": {entry['note']}" if entry.get("note") else ""
    return f"  {entry['attribute']} {_value(entry['value'])}{used} [{entry['source']}]{note}"
