"""How good the network is beyond its loss, and how well its layers are.

All points count, so it is worked out a few times a second only while frames keep coming, and once
more when they rest; the gradient makes do with evenly chosen points where there are very many.
"""

from __future__ import annotations

from time import perf_counter

import numpy as np

from nnviz.engine.losses import predict
from nnviz.engine.metrics import (
    confusion,
    dead_shares,
    gradient_norms,
    precision,
    r_squared,
    recall,
    saturated_shares,
)
from nnviz.experiment.build import Setup
from nnviz.runtime.frames import Floats, Frame, Wishes
from nnviz.runtime.scenes import Quality

PAUSE_S = 0.25
"""How long figures stand before newer ones are worked out."""

MOST_POINTS = 4000
"""How many points the gradient and the health of layers are worked out from, at most."""

PARTS = ("train", "test")


class Inspector:
    """Works out figures now and then, and remembers the last ones."""

    def __init__(self) -> None:
        self._last: Quality | None = None
        self._of: tuple[object, ...] = ()
        self._at_s = 0.0

    def look(
        self, setup: Setup, frame: Frame, wishes: Wishes, *, at_once: bool = False
    ) -> Quality | None:
        """The figures of the part of the points that is wished for, not much older than a frame.

        Args:
            setup: whose network it is.
            frame: the moment.
            wishes: `quality` names the part.
            at_once: whether they must be those of this very moment.
        """
        if wishes.quality not in PARTS:
            self._last = None
            return None
        key = (wishes.quality, setup, frame.theta)
        is_other = self._last is None or self._of[:2] != key[:2]
        is_due = at_once or perf_counter() - self._at_s >= PAUSE_S
        if is_other or (is_due and self._of[2] is not frame.theta):
            self._last = quality(setup, frame.theta, wishes.quality)
            self._of, self._at_s = key, perf_counter()
        return self._last

    def is_late(self, frame: Frame, wishes: Wishes) -> bool:
        """Whether the last figures are wished for, but those of an earlier moment."""
        return wishes.quality in PARTS and bool(self._of) and self._of[2] is not frame.theta


def quality(setup: Setup, theta: Floats, part: str) -> Quality:
    """The figures of the "train" or the "test" points."""
    course, network = setup.course, setup.network
    is_train = part == "train"
    fed = course.train_inputs if is_train else course.test_inputs
    wanted = course.train_targets if is_train else course.test_targets
    labels = setup.labels[setup.train if is_train else setup.test]
    outputs = network.forward(theta, fed)[-1]
    classes = setup.dataset.classes
    few = slice(None, None, max(1, -(-fed.shape[1] // MOST_POINTS)))
    counts = np.zeros((0, 0), dtype=np.intp)
    if classes:
        counts = confusion(predict(outputs, network.head.output_key), labels, classes)
    _, gradient = network.gradient(theta, fed[:, few], wanted[:, few])
    return Quality(
        part=part,
        points=fed.shape[1],
        counts=counts,
        precision=precision(counts) if classes else np.empty(0),
        recall=recall(counts) if classes else np.empty(0),
        r_squared=float("nan") if classes else r_squared(outputs[0], labels),
        gradients=gradient_norms(network, gradient),
        dead=dead_shares(network, theta, fed[:, few]),
        saturated=saturated_shares(network, theta, fed[:, few]),
    )
