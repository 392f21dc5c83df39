"""Tests of user networks."""
