"""Measures how long each page of a site takes to open and to pan: after `tumen build`, ``python benchmarks/themes.py site``.

Each page is opened in a headless Chromium from disk, offline, at the size of a laptop, three times as it is and three times
with the processor throttled four times, as on a phone; then its map is dragged for two seconds. ``cpu_ms`` is Chromium's own
account of the main thread, which a busy machine changes less than wall time; ``frame_ms`` is what a frame of the pan takes of
it: below 16.7 ms sixty of them fit into a second. ``fps`` counts frames of software rendering, which is meaningful
only on a quiet machine. ``slower`` is how many times as long a loop takes in the throttled page, of the main thread's time:
about four, unless the machine is too busy to throttle anything, and then ``phone_ms`` says nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

VIEW = {"width": 1280, "height": 800}
SWITCHES = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
# Tells when the labels stand, or that a page has no map: to ask again and again would be work for the page, too.
OPENED = """const tell = () => { if (document.documentElement.dataset.ready === 'true') told_(); };
  new MutationObserver(tell).observe(document, { attributes: true, attributeFilter: ['data-ready'], subtree: true });
  addEventListener('load', () => { if (!document.getElementById('map')) told_(); });"""
PHONE_RATE = 4
RUNS = 3
OPEN_S = 60
PAN_S = 2.0
LOOP = "() => { let sum = 0; for (let n = 0; n < 5e7; n += 1) sum += n % 7; return sum; }"
COLUMNS = ("page", "kb", "nodes", "cpu_ms", "wall_ms", "phone_ms", "slower", "frame_ms", "fps")
# Times of frames while an action runs.
WATCH = """() => { window.frames_ = [];
  const tick = (now) => { window.frames_.push(now); window.ticking_ = requestAnimationFrame(tick); };
  window.ticking_ = requestAnimationFrame(tick); }"""


def opened(browser: Browser, path: Path, rate: int) -> tuple[Page, CDPSession]:
    """Open a page, and wait until its labels are placed.

    The tab shows a file before it is throttled: the process of ``about:blank`` shows no file, and the one that takes its
    place is not throttled.
    """
    page = browser.new_context(viewport=VIEW, offline=True, reduced_motion="reduce").new_page()
    session = page.context.new_cdp_session(page)
    page.goto(path.with_name("manifest.json").as_uri())
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    told: list[bool] = []
    page.expose_function("told_", lambda: told.append(True))
    page.add_init_script(OPENED)
    page.goto(path.as_uri(), wait_until="commit")
    end = time.monotonic() + OPEN_S
    while not told:
        if time.monotonic() > end:
            raise TimeoutError(path)
        page.wait_for_timeout(1)
    return page, session


def loop_ms(page: Page, session: CDPSession) -> float:
    """Time of the main thread that a loop takes."""
    before = spent_ms(session)
    page.evaluate(LOOP)
    return spent_ms(session) - before


def spent_ms(session: CDPSession) -> float:
    """Work of the main thread so far."""
    metrics = {row["name"]: row["value"] for row in session.send("Performance.getMetrics")["metrics"]}
    return 1000 * float(metrics["TaskDuration"])


def shown_ms(page: Page) -> float:
    """When the page was ready, by its own clock: delays of the driver do not count."""
    return float(page.evaluate("performance.getEntriesByName('tumen-ready')[0]?.startTime ?? performance.now()"))


def pan(page: Page, session: CDPSession) -> dict[str, float]:
    """Drag the map there and back for two seconds."""
    page.mouse.move(900, 400)
    page.mouse.down()
    page.evaluate(WATCH)
    before, begin, step = spent_ms(session), time.monotonic(), 0
    while (elapsed := time.monotonic() - begin) < PAN_S:
        step += 1
        page.mouse.move(900 - 300 * abs(1 - elapsed), 400 - 60 * abs(1 - elapsed))
    frames = page.evaluate("() => { cancelAnimationFrame(ticking_); return frames_; }")
    spent = spent_ms(session) - before
    page.mouse.up()
    steps = max(1, len(frames) - 1)
    return {"frame_ms": spent / steps, "fps": 1000 * steps / max(1.0, frames[-1] - frames[0])}


def measured(browser: Browser, path: Path) -> dict[str, object]:
    """Measure one page."""
    row: dict[str, object] = {"page": path.stem, "kb": path.stat().st_size / 1000}
    loops = {}
    for rate in (1, PHONE_RATE):
        walls, works, loops[rate] = [], [], []
        for _ in range(RUNS):
            page, session = opened(browser, path, rate)
            walls.append(shown_ms(page))
            works.append(spent_ms(session))
            loops[rate].append(loop_ms(page, session))
            row["nodes"] = page.evaluate("document.getElementsByTagName('*').length")
            page.context.close()
        row["phone_ms" if rate > 1 else "wall_ms"] = statistics.median(walls)
        if rate == 1:
            row["cpu_ms"] = statistics.median(works)
    row["slower"] = statistics.median(loops[PHONE_RATE]) / statistics.median(loops[1])
    page, session = opened(browser, path, 1)
    if page.evaluate("document.getElementById('map') !== null"):
        row |= pan(page, session)
    page.context.close()
    return row


def cell(name: str, value: object) -> str:
    """Value as the table shows it."""
    if isinstance(value, (int, float)):
        return f"{value:,.1f}" if name == "slower" else f"{value:,.0f}"
    return "–" if value is None else str(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="what `tumen build` wrote")
    parser.add_argument("names", nargs="*", help="pages of it; all by default")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("TUMEN_CHROMIUM") or shutil.which("chromium")
    pages = [
        path
        for path in sorted(options.folder.resolve().glob("*.html"))
        if not options.names or path.stem in options.names
    ]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=SWITCHES)
        print(
            f"Chromium {browser.version}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}"
        )
        print("".join(name.rjust(12) for name in COLUMNS))
        for path in pages:
            row = measured(browser, path)
            print("".join(cell(name, row.get(name)).rjust(12) for name in COLUMNS), flush=True)


if __name__ == "__main__":
    main()
