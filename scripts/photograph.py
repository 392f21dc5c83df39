"""Photograph every page of a folder with Chromium: ``photograph.py SITE OUT [NAME…]``."""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

SIZES = {"desktop": (1400, 900), "phone": (390, 844)}
SETTLE_MS = 400


def photograph(browser: Browser, page_file: Path, out: Path) -> None:
    """Take one picture of a page per size and colour scheme."""
    for size, (width, height) in SIZES.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                device_scale_factor=2 if size == "phone" else 1,
                offline=True,
            )
            page = context.new_page()
            page.goto(page_file.resolve().as_uri())
            page.wait_for_timeout(SETTLE_MS)
            target = out / f"{page_file.stem}-{size}-{scheme}.png"
            page.screenshot(path=target)
            print(target)
            context.close()


def main(site: str, out: str, *names: str) -> None:
    """Photograph the pages named, or those in English and the index."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    pages = [page for page in sorted(Path(site).glob("*.html")) if page.name.count(".") == 1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["TUMEN_CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        for page in pages:
            if not names or page.stem in names:
                photograph(browser, page, folder)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
