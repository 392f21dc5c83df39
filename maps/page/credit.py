"""Who made the data of a page, on what terms, and how exact it is."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from maps.i18n.text import Language, strings

from .blocks import cited

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maps.features.geojson import Citation, DataRecord, LayerData

    from .drawn import DrawnLayer

EXTRACT = "osm"  # of the record of a base map out of an extract: its title is the file with its day
_KILOMETRE_M = 1000
# Terms that ask for no credit.
_FREE = frozenset({"CC0-1.0", "LicenseRef-Natural-Earth", "PDDL-1.0", "Unlicense"})


@dataclass(frozen=True, slots=True)
class Credit:
    """One layer in the list of sources and licences."""

    title: str
    licence: str
    attribution: str
    accuracy: str


def credits_of(layers: Iterable[DrawnLayer], base: Iterable[LayerData], lang: Language) -> list[Credit]:
    """List every layer of a page with its terms."""
    visible = (layer for layer in layers if layer.carried or layer.bulk)
    result = [_credit(layer.layer.title.into(lang), layer.record, lang) for layer in visible]
    return result + [_credit(_base_title(data.record, lang), data.record, lang) for data in base]


def works_of(layers: Iterable[DrawnLayer], citations: Mapping[str, Citation]) -> list[Citation]:
    """List every source that a page cites, once, by publisher and day.

    The page's script reads them from there, so that they appear once; only web addresses are kept.
    """
    works = [_on_web(citations[key]) for key in cited(layers) if key in citations]
    return sorted(works, key=lambda work: (work.publisher or work.title, work.date, work.id))


@lru_cache(maxsize=2048)
def _on_web(citation: Citation) -> Citation:
    return replace(citation, url=web_address(citation.url))


def _base_title(record: DataRecord, lang: Language) -> str:
    title = strings(lang)["basemap"].get(record.name, record.title)
    return f"{title}: {record.title}" if record.name == EXTRACT else title


def demanded(credits_: Iterable[Credit]) -> str:
    """Join the attributions that licences require on the map itself, each once; the rest is in the list of sources.

    Examples
    --------
    >>> osm = Credit("Roads", "ODbL-1.0", "© OpenStreetMap contributors; facts: TASS", "")
    >>> demanded([osm, osm, Credit("Provinces", "LicenseRef-Natural-Earth", "Made with Natural Earth", "")])
    '© OpenStreetMap contributors · facts: TASS'
    """
    parts = [credit.attribution.split("; ") for credit in credits_ if credit.licence not in _FREE]
    return " · ".join(dict.fromkeys(part for part in itertools.chain(*parts) if part))


def web_address(url: str) -> str:
    """Return a web address unchanged, and an empty text for any other.

    Examples
    --------
    >>> web_address("https://tass.com/")
    'https://tass.com/'
    >>> web_address("javascript:alert(1)")
    ''
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def sources_of(ids: Iterable[str], citations: Mapping[str, Citation]) -> list[dict[str, str]]:
    """Return sources as the template writes them: short name, full title, web address or an empty text."""
    cited = [citations[key] for key in dict.fromkeys(ids) if key in citations]
    return [{"name": short_name(source), "title": source.title, "url": web_address(source.url)} for source in cited]


def short_name(source: Citation) -> str:
    """Name of a source in few words: its publisher and year."""
    return ", ".join(part for part in (source.publisher or source.title, source.date[:4]) if part)


def _credit(title: str, record: DataRecord, lang: Language) -> Credit:
    return Credit(title, record.licence, record.attribution, _accuracy(record.accuracy_m, lang))


def _accuracy(best_worst: tuple[float, float] | None, lang: Language) -> str:
    if best_worst is None:
        return ""
    best, worst = (metres(value, lang) for value in best_worst)
    return f"±\u202f{best}" if best == worst else f"±\u202f{best}\u2013{worst}"


def metres(value: float, lang: Language) -> str:
    """Say a length of so many metres in a language.

    Examples
    --------
    >>> metres(1500, "en")
    '1.5\u202fkm'
    """
    near = value < _KILOMETRE_M
    number = f"{value:g}" if near else f"{value / _KILOMETRE_M:.3g}"
    words = strings(lang)
    return f"{number.replace('.', words['number']['decimal'])}\u202f{words['unit']['m' if near else 'km']}"
