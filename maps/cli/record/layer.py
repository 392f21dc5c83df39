"""``tumen layers``: list, show, validate; `facts`, `export`, `difference`, `stale` and `refresh` add the rest."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, cast

import layers
from geo import parse_date
from maps.cli.output import add_as_of, add_output, table, to_json, write

from . import difference, export, facts, refresh, stale

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from layers import LayerRecord, Source
    from layers.record.store import JsonObject
    from layers.validation import ValidationReport


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its parts."""
    parser = commands.add_parser(
        "layers",
        help="list, show, export, validate, compare or refresh the layers",
        description="Lists, shows, exports, checks, compares and refreshes the layers of the data.",
    )
    parts = parser.add_subparsers(metavar="COMMAND", required=True)
    listing = parts.add_parser(
        "list",
        help="list the layers with licence and accuracy",
        description="Lists the layers with number of features, accuracy, licence and title.",
    )
    add_output(listing)
    listing.set_defaults(run=run_list)
    show = parts.add_parser(
        "show",
        help="print a feature, or a layer as GeoJSON",
        description="Prints everything on record about a feature, as text or GeoJSON, or a whole layer as GeoJSON.",
        epilog="example: tumen layers show station/rajin --as-of 2010-01-01",
    )
    show.add_argument("id", metavar="ID", help="id of a feature (station/rajin) or name of a layer (zones)")
    add_as_of(show)
    add_output(
        show,
        "text",
        "json",
        "geojson",
        default=None,
        words="output format (default: text for a feature, geojson for a layer; json is the same as geojson)",
    )
    show.set_defaults(run=run_show)
    facts.add_to(parts)
    export.add_to(parts)
    validate = parts.add_parser(
        "validate",
        help="check the layers, or your own GeoJSON files",
        description="Checks the layers against RFC 7946 and the data model: geometry, dates, sources, and consistency between "
        "layers. Checks your own files against RFC 7946; a warning is something valid that often causes trouble. All problems "
        "are reported at once. Exit code 0 without errors, 1 otherwise.",
        epilog="example: tumen layers validate mine.geojson --fix -o mended.geojson",
    )
    validate.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="GeoJSON or newline-delimited GeoJSON; - reads standard input (default: the layers of the data directory)",
    )
    add_output(validate)
    validate.add_argument("--strict", action="store_true", help="exit with code 1 on warnings too")
    validate.add_argument(
        "--fix",
        action="store_true",
        help="write a corrected file to -o: rings closed and in the right order, coordinates rounded, lines cut at the 180th "
        "meridian; nothing is guessed",
    )
    validate.set_defaults(run=run_validate)
    stale.add_to(parts)
    difference.add_to(parts)
    refresh.add_to(parts)


def run_list(options: argparse.Namespace) -> int:
    """Print the catalog."""
    catalog = layers.catalog(data=options.data)
    records = list(catalog)
    if options.format == "json":
        write(to_json([asdict(record) for record in records]), options.output)
        return 0
    head = ["layer", "features", "accuracy (best–worst)", "licence", "title"]
    rows = [[item.name, str(item.features), _accuracy(item), item.licence, item.title] for item in records]
    write(f"{table(head, rows, right=frozenset({1}))}\nnewest dated fact: {catalog.latest}", options.output)
    return 0


def run_show(options: argparse.Namespace) -> int:
    """Print a feature or a layer."""
    catalog = layers.catalog(data=options.data)
    if options.id in catalog:
        content: Any = catalog.collection(options.id, as_of=options.as_of)
        write(to_json(content), options.output)
        return 0
    record, feature = catalog.feature(options.id, as_of=options.as_of)
    as_text = options.format not in {"json", "geojson"}
    write(
        _describe(record, feature, layers.sources(data=catalog.directory)) if as_text else to_json(feature),
        options.output,
    )
    return 0


def run_validate(options: argparse.Namespace) -> int:
    """Print the report of a validation; with ``--fix``, correct the file first."""
    from layers.validation import validate

    if options.fix:
        return _mend(options)
    report = validate(options.files or None, data=options.data)
    if options.format == "json":
        write(to_json(report.to_dict()), options.output)
    else:
        write("\n".join(map(str, report)), options.output)
        _print_notes(report)
    return int(not report.ok or (options.strict and bool(report.warnings)))


def _mend(options: argparse.Namespace) -> int:
    """Write a corrected file, and report the problems that remain."""
    import tempfile
    from pathlib import Path

    from layers.validation import validate
    from layers.validation.mend import mended

    if len(options.files) != 1 or not options.output:
        raise layers.ExportError("--fix mends one FILE and writes it to -o OUT")
    text, done = mended(Path(options.files[0]))
    for repair, count in sorted(done.items()):
        print(f"mended: {repair} ({count:,})", file=sys.stderr)
    write(text, options.output)
    with tempfile.TemporaryDirectory(prefix="tumen-") as folder:
        path = Path(folder) / "mended.geojson"
        path.write_text(text, encoding="utf-8")
        report = validate([path], data=options.data)
    issues = [replace(issue, file=str(options.files[0])) for issue in report]
    report = replace(report, issues=tuple(issues), notes=())
    for issue in report:
        print(issue, file=sys.stderr)
    _print_notes(report)
    return int(not report.ok or (options.strict and bool(report.warnings)))


def _print_notes(report: ValidationReport) -> None:
    for note in report.notes:
        print(f"note: {note}", file=sys.stderr)
    print(report.summary(), file=sys.stderr)


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
