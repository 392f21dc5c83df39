"""The command ``tumen`` as a process of its own; it may do for its speed what a library must not."""

import gc
import os
import sys
from importlib import import_module
from types import ModuleType

# Objects made before the collector looks: nearly all that a command makes lives as long as it does.
THRESHOLD = 50_000


class _Postponed(ModuleType):
    """Stands for a module until one of its names is asked for; `importlib.util.LazyLoader` would wake it at the next import."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # what the import system asks of any module
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def command() -> int:
    """Run ``tumen`` with what the user typed, and give its exit code."""
    gc.set_threshold(THRESHOLD)
    # dataclasses imports it, a third of the time of a distance, and asks it only about classes without a docstring
    sys.modules.setdefault("inspect", _Postponed("inspect"))
    from maps.cli import main

    code = main()
    if "numpy" not in sys.modules:  # so nothing is loaded that has something to do at the end
        sys.stderr.flush()
        os._exit(code)
    return code


if __name__ == "__main__":
    sys.exit(command())
