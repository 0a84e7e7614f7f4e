"""Teach a learned optimizer and write down what it knows: `python -m nnviz.engine.tutor OUT.json`.

The file holds the network, the recipe that makes it again, and how it fares beside Adam and SGD.
It takes some minutes; without arguments it makes the very file that comes with NNViz.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.assets import asset
from nnviz.engine.elementary import Floats
from nnviz.engine.learned import NUMBERS, UNITS, WEIGHTS, digest_of, pupil
from nnviz.engine.optimizers import SGD, Adam
from nnviz.engine.tutor.evolution import Recipe, first, taught
from nnviz.engine.tutor.exam import report

DECIMALS = 6
SAID = 20
"""So many rounds pass between two lines of news."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Teach, examine, and write the file."""
    parser = ArgumentParser(prog="python -m nnviz.engine.tutor")
    parser.add_argument("out", type=Path, nargs="?", help="the file to write")
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument("--rounds", type=int, default=Recipe().rounds)
    given = parser.parse_args(arguments)
    recipe = Recipe(seed=given.seed, rounds=given.rounds)
    content = document(recipe, learn(recipe))
    out = given.out or asset(*WEIGHTS)
    out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def learn(recipe: Recipe) -> Floats:
    """The network of a recipe, of shape (units, numbers), with news on the way."""
    numbers = first(recipe.seed)
    for count, (better, score) in enumerate(taught(recipe), start=1):
        numbers = better
        if count % SAID == 0 or count == recipe.rounds:
            sys.stderr.write(f"round {count} of {recipe.rounds}: score {score:.4f}\n")
    return np.round(numbers.reshape(UNITS, NUMBERS), DECIMALS)


def document(recipe: Recipe, numbers: Floats) -> dict[str, Any]:
    """All that the file holds."""
    units = numbers.tolist()
    exam = report([SGD(), Adam(), pupil(units)])
    return {"recipe": asdict(recipe), "digest": digest_of(units), "units": units, "exam": exam}


if __name__ == "__main__":
    main()
