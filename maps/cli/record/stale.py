"""``tumen layers stale``: what the record has not been checked for lately."""

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
        help="features by the age of their newest evidence, with words to search for",
        description="The oldest first. Evidence is a dated change in a feature's history, an event, or the date of a source that "
        "it cites. docs/currency.md tells how the record is kept current.",
    )
    parser.add_argument("--older", metavar="AGE", default="0d", help="only what is older, such as 1y, 6m or 90d")
    parser.add_argument(
        "--layer", action="append", default=[], metavar="NAME", help="of this layer; as often as needed"
    )
    parser.add_argument("--on", metavar="DATE", help="the day from which the age counts (default: today)")
    add_output(parser, told="default: text; json has the words to search for in every language")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the list."""
    from datetime import UTC, datetime

    import layers
    from geo import parse_date
    from layers.facts.currency import age_in_days, stale

    day = parse_date(options.on).latest if options.on else datetime.now(UTC).date()
    known = layers.catalog(data=options.data)
    wanted = {known[name].name for name in options.layer}
    found = [
        item
        for item in stale(day, older_days=age_in_days(options.older), data=options.data)
        if not wanted or item.layer in wanted
    ]
    if options.format == "json":
        write(to_json([asdict(item) for item in found]), options.output)
        return 0
    rows = [
        [item.evidence, f"{item.age_days / 365.25:.1f} y", item.status, item.id, item.search.get("en", item.name)]
        for item in found
    ]
    write(table(["evidence", "age", "status", "feature", "search for"], rows, right=frozenset({1})), options.output)
    return 0
