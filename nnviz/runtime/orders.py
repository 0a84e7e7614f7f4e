"""Orders to the trainer, and what comes back when something fails: frozen values, all of them."""

from __future__ import annotations

from nnviz.experiment.run import Run
from nnviz.experiment.spec import Experiment
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True)
class Adopt:
    """Go on with this experiment, keeping the weights if they fit it (`spec.same_start`)."""

    experiment: Experiment


@dataclass(frozen=True, slots=True)
class Play:
    """Train at the chosen speed."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stand still."""


@dataclass(frozen=True, slots=True)
class StepEpoch:
    """Pause, and train to the end of the epoch."""


@dataclass(frozen=True, slots=True)
class StepBatch:
    """Pause, and do one update."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Pause, and go back to where the weights started."""


@dataclass(frozen=True, slots=True)
class SetSpeed:
    """Train at so many epochs a second, or pace.FLAT_OUT."""

    epochs_per_second: float


@dataclass(frozen=True, slots=True)
class Recenter:
    """Cut the network's loss slice through the weights of this moment."""


@dataclass(frozen=True, slots=True)
class RaceAgain:
    """Let the optimizers start again at the epoch that is looked at; the run stays where it is."""


@dataclass(frozen=True, slots=True)
class RaceOn:
    """Pause, and let the race alone go some steps on, or back: only once the run is over."""

    steps: int


@dataclass(frozen=True, slots=True)
class Recover:
    """Pause, and go back to the last epoch at which the loss was still good."""


@dataclass(frozen=True, slots=True)
class Restore:
    """Pause, and stand where a run stood; with an experiment, in place of the present one."""

    run: Run
    experiment: Experiment | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Show how the run was at the end of an epoch; None for the newest moment."""

    epoch: int | None


@dataclass(frozen=True, slots=True)
class StepBack:
    """Pause, and look one epoch further back."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Pause, and go on from the epoch that is looked at; what came after becomes a ghost."""


@dataclass(frozen=True, slots=True)
class SetWeights:
    """Put numbers at places of theta, at once."""

    places: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """End the thread."""


Order = (
    Adopt
    | Play
    | Pause
    | StepEpoch
    | StepBatch
    | Reset
    | SetSpeed
    | Recenter
    | RaceAgain
    | RaceOn
    | Recover
    | Restore
    | Look
    | StepBack
    | Branch
    | SetWeights
    | Stop
)


@dataclass(frozen=True, slots=True)
class Failed:
    """Something went wrong in a thread: a Mistake, or an error of ours with its traceback.

    The thread lives on, paused; what it had before is intact.
    """

    error: Exception
