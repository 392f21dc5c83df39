"""Writes the command reference of the manual from the ``--help`` of the commands when it is built."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

PAGE = "reference/commands.md"
HEAD = """\
# Commands

Every command answers to `--help`, with examples. Exit codes: 0 success, 1 no answer (no route, invalid data), 2 invalid command,
option or argument, 130 stopped by Ctrl-C.

"""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page of the commands."""
    from mkdocs.structure.files import File

    files.append(File.generated(config, PAGE, content=commands()))
    return files


def commands() -> str:
    """Markdown of the help of every command and subcommand."""
    from maps.cli.main import make_parser

    os.environ["COLUMNS"] = "100"  # argparse asks for the width of the terminal
    return HEAD + "\n".join(f"## {name}\n\n```text\n{text.rstrip()}\n```\n" for name, text in _helps(make_parser()))


def _helps(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    yield parser.prog, parser.format_help()
    for action in parser._actions:  # noqa: SLF001  argparse has no public way to its subparsers
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for child in action.choices.values():
                yield from _helps(child)
