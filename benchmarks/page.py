"""Pages of many features beside the peers, in one run: ``scripts/setup benchmark``, then ``python benchmarks/page.py [--quick]``.

``python benchmarks/page.py 10000 100000 --kind lines`` takes other sizes and kinds, ``--file FILE`` that many areas of
a real file; `themes.py` measures the themed pages. Each page is built in a separate process, from the same
GeoDataFrame or file, and opened in a headless Chromium from disk, offline. folium's and lonboard's own pages ask for
scripts of the network and stay blank there, and PMTiles (made by tippecanoe) are no page: of them only the building is
timed. Peers that are not installed are skipped and reported.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from timing import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geopandas import GeoDataFrame
    from playwright.sync_api import Browser, Page

BOX = (124.0, 36.0, 140.0, 47.0)
TOWNS = 300
VERTICES = 10
SEED = 20
CLICKS = 10
SAME_DEG = 3e-5
WHOLE = 100
VIEW = {"width": 1280, "height": 800}
SWITCHES = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info", "--no-first-run"]
WAYS = ("tumen", "tumen from file", "folium.GeoJson", "explore", "lonboard", "PMTiles", "Leaflet canvas")
SLOW = 200_000  # features beyond which the peers are left out


def towns() -> tuple[np.ndarray, np.ndarray]:
    """Centres of towns and the share of features in each: a few large ones, many small."""
    random = np.random.default_rng(SEED)
    west, south, east, north = BOX
    centres = np.column_stack([random.uniform(west, east, TOWNS), random.uniform(south, north, TOWNS)])
    shares = 1 / np.arange(1, TOWNS + 1) ** 0.8
    return centres, shares / shares.sum()


def frame(kind: str, count: int) -> GeoDataFrame:
    """Features in and around towns, the same every time."""
    import geopandas
    import shapely

    random = np.random.default_rng(SEED + count)
    centres, shares = towns()
    at = random.choice(TOWNS, count, p=shares)
    start = centres[at] + random.normal(0, 1, (count, 2)) * (0.08 + 0.4 * np.sqrt(shares[at]))[:, None]
    if kind == "points":
        shapes = shapely.points(start)
    elif kind == "lines":
        turns = random.uniform(0, 2 * np.pi, (count, 1)) + np.cumsum(
            random.normal(0, 0.4, (count, VERTICES - 1)), axis=1
        )
        steps = np.stack([np.cos(turns) * 1.35, np.sin(turns)], axis=2) * random.uniform(4e-4, 1.6e-3, (count, 1, 1))
        shapes = shapely.linestrings(
            np.concatenate([start[:, None], start[:, None] + np.cumsum(steps, axis=1)], axis=1)
        )
    else:
        angles = np.linspace(0, 2 * np.pi, VERTICES, endpoint=False)
        radii = random.uniform(2e-4, 1e-3, (count, VERTICES, 1))
        shapes = shapely.polygons(start[:, None] + np.stack([np.cos(angles) * 1.35, np.sin(angles)], axis=1) * radii)
    columns = {
        "name": [f"Feature {number}" for number in range(count)],
        "kind": np.array(["street", "track", "path"])[random.integers(0, 3, count)],
        "status": np.array(["operating", "planned"])[random.integers(0, 2, count)],
        "width_m": random.integers(2, 30, count),
    }
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs=4326)


def clocks() -> np.ndarray:
    """Wall and processor time: on a machine that others use too, the latter is the one to compare."""
    spent = os.times()
    children = spent.children_user + spent.children_system
    return np.array([time.perf_counter(), spent.user + spent.system + children])


def build(way: str, path: Path, out: Path) -> np.ndarray:
    """Build a page and return the seconds it took, with libraries imported and the frame read."""
    import geopandas

    import maps
    import maps.features.bulk
    import maps.page.html

    if way == "tumen from file":
        theme = path.with_suffix(".toml")
        text = f'title = "Many"\nbasemap = []\nextent = {list(BOX)}\n[[layer]]\nsource = "{path.stem}.gpkg"\ntitle = "Many"\n'
        theme.write_text(text, encoding="utf-8")
        begin = clocks()
        maps.build(theme, out=out)
        return clocks() - begin
    data = geopandas.read_parquet(path)
    written(way, data.head(3), out)  # one-off imports and compilation
    begin = clocks()
    written(way, data, out)
    return clocks() - begin


def written(way: str, data: GeoDataFrame, out: Path) -> None:
    """Write a page of a frame."""
    import folium

    import geo
    import maps

    fields = ["name", "kind", "status", "width_m"]
    if way == "tumen":
        box = geo.BBox(*data.total_bounds.tolist())
        theme = maps.Theme("many", maps.Text("Many"), maps.Text(""), box, basemap=(), groups={"own": maps.Text("Own")})
        maps.MapBuilder(theme).add(data, title="Many").save(out)
    elif way == "folium.GeoJson":
        chart = folium.Map((42, 131), zoom_start=6)
        options = {"popup": folium.GeoJsonPopup(fields), "tooltip": folium.GeoJsonTooltip(fields)}
        folium.GeoJson(data, **options).add_to(chart)
        chart.save(out)
    elif way == "explore":
        data.explore().save(out)
    elif way == "lonboard":
        import lonboard

        lonboard.viz(data).to_html(out)
    elif way == "PMTiles":
        tiles(data, out)
    else:
        out.write_text(leaflet_page(data), encoding="utf-8")


def tiles(data: GeoDataFrame, out: Path) -> None:
    """Tiles of a frame; a viewer and a server would come on top."""
    program = Path(sys.executable).with_name("tippecanoe")
    if not program.is_file():
        raise FileNotFoundError("tippecanoe is not installed")
    tiles = out.with_suffix(".pmtiles")
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "features.geojsonl"
        data.to_file(lines, driver="GeoJSONSeq")
        command = [program, "--quiet", "--force", "-zg", "--drop-densest-as-needed", "-P", "-o", tiles, lines]
        subprocess.run(command, check=True)  # noqa: S603  a program of this environment
    tiles.replace(out)


def real(path: Path, count: int) -> GeoDataFrame:
    """The first areas of a file, each as one feature, with the columns of `frame`."""
    import geopandas

    data = geopandas.read_file(path, columns=[]).explode(index_parts=False, ignore_index=True).head(count)
    names = [f"Feature {number}" for number in range(len(data))]
    columns = {"name": names, "kind": "area", "status": "operating", "width_m": 1}
    return geopandas.GeoDataFrame(columns, geometry=data.geometry.to_numpy(), crs=4326)


def leaflet_page(data: GeoDataFrame) -> str:
    """GeoJSON on Leaflet's canvas, with popups, and Leaflet in the page."""
    vendor = Path(__file__).parent.parent / "maps" / "vendor" / "leaflet"
    west, south, east, north = BOX
    box = f"const box = [[{south}, {west}], [{north}, {east}]];"
    code = """
const map = L.map('map', { preferCanvas: true }).fitBounds(box);
L.geoJSON(JSON.parse(document.getElementById('data').textContent), {
  onEachFeature: (feature, layer) => layer.bindPopup(() => feature.properties.name),
}).addTo(map);
requestAnimationFrame(() => { document.documentElement.dataset.bulk = 'ready'; });
"""
    return (
        f"<!DOCTYPE html><meta charset=utf-8><style>{(vendor / 'leaflet.css').read_text()}"
        "html,body,#map{height:100%;margin:0}</style>"
        f"<div id=map></div><script type=application/json id=data>{data.to_json()}</script>"
        f"<script>{(vendor / 'leaflet.js').read_text()}</script><script>{box}{code}</script>"
    )


