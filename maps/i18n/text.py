"""Texts in the four languages of the pages, and the strings of the interface."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, cast, get_args

from geo.spelling import nearest
from maps.errors import LanguageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Language: TypeAlias = Literal["en", "ko", "ru", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LANGUAGE_NAMES: Mapping[Language, str] = {"en": "English", "ko": "한국어", "ru": "Русский", "zh": "中文"}
LANGUAGE_TAGS: Mapping[Language, str] = {"en": "en", "ko": "ko", "ru": "ru", "zh": "zh-Hans"}
NAME_PROPERTIES: Mapping[Language, str] = {"en": "name", "ko": "name_ko", "ru": "name_ru", "zh": "name_zh"}

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English, Korean, Russian and Chinese.

    Examples
    --------
    >>> Text("Railways", ko="철도").into("ko")
    '철도'
    >>> Text("Railways").into("ru")  # not translated: English stands in
    'Railways'
    """

    en: str
    ko: str = ""
    ru: str = ""
    zh: str = ""

    def into(self, lang: Language) -> str:
        """Return the text in a language, or in English where it is not translated."""
        return cast("str", getattr(self, lang)) or self.en

    def among(self, langs: Sequence[Language]) -> dict[Language, str]:
        """Return the text in each of some languages, for a page.

        Examples
        --------
        >>> Text("Railways", ko="철도").among(["ko", "ru"])
        {'ko': '철도', 'ru': 'Railways'}
        """
        return {lang: self.into(lang) for lang in langs}


def check_language(lang: str) -> Language:
    """Return `lang` if pages support it.

    Raises
    ------
    LanguageError
        When they do not.

    Examples
    --------
    >>> check_language("ru")
    'ru'
    """
    if lang not in LANGUAGES:
        raise LanguageError(f"lang must be one of {', '.join(LANGUAGES)}, got {lang!r}; {nearest(lang, LANGUAGES)}")
    return lang


def check_languages(langs: str | Sequence[str]) -> tuple[Language, ...]:
    """Return languages, each once, if pages support them; a single one may be given as text.

    Raises
    ------
    LanguageError
        When pages do not support one, or none is given.

    Examples
    --------
    >>> check_languages(["ru", "en", "ru"]), check_languages("ko")
    (('ru', 'en'), ('ko',))
    """
    requested = [langs] if isinstance(langs, str) else langs
    if not requested:
        raise LanguageError(f"langs must name at least one of {', '.join(LANGUAGES)}, got none")
    return tuple(dict.fromkeys(check_language(lang) for lang in requested))


@cache
def strings(lang: Language) -> Mapping[str, Mapping[str, str]]:
    """Read the interface strings of a language: section, then key."""
    content = json.loads((_FOLDER / f"{lang}.json").read_text(encoding="utf-8"))
    return cast("Mapping[str, Mapping[str, str]]", content)
