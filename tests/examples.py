"""The number of examples of slow property tests."""

from hypothesis import settings


def examples(most: int) -> int:
    """Give at most so many, and no more than any property takes in this run (``scripts/test --fast`` asks for few)."""
    return min(most, settings.default.max_examples)