FRAMES = """() => { window.frames_ = 0; window.begun_ = performance.now();
  const tick = () => { window.frames_ += 1; window.ticking_ = requestAnimationFrame(tick); }; tick(); }"""
CLICK = """([x, y]) => new Promise((resolve) => {
  const begun = performance.now();
  const told = () => document.querySelector('.leaflet-popup h2')?.textContent;
  const done = () => told() && (watch.disconnect(), resolve([performance.now() - begun, told()]));
  const watch = new MutationObserver(done);
  watch.observe(document.body, { childList: true, subtree: true });
  const target = document.getElementById('map');
  for (const type of ['mousedown', 'mouseup', 'click']) {
    target.dispatchEvent(new MouseEvent(type, { bubbles: true, clientX: x, clientY: y, view: window }));
  }
  setTimeout(() => resolve([null, null]), 2000);
})"""


def wait(page: Page, expression: str, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > end:
            raise TimeoutError(expression)
        time.sleep(0.01)


def opened(browser: Browser, out: Path, fragment: str = "") -> Page:
    page = browser.new_context(viewport=VIEW, offline=True, reduced_motion="reduce").new_page()
    page.goto(out.as_uri() + fragment, wait_until="commit")
    wait(page, "document.documentElement?.dataset.bulk === 'ready'")
    return page


def look(browser: Browser, out: Path, data: GeoDataFrame) -> dict[str, object]:
    """Time and memory of our page or Leaflet's in the browser."""
    ready = []
    for _ in range(3):
        page = opened(browser, out)
        ready.append(page.evaluate("performance.now()"))
        page.context.close()
    page = opened(browser, out)
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    result = {"ready_ms": statistics.median(ready), "heap_mb": page.evaluate("performance.memory.usedJSHeapSize") / 1e6}
    ours = page.evaluate("document.querySelector('canvas.bulk') !== null")
    for zoom in (6, 9, 13) if ours else (6,):
        result[f"fps_z{zoom}"] = pan(page, zoom, ours=ours)
    if ours:
        place = towns()[0][0]
        frames = []
        for zoom in (12, 13, 12, 13):
            page.evaluate(f"location.hash = 'view={zoom}/{place[0]:.5f}/{place[1]:.5f}'")
            time.sleep(1)
            frames.append(page.evaluate("Number(document.querySelector('canvas.bulk').dataset.ms)"))
        result["densest_ms"] = max(statistics.mean(frames[0::2]), statistics.mean(frames[1::2]))
        result |= clicks(page, data)
    page.context.close()
    return result


def pan(page: Page, zoom: int, *, ours: bool) -> float:
    """Frames a second while the map is dragged about a town."""
    if ours:
        place = towns()[0][0]
        page.evaluate(f"location.hash = 'view={zoom}/{place[0]:.5f}/{place[1]:.5f}'")
        time.sleep(1)
    page.mouse.move(900, 400)
    page.mouse.down()
    page.evaluate(FRAMES)
    for step in range(60):
        page.mouse.move(900 - 4 * step, 400 - step)
        time.sleep(0.016)
    fps = page.evaluate("frames_ / (performance.now() - begun_) * 1000")
    page.evaluate("cancelAnimationFrame(ticking_)")
    page.mouse.up()
    time.sleep(0.5)
    return fps


def clicks(page: Page, data: GeoDataFrame) -> dict[str, object]:
    """Click on vertices of features: the median time to the popup, and how many popups were right."""
    import shapely

    random = np.random.default_rng(SEED)
    times, right = [], 0
    for row in random.integers(0, len(data), CLICKS):
        shape = data.geometry.iloc[row]
        spot = shapely.get_coordinates(shape)[-1]
        page.evaluate("() => { document.querySelector('.leaflet-popup-close-button')?.click(); }")
        page.evaluate(f"location.hash = 'view=16/{spot[0]:.6f}/{spot[1]:.6f}'")
        time.sleep(0.7)
        took, name = page.evaluate(CLICK, [VIEW["width"] / 2, VIEW["height"] / 2])
        if name is None:
            continue
        times.append(took)
        hit = data.geometry.iloc[int(name.removeprefix("Feature "))]
        right += hit.distance(shapely.Point(spot)) < SAME_DEG  # another may lie on it
    return {"click_ms": statistics.median(times) if times else None, "right": f"{right}/{CLICKS}"}


def measured(
    way: str, kind: str, path: Path, folder: Path, browser: Browser | None, data: GeoDataFrame
) -> dict[str, object]:
    out = folder / f"{path.stem}-{WAYS.index(way)}.html"
    process = subprocess.run(  # noqa: S603  our own file
        [sys.executable, __file__, "--build", way, str(path), str(out)], capture_output=True, text=True, check=False
    )
    row: dict[str, object] = {"kind": kind, "features": len(data), "way": way}
    if process.returncode:
        return {**row, "failed": process.stderr.strip().splitlines()[-1]}
    row |= json.loads(process.stdout) | {"mb": out.stat().st_size / 1e6}
    if browser and (way.startswith("tumen") or way == "Leaflet canvas"):
        row |= look(browser, out, data)
    return row


BUILT = ("features", "kind", "way", "build_s", "cpu_s", "peak_mb", "mb")
SHOWN = ("ready_ms", "heap_mb", "densest_ms", "fps_z6", "fps_z9", "fps_z13", "click_ms", "right")
COLUMNS = BUILT + SHOWN


def cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.3g}" if value < WHOLE else f"{value:,.0f}"
    return str(value)


