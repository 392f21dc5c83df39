"""``tumen serve``."""

from __future__ import annotations

import sys
import webbrowser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

DESCRIPTION = """\
Serves a folder of maps over HTTP to browsers on this machine, with byte ranges and ETags. Maps open without a server; pages split
into several files, and GeoPackage or FlatGeobuf files that a program reads by byte ranges, need one.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("serve", help="serve a folder of maps over HTTP", description=DESCRIPTION)
    parser.add_argument("folder", nargs="?", default="site", metavar="FOLDER", help="folder to serve (default: site)")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen on; 0.0.0.0 admits other machines (default: 127.0.0.1, this machine only)",
    )
    parser.add_argument(
        "--port", type=int, default=8000, help="port to listen on; 0 chooses a free one (default: 8000)"
    )
    parser.add_argument("--open", action="store_true", help="open index.html in the browser")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from maps.site.serve import LOOPBACK, serve

    if options.host not in LOOPBACK:
        print(f"warning: every machine that reaches {options.host} can read {options.folder}", file=sys.stderr)

    def ready(address: str) -> None:
        print(address, flush=True)
        print("Ctrl-C stops", file=sys.stderr)
        if options.open:
            webbrowser.open(address)

    serve(options.folder, host=options.host, port=options.port, ready=ready)
    return 0
