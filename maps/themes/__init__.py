"""Themes: the content of a map, and the files that define it."""
