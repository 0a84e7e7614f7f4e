"""The past: rewinding, bookmarks, and going on from an earlier epoch."""

from __future__ import annotations

from functools import partial

from nnviz.experiment import edits
from nnviz.ui.workbench import Command, Run, Workbench


def _shown(bench: Workbench) -> int:
    picture = bench.parts.player.picture
    return picture.frame.epoch if picture is not None else 0


def _look(bench: Workbench, epoch: int) -> None:
    """Show an epoch, the nearest that there is; the last one is the newest moment."""
    picture = bench.parts.player.picture
    if picture is not None:
        frame = picture.frame
        bench.parts.player.look(None if epoch >= frame.head else max(epoch, frame.first))


def _step(stride: int) -> Run:
    """Looks some epochs on; a race that went on alone goes back by itself first."""

    def step(bench: Workbench) -> None:
        picture = bench.parts.player.picture
        if picture is not None and picture.frame.race.alone and not picture.frame.is_past:
            bench.parts.player.race_on(stride)
        else:
            _look(bench, _shown(bench) + stride)

    return step


def _is_past(bench: Workbench) -> bool:
    return bench.parts.player.looked is not None


def _look_at_best(bench: Workbench) -> None:
    picture = bench.parts.player.picture
    if picture is not None:
        _look(bench, picture.frame.best_epoch)


def _mark(bench: Workbench) -> None:
    """Mark the epoch that is shown, or take its mark away."""
    epoch = _shown(bench)
    is_marked = any(each.epoch == epoch for each in bench.parts.store.experiment.view.bookmarks)
    change = edits.without_bookmark if is_marked else edits.with_bookmark
    bench.parts.store.edit("bookmark", partial(change, epoch=epoch))


def _jump(direction: int) -> Run:
    """Jumps to the next bookmark before (-1) or after (1) the epoch that is shown."""

    def jump(bench: Workbench) -> None:
        here, picture = _shown(bench), bench.parts.player.picture
        first = picture.frame.first if picture is not None else 0
        marks = bench.parts.store.experiment.view.bookmarks
        epochs = [each.epoch for each in marks if each.epoch >= first]
        beyond = [each for each in epochs if (each - here) * direction > 0]
        if beyond:
            _look(bench, min(beyond) if direction > 0 else max(beyond))

    return jump


def _has_bookmarks(bench: Workbench) -> bool:
    return bool(bench.parts.store.experiment.view.bookmarks)


PAST: tuple[Command, ...] = (
    Command(
        "step-back",
        "One epoch back",
        "past",
        _step(-1),
        "Look one epoch further back.",
        (",",),
        "step-back",
    ),
    Command(
        "step-on",
        "One epoch on",
        "past",
        _step(1),
        "Look one epoch further on.",
        (".",),
        "step-epoch",
        enabled=_is_past,
    ),
    Command(
        "best",
        "Best epoch",
        "past",
        _look_at_best,
        "Look at the epoch with the least loss.",
        ("M",),
    ),
    Command(
        "now",
        "Now",
        "past",
        lambda bench: bench.parts.player.look(None),
        "Go back to the newest moment.",
        ("L",),
        "now",
        enabled=_is_past,
    ),
    Command(
        "branch",
        "Branch here",
        "past",
        lambda bench: bench.parts.player.branch(),
        "Train on from the epoch that is shown; what came after stays as a pale curve.",
        ("K",),
        "branch",
        1,
        enabled=_is_past,
    ),
    Command(
        "bookmark",
        "Bookmark",
        "past",
        _mark,
        "Mark the epoch that is shown, or take its mark away.",
        ("B",),
        "flag",
        2,
    ),
    Command(
        "bookmark-before",
        "Bookmark before",
        "past",
        _jump(-1),
        "Look at the bookmark before this epoch.",
        ("Alt+Left",),
        group=2,
        enabled=_has_bookmarks,
    ),
    Command(
        "bookmark-after",
        "Bookmark after",
        "past",
        _jump(1),
        "Look at the bookmark after this epoch.",
        ("Alt+Right",),
        group=2,
        enabled=_has_bookmarks,
    ),
)
