"""Edits of what the pictures show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nnviz.experiment.build import widths
from nnviz.experiment.spec import SPACES, Experiment, View


def with_view(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401 - fields
    """Show the pictures in another way, such as `discretize=True`."""
    view: View = replace(experiment.view, **changes)
    return replace(experiment, view=view)


def layers_seen(experiment: Experiment) -> tuple[int, int]:
    """Whose space is seen, or would be, and the last layer that has one; 0 are the features."""
    sizes, chosen = widths(experiment), experiment.view.space_layer
    last = len(sizes) - (1 if sizes[-1] > 1 else 2)
    return (chosen if chosen <= last else len(sizes) - 2), last


def with_next_space(experiment: Experiment) -> Experiment:
    """See the data in the plane, in the space of two neurons or of the main directions in turn."""
    at = SPACES.index(experiment.view.space)
    return with_view(experiment, space=SPACES[(at + 1) % len(SPACES)])


def with_next_layer_seen(experiment: Experiment) -> Experiment:
    """See the space of the next layer; after the last one comes that of the features."""
    (layer, last), space = layers_seen(experiment), experiment.view.space
    return with_view(
        experiment,
        space="neurons" if space == "plane" else space,
        space_layer=layer if space == "plane" else (layer + 1) % (last + 1),
        space_units=(0, 1),
    )
