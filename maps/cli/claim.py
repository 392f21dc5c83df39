"""``tumen claims``."""

from __future__ import annotations

import argparse
import shutil
import textwrap
from collections import Counter
from typing import TYPE_CHECKING

import layers
from layers.factcheck.claim import VERDICTS

from .output import add_output, table, to_json, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers import ClaimResult

DESCRIPTION = """\
Checks the claims of two articles about the border against the data: a table of claim, verdict, basis, statement and feature.
With --long, or for claims given by ID, prints a paragraph for each, with the numbers, features and sources found.

Verdicts are computed from the layers, series and events at each run; none is stored:

  confirmed      every part of the claim holds
  contradicted   no part holds
  partly         some parts hold; others do not, or cannot be tested
  untested       the data decides no part

The basis is computed (from the data), source (a cited second source states it) or none.
"""
EPILOG = """\
examples:
  tumen claims --verdict contradicted                claims that the data contradicts
  tumen claims --seed russia-briefing-2019           claims of one article
  tumen claims S0-08 S0-13                           two claims in full
  tumen claims --json                                all details: parts, numbers, features, sources
"""
WIDEST = 120
NARROWEST = 60


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "claims",
        help="check the claims of two articles against the data",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("ids", nargs="*", metavar="ID", help="claim, such as S0-08 (default: all)")
    parser.add_argument("--verdict", choices=VERDICTS, help="only claims with this verdict")
    parser.add_argument("--seed", metavar="ID", help="only claims of this article: russia-briefing-2019, …")
    parser.add_argument("--long", action="store_true", help="a paragraph for each claim, with numbers and sources")
    add_output(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the claims with their verdicts."""
    every_claim = layers.claims(data=options.data)
    if options.seed not in {None, *(claim.seed for claim in every_claim)}:
        seeds = " and ".join(dict.fromkeys(claim.seed for claim in every_claim))
        raise layers.ClaimError(f"no claim comes from an article {options.seed!r}; the articles are {seeds}")
    of_seed = [claim.id for claim in every_claim if options.seed in {None, claim.seed}]
    results = layers.check_claims(of_seed if not options.ids else options.ids, data=options.data)
    results = tuple(
        result for result in results if result.claim.id in of_seed and options.verdict in {None, result.verdict}
    )
    if options.format == "json":
        write(to_json([result.to_dict() for result in results]), options.output)
        return 0
    width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))
    parts = [_paragraph(result, width) for result in results] if options.long or options.ids else []
    if results and not parts:
        parts = [_table(results, width)]
    write("\n".join([*parts, _summary(results)]), options.output)
    return 0


def _table(results: Sequence[ClaimResult], width: int) -> str:
    rows = [
        [
            result.claim.id,
            result.verdict,
            result.basis,
            result.claim.said,
            result.features[0] if result.features else "",
        ]
        for result in results
    ]
    fixed = sum(max(len(row[column]) for row in rows) + 2 for column in (0, 1, 2, 4))
    room = max(width - fixed, NARROWEST // 2)
    rows = [[*row[:3], textwrap.shorten(row[3], room, placeholder=" …"), row[4]] for row in rows]
    return table(["claim", "verdict", "basis", "said", "feature"], rows)


def _paragraph(result: ClaimResult, width: int) -> str:
    claim = result.claim
    rows = [("said", claim.said), *((_label(index), part.says) for index, part in enumerate(result.parts))]
    if claim.note:
        rows.append(("note", claim.note))
    if result.features:
        rows.append(("features", ", ".join(result.features)))
    head = f"{claim.id}  {result.verdict} ({result.basis})"
    return "\n".join([head, *(_row(label, text, width) for label, text in rows), ""])


def _label(index: int) -> str:
    return "" if index else "we find"


def _row(label: str, text: str, width: int) -> str:
    return textwrap.fill(
        text,
        width,
        initial_indent=f"  {label:10}",
        subsequent_indent=" " * 12,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _summary(results: Sequence[ClaimResult]) -> str:
    counts = Counter(result.verdict for result in results)
    by_verdict = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict])
    return f"{len(results)} claims{f': {by_verdict}' if by_verdict else ''}"
