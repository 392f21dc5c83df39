"""Texts of the elements of a page in each of its languages, and the switch between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maps.i18n.text import LANGUAGE_NAMES, LANGUAGE_TAGS, Language, strings

from .credit import metres

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maps.themes.model import Theme

    from .credit import Credit


def page_words(
    theme: Theme, credit_list: Iterable[Credit], lang: Language, *, simplified_m: float = 0
) -> dict[str, str]:
    """Words of a map page by key; the template writes them, and ``assets/js/core/i18n.js`` rewrites them on a switch.

    Texts of the interface, which are the same on every page, are separate.

    Parameters
    ----------
    theme, credit_list
        The theme, and the credits of its data.
    lang
        The language.
    simplified_m
        By how much its lines were simplified to fit, in metres.
    """
    ui = strings(lang)["ui"]
    title = theme.title.into(lang)
    words = {"title": title, "intro": theme.intro.into(lang), "map": f"{ui['map']}: {title}"}
    if simplified_m:
        words["simplified"] = metres(simplified_m, lang)
    for number, credit in enumerate(credit_list):
        terms = (credit.licence or ui["not_stated"], credit.attribution, credit.accuracy)
        words[f"credit-{number}"] = credit.title
        words[f"terms-{number}"] = " · ".join(term for term in terms if term)
    return words


def switch_of(langs: Sequence[Language]) -> list[dict[str, str]]:
    """List the languages of a page as its switch shows them, each under its own name; empty when there is only one."""
    if len(langs) == 1:
        return []
    return [{"lang": lang, "tag": LANGUAGE_TAGS[lang], "name": LANGUAGE_NAMES[lang]} for lang in langs]
