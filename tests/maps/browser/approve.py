"""Renew the approved pictures that no longer look like their pages: ``scripts/approve [--all] [PAGE…]``."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import maps

from .approved import FOLDER, VIEWS, build_many, photographs, screens
from .conftest import SWITCHES, Tabs
from .likeness import Eye


def renew(eye, view, picture, *, anyway):
    """Write the picture if it differs; tell what became of it."""
    kept = view.path
    small = eye.small(picture, view.width)
    if not kept.exists():
        kept.write_bytes(small)
        return "new"
    difference = eye.difference(kept.read_bytes(), small)
    told = f"look {difference.look:.2%}, colour {difference.colour:.2%} of the cells differ"
    if view.allows(difference) and not anyway:
        return f"as approved: {told}"
    kept.write_bytes(small)
    return f"CHANGED: {told}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", nargs="*", help="pages to renew (default: all)")
    parser.add_argument("--all", action="store_true", help="also write those that look as approved")
    options = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    for stale in sorted(set(FOLDER.glob("*.webp")) - {view.path for view in VIEWS}):
        stale.unlink()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name)
        maps.build_all(folder)
        build_many(folder)
        browser = driver.chromium.launch(executable_path=os.environ["TUMEN_CHROMIUM"], args=SWITCHES)
        eye, tabs = Eye(browser.new_page()), Tabs(browser)
        chosen = [view for view in VIEWS if not options.page or view.page in options.page]
        for views in screens(chosen):
            for view, picture in photographs(tabs, views, folder):
                sys.stdout.write(f"{view.name}: {renew(eye, view, picture, anyway=options.all)}\n")
                sys.stdout.flush()
        browser.close()


if __name__ == "__main__":
    main()
