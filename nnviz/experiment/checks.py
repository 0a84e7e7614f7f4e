"""Whether the parts of an experiment fit together; every mistake names the field."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nnviz.engine.features import FEATURES, feature_of
from nnviz.engine.initializers import INITIALIZERS
from nnviz.engine.losses import LOSSES, OUTPUTS
from nnviz.engine.playground import GENERATORS
from nnviz.engine.rules import PlaygroundRules
from nnviz.engine.surfaces import surface_of
from nnviz.experiment.data import dataset_of
from nnviz.experiment.landscape import NETWORK_SURFACE, Landscape
from nnviz.experiment.rivals import entrants
from nnviz.experiment.shape import head, network_of
from nnviz.experiment.spec import FORMULA_DATA, Architecture, Experiment
from nnviz.mistake import Mistake
from nnviz.table import Table

LAYER_LIMIT = 32
PARAMETER_LIMIT = 1_000_000


def check(experiment: Experiment) -> None:
    """Refuse an experiment of which the parts do not fit together.

    Raises:
        Mistake: naming the field and what is allowed.
    """
    data = experiment.data
    with _at("data.formula" if data.dataset == FORMULA_DATA else "data.dataset"):
        dataset_of(data)
    for place, key in enumerate(experiment.features):
        with _at(f"features[{place}]"):
            feature_of(key)
    if not experiment.features or len(set(experiment.features)) < len(experiment.features):
        raise Mistake("experiment.features must name at least one feature, and each only once.")
    _check_initializers(experiment.architecture)
    _check_landscape(experiment.landscape)
    _check_rules(experiment)
    _check_head(experiment)
    _check_size(experiment)
    _check_places(experiment)
    for place, whole in enumerate(entrants(experiment)):
        try:
            check(whole)
        except Mistake as mistake:
            why = str(mistake).removeprefix("experiment.")
            raise Mistake(f"experiment.rivals[{place}]: {why}") from None


def _check_head(experiment: Experiment) -> None:
    _known(LOSSES, experiment.training.loss, "training.loss")
    if experiment.architecture.output != "auto":
        _known(OUTPUTS, experiment.architecture.output, "architecture.output")
    with _at("training.loss"):
        head(experiment)


def _check_rules(experiment: Experiment) -> None:
    if not isinstance(experiment.training.rules, PlaygroundRules):
        return
    place = "experiment.training.rules is Playground's"
    if experiment.data.dataset not in GENERATORS:
        known = ", ".join(GENERATORS)
        raise Mistake(f"{place}, which has no {experiment.data.dataset!r}; it has {known}.")
    ordered = [key for key in FEATURES.keys if key in experiment.features]
    if list(experiment.features) != ordered:
        raise Mistake(f"{place}, so experiment.features must be in order: {', '.join(ordered)}.")


def _check_landscape(landscape: Landscape) -> None:
    if landscape.surface != NETWORK_SURFACE:
        with _at("landscape.surface"):
            surface_of(landscape.surface)


def _check_size(experiment: Experiment) -> None:
    layers = len(experiment.architecture.hidden)
    if layers > LAYER_LIMIT:
        raise Mistake(
            f"experiment.architecture.hidden has {layers} layers; it may have up to {LAYER_LIMIT}."
        )
    size = network_of(experiment).size
    if size > PARAMETER_LIMIT:
        raise Mistake(
            f"experiment.architecture.hidden makes {size:,} weights;"
            f" there may be up to {PARAMETER_LIMIT:,}."
        )


def _check_places(experiment: Experiment) -> None:
    last = network_of(experiment).size - 1
    for name in ("held", "cut"):
        places = getattr(experiment.architecture, name)
        if places and places[-1] > last:
            raise Mistake(
                f"experiment.architecture.{name} names place {places[-1]};"
                f" theta has the places 0 to {last}."
            )


def _check_initializers(architecture: Architecture) -> None:
    _known(INITIALIZERS, architecture.initializer, "architecture.initializer")
    for place, layer in enumerate(architecture.hidden):
        if layer.initializer:
            key = f"architecture.hidden[{place}].initializer"
            _known(INITIALIZERS, layer.initializer, key)


def _known(table: Table[Any], key: str, place: str) -> None:
    with _at(place):
        table[key]


@contextmanager
def _at(place: str) -> Iterator[None]:
    """Put the path of a field before a mistake that does not name one."""
    try:
        yield
    except Mistake as mistake:
        text = str(mistake)
        raise Mistake(
            text if text.startswith("experiment.") else f"experiment.{place}: {text}"
        ) from None
