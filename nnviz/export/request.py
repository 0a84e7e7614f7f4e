"""What a person asks to be exported: an experiment, what to show of it, and how."""

from __future__ import annotations

from pathlib import Path

from nnviz.experiment.edits import with_terrain
from nnviz.experiment.run import Run
from nnviz.experiment.spec import Experiment
from nnviz.experiment.stand import EPOCH_LIMIT
from nnviz.export.exporters import check, exporter_of
from nnviz.knob import check_knobs, knob
from nnviz.mistake import Mistake
from nnviz.table import Table
from nnviz.value import dataclass

FRAME_LIMIT = 10_000
"""The most frames of an animation: enough for minutes."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A part of the window that can be exported."""

    key: str
    label: str


SHOTS: Table[Shot] = Table(
    "view",
    [
        Shot("boundary", "Decision boundary"),
        Shot("network", "Network"),
        Shot("surface", "Loss surface"),
        Shot("step", "Inside one step"),
        Shot("curves", "Curves"),
        Shot("window", "Whole window"),
    ],
)

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """One export: so many epochs of an experiment, a frame for every `every` of them.

    `run` is where training begins, None for the start. A picture shows the last epoch, or the one
    of the past that is `looked` at; an animation shows all of them from the first on.

    Raises:
        Mistake: if something in it cannot be done.
    """

    experiment: Experiment
    path: Path
    view: str = "boundary"
    epochs: int = knob(200, 0, EPOCH_LIMIT, whole=True)
    every: int = knob(1, 1, EPOCH_LIMIT, whole=True)
    fps: float = knob(10.0, 0.1, 60.0)
    width: int = knob(800, 64, 8192, whole=True)
    height: int = knob(600, 64, 8192, whole=True)
    theme: str = "light"
    run: Run | None = None
    looked: int | None = None

    def __post_init__(self) -> None:
        check_knobs(self)
        SHOTS[self.view]
        if self.theme not in THEMES:
            raise Mistake(f"theme is {self.theme!r}; it must be {' or '.join(THEMES)}.")
        check(self.path, self.fps)
        if self.frames > FRAME_LIMIT:
            raise Mistake(
                f"{self.epochs:,} epochs with a frame for every {self.every:,} make {self.frames:,}"
                f" frames; there may be up to {FRAME_LIMIT:,}."
            )

    @property
    def scene(self) -> Experiment:
        """The experiment as it is trained and shown: a view of a step needs what is inside."""
        if self.view != "step" or self.experiment.landscape.inside:
            return self.experiment
        return with_terrain(self.experiment, inside=True)

    @property
    def format(self) -> str:
        """The key of the format, by the ending of the path."""
        return exporter_of(self.path).key

    @property
    def frames(self) -> int:
        """How many frames there will be: the first epoch's, then one for every `every` epochs."""
        return 1 + self.epochs // self.every if exporter_of(self.path).moves else 1
