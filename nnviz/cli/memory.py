"""The past of a run that is trained without a window, as a document keeps it.

Moments are kept at the ends of stretches, with the loop that took over in between: from the
nearest one on, every epoch is gone through again to the same bits.
"""

from __future__ import annotations

from nnviz.engine.course import Progress
from nnviz.experiment.build import Setup
from nnviz.experiment.chronicle import ROOM, Chronicle
from nnviz.experiment.kept import Settings
from nnviz.experiment.moments import Moment
from nnviz.experiment.past import Adopted, Past, Taken
from nnviz.experiment.run import Run


class Memory:
    """Keeps moments of a run as it goes on, behind those that were kept before."""

    def __init__(self, setup: Setup, progress: Progress, run: Run | None) -> None:
        """Begin at a progress: the start, or where a run stood."""
        self.setup = setup
        self._count = self._since = 0
        self._loop = "numpy"
        if run is None or run.past is None:
            self._past = Past(Moment(setup, progress.copy(), self._loop))
            return
        self._past, then = run.past.past(setup.experiment)
        self._count, self._since, self._loop = run.past.count, run.past.since, run.past.loop
        if Settings.of(then.experiment) != Settings.of(setup.experiment):
            self._past.note(self._count, Adopted(setup))

    def take(self, loop: str) -> None:
        """Another loop goes on, or the same."""
        if loop != self._loop:
            self._past.note(self._count, Taken(loop))
            self._loop = loop

    def follow(self, progress: Progress, epoch: int, batch: int) -> None:
        """Keep where the run came to from a batch of an epoch."""
        ended = progress.epoch - epoch
        made = ended * self.setup.course.updates + progress.batch - batch
        self._count += made
        self._since = progress.batch if ended else self._since + made
        if not self._since:
            self._past.keep(self._moment(progress))

    def chronicle(self, progress: Progress, parts: int) -> Chronicle | None:
        """What a document keeps, None if nothing has room or the end is none to go on from.

        Args:
            progress: where the run stands.
            parts: for how many ways there is room in the document.
        """
        if progress.diverged is not None:
            return None
        experiment = self.setup.experiment
        marked = [each.epoch for each in experiment.view.bookmarks]
        extract = self._past.extract(self._moment(progress), marked)
        return Chronicle.of(extract, experiment.data, ROOM // parts)

    def _moment(self, progress: Progress) -> Moment:
        when = self._count, self._since, self._past.changes
        return Moment(self.setup, progress.copy(), self._loop, *when)
