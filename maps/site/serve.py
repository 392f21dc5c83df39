"""A folder of maps over HTTP, by default for this machine only."""

from __future__ import annotations

import mimetypes
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from maps.errors import ServeError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from starlette.applications import Starlette

LOOPBACK = ("127.0.0.1", "localhost", "::1")
TYPES = {
    ".geojson": "application/geo+json",
    ".geojsons": "application/geo+json-seq",
    ".gpkg": "application/geopackage+sqlite3",
    ".fgb": "application/flatgeobuf",
    ".parquet": "application/vnd.apache.parquet",
    ".pmtiles": "application/vnd.pmtiles",
    ".kmz": "application/vnd.google-earth.kmz",
    ".toml": "application/toml",
}
_MISSING = "serving needs starlette and uvicorn; install them with: pip install 'tumen[serve]'"


def application(folder: str | os.PathLike[str], *, hosts: tuple[str, ...] = LOOPBACK) -> Starlette:
    """Return an ASGI application that serves the files of a folder, with types, byte ranges and ETags.

    Parameters
    ----------
    folder
        The folder; nothing outside of it is served, not even through a link.
    hosts
        Allowed host names; a request with another is refused, so that no page of another site can
        read it under a name of their own (DNS rebinding).

    Raises
    ------
    ServeError
        When the folder does not exist, or starlette is not installed.
    """
    try:
        from starlette.applications import Starlette
        from starlette.middleware import Middleware
        from starlette.middleware.trustedhost import TrustedHostMiddleware
        from starlette.routing import Mount
        from starlette.staticfiles import StaticFiles
    except ModuleNotFoundError:
        raise ServeError(_MISSING) from None
    if not Path(folder).is_dir():
        raise ServeError(
            f"{folder} is a file; give the folder that holds it"
            if Path(folder).exists()
            else f"no such folder: {folder}; `tumen build -o {folder}` makes it"
        )
    for suffix, kind in TYPES.items():
        mimetypes.add_type(kind, suffix)
    allowed = Middleware(TrustedHostMiddleware, allowed_hosts=[*hosts], www_redirect=False)
    return Starlette(routes=[Mount("/", StaticFiles(directory=folder, html=True))], middleware=[allowed])


def serve(
    folder: str | os.PathLike[str],
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    ready: Callable[[str], object] | None = None,
) -> None:
    """Serve a folder until interrupted.

    Parameters
    ----------
    folder
        The folder.
    host
        Address to listen on; any other than this machine's own lets others read the folder.
    port
        Port; 0 takes a free one.
    ready
        Called with the address as soon as it listens.

    Raises
    ------
    ServeError
        When the folder or the packages are missing, or the port is taken.
    """
    try:
        import uvicorn
    except ModuleNotFoundError:
        raise ServeError(_MISSING) from None
    app = application(folder, hosts=LOOPBACK if host in LOOPBACK else ("*",))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise ServeError(
                f"cannot listen on {host}, port {port}: {error.strerror}; --port 0 takes a free one"
            ) from None
        listener.listen()
        name = f"[{host}]" if ":" in host else host
        if ready is not None:
            ready(f"http://{name}:{listener.getsockname()[1]}/")
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
        server.run(sockets=[listener])
