"""The layers of tumen: what crosses the Russia–DPRK border, dated, sourced, with its accuracy."""

import lazy_loader

from geo import __version__ as __version__

# The names and their modules stand in `__init__.pyi`; each is imported at its first use.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
