"""Runs Chromium without a window, without a network, with its own profile; no other module runs a browser."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from maps.errors import BrowserError

if TYPE_CHECKING:
    from collections.abc import Sequence

VARIABLE = "TUMEN_CHROMIUM"
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chromium-headless-shell",
    "msedge",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
TIMEOUT_S = 120.0
# The clock of the page runs as fast as its work is done: all that waits for a time has happened when the picture is taken.
_SETTLED_MS = 10_000
_SWITCHES = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    f"--virtual-time-budget={_SETTLED_MS}",
)


def find_chromium() -> Path:
    """Find a Chromium or a Chrome: ``TUMEN_CHROMIUM``, else the first that this machine has.

    Raises
    ------
    BrowserError
        When there is none; the message says how to install one.
    """
    configured = os.environ.get(VARIABLE)
    for name in (configured,) if configured else NAMES:
        if program := shutil.which(name):
            return Path(program)
    if configured:
        raise BrowserError(f"{VARIABLE} names {configured!r}, which is no program; let it name a Chromium or a Chrome")
    raise BrowserError(
        "PDF and PNG are made by Chromium or Chrome, and none was found: install one (Debian, Ubuntu: apt install chromium; "
        f"Fedora: dnf install chromium; macOS, Windows: Google Chrome), or let {VARIABLE} name it"
    )


def run_chromium(browser: Path, switches: Sequence[str], address: str, *, timeout_s: float = TIMEOUT_S) -> None:
    """Open an address, and leave when the switches have been done.

    Parameters
    ----------
    browser
        As `find_chromium` gives it.
    switches
        The task, such as ``--print-to-pdf=FILE``.
    address
        A ``file://`` address.
    timeout_s
        Seconds after which it and its child processes are ended.

    Raises
    ------
    BrowserError
        When it cannot be started, fails, or takes too long.
    """
    # Chromium does not start as root with its sandbox; it opens only our page, under the policy of the page.
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="tumen-", ignore_cleanup_errors=True) as profile:
        command = [str(browser), *_SWITCHES, *root, f"--user-data-dir={profile}", *switches, address]
        try:
            process = subprocess.Popen(  # noqa: S603  no shell, and the browser is the user's
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise BrowserError(f"{browser} cannot be started: {error}") from None
        try:
            _, output = process.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            raise BrowserError(f"{browser} was not done after {timeout_s:g} s, and was ended") from None
        finally:
            _end(process)
    if process.returncode:
        last = output.decode(errors="replace").strip().splitlines()[-1:] or ["it said nothing"]
        raise BrowserError(f"{browser} failed with code {process.returncode}: {last[0]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a browser and the processes of its own group, and no other."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()
