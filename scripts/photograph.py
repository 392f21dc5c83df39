"""Photograph every page of a folder with Chromium: ``photograph.py SITE OUT [NAME…]``."""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

SIZES = {"desktop": (1400, 900), "phone": (390, 844), "small": (320, 568)}
SCHEMES = ("light", "dark")
# The language it opens in at every size and in both schemes, the others once at each size.
VIEWS = [("", scheme) for scheme in SCHEMES] + [(lang, "light") for lang in ("ko", "ru", "zh")]
SETTLE_MS = 400


def photograph(browser: Browser, page_file: Path, out: Path) -> None:
    """Take one picture of a page per size, colour scheme and language."""
    for size, (width, height) in SIZES.items():
        for lang, scheme in VIEWS:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                device_scale_factor=1 if size == "desktop" else 2,
                offline=True,
            )
            page = context.new_page()
            page.goto(page_file.resolve().as_uri() + (f"#lang={lang}" if lang else ""))
            page.wait_for_timeout(SETTLE_MS)
            target = out / f"{page_file.stem}-{size}-{lang or scheme}.png"
            page.screenshot(path=target)
            print(target)
            context.close()


def main(site: str, out: str, *names: str) -> None:
    """Photograph the pages named, or all of them."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    pages = sorted(Path(site).glob("*.html"))
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
