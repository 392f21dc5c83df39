"""Times several methods for one job in turns, so that the load of the machine affects all alike."""

import json
import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

# Where `scripts/bench` collects what the programs measured: one JSON object a line.
COLLECTED = "TUMEN_BENCH"


def in_turns(
    ways: Mapping[str, Callable[[], object]], repeat: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Median seconds of each method; by `time.process_time` where others use the machine and the methods use one thread."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repeat):
        for name, way in ways.items():
            begin = clock()
            way()
            spent[name].append(clock() - begin)
    return {name: statistics.median(values) for name, values in spent.items()}


def over_questions(
    ways: Mapping[str, Callable[[int, int], object]], questions: Sequence[tuple[int, int]], repeat: int
) -> dict[str, float]:
    """Median seconds of a question: the methods take turns, each with all the questions."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repeat):
        for name, way in ways.items():
            for start, end in questions:
                begin = time.perf_counter()
                way(start, end)
                spent[name].append(time.perf_counter() - begin)
    return {name: statistics.median(values) for name, values in spent.items()}


def show(title: str, medians: Mapping[str, float], ours: str, unit: str = "µs") -> None:
    """Print medians and how many times as long as ours the others take."""
    factor = {"µs": 1e6, "ms": 1e3, "s": 1.0}[unit]
    print(f"\n{title}")
    for name, value in medians.items():
        ratio = "" if ours in {name, ""} else f"  {value / medians[ours]:10.1f} ×"
        print(f"  {name:42} {value * factor:12,.3f} {unit}{ratio}")
    if target := os.environ.get(COLLECTED):
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"title": title, "ours": ours, "seconds": dict(medians)}) + "\n")
