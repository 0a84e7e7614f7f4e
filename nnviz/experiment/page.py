"""Between an address of TensorFlow Playground and an experiment, both ways.

Opening an address gives the very experiment that the page would show, by its rules. What one side
cannot say is named in a sentence and never passed over.
"""

from __future__ import annotations

from dataclasses import fields, replace
from math import isclose
from typing import Any

from nnviz.engine.activations import Activation, Linear, ReLU, Sigmoid, Tanh
from nnviz.engine.features import FEATURES
from nnviz.engine.optimizers import SGD
from nnviz.engine.penalties import L1, L2, NoPenalty, Penalty
from nnviz.engine.playground import CLASSIFICATION_SAMPLES, GENERATORS, REGRESSION_SAMPLES
from nnviz.engine.rules import PlaygroundRules
from nnviz.engine.schedules import Constant
from nnviz.experiment import address as page
from nnviz.experiment.address import Address
from nnviz.experiment.build import check
from nnviz.experiment.spec import Architecture, Data, Experiment, Layer, Training, View
from nnviz.knob import knobs

FIRST_SEED = PlaygroundRules().seed
"""Taken where an address has none and the page would draw one."""

ACTIVATIONS: dict[str, Activation] = {
    "relu": ReLU(),
    "tanh": Tanh(),
    "sigmoid": Sigmoid(),
    "linear": Linear(),
}
PENALTIES: dict[str, type[Penalty]] = {"none": NoPenalty, "L1": L1, "L2": L2}
OURS = dict(zip(page.FEATURES, FEATURES.keys, strict=True))
"""Our features by the page's keys; both are in the same order."""


def from_address(text: str) -> tuple[Experiment, str]:
    """The experiment of an address, and a remark on what was not taken over ("" if nothing).

    Raises:
        Mistake: naming the key whose value is not what belongs there.
    """
    reading = page.parse(text)
    told, remarks = reading.address, [reading.remark] if reading.remark else []
    experiment = Experiment(
        data=_data(told, remarks),
        features=tuple(OURS[each] for each in told.features),
        architecture=Architecture(
            hidden=tuple(Layer(width, ACTIVATIONS[told.activation]) for width in told.shape),
            initializer="zero" if told.init_zero else "playground",
        ),
        training=_training(told, remarks),
        view=View(show_test=told.show_test, discretize=told.discretize),
    )
    if told.hidden or told.hide_text:
        remarks.append("Nothing is hidden here.")
    check(experiment)
    return experiment, " ".join(remarks)


def to_address(experiment: Experiment) -> tuple[str, str]:
    """The address at which the page shows an experiment, and what the page cannot show ("")."""
    lost: list[str] = []
    rules, architecture, data = (
        experiment.training.rules,
        experiment.architecture,
        experiment.data,
    )
    is_page = isinstance(rules, PlaygroundRules)
    if not is_page:
        lost.append("NNViz's own points, first weights and order of batches")
    elif architecture.initializer not in {"playground", "zero"}:
        lost.append(f"the initial weights {architecture.initializer!r}")
    told = Address(
        activation=_activation(architecture, lost),
        shape=tuple(layer.width for layer in architecture.hidden),
        noise=_percent(data.noise),
        train_percent=_percent(data.share),
        seed=rules.seed if isinstance(rules, PlaygroundRules) else None,
        show_test=experiment.view.show_test,
        discretize=experiment.view.discretize,
        features=_features(experiment, lost),
        init_zero=architecture.initializer == "zero",
        **_told_data(data, lost),
        **_told_training(experiment.training, architecture, lost),
    )
    return page.write(told), _listed(lost)


def _data(told: Address, remarks: list[str]) -> Data:
    is_value = told.problem == "regression"
    return Data(
        dataset=told.data,
        noise=_within(Data, "noise", told.noise / 100, remarks),
        share=_within(Data, "share", told.train_percent / 100, remarks),
        samples=REGRESSION_SAMPLES if is_value else CLASSIFICATION_SAMPLES,
    )


def _training(told: Address, remarks: list[str]) -> Training:
    if told.seed is None:
        remarks.append(f"The address names no seed; it is {FIRST_SEED} here.")
    kind = PENALTIES[told.regularization]
    penalty = kind()
    if fields(kind):
        rate = _within(kind, "rate", told.regularization_rate, remarks)
        penalty = replace(penalty, rate=rate)
    return Training(
        optimizer=SGD(rate=_within(SGD, "rate", told.rate, remarks)),
        penalty=penalty,
        batch=int(_within(Training, "batch", told.batch, remarks)),
        rules=PlaygroundRules(told.seed or FIRST_SEED),
    )


def _within(kind: type, name: str, number: float, remarks: list[str]) -> float:
    """A number, moved into the range of its knob if need be."""
    knob = knobs(kind)[name]
    nearest = min(max(number, knob.low), knob.high)
    if nearest != number:
        remarks.append(f"Here the {name} is {nearest:g} instead of {number:g}.")
    return nearest


def _features(experiment: Experiment, lost: list[str]) -> tuple[str, ...]:
    """The page has its own features, and only links that learn."""
    known = OURS.values()
    lost += [f"the feature {each}" for each in experiment.features if each not in known]
    if experiment.architecture.held or experiment.architecture.cut:
        lost.append("locked or cut links")
    if any(layer.initializer for layer in experiment.architecture.hidden):
        lost.append("initial weights by layer")
    return tuple(key for key, ours in OURS.items() if ours in experiment.features)


def _activation(architecture: Architecture, lost: list[str]) -> str:
    """The page has one activation for all hidden layers."""
    kinds = {type(each): key for key, each in ACTIVATIONS.items()}
    used = [layer.activation for layer in architecture.hidden] or [Tanh()]
    lost += [
        f"the activation {each.label}" for each in dict.fromkeys(used) if type(each) not in kinds
    ]
    if any(layer.dropout for layer in architecture.hidden):
        lost.append("dropout")
    if len(set(used)) > 1:
        lost.append("activations by layer")
    return kinds.get(type(used[0]), Address().activation)


def _told_data(data: Data, lost: list[str]) -> dict[str, Any]:
    if data.dataset not in GENERATORS:
        lost.append(f"the data set {data.dataset!r}")
        return {}
    is_value = data.dataset.startswith("reg-")
    name = "reg_dataset" if is_value else "dataset"
    return {name: data.dataset, "problem": "regression" if is_value else "classification"}


def _told_training(
    training: Training, architecture: Architecture, lost: list[str]
) -> dict[str, Any]:
    penalties = {kind: key for key, kind in PENALTIES.items()}
    optimizer, penalty = training.optimizer, training.penalty
    if not isinstance(optimizer, SGD):
        lost.append(f"the optimizer {optimizer.label}")
    if type(penalty) not in penalties:
        lost.append(f"the penalty {penalty.label}")
    if not isinstance(training.schedule, Constant):
        lost.append(f"the schedule {training.schedule.label}")
    if training.patience:
        lost.append("early stopping")
    if training.loss != "half-squared" or architecture.output != "auto":
        lost.append("another loss or output than its own")
    return {
        "rate": optimizer.rate,
        "regularization": penalties.get(type(penalty), "none"),
        "regularization_rate": penalty.strength,
        "batch": training.batch,
    }


def _percent(share: float) -> float:
    percent = 100 * share
    return round(percent) if isclose(percent, round(percent), abs_tol=1e-9) else percent


def _listed(lost: list[str]) -> str:
    return f"Playground cannot show {', '.join(lost)}." if lost else ""
