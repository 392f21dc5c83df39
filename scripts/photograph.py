"""Photograph every page of a folder with Chromium: ``photograph.py SITE OUT [--gallery] [NAME…]``.

With ``--gallery`` it takes one small WebP a page, for the manual.
"""

import io
import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

SIZES = {"desktop": (1400, 900), "phone": (390, 844), "small": (320, 568)}
SCHEMES = ("light", "dark")
# The default language at every size and in both schemes, the others once at each size.
VIEWS = [("", scheme) for scheme in SCHEMES] + [(lang, "light") for lang in ("ko", "ru", "zh")]
SETTLE_MS = 400
GALLERY = (1280, 800)
GALLERY_WIDTH = 960


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


def add_to_gallery(browser: Browser, page_file: Path, out: Path) -> None:
    """Take the picture of a page that the manual shows."""
    page = browser.new_page(viewport={"width": GALLERY[0], "height": GALLERY[1]})
    page.goto(page_file.resolve().as_uri())
    page.wait_for_timeout(3 * SETTLE_MS)
    target = out / f"{page_file.stem}.webp"
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        height = round(picture.height * GALLERY_WIDTH / picture.width)
        picture.convert("RGB").resize((GALLERY_WIDTH, height), Image.Resampling.LANCZOS).save(
            target, quality=72, method=6
        )
    print(f"{target}  {target.stat().st_size / 1000:.0f} kB")
    page.close()


def main(site: str, out: str, *names: str) -> None:
    """Photograph the pages named, or all of them."""
    take, names = (add_to_gallery, names[1:]) if names[:1] == ("--gallery",) else (photograph, names)
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    pages = sorted(Path(site).glob("*.html"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["TUMEN_CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        for page in pages:
            if not names or page.stem in names:
                take(browser, page, folder)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
