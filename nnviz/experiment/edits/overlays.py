"""Edits of what the network is overlaid with, and of the point that probes it."""

from __future__ import annotations

from nnviz.experiment.data import dataset_of
from nnviz.experiment.edits.view import with_view
from nnviz.experiment.spec import OVERLAYS, Experiment

BESIDE = 0.6
"""Where a probe is first put, from edge to edge: in the very middle both inputs may be 0."""


def probe_place(experiment: Experiment) -> tuple[float, float]:
    """Where a probe is first put: near the middle of the plane."""
    left, right, low, high = dataset_of(experiment.data).plane
    return left + BESIDE * (right - left), low + BESIDE * (high - low)


def with_overlay(experiment: Experiment, key: str) -> Experiment:
    """Let the links show something else; activity is that of a probe, put there if need be."""
    probe = experiment.view.probe
    if key == "activity" and probe is None:
        probe = probe_place(experiment)
    return with_view(experiment, overlay=key, probe=probe)


def with_next_overlay(experiment: Experiment) -> Experiment:
    """Let the links show what comes next."""
    at = OVERLAYS.index(experiment.view.overlay)
    return with_overlay(experiment, OVERLAYS[(at + 1) % len(OVERLAYS)])


def with_probe_switched(experiment: Experiment) -> Experiment:
    """Put a probe near the middle of the plane, or take it away with what it shows."""
    if experiment.view.probe is None:
        return with_view(experiment, probe=probe_place(experiment))
    overlay = experiment.view.overlay
    return with_view(experiment, probe=None, overlay="weight" if overlay == "activity" else overlay)


def with_pin(experiment: Experiment, unit: tuple[int, int] | None) -> Experiment:
    """Show a unit large for good; the same unit again, or None, is the output's turn again."""
    return with_view(experiment, pinned=None if unit == experiment.view.pinned else unit)
