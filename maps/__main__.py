"""The command ``tumen`` as a process of its own: ``python -m maps``."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
