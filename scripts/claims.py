"""Check the claims of both articles and write ``docs/claims.md``: ``python scripts/claims.py``."""

from collections import Counter
from pathlib import Path

import layers
from layers.factcheck.claim import VERDICTS

TARGET = Path(__file__).parents[1] / "docs" / "claims.md"
HEAD = """\
# What two articles say, and what the data makes of it

Written by `python scripts/claims.py`; a test keeps it in step with the data. `tumen claims` shows the same for the data at hand.

{count} claims in our words, {parts} checks. Each verdict is computed on request, from geometry, dates, counts and the
series of figures; none is stored. A claim of several parts is *partly* so when they differ. *computed* follows from our data;
*source* rests in part on a statement of a second source; *none* means that nothing decides. A record is never complete: what
was not found is *untested*, not contradicted.

{counts}

Words are read as numbers: a plain multiple means from a rounding below to a twelfth above (“tripled”: 2.95 to below 3.25),
“nearly” means up to a twelfth below (2.75 to below 3). A length is confirmed within 10 %, a figure within 1 % unless the check
says otherwise.
"""


def document() -> str:
    """Text of ``docs/claims.md``."""
    results = layers.check_claims()
    head = HEAD.format(count=len(results), parts=sum(len(result.parts) for result in results), counts=_counts(results))
    cited = layers.sources()
    seeds = dict.fromkeys(result.claim.seed for result in results)
    tables = [
        f"\n## {cited[seed].cite()}\n\n" + _table([result for result in results if result.claim.seed == seed])
        for seed in seeds
    ]
    used = sorted({source for result in results for source in result.sources})
    sources = "".join(f"- `{source}`: {cited[source].cite()}\n" for source in used)
    return head + "".join(tables) + f"\n## Sources\n\n{sources}"


def _counts(results: tuple[layers.ClaimResult, ...]) -> str:
    pairs = Counter((result.verdict, result.basis) for result in results)
    rows = [
        f"| {verdict} | {' | '.join(str(pairs[verdict, basis]) for basis in ('computed', 'source', 'none'))} |"
        for verdict in VERDICTS
    ]
    return "\n".join(["| verdict | computed | source | none |", "|---|---:|---:|---:|", *rows])


def _table(results: list[layers.ClaimResult]) -> str:
    head = "| claim | said | verdict | what we find | features |\n|---|---|---|---|---|\n"
    return head + "".join(_row(result) for result in results)


def _row(result: layers.ClaimResult) -> str:
    note = f" *{result.claim.note}*" if result.claim.note else ""
    features = "<br>".join(f"`{feature_id}`" for feature_id in result.features)
    verdict = f"{result.verdict}, {result.basis}"
    says = "<br>".join(part.says for part in result.parts)
    return f"| {result.claim.id} | {result.claim.said} | {verdict} | {says}{note} | {features} |\n"


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
    print(TARGET)
