"""One map, or a folder of them with an index and a manifest."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from maps.builder import CLAIMS, INDEX, MapBuilder
from maps.features.claims import promised, verdicts
from maps.features.source import PackagedLayers, data_of
from maps.i18n.text import LANGUAGES, Language, check_languages
from maps.page.options import PageOptions
from maps.sheets.chromium import find_chromium
from maps.sheets.sheet import CardSheet, PdfSheet, PngSheet, save_sheet
from maps.themes import reader

from ._workers import Workers
from .garbage import few_collections
from .index import Card, card_of, index_page
from .inputs import Ingredients
from .kept import Kept, kept_pages
from .manifest import NAME, FileEntry, Manifest, Scalar, entry_of, read_manifest, version
from .plan import PlannedPage, choose, own_file, pages_by_name

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from layers import ClaimResult
    from maps.features.source import FeatureSource
    from maps.page.page import Page
    from maps.themes.model import Theme


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A file that has just been written, as `build_all` reports it.

    Attributes
    ----------
    path
        The file.
    number, count
        Which of how many files of the build it is, from 1.
    seconds
        How long it took to make.
    options
        Its options, as in the manifest.
    """

    path: Path
    number: int
    count: int
    seconds: float
    options: Mapping[str, Scalar] = field(default_factory=dict)


