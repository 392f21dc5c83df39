"""Measures and routes on the WGS 84 ellipsoid: longitude before latitude, metres."""

import lazy_loader

from ._version import __version__ as __version__

# The names and their modules stand in `__init__.pyi`; each is imported at its first use.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
