"""Edits of what the pictures show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nnviz.experiment.spec import (
    Experiment,
    View,
)


def with_view(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401 - fields
    """Show the pictures in another way, such as `discretize=True`."""
    view: View = replace(experiment.view, **changes)
    return replace(experiment, view=view)