def build(
    theme: Theme | str | Path,
    *,
    out: str | os.PathLike[str],
    langs: str | Sequence[str] = LANGUAGES,
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
    langs
        As in `MapBuilder`: the page opens in the first.
    as_of
        ISO 8601 date of any precision; by default the newest that the data knows.
    source
        Source of the layers; by default those that tumen ships.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ThemeError, LanguageError, UnknownSourceError, FeatureError
        As `MapBuilder`.
    """
    return MapBuilder(theme, langs=langs, as_of=as_of, source=source).save(out)


def build_all(  # noqa: PLR0913 - each of them is an option of `tumen build`
    out: str | os.PathLike[str],
    *,
    names: Iterable[str] = (),
    only: Iterable[str] = (),
    langs: str | Sequence[str] = LANGUAGES,
    as_of: str | None = None,
    source: FeatureSource | None = None,
    options: PageOptions | None = None,
    sheets: Sequence[PdfSheet | PngSheet] = (),
    report: Callable[[BuiltFile], object] | None = None,
    jobs: int = 1,
    keep: bool = True,
) -> list[Path]:
    """Build the built-in maps, an index of them and a manifest into a folder.

    Parameters
    ----------
    out
        The folder.
    names
        Themes, by name or path; by default all the built-in ones. The index lists them.
    only
        Pages of these to build, ``corridor`` or ``corridor.html``; by default all. The others stay unchanged in the
        folder, and in the index and the manifest.
    langs
        As in `MapBuilder`: every page opens in the first.
    as_of, source
        As in `build`.
    options
        A limit of the size of each map, and raster tiles.
    sheets
        Sheets that Chromium makes of each map beside its page: ``corridor.pdf``, ``corridor.png``.
    report
        Called with each file as soon as it is written.
    jobs
        In how many processes; the files are the same, byte for byte. With more than one, `source` must be picklable, and a
        your own script needs ``if __name__ == "__main__":`` around the call.
    keep
        Whether pages that have been made before, of the same code and data, are taken from the folder that ``TUMEN_CACHE``
        names, or that of the system for such things, and new ones kept there; the files are the same, byte for byte.

    Returns
    -------
    list of Path
        The files written: ``index.html``, one page a theme, and ``manifest.json`` last.

    Raises
    ------
    ThemeError, LanguageError, UnknownSourceError, FeatureError
        As `MapBuilder`.
    UnknownPageError
        When `only` names a page that `names` does not give.
    SizeError
        When a map cannot be brought under the limit.
    BrowserError
        When a sheet is wanted and no Chromium is found, or it does not do its work.
    ManifestError
        When `only` is given and the manifest in the folder is not one of ours.
    ValueError
        When the options split pages: that is for a page of its own.
    """
    if options and options.split:
        raise ValueError(f"split is for one page, got {options.split!r} for a folder of maps; leave it out")
    site = _Site(
        Path(out),
        source or PackagedLayers(),
        check_languages(langs),
        as_of,
        options or PageOptions(),
        report,
        keep=keep,
    )
    names, only = tuple(names) or reader.theme_names(), tuple(only)
    with few_collections(), Workers(partial(_prepare, site.source)) as workers:
        if site.kept is None or site.kept.is_empty():  # workers will be needed: they start while the themes are read
            shared = [name for name in only or names if only or own_file(name) is None]
            workers.start(min(jobs - 1, len(shared), len(only or names) - 1))
        with promised(data_of(site.source), workers.prepared):
            planned = [PlannedPage(reader.theme(name, data=data_of(site.source)), own_file(name)) for name in names]
            return site.build(planned, only, tuple(sheets), workers, jobs=jobs)


def _prepare(source: FeatureSource) -> tuple[ClaimResult, ...]:
    """Import and read what every page needs, before there is a page to make; the verdicts serve the first process too."""
    return verdicts(source.data) if isinstance(source, PackagedLayers) else ()


@dataclass(frozen=True, slots=True)
class _Made:
    """A file in the folder."""

    entry: FileEntry
    seconds: float
    card: Card | None = None


@dataclass(frozen=True)
class _Maker:
    """Makes pages; a copy of it may do so in another process."""

    folder: Path
    source: FeatureSource
    langs: tuple[Language, ...]
    as_of: str | None
    options: PageOptions
    claims: str
    ingredients: Ingredients
    card: str = ""
    kept: Kept | None = None

    def builder(self, page: PlannedPage) -> MapBuilder:
        root, stem = self.options.address, page.file_name.removesuffix(".html")
        return MapBuilder(
            page.theme,
            langs=self.langs,
            as_of=self.as_of,
            source=self.source,
            index=INDEX,
            claims=self.claims,
            options=replace(
                self.options,
                address=root and urljoin(root, quote(page.file_name)),
                card=self.card and urljoin(root, quote(stem + self.card)),
            ),
        )

    def make(self, page: PlannedPage) -> _Made:
        begin = time.perf_counter()
        builder = self.builder(page)
        inputs = self.ingredients.of(builder, page.theme_file)
        made, card = self._page(builder)
        options: dict[str, Scalar] = {"theme": page.theme.name}
        if self.options.max_bytes is not None:
            options |= {"max_bytes": self.options.max_bytes, "simplified_m": made.simplified_m}
        if self.options.tiles is not None:
            options["tiles"] = self.options.tiles.name
        if self.options.basemap is not None:
            options |= {"basemap": self.options.basemap.name, "basemap_bytes": self.options.basemap_bytes}
        options |= {"langs": " ".join(self.langs), "as_of": self.as_of or self.source.latest_date()}
        path = made.save(self.folder / page.file_name)
        return _Made(entry_of(path, options=options, inputs=inputs), time.perf_counter() - begin, card)

    def is_kept(self, page: PlannedPage) -> bool:
        """Tell whether a page is in the cache."""
        return self.kept is not None and self.kept.holds(self.kept.key(self.builder(page)))

    def _page(self, builder: MapBuilder) -> tuple[Page, Card | None]:
        """Make a page and its card for the index, or find them where they have been made before."""
        key = self.kept.key(builder) if self.kept else None
        if self.kept and key and (found := self.kept.find(key)):
            return found
        filled = replace(builder, theme=builder.filled_theme)
        page = filled.render()
        card = None if page.simplified_m else card_of(filled, page.layers)  # the index shows the lines as they are
        if self.kept and key:
            self.kept.keep(key, page, card)
        return page, card


class _Site:
    """A folder of maps in the making."""

    def __init__(
        self,
        folder: Path,
        source: FeatureSource,
        langs: Sequence[Language],
        as_of: str | None,
        options: PageOptions,
        report: Callable[[BuiltFile], object] | None,
        *,
        keep: bool = True,
    ) -> None:
        self.folder = folder
        self.source = source
        self.langs = langs
        self.as_of = as_of
        self.options = options
        self.report = report
        self.ingredients = Ingredients(source)
        self.entries: dict[str, FileEntry] = {}
        self.cards: dict[str, Card] = {}
        self.kept = kept_pages(source) if keep else None
        self.claims = ""
        self.count = 0
        self.card = ""

    def build(
        self,
        planned: Sequence[PlannedPage],
        only: Sequence[str],
        sheets: Sequence[PdfSheet | PngSheet],
        workers: Workers[tuple[ClaimResult, ...]],
        *,
        jobs: int,
    ) -> list[Path]:
        browser = find_chromium() if sheets else None  # before any work is done
        self.card = next((sheet.suffix for sheet in sheets if isinstance(sheet, CardSheet)), "")
        by_name = pages_by_name(planned)
        chosen = choose(only, by_name)
        standing = _standing(self.folder) if only else {}
        listed = [name for name in by_name if name in chosen or (only and (self.folder / name).is_file())]
        self.count = len(chosen) * (1 + len(sheets)) + 1
        self.claims = next((page.file_name for page in planned if page.theme.name == CLAIMS), "")
        chosen_pages = [by_name[name] for name in chosen]
        maker = self.maker()
        ready = [page for page in chosen_pages if maker.is_kept(page)]
        for page in ready:
            self._enter(page.file_name, maker.make(page))
        rest = [page for page in chosen_pages if page not in ready]
        # Notices on user files are printed by this process.
        own = [page for page in rest if page.theme_file is not None]
        workers.start(min(jobs, len(rest)) - 1)
        if workers.count:
            rest.sort(key=_work, reverse=True)  # short ones last, so that no process waits long for another
        for page, made in workers.make(maker, rest, here=own):
            self._enter(page.file_name, made)
        files: list[Path] = []
        for name in chosen:
            files.append(self.folder / name)
            files += [self._sheet(name, sheet, browser) for sheet in sheets]
        index = self._index([by_name[name] for name in listed])
        manifest = Manifest(version(), self._day(), {**standing, **self.entries}).save(self.folder)
        return [index, *files, manifest]

    def maker(self) -> _Maker:
        return _Maker(
            self.folder,
            self.source,
            tuple(self.langs),
            self.as_of,
            self.options,
            self.claims,
            self.ingredients,
            self.card,
            self.kept,
        )

    def builder(self, page: PlannedPage) -> MapBuilder:
        return self.maker().builder(page)

    def _sheet(self, name: str, sheet: PdfSheet | PngSheet, browser: Path | None) -> Path:
        begin = time.perf_counter()
        page = self.folder / name
        path = save_sheet(page, page.with_suffix(sheet.suffix), sheet, browser=browser)
        return self._wrote(path, asdict(sheet), {f"site/{name}": self.entries[name].sha256}, begin)

    def _index(self, pages: Sequence[PlannedPage]) -> Path:
        begin = time.perf_counter()
        builders = [(page, self.builder(page)) for page in pages]
        inputs: dict[str, str] = {}
        for page, builder in builders:
            inputs |= self.ingredients.of(builder, page.theme_file)
        listing = index_page([(page.file_name, builder) for page, builder in builders], self.cards)
        options = {"langs": " ".join(self.langs), "as_of": self._day()}
        return self._wrote(listing.save(self.folder / INDEX), options, inputs, begin)

    def _wrote(self, path: Path, options: Mapping[str, Scalar], inputs: Mapping[str, str], begin: float) -> Path:
        self._enter(path.name, _Made(entry_of(path, options=options, inputs=inputs), time.perf_counter() - begin))
        return path

    def _enter(self, name: str, made: _Made) -> None:
        self.entries[name] = made.entry
        if made.card is not None:
            self.cards[name] = made.card
        if self.report is not None:
            number = len(self.entries)
            self.report(BuiltFile(self.folder / name, number, self.count, made.seconds, made.entry.options))

    def _day(self) -> str:
        return self.as_of or self.source.latest_date()


def _work(page: PlannedPage) -> int:
    """Estimate the work of a page: its layers, and the routes that it compares."""
    return len(page.theme.layers) + sum(len(comparison.ways) for comparison in page.theme.story.comparisons)


def _standing(folder: Path) -> dict[str, FileEntry]:
    """Read the entries of the manifest of a folder for files that still exist."""
    if not (folder / NAME).exists():
        return {}
    return {name: entry for name, entry in read_manifest(folder).files.items() if (folder / name).is_file()}
