"""One table of the measurements of the benchmark programs: ``table.py COLLECTED OUT``; `scripts/bench` calls it."""

import datetime as dt
import json
import os
import platform
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]


def table(lines: list[str]) -> str:
    """Markdown of all measurements: the time of each method, and its ratio to ours."""
    rows = [row for line in lines for row in _rows(json.loads(line))]
    head = ["| what | way | seconds | × ours |", "|---|---|---:|---:|"]
    return "\n".join([f"# Benchmarks\n\n{_machine()}\n", *head, *rows, "", _versions(), ""])


def _rows(measured: dict[str, object]) -> list[str]:
    seconds: dict[str, float] = measured["seconds"]
    ours = seconds.get(measured["ours"])
    title = str(measured["title"]).replace("|", "/")
    return [
        f"| {title if number == 0 else ''} | {name} | {value:.3g} | {f'{value / ours:.2f}' if ours else ''} |"
        for number, (name, value) in enumerate(seconds.items())
    ]


def _machine() -> str:
    cores = os.cpu_count()
    day = dt.datetime.now(tz=dt.UTC).date().isoformat()
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {cores} cores"
    return f"{day}, {machine}. Ratios hold, seconds do not."


def _versions() -> str:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    requirements = [*groups["project"]["dependencies"], *groups["dependency-groups"]["benchmark"]]
    names = sorted(
        {re.split(r"[<>=\\[;]", item)[0].strip() for item in requirements if isinstance(item, str)}, key=str.lower
    )
    rows = []
    for name in names:
        try:
            rows.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            rows.append(f"{name} (not installed)")
    return f"Versions: tumen {metadata.version('tumen')}, {', '.join(rows)}."


if __name__ == "__main__":
    collected, out = map(Path, sys.argv[1:])
    out.write_text(table(collected.read_text(encoding="utf-8").splitlines()), encoding="utf-8")
    print(out)
