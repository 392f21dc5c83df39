"""Maps of the layers: themes in, offline HTML pages out.

Each name is imported at its first use: the command ``tumen distance`` is in this package and must not wait for folium.
"""

import importlib
import sys

import lazy_loader

from geo import __version__ as __version__

# `__init__.pyi` lists the names and their modules; each is imported at its first use.
_attached, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def _register_accessor() -> None:
    """Register `tumen` on frames once pandas is imported; pandas is not imported for it."""
    if "pandas" in sys.modules:
        importlib.import_module(f"{__name__}.accessor")


def __getattr__(name: str) -> object:
    _register_accessor()
    return _attached(name)


_register_accessor()
