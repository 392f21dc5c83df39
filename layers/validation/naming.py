"""Checks names against the rules of ``docs/names.md``: one place, one spelling."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from shapely.geometry import shape

from geo import distance

from .report import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Layers = Mapping[str, Sequence[dict[str, Any]]]

LANGUAGES = ("ko", "ru", "zh")
# What may stand by the name of a place: the words for port and station.
AFFIX = {
    "ko": re.compile(r"(항|역)$"),
    "ru": re.compile(r"^(Порт|Станция) "),
    "zh": re.compile(r"(港|站)$"),
}
# Words of a compound name; a Russian hyphen belongs to the word.
WORDS = {"ko": re.compile(r"[^가-힣]+"), "ru": re.compile(r"[^а-яёА-ЯЁ-]+"), "zh": re.compile(r"[^\u4e00-\u9fff]+")}
HALF_WIDTH = re.compile(r"[()]")
# Features of one name within this distance are one place.
SAME_PLACE_M = 15_000.0
TOWN_LAYERS = ("places", "stations", "ports")


def check_names(layers: Layers, files: Mapping[str, str]) -> Iterator[Issue]:
    """Check that a place has one spelling in all layers, the others being aliases.

    Parameters
    ----------
    layers
        Features by layer.
    files
        File by layer, for the messages.

    Yields
    ------
    Issue
        A name that differs from that of the same place elsewhere, that uses an alias of a town, or that has half-width brackets
        in Chinese.
    """
    yield from _same_place(layers, files)
    aliases = _aliases_of_towns(layers)
    for layer, rows in layers.items():
        for row in rows:
            yield from _words(row["properties"], aliases, files[layer])


def _same_place(layers: Layers, files: Mapping[str, str]) -> Iterator[Issue]:
    by_name: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for layer in TOWN_LAYERS:
        for row in layers.get(layer, ()):
            if row["properties"].get("kind") not in {"pier", "terminal"}:
                by_name[row["properties"].get("name", "")].append((layer, row))
    for same in by_name.values():
        for (_, first), (layer, second) in combinations(same, 2):
            if _apart_m(first, second) > SAME_PLACE_M:
                continue
            for language in LANGUAGES:
                first_name, second_name = (
                    _base(row["properties"].get(f"name_{language}"), language) for row in (first, second)
                )
                if first_name and second_name and first_name != second_name:
                    problem = f"{second_name!r} here, but {first_name!r} in {first['properties']['id']}, which is the same place"
                    where, fix = f"name_{language}", "give one name, the other as an alias"
                    yield Issue(files[layer], second["properties"]["id"], where, problem, fix)


def _aliases_of_towns(layers: Layers) -> dict[tuple[str, str], tuple[str, str]]:
    """Alias of a town in a language, and the name it replaces, with the town; the name of another place is no alias."""
    rows = [row["properties"] for layer in TOWN_LAYERS for row in layers.get(layer, ())]
    names = {(lang, _base(row.get(f"name_{lang}"), lang)) for row in rows for lang in LANGUAGES}
    aliases: dict[tuple[str, str], tuple[str, str]] = {}
    for row in (feature["properties"] for feature in layers.get("places", ())):
        for alias in row.get("aliases", ()):
            for language in LANGUAGES:
                key = (language, _base(alias, language))
                if row.get(f"name_{language}") and not WORDS[language].search(alias) and key not in names:
                    aliases[key] = (row[f"name_{language}"], row["id"])
    return aliases


def _words(row: Mapping[str, Any], aliases: Mapping[tuple[str, str], tuple[str, str]], file: str) -> Iterator[Issue]:
    for language in LANGUAGES:
        name = row.get(f"name_{language}")
        if not name:
            continue
        if language == "zh" and HALF_WIDTH.search(name):
            yield Issue(file, row["id"], "name_zh", f"half-width brackets in {name!r}", "write （ and ）")
        for word in filter(None, WORDS[language].split(name)):
            current = aliases.get((language, _base(word, language)))
            if current and current[1] != row["id"]:
                problem = f"{word!r} in {name!r} is an alias of {current[1]}, whose name is {current[0]!r}"
                yield Issue(file, row["id"], f"name_{language}", problem, "use the name; what it replaces is an alias")


def _base(name: str | None, language: str) -> str:
    whole = name or ""
    bare = AFFIX[language].sub("", whole)
    return bare if len(bare) > 1 else whole  # Pohang, 포항, ends as a port does


def _apart_m(first: dict[str, Any], second: dict[str, Any]) -> float:
    first_point, second_point = (shape(row["geometry"]).centroid for row in (first, second))
    return distance((first_point.x, first_point.y), (second_point.x, second_point.y))