def table(rows: list[dict[str, object]]) -> None:
    lines = [COLUMNS, *([cell(row.get(column)) for column in COLUMNS] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(COLUMNS))]
    for line in lines:
        print("  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True)))
    by = {(row["kind"], row["features"], row["way"]): row for row in rows}
    for (kind, count, way), row in by.items():
        ours = by.get((kind, count, "tumen"))
        if "failed" in row:
            print(f"{way} failed: {row['failed']}")
        elif ours and not way.startswith("tumen"):
            ratios = {
                key: row[key] / ours[key]
                for key in ("cpu_s", "mb", "ready_ms", "heap_mb")
                if row.get(key) and ours.get(key)
            }
            print(
                f"{count:,} {kind}: {way} takes", ", ".join(f"{ratio:.1f} x our {key}" for key, ratio in ratios.items())
            )


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser."""
    from playwright.sync_api import sync_playwright

    program = os.environ.get("TUMEN_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=program, args=SWITCHES)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000])
    parser.add_argument("--kind", action="append", choices=("lines", "points", "polygons"))
    parser.add_argument("--way", action="append", choices=WAYS)
    parser.add_argument("--file", type=Path, help="a real file of areas, instead of made features")
    parser.add_argument("--quick", action="store_true", help="a hundred points, nothing opened")
    options = parser.parse_args()
    if options.quick:
        options.sizes, options.kind = [100], ["points"]
    rows = []
    with tempfile.TemporaryDirectory() as name, nullcontext() if options.quick else chromium() as browser:
        browser_name = f"Chromium {browser.version}" if browser else "no browser"
        print(f"{browser_name}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")
        for count in options.sizes:
            for kind in [options.file.stem] if options.file else options.kind or ["lines"]:
                path = Path(name) / f"{kind}-{count}.parquet"
                data = real(options.file, count) if options.file else frame(kind, count)
                data.to_parquet(path)
                ways = options.way or [way for way in WAYS if count <= SLOW or way.startswith("tumen")]
                if "tumen from file" in ways:
                    data.to_file(path.with_suffix(".gpkg"), driver="GPKG")
                for way in ways:
                    rows.append(measured(way, kind, path, Path(name), browser, data))
                    print(json.dumps(rows[-1]), file=sys.stderr, flush=True)
    table(rows)
    for kind, count in dict.fromkeys((row["kind"], row["features"]) for row in rows):
        of_kind = [row for row in rows if (row["kind"], row["features"]) == (kind, count) and "cpu_s" in row]
        spent = {str(row["way"]): float(row["cpu_s"]) for row in of_kind}
        show(
            f"a page of {count:,} {kind}, seconds of the processor to build",
            spent,
            "tumen" if "tumen" in spent else "",
            "s",
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        wall, processor = build(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])).tolist()
        status = Path("/proc/self/status").read_text(encoding="ascii")  # Linux; getrusage would count the parent too
        peak = int(status.split("VmHWM:")[1].split()[0]) / 1000
        print(json.dumps({"build_s": wall, "cpu_s": processor, "peak_mb": peak}))
    else:
        main()
