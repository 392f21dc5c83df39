"""Maps of the layers: themes in, offline HTML pages out.

Each name is imported when it is first asked for: the command ``tumen distance`` lives in this package and must not wait for
folium.
"""

import importlib
import sys

import lazy_loader

from geo import __version__ as __version__

# The names and their modules stand in `__init__.pyi`; each is imported at its first use.
_attached, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def _give_frames_the_accessor() -> None:
    """Let frames have `tumen`, where pandas is there: nobody waits for it who does not use it."""
    if "pandas" in sys.modules:
        importlib.import_module(f"{__name__}.accessor")


def __getattr__(name: str) -> object:
    _give_frames_the_accessor()
    return _attached(name)


_give_frames_the_accessor()
