"""Tests of networks of one's own."""
