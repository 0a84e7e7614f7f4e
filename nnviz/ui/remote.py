"""What can be ordered of a run: one method an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnviz.runtime.orders import (
    Adopt,
    Order,
    RaceAgain,
    RaceOn,
    Recenter,
    Recover,
    Reset,
    Restore,
    SetWeights,
    StepBack,
    StepBatch,
    StepEpoch,
)

if TYPE_CHECKING:
    from nnviz.experiment.run import Run
    from nnviz.experiment.spec import Experiment


class Remote:
    """Gives orders; whoever has one says how they are sent."""

    def step_epoch(self) -> None:
        """Pause, and train to the end of the epoch."""
        self._send(StepEpoch())
        self._show_playing(playing=False)

    def step_batch(self) -> None:
        """Pause, and do one update."""
        self._send(StepBatch())
        self._show_playing(playing=False)

    def reset(self) -> None:
        """Pause, and go back to where the weights started."""
        self._send(Reset())
        self._show_playing(playing=False)

    def step_back(self) -> None:
        """Pause, and look one epoch further back."""
        self._send(StepBack())
        self._show_playing(playing=False)

    def set_weights(self, places: tuple[int, ...], values: tuple[float, ...]) -> None:
        """Put numbers at places of theta, at once."""
        self._send(SetWeights(places, values))

    def recenter(self) -> None:
        """Cut the network's loss slice through the weights of this moment."""
        self._send(Recenter())

    def race_again(self) -> None:
        """Let the optimizers start again at the epoch that is shown; the run stays where it is."""
        self._send(RaceAgain())

    def race_on(self, steps: int) -> None:
        """Pause, and let the race alone go some steps on, or back, once the run is over."""
        self._send(RaceOn(steps))
        self._show_playing(playing=False)

    def recover(self) -> None:
        """Pause, and go back to the last epoch at which the loss was still good."""
        self._send(Recover())
        self._show_playing(playing=False)

    def adopt(self, experiment: Experiment) -> None:
        """Go on with this experiment, keeping the weights if they fit it."""
        self._send(Adopt(experiment))

    def restore(self, run: Run, experiment: Experiment | None = None) -> None:
        """Pause, and stand where a run stood; with an experiment, in place of the present one."""
        self._send(Restore(run, experiment))
        self._show_playing(playing=False)

    def _send(self, order: Order) -> None:
        """Send an order."""
        raise NotImplementedError

    def _show_playing(self, *, playing: bool) -> None:
        """Show whether it plays."""
        raise NotImplementedError
