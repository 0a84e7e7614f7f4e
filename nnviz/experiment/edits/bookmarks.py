"""Edits of bookmarks: the epochs that a person marked."""

from __future__ import annotations

from nnviz.experiment.edits.view import with_view
from nnviz.experiment.spec import Bookmark, Experiment


def with_bookmark(experiment: Experiment, epoch: int, name: str = "") -> Experiment:
    """Mark an epoch, or call its mark by another name; bookmarks stay in their order."""
    others = _others(experiment, epoch)
    marks = sorted([*others, Bookmark(epoch, name)], key=lambda each: each.epoch)
    return with_view(experiment, bookmarks=tuple(marks))


def without_bookmark(experiment: Experiment, epoch: int) -> Experiment:
    """Take the mark of an epoch away, if it has one."""
    return with_view(experiment, bookmarks=_others(experiment, epoch))


def _others(experiment: Experiment, epoch: int) -> tuple[Bookmark, ...]:
    return tuple(each for each in experiment.view.bookmarks if each.epoch != epoch)
