"""Themes: what one map tells, and the files in which it is written."""
