"""A real Chromium, offline, on pages opened from disk."""

import importlib.util
import os
import shutil
import time
from pathlib import Path

import pytest
from filelock import FileLock

import maps
from tests.maps.conftest import AS_OF, FOLDER

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--no-opt",  # a page is left before the optimizing compiler pays: a quarter of the processor time of opening it
]
# The first is Chromium without what draws windows: it takes a fifth less of a processor.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CATALOG = Path(importlib.util.find_spec("layers").origin).parent / "data" / "catalog.json"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 320, "height": 568}


def missing(reason):
    """Skip, but fail where the tests are meant to run in full."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    named = os.environ.get("TUMEN_CHROMIUM")
    path = next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)
    if not path:
        missing("no Chromium found; set TUMEN_CHROMIUM to one")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Folder of the built maps, only read: from the layers that tumen ships, or from the small fixture."""
    source = None if CATALOG.is_file() else maps.GeoJsonFolder(FOLDER, AS_OF)
    return built_once(tmp_path_factory, "site", lambda folder: maps.build_all(folder, source=source, jobs=2))


@pytest.fixture(scope="session")
def many(tmp_path_factory):
    """Folder with the page of twenty thousand features, which are drawn on canvas; only read."""
    from .approved import build_many

    return built_once(tmp_path_factory, "many", build_many)


def built_once(tmp_path_factory, name, build):
    """A folder of this run, which the first process that wants it fills; under pytest-xdist each has its own below it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    done = folder.with_name(f"{name}.done")
    with FileLock(folder.with_name(f"{name}.lock")):
        if not done.exists():
            folder.mkdir()
            build(folder)
            done.touch()
    return folder


# The page writes what changed just before a moment later, maybe over the fragment set here: it is set until it holds.
FOLLOW = """(fragment) => new Promise((done) => {
  const wanted = new URL(`#${fragment.replace(/^#/, '')}`, location.href).hash;
  let over = false;
  const finish = () => {
    over = true;
    done();
  };
  const set = () => {
    addEventListener('hashchange', () => {
      if (location.hash === wanted) setTimeout(finish, 0);
      else if (!over) set(); // the page wrote its own state over it
    }, { once: true });
    location.hash = fragment;
  };
  setTimeout(finish, 300); // where it is the fragment that is there already, or the page writes it otherwise
  set();
})"""


class Bookmark:
    """A path with a fragment."""

    def __init__(self, path, fragment):
        self.address = path.as_uri() + fragment

    def as_uri(self):
        return self.address


class Sheet:
    """A page in the browser, with all it said and asked for."""

    def __init__(self, page):
        self.page = page
        self.messages = []
        self.requests = []
        self.heard = {
            "console": lambda message: self.messages.append(message.text),
            "pageerror": lambda error: self.messages.append(str(error)),
            "request": lambda request: self.requests.append(request.url),
        }
        for event, hear in self.heard.items():
            page.on(event, hear)

    def leave(self):
        """Leave the tab as a new one is."""
        for event, hear in self.heard.items():
            self.page.remove_listener(event, hear)
        self.page.evaluate(
            "() => { try { localStorage.clear(); sessionStorage.clear(); } catch { /* a page without storage */ } }"
        )
        self.page.goto("about:blank")

    def open(self, path):
        self.page.goto(path.as_uri())
        self.until("document.documentElement.dataset.complete === 'true' || !document.getElementById('map')")
        self.page.mouse.move(-1, -1)  # a headless shell has its pointer in the corner of a new page
        return self

    def until(self, expression, seconds=30):
        """Poll: the pages' policy forbids what Playwright's own waiting needs."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, f"never true: {expression}"
            time.sleep(0.02)

    def follow(self, fragment):
        """Put a fragment into the address, and wait until the page has read it."""
        self.page.evaluate(FOLLOW, fragment)

    def element(self, feature_id):
        return self.page.locator(f"[data-id={quoted(feature_id)}]").first

    def enter(self, feature_id):
        """Open a feature's popup by keyboard."""
        element = self.element(feature_id)
        element.focus()
        self.page.keyboard.press("Enter")
        self.until("document.querySelector('.leaflet-popup') !== null")

    @property
    def hacked(self):
        return self.page.evaluate("document.documentElement.dataset.hacked ?? null")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Tabs:
    """Tabs of the browser by their settings: a page in a tab that has shown one takes half the time of one in a new tab."""

    def __init__(self, browser):
        self.browser = browser
        self.contexts = {}
        self.keys = {}
        self.free = {}

    def new(self, viewport=DESKTOP, color_scheme="light", **settings):
        key = repr(settings)
        if key not in self.contexts:
            self.contexts[key] = self.browser.new_context(offline=True, **settings)
        page = self.contexts[key].new_page()
        self.keys[page] = key
        self.set(page, viewport, color_scheme)
        return page

    def set(self, page, viewport, color_scheme):
        page.set_viewport_size(viewport)
        page.emulate_media(media="screen", color_scheme=color_scheme, reduced_motion="reduce")

    def take(self, viewport=DESKTOP, color_scheme="light", **settings):
        free = self.free.setdefault(repr(settings), [])
        if not free:
            return self.new(viewport, color_scheme, **settings)
        page = free.pop()
        self.set(page, viewport, color_scheme)
        page.bring_to_front()  # a tab behind another draws no frames
        return page

    def give_back(self, page):
        self.free[self.keys[page]].append(page)


@pytest.fixture(scope="session")
def tabs(chromium):
    made = Tabs(chromium)
    yield made
    for context in made.contexts.values():
        context.close()


@pytest.fixture(scope="session")
def scriptless(chromium):
    with chromium.new_context(java_script_enabled=False, offline=True, viewport=PHONE) as context:
        yield context.new_page()


@pytest.fixture
def unscripted(scriptless):
    """A tab that runs no script, of a phone."""
    scriptless.bring_to_front()
    return scriptless


@pytest.fixture
def sheet(tabs):
    """Open a page: `sheet(path, viewport=…, dark=…)`; `first` is a script that runs before the page's own."""
    opened = []

    def open_(path, *, viewport=DESKTOP, dark=False, bypass_csp=False, touch=False, first="", ratio=1):
        settings = {
            "viewport": viewport,
            "color_scheme": "dark" if dark else "light",
            "bypass_csp": bypass_csp,
            "has_touch": touch,
            "device_scale_factor": ratio,
        }
        one = Sheet(tabs.new(**settings) if first else tabs.take(**settings))
        if first:
            one.page.add_init_script(first)
        opened.append((one, first))
        return one.open(path)

    yield open_
    for one, first in opened:
        if one.page.is_closed():
            continue
        one.leave()
        if first:
            one.page.close()
        else:
            tabs.give_back(one.page)
