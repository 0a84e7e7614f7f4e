"""Rule books: where points and first weights come from, and what an update is.

NNViz shuffles the samples anew in every epoch, and its last batch is smaller. TensorFlow
Playground sees them in one order for good, carries what is left over into the next epoch, and lets
the penalty act in a step of its own. What it draws stands in `playground`.
"""

from __future__ import annotations

from typing import ClassVar

from nnviz.engine.playground import Stream
from nnviz.mistake import Mistake
from nnviz.table import Table
from nnviz.value import dataclass

SEED_LENGTH = 256
"""How long a seed's text may be: what goes beyond it only folds back."""


class Rules:
    """A rule book."""

    __slots__ = ()

    key: ClassVar[str]
    label: ClassVar[str]
    carries: ClassVar[bool]
    """Whether samples stay in order and those left over wait for the next epoch."""


@dataclass(frozen=True, slots=True)
class NNVizRules(Rules):
    """Batches from (seed, epoch), the last one smaller; the penalty is part of the gradient."""

    key: ClassVar[str] = "nnviz"
    label: ClassVar[str] = "NNViz"
    carries: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class PlaygroundRules(Rules):
    """Everything as TensorFlow Playground does it, from the seed of its address: any text."""

    key: ClassVar[str] = "playground"
    label: ClassVar[str] = "TensorFlow Playground"
    carries: ClassVar[bool] = True

    seed: str = "0.12345"

    def __post_init__(self) -> None:
        if len(self.seed) > SEED_LENGTH:
            raise Mistake(f"seed has {len(self.seed)} letters; it must have {SEED_LENGTH} at most.")

    @property
    def next(self) -> PlaygroundRules:
        """The same rules from another seed, of five decimals as the page draws them."""
        return PlaygroundRules(f"{Stream(self.seed).number():.5f}")


RULES: Table[type[Rules]] = Table("rule book", [NNVizRules, PlaygroundRules])
