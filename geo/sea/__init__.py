"""Shipping paths: the shortest way by water around land."""
