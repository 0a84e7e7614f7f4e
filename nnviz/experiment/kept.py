"""What a chronicle is made of: settings, moments, and changes, as a document keeps them."""

from __future__ import annotations

import numpy as np

from nnviz.experiment.build import Setup
from nnviz.experiment.moments import Moment
from nnviz.experiment.spec import Architecture, Data, Experiment, Training
from nnviz.experiment.stand import Numbers, Stand, counter
from nnviz.knob import check_knobs
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What of an experiment a run depends on; without `data` they are those of the document."""

    features: tuple[str, ...]
    architecture: Architecture
    training: Training
    data: Data | None = None

    @staticmethod
    def of(experiment: Experiment, data: Data | None = None) -> Settings:
        """The settings of an experiment in a document with these data."""
        return Settings(
            features=experiment.features,
            architecture=experiment.architecture,
            training=experiment.training,
            data=None if experiment.data == data else experiment.data,
        )

    def experiment(self, data: Data) -> Experiment:
        """An experiment that has them, in a document with these data."""
        return Experiment(
            data=self.data or data,
            features=self.features,
            architecture=self.architecture,
            training=self.training,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMoment(Stand):
    """A moment: `settings` is the place of those in force, the rest see `moments.Moment`."""

    settings: int
    loop: str
    count: int = counter()
    since: int = counter()
    changes: int = counter()
    before: Numbers | None = None

    def moment(self, setup: Setup) -> Moment:
        """The moment as a past wants it."""
        before = None if self.before is None else np.array(self.before)
        when = self.count, self.since, self.changes
        return Moment(setup, self.progress(setup.course), self.loop, *when, before)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChange:
    """A change after so many updates: other settings, or another loop, or values at places."""

    count: int = counter()
    settings: int | None = None
    loop: str | None = None
    places: tuple[int, ...] = ()
    values: Numbers = ()

    def __post_init__(self) -> None:
        check_knobs(self)
