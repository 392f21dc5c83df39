"""The parser of every command: errors name the nearest spelling and end with an example."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from geo.spelling import close, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

USAGE = 2
_MISSING = "the following arguments are required: "
_NESTED_INDENT = 2  # argparse leaves it out when it measures the names of subcommands


class Help(argparse.RawDescriptionHelpFormatter):
    """Help whose column of names is as wide as the longest command."""

    def add_argument(self, action: argparse.Action) -> None:
        """Add an argument, and measure it."""
        super().add_argument(action)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - argparse has no public name for it
            names = max(map(len, action.choices), default=0)
            self._action_max_length = max(self._action_max_length, names + 2 * _NESTED_INDENT)


class Parser(argparse.ArgumentParser):
    """A parser that takes ``--data`` at each level, and whose errors teach."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as argparse has them
        super().__init__(*arguments, **options)
        self.add_argument(
            "--data",
            metavar="DIR",
            default=argparse.SUPPRESS,
            help="data directory (default: the environment variable TUMEN_DATA, else the layers shipped with tumen)",
        )

    def parse_known_args(  # type: ignore[override]  # argparse is generic in the namespace
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse; unknown arguments are reported here, where the options of the command are known."""
        options, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(self._unknown(unknown))
        return options, unknown

    def error(self, message: str) -> NoReturn:
        """Print the error, an example and where to find the options; exit code 2."""
        lines = [f"{self.prog}: {self._plain(message)}"]
        lines += [f"example: {example}" for example in [self._example()] if example]
        lines.append(f"`{self.prog} --help` describes {'the commands' if self._commands() else 'every option'}")
        print("\n".join(lines), file=sys.stderr)
        raise SystemExit(USAGE)

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401 - as argparse has it
        if action.choices is None or value in action.choices:
            return
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            raise argparse.ArgumentError(None, f"no command is called {value!r}; {nearest(value, action.choices)}")
        hint = nearest(str(value), map(str, action.choices))
        raise argparse.ArgumentError(action, f"invalid choice: {value!r}; {hint}")

    def _unknown(self, words: Sequence[str]) -> str:
        word = words[0].partition("=")[0]
        if word == "--" or not word.startswith("-"):
            return f"unexpected argument {word!r}"
        options = [name[2:] for name in self._option_string_actions if name.startswith("--")]
        near = close(word.lstrip("-"), options)
        return f"no option is called {word!r}{f'; did you mean --{near[0]}?' if near else ''}"

    def _plain(self, message: str) -> str:
        if not message.startswith(_MISSING):
            return message
        commands = self._commands()
        missing = message.removeprefix(_MISSING)
        return f"missing {missing}; one of {', '.join(commands)}" if commands else f"missing {missing}"

    def _commands(self) -> tuple[str, ...]:
        groups = [action for action in self._actions if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001
        return tuple(groups[0].choices) if groups else ()

    def _example(self) -> str:
        """First example of the help that is of this command."""
        if " " not in self.prog:
            return ""
        pattern = rf"(?:^|\s)({re.escape(self.prog)} \S.*?)(?:\s{{3,}}.*)?$"
        match = re.search(pattern, self.epilog or "", flags=re.MULTILINE)
        return match.group(1) if match else ""
