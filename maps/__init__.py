"""Maps of the layers: themes in, offline HTML pages out.

Each name is imported when it is first asked for: the command ``tumen distance`` lives in this package and must not wait for
folium.
"""

import lazy_loader

from geo import __version__ as __version__

# The names and their modules stand in `__init__.pyi`; each is imported at its first use.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
