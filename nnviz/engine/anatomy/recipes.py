"""The update of every optimizer taken apart: a recipe for each, in the order of its rule.

A recipe writes down a phase after the other and comes to the place and the memory that the rule
itself comes to, to the last bit; the tests hold it to that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nnviz.engine.anatomy import adaptive, descent, learned
from nnviz.engine.anatomy.notes import Anatomy, Notes
from nnviz.engine.elementary import Floats
from nnviz.engine.optimizer import Optimizer

Recipe = Callable[[Notes], Anatomy]

RECIPES: Mapping[str, Recipe] = {
    "sgd": descent.sgd,
    "momentum": descent.momentum,
    "nesterov": descent.nesterov,
    "adagrad": adaptive.adagrad,
    "adadelta": adaptive.adadelta,
    "rmsprop": adaptive.rmsprop,
    "adam": adaptive.adam,
    "adamw": adaptive.adamw,
    "amsgrad": adaptive.amsgrad,
    "nadam": adaptive.nadam,
    "lion": descent.lion,
    "learned": learned.learned,
    "nesterov-printed": descent.nesterov_printed,
    "adagrad-printed": adaptive.adagrad_printed,
    "rmsprop-printed": adaptive.rmsprop_printed,
    "adam-printed": adaptive.adam_printed,
    "adam-uncorrected": adaptive.adam_uncorrected,
}
"""The recipe of every optimizer, by its key."""


def dissect(  # noqa: PLR0913 - the arguments of a rule
    optimizer: Optimizer,
    theta: Floats,
    grad: Floats,
    memory: Floats,
    t: int,
    rate: float | None = None,
    *,
    settled: bool = False,
) -> Anatomy:
    """One update of an optimizer, taken apart.

    Args:
        optimizer: with the settings in force.
        theta: the place before it, of shape (axes,).
        grad: the gradient there, of the same shape.
        memory: what is remembered, of shape (slots, axes).
        t: the number of the step, 1 for the first.
        rate: the learning rate in force, None for the optimizer's own.
        settled: whether formulas in letters have figures for the settings.
    """
    return RECIPES[optimizer.key](Notes(optimizer, theta, grad, memory, t, rate, settled=settled))
