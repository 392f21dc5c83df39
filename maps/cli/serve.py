"""``tumen serve``."""

from __future__ import annotations

import sys
import webbrowser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

DESCRIPTION = """\
Serves a folder of maps to the browsers of this machine, with types, byte ranges and ETags. The maps need no server: they open
by double-click. Pages that were split, GeoPackages and FlatGeobuf files that a program reads by ranges do.
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("serve", help="serve a folder of maps", description=DESCRIPTION)
    parser.add_argument("folder", nargs="?", default="site", metavar="DIR", help="default: site")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen on (default: this machine alone; 0.0.0.0 lets the network in)",
    )
    parser.add_argument("--port", type=int, default=8000, help="default: 8000; 0 takes a free one")
    parser.add_argument("--open", action="store_true", help="open it in the browser")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from maps.site.serve import LOOPBACK, serve

    if options.host not in LOOPBACK:
        print(f"whoever reaches {options.host} can read {options.folder}", file=sys.stderr)

    def ready(address: str) -> None:
        print(address, flush=True)
        print("Ctrl-C stops", file=sys.stderr)
        if options.open:
            webbrowser.open(address)

    serve(options.folder, host=options.host, port=options.port, ready=ready)
    return 0
