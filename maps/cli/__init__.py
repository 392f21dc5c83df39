"""The command ``tumen``."""

from .main import main

__all__ = ["main"]
