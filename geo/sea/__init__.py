"""Shipping paths: the shortest sea route around land."""
