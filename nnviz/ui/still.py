"""A window that stands still for its picture: a player without threads, a look of its own.

Panels cannot tell them from the real ones; a test compares the names. Nothing here touches the
threads, the theme or the settings of the program that runs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from nnviz.runtime.frames import Picture, Wishes
from nnviz.runtime.saving import run_of
from nnviz.ui.look import Look
from nnviz.ui.parts import Parts
from nnviz.ui.player import START_SPEED, Player
from nnviz.ui.store import Store
from nnviz.ui.theme import Theme

if TYPE_CHECKING:
    from nnviz.experiment.run import Run
    from nnviz.experiment.spec import Experiment
    from nnviz.runtime.compiler import Compiler
    from nnviz.ui.preferences import Preferences


class StillPlayer(QObject):
    """Shows the pictures that it is handed and obeys no order; what panels call does nothing."""

    pictured = Signal(object)
    reported = Signal(object)
    beat = Signal()
    begun = Signal()
    state_changed = Signal()
    failed = Signal(object)

    is_playing = False
    speed = START_SPEED
    rate = 0.0
    looked: int | None = None

    def __init__(self, wishes: Wishes) -> None:
        """Begin without a picture."""
        super().__init__()
        self.wishes = wishes
        self.picture: Picture | None = None

    def show_picture(self, picture: Picture) -> None:
        """Let everything that listens show a picture."""
        self.picture = picture
        self.pictured.emit(picture)
        self.reported.emit(picture)

    def set_wishes(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of Wishes
        """Wish for other pictures; the next one heeds it."""
        self.wishes = replace(self.wishes, **changes)

    def show_unit(self, unit: tuple[int, int] | None) -> None:
        """Wish for the large map of a neuron, or of the output again."""
        self.set_wishes(unit=unit)

    def run(self, experiment: Experiment) -> Run | None:
        """Where the run of the picture stands."""
        return run_of(self.picture.frame) if self.picture is not None else None

    def play(self) -> None:
        """Stand still."""

    pause = toggle = step_epoch = step_batch = step_back = play
    reset = recenter = recover = branch = close = tick = race_again = play

    def race_on(self, steps: int) -> None:
        """Stand still."""

    def look(self, epoch: int | None) -> None:
        """Stand still."""

    def set_weights(self, places: tuple[int, ...], values: tuple[float, ...]) -> None:
        """Stand still."""

    def bring(self, compiler: Compiler) -> None:
        """Stand still."""

    def adopt(self, experiment: Experiment) -> None:
        """Stand still."""

    def restore(self, run: Run, experiment: Experiment | None = None) -> None:
        """Stand still."""

    def set_speed(self, epochs_per_second: float) -> None:
        """Stand still."""


class StillLook(QObject):
    """One theme that stays."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        """Show this theme."""
        super().__init__()
        self.theme = theme
        self.choice = theme.key

    def dress(self) -> None:
        """Stand still."""

    def choose(self, choice: str) -> None:
        """Stand still."""

    def enlarge(self, scale: float) -> None:
        """Stand still."""


def still_parts(
    experiment: Experiment, theme: Theme, wishes: Wishes, preferences: Preferences
) -> tuple[Parts, StillPlayer]:
    """Parts for panels that show only what they are handed, and the player to hand it to."""
    player = StillPlayer(wishes)
    parts = Parts(
        store=Store(experiment),
        player=cast("Player", player),
        look=cast("Look", StillLook(theme)),
        preferences=preferences,
    )
    return parts, player
