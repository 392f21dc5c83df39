"""One map, or a folder of them with an index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .builder import MapBuilder
from .data import PackagedLayers
from .errors import FeatureError, nearest
from .text import LANGUAGES, Language, check_language
from .theme import load_theme, themes

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Sequence

    from .data import FeatureSource
    from .page import Page
    from .theme import Theme


def build(
    theme: Theme | str | Path,
    *,
    out: str | os.PathLike[str],
    lang: str = "en",
    as_of: str | None = None,
    source: FeatureSource | None = None,
) -> Path:
    """Build one map.

    Parameters
    ----------
    theme
        A built-in theme's name, the path of a theme file, or a `Theme`.
    out
        The HTML file to write.
    lang
        ``en``, ``ko``, ``ru`` or ``zh``.
    as_of
        ISO 8601 date of any precision; by default the newest that the data knows.
    source
        Where layers come from; by default the layers that tumen ships.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ThemeError, LanguageError, UnknownSourceError, FeatureError
        As `MapBuilder`.
    """
    return MapBuilder(theme, lang=lang, as_of=as_of, source=source).save(out)


def build_all(
    out: str | os.PathLike[str],
    *,
    names: Iterable[str] = (),
    langs: Sequence[str] = ("en",),
    as_of: str | None = None,
    source: FeatureSource | None = None,
    report: Callable[[Path], object] | None = None,
) -> list[Path]:
    """Build the built-in maps and an index of them into a folder.

    Parameters
    ----------
    out
        The folder.
    names
        Themes, by name or path; by default all the built-in ones.
    langs
        Languages; the first gives ``index.html`` and ``overview.html``, a further one ``overview.ko.html``.
    as_of, source
        As in `build`.
    report
        Called with each file as soon as it is written.

    Returns
    -------
    list of Path
        The files written, the first index first.

    Raises
    ------
    ThemeError, LanguageError, UnknownSourceError, FeatureError
        As `MapBuilder`.
    """
    from .index_page import index_page

    languages = [check_language(lang) for lang in langs]
    if not languages:
        raise FeatureError(f"langs must name at least one language; {nearest('', LANGUAGES)}")
    chosen = [load_theme(name) for name in (tuple(names) or themes())]
    origin = source or PackagedLayers()
    folder = Path(out)

    def file_name(stem: str, lang: Language) -> str:
        return f"{stem}.html" if lang == languages[0] else f"{stem}.{lang}.html"

    def addresses(stem: str) -> dict[Language, str]:
        return {lang: file_name(stem, lang) for lang in languages} if len(languages) > 1 else {}

    def written(page: Page, stem: str, lang: Language) -> Path:
        path = page.save(folder / file_name(stem, lang))
        if report is not None:
            report(path)
        return path

    indexes: list[Path] = []
    pages: list[Path] = []
    for lang in languages:
        builders = [
            MapBuilder(
                theme,
                lang=lang,
                as_of=as_of,
                source=origin,
                alternates=addresses(theme.name),
                index=file_name("index", lang),
            )
            for theme in chosen
        ]
        pages += [written(builder.render(), builder.theme.name, lang) for builder in builders]
        listing = index_page(
            [(file_name(builder.theme.name, lang), builder) for builder in builders], alternates=addresses("index")
        )
        indexes.append(written(listing, "index", lang))
    return indexes + pages
