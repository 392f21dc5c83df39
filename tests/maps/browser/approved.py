"""Approved pictures: every theme on a desktop and a phone, the planner's answer, a big layer."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import maps

from .conftest import DESKTOP, PHONE, Bookmark, Sheet
from .test_bulk import THEME, parcels, roads, wells

FOLDER = Path(__file__).parent / "approved"
ROUTE = "#day=2014-11-24&route=station/khasan~~port/pohang~rail+sea~1520~distance~10"
READY = "document.documentElement.dataset.complete === 'true'"
BULK = "document.documentElement.dataset.bulk === 'ready'"
ANSWER = "document.querySelector('.planner-total') !== null"
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))"
# Shares of the cells that may differ. Another font moves up to 0.1 % of a desktop's and 0.7 % of a phone's cells and 0.12 % in
# colour; a row gone from the legend moves 0.25 %, another colour of the ports 0.18 % in colour.
LOOK = {DESKTOP["width"]: 0.002, PHONE["width"]: 0.01}
COLOUR = 0.0015


@dataclass(frozen=True, slots=True)
class View:
    """What a picture is taken of; `width` is that of the kept picture."""

    page: str
    kind: str
    viewport: dict
    width: int
    dark: bool = False
    fragment: str = ""
    until: str = READY

    @property
    def name(self):
        return f"{self.page}-{self.kind}"

    @property
    def path(self):
        return FOLDER / f"{self.name}.webp"

    def allows(self, difference):
        return difference.look <= LOOK[self.viewport["width"]] and difference.colour <= COLOUR


def views_of(page, suffix="", **options):
    return [
        View(page, f"{suffix}desktop-light", DESKTOP, 640, **options),
        View(page, f"{suffix}desktop-dark", DESKTOP, 640, dark=True, **options),
        View(page, f"{suffix}phone-light", PHONE, 390, **options),
    ]


VIEWS = [
    *(view for name in sorted(maps.theme_names()) for view in views_of(name)),
    *views_of("routes", "answer-", fragment=ROUTE, until=ANSWER),
    *views_of("many", until=BULK),
]


def build_many(folder):
    """The page of twenty thousand features, which are drawn on canvas."""
    wells().to_parquet(folder / "wells.parquet")
    roads().to_file(folder / "roads.fgb", driver="FlatGeobuf")
    parcels().to_file(folder / "parcels.gpkg", driver="GPKG")
    (folder / "many.toml").write_text(THEME, encoding="utf-8")
    return maps.build(folder / "many.toml", out=folder / "many.html")


def screens(views):
    """The views by the page and the screen: each is opened once, and seen in the colours that are asked for."""
    key = attrgetter("page", "fragment", "width")
    return [list(some) for _, some in groupby(views, key)]


def photographs(tabs, views, folder, *, seconds=20):
    """PNG of each view of one screen, from one page of that name in a folder."""
    view = views[0]
    settings = {
        "viewport": view.viewport,
        "color_scheme": "dark" if view.dark else "light",
        "bypass_csp": True,  # a test changes the style of a page
        "has_touch": view.viewport is PHONE,
        "device_scale_factor": 1,
    }
    opened = Sheet(tabs.take(**settings))
    try:
        opened.open(Bookmark(folder / f"{view.page}.html", view.fragment)).until(view.until, seconds)
        for one in views:
            opened.page.emulate_media(color_scheme="dark" if one.dark else "light")
            opened.page.evaluate(SETTLED)
            yield one, opened.page.screenshot()
    finally:
        opened.leave()
        tabs.give_back(opened.page)
