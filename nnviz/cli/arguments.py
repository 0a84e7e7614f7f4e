"""Which commands there are and which arguments they take."""

from __future__ import annotations

import math
import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from typing_extensions import override

from nnviz import __version__
from nnviz.mistake import Mistake
from nnviz.value import dataclass

Number = int | float

SOURCE_HINT = "an .nnviz document, or the address of a TensorFlow Playground page in quotes"


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what it is for, where it stands, and its arguments."""

    hint: str
    module: str
    add_arguments: Callable[[ArgumentParser], None]


class _Parser(ArgumentParser):
    """A parser that reports what is wrong as a Mistake instead of leaving by itself."""

    @override
    def error(self, message: str) -> NoReturn:
        raise Mistake(f"{message} (see {self.prog} --help).")


def parse(arguments: Sequence[str]) -> tuple[str, Namespace]:
    """The name of the command and its arguments; without a name, the window.

    Raises:
        Mistake: if they are not understood.
        SystemExit: when help or the version was asked for and given.
    """
    arguments = _joined(arguments)
    first = arguments[0] if arguments else ""
    if first in COMMANDS and first != WINDOW:
        return first, _parser(first, f"nnviz {first}").parse_args(arguments[1:])
    if first.isalpha() and not Path(first).exists():
        known = ", ".join(name for name in COMMANDS if name != WINDOW)
        raise Mistake(f"There is neither a command nor a file {first!r}; the commands are {known}.")
    return WINDOW, _parser(WINDOW, "nnviz").parse_args(arguments)


def _joined(arguments: Sequence[str]) -> list[str]:
    """The arguments, `--start -1,2` as `--start=-1,2`: argparse takes -1,2 for an option."""
    joined: list[str] = []
    for each in arguments:
        if joined and re.fullmatch(r"--[a-z]+", joined[-1]) and re.match(r"-[\d.]", each):
            joined[-1] += f"={each}"
        else:
            joined.append(each)
    return joined


def _parser(name: str, program: str) -> ArgumentParser:
    command = COMMANDS[name]
    parser = _Parser(
        prog=program,
        description=command.hint,
        epilog=_commands() if name == WINDOW else None,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.add_arguments(parser)
    return parser


def _commands() -> str:
    named = [(name, each.hint) for name, each in COMMANDS.items() if name != WINDOW]
    lines = [f"  nnviz {name:<8} {hint}" for name, hint in named]
    return "\n".join(["commands (nnviz COMMAND --help tells more):", *lines])


def numbers(low: float, high: float, *, whole: bool = True) -> Callable[[str], Number]:
    """What turns an argument into a number of a range."""
    kind = "a whole number" if whole else "a number"

    def number(text: str) -> Number:
        try:
            value: Number = int(text) if whole else float(text)
        except ValueError:
            raise ArgumentTypeError(f"{text!r} is not {kind}") from None
        if not low <= value <= high:
            raise ArgumentTypeError(f"{text} is not from {low:g} to {high:g}")
        return value

    return number


def _epochs(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a list of epochs such as 0,10,100") from None


def _point(text: str) -> tuple[float, float]:
    try:
        x, y = (float(part) for part in text.split(","))
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a point such as -1.2,1") from None
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ArgumentTypeError(f"{text!r} is not a finite point")
    return x, y


def _size(text: str) -> tuple[int, int]:
    try:
        width, height = (int(part) for part in text.lower().split("x"))
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a size such as 800x600") from None
    return width, height


def _add_source(parser: ArgumentParser) -> None:
    parser.add_argument("source", metavar="FILE|ADDRESS", help=SOURCE_HINT)


def _add_window(parser: ArgumentParser) -> None:
    parser.add_argument("source", metavar="FILE|ADDRESS", nargs="?", help=SOURCE_HINT)
    parser.add_argument("--version", action="version", version=f"nnviz {__version__}")


def _add_train(parser: ArgumentParser) -> None:
    _add_source(parser)
    parser.add_argument(
        "--epochs",
        type=numbers(0, 10_000_000),
        required=True,
        metavar="N",
        help="how many; a document that holds a run goes on from there",
    )
    parser.add_argument(
        "--record", type=_epochs, metavar="E,E,…", help="which epochs to tell of (default: all)"
    )
    parser.add_argument("--json", action="store_true", help="all numbers as JSON")
    parser.add_argument("--save", type=Path, metavar="OUT", help="write the trained document")


def _add_race(parser: ArgumentParser) -> None:
    # Here, as nothing else on this page needs NumPy: --version is to be told at once.
    from nnviz.engine.optimizers import OPTIMIZERS
    from nnviz.engine.printed import PRINTED
    from nnviz.engine.surfaces import SURFACES

    ground = parser.add_mutually_exclusive_group(required=True)
    ground.add_argument("--surface", metavar="KEY", help=f"one of {', '.join(SURFACES.keys)}")
    ground.add_argument(
        "--formula",
        metavar="TEXT",
        help='a surface of your own, such as "sin(x)*cos(y) + 0.1*(x^2+y^2)";'
        ' "… for x in [-2, 2], y in [-1, 3]" says its domain',
    )
    parser.add_argument(
        "--noise",
        type=numbers(0, 10, whole=False),
        default=0.0,
        metavar="S",
        help="how far chance moves the gradient, the same for all (default: 0)",
    )
    parser.add_argument(
        "--optimizer",
        action="append",
        default=[],
        metavar="KEY:KNOB=VALUE,…",
        help="such as adam:rate=0.01,beta1=0.8; may be given often;"
        f" KEY is one of {', '.join(OPTIMIZERS.keys)}, or as a lecture prints it"
        f" {', '.join(PRINTED.keys)}",
    )
    parser.add_argument("--start", type=_point, metavar="X,Y", help="where all of them start")
    parser.add_argument(
        "--steps", type=numbers(0, 1_000_000), default=200, metavar="N", help="default: 200"
    )
    parser.add_argument("--json", action="store_true", help="the whole paths as JSON")


def _add_export(parser: ArgumentParser) -> None:
    _add_source(parser)
    parser.add_argument(
        "--view",
        default="boundary",
        metavar="VIEW",
        help="boundary, network, surface, step, curves or window (default: boundary)",
    )
    parser.add_argument(
        "--epochs", type=numbers(0, 10_000_000), default=200, metavar="N", help="default: 200"
    )
    parser.add_argument(
        "--every",
        type=numbers(1, 10_000_000),
        default=5,
        metavar="K",
        help="a frame for every K epochs (default: 5)",
    )
    parser.add_argument(
        "--fps", type=numbers(0.1, 60, whole=False), default=10.0, metavar="F", help="default: 10"
    )
    parser.add_argument(
        "--size", type=_size, default=(800, 600), metavar="WxH", help="default: 800x600"
    )
    parser.add_argument("--theme", default="light", help="light or dark (default: light)")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT", help="a .png or .gif file"
    )


def _add_convert(parser: ArgumentParser) -> None:
    _add_source(parser)
    parser.add_argument(
        "--epochs", type=numbers(0, 10_000_000), default=0, metavar="N", help="train first"
    )
    ways = parser.add_mutually_exclusive_group(required=True)
    ways.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT",
        help="a document (.nnviz), the weights by name (.npz) or the curves (.csv)",
    )
    ways.add_argument("--to", metavar="TEXT", help="address: that of the Playground page")


def _add_bench(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    parser.add_argument("--quick", action="store_true", help="rougher figures, sooner")


def _add_doctor(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the findings as JSON")


WINDOW = "window"
"""The command that needs no name."""

COMMANDS = {
    WINDOW: Command(
        "NNViz: a desktop laboratory for teaching neural networks.",
        "nnviz.cli.window",
        _add_window,
    ),
    "train": Command("train without a window", "nnviz.cli.train", _add_train),
    "race": Command("race optimizers on a test surface", "nnviz.cli.race", _add_race),
    "export": Command("write a picture or an animation", "nnviz.cli.export", _add_export),
    "convert": Command(
        "write a document, its weights or its curves", "nnviz.cli.convert", _add_convert
    ),
    "bench": Command("tell how fast everything is here", "nnviz.cli.bench", _add_bench),
    "doctor": Command("tell whether all is well here", "nnviz.cli.doctor", _add_doctor),
}
