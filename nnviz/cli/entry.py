"""From arguments to a command, and from whatever happens to a status for the shell.

Only the standard library stands here: a command's own module, and with it NumPy, is imported once
the arguments are good, so `--version` and `--help` answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from nnviz.cli.arguments import COMMANDS, parse
from nnviz.mistake import Mistake

DONE, OUR_FAULT, BAD_INPUT = 0, 1, 2
INTERRUPTED, PIPE_CLOSED = 130, 141


def run(arguments: Sequence[str]) -> int:
    """Run a command line; the status for the shell.

    A bug of ours shows its traceback and ends with status 1, as Python has it.
    """
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except Mistake as mistake:
        say(f"nnviz: {mistake}")
        return BAD_INPUT
    except KeyboardInterrupt:
        say("nnviz: stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes once more at exit; there is nobody left to read it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return status


def say(message: str) -> None:
    """A message for the person, on stderr."""
    sys.stderr.write(f"{message}\n")


def _run(arguments: Sequence[str]) -> int:
    command, parsed = parse(arguments)
    module = import_module(COMMANDS[command].module)
    status: int = module.run(parsed)
    return status
