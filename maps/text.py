"""Words in the four languages of the pages, and the strings of their interface."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, cast, get_args

from .errors import LanguageError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

Language: TypeAlias = Literal["en", "ko", "ru", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LANGUAGE_NAMES: Mapping[Language, str] = {"en": "English", "ko": "한국어", "ru": "Русский", "zh": "中文"}
NAME_PROPERTIES: Mapping[Language, str] = {"en": "name", "ko": "name_ko", "ru": "name_ru", "zh": "name_zh"}

_FOLDER = Path(__file__).parent / "i18n"


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
        """Give the words in a language, or in English where it has none."""
        return cast("str", getattr(self, lang)) or self.en


def check_language(lang: str) -> Language:
    """Return `lang` if the pages speak it.

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


@cache
def strings(lang: Language) -> Mapping[str, Mapping[str, str]]:
    """Read the interface strings of a language: section, then key."""
    content = json.loads((_FOLDER / f"{lang}.json").read_text(encoding="utf-8"))
    return cast("Mapping[str, Mapping[str, str]]", content)
