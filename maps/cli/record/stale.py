"""``tumen layers stale``: features whose evidence is old."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from maps.cli.output import add_output, table, to_json, write

if TYPE_CHECKING:
    import argparse


def add_to(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = parts.add_parser(
        "stale",
        help="list features by the age of their newest evidence",
        description="Lists features by the age of their newest evidence, oldest first, with search terms. Evidence is a dated "
        "change in the history of a feature, an event, or the date of a source that it cites. docs/currency.md describes how the "
        "record is kept current.",
        epilog="example: tumen layers stale --older 1y --layer crossings",
    )
    parser.add_argument(
        "--older",
        metavar="AGE",
        default="0d",
        help="only features with older evidence, such as 1y, 6m or 90d (default: 0d, all)",
    )
    parser.add_argument(
        "--layer",
        action="append",
        default=[],
        metavar="NAME",
        help="only features of this layer; may be repeated (default: all)",
    )
    parser.add_argument("--on", metavar="DATE", help="day to count the age from (default: today)")
    add_output(parser, words="output format (default: text); json has the search terms in every language")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the list."""
    from datetime import UTC, datetime

    import layers
    from geo import parse_date
    from layers.facts.currency import age_in_days, stale

    day = parse_date(options.on).latest if options.on else datetime.now(UTC).date()
    catalog = layers.catalog(data=options.data)
    chosen = {catalog[name].name for name in options.layer}
    items = [
        item
        for item in stale(day, older_days=age_in_days(options.older), data=options.data)
        if not chosen or item.layer in chosen
    ]
    if options.format == "json":
        write(to_json([asdict(item) for item in items]), options.output)
        return 0
    rows = [
        [item.evidence, f"{item.age_days / 365.25:.1f} y", item.status, item.id, item.search.get("en", item.name)]
        for item in items
    ]
    write(table(["evidence", "age", "status", "feature", "search for"], rows, right=frozenset({1})), options.output)
    return 0
