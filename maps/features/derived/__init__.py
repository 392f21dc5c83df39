"""Layers that are worked out from others when a page is made: flows, breaks of gauge, claims."""

from .source import DERIVED, DerivedSource, derives

__all__ = ["DERIVED", "DerivedSource", "derives"]
