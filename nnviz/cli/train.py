"""`nnviz train`: train a document without a window, and tell the numbers."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import isfinite
from typing import Any

import numpy as np

from nnviz.cli.entry import DONE, say
from nnviz.cli.memory import Memory
from nnviz.cli.source import document
from nnviz.engine import kernel
from nnviz.engine.course import Diverged, Progress
from nnviz.engine.elementary import Floats
from nnviz.engine.log import Log
from nnviz.engine.network import Network
from nnviz.engine.training import Loop, NumpyLoop, measure
from nnviz.experiment.build import Setup, build
from nnviz.experiment.files import Document, save
from nnviz.experiment.rivals import entrants, label_of
from nnviz.experiment.run import CURVES, Curves, Run
from nnviz.experiment.spec import Experiment
from nnviz.experiment.stand import EPOCH_LIMIT, stand_of
from nnviz.mistake import Mistake
from nnviz.value import dataclass

Plain = dict[str, Any]

LANDMARKS = (0, 1, 2, 5)
"""The epochs shown in a table, and 10, 100, 1,000 … times them."""

AT_A_STRETCH = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of training: theta at both ends, and the log from `begun` on."""

    initial: Floats
    progress: Progress
    log: Log
    begun: int
    memory: Memory

    @property
    def diverged(self) -> Diverged | None:
        """Where the numbers were no longer finite."""
        return self.progress.diverged

    def row(self, epoch: int) -> Plain:
        """The numbers of an epoch; None where there is none."""
        at = epoch - self.begun
        row = {name: _number(getattr(self.log, name)[at]) for name in CURVES}
        return {"epoch": epoch, **row}


def run(arguments: Namespace) -> int:
    """Train, save when asked to, and write the numbers to stdout."""
    opened = document(arguments.source)
    setup = build(opened.experiment)
    begun = opened.run.epoch if opened.run else 0
    recorded = _recorded(arguments.record, begun, begun + arguments.epochs)
    outcome = follow(setup, opened.run, arguments.epochs)
    tell_end(outcome)
    if arguments.save is not None:
        save(arguments.save, Document(opened.experiment, run_after(outcome, opened.run)))
    reached = [epoch for epoch in recorded if epoch <= outcome.progress.epoch]
    if arguments.json:
        told = report(setup, outcome, reached)
        if opened.experiment.rivals:
            told["rivals"] = list(rivals(opened.experiment, recorded, begun + arguments.epochs))
        json.dump(told, sys.stdout, allow_nan=False)
        sys.stdout.write("\n")
    else:
        chosen = reached if arguments.record else _landmarks(reached)
        sys.stdout.writelines(f"{line}\n" for line in table(setup, outcome, chosen))
    return DONE


def follow(setup: Setup, run: Run | None, epochs: int) -> Outcome:
    """Train for some epochs, from the start or from where a run stood."""
    course = setup.course
    progress = Progress.start(course, setup.theta) if run is None else run.progress(course)
    log, initial, begun = Log(), progress.theta, progress.epoch
    memory = Memory(setup, progress, run)
    log.add(measure(course, initial)._replace(rate=progress.rate(course)))
    end = begun + epochs
    _go_on(NumpyLoop(), memory, progress, log, min(end, kernel.takeover(course)))
    if progress.epoch < end and not progress.is_over:
        _go_on(kernel.load() or NumpyLoop(), memory, progress, log, end)
    return Outcome(initial, progress, log, begun, memory)


def rivals(experiment: Experiment, recorded: Iterable[int], end: int) -> Iterator[Plain]:
    """What came of each rival, trained from its start to the end of the same epoch."""
    for rival, whole in zip(experiment.rivals, entrants(experiment), strict=True):
        setup = build(whole)
        outcome = follow(setup, None, end)
        lost = outcome.diverged
        yield {
            "name": label_of(rival),
            "history": [outcome.row(at) for at in recorded if at <= outcome.progress.epoch],
            "final": weights(setup.network, outcome.progress.theta),
            "diverged": None if lost is None else divergence(lost),
        }


def tell_end(outcome: Outcome) -> None:
    """Say why training ended before it was to, if it did."""
    best = outcome.progress.best
    if outcome.diverged is not None:
        say(f"nnviz: training diverged. {outcome.diverged.why}")
    elif outcome.progress.stopped and best is not None:
        last = outcome.progress.epoch
        say(f"nnviz: training stopped early in epoch {last}, at the weights of epoch {best.epoch}.")


def _go_on(loop: Loop, memory: Memory, progress: Progress, log: Log, end: int) -> None:
    """Train to the end of an epoch, or until nothing goes on."""
    course = memory.setup.course
    while progress.epoch < end and not progress.is_over:
        memory.take("numpy" if isinstance(loop, NumpyLoop) else "compiled")
        epoch, batch = progress.epoch, progress.batch
        epochs = min(end - epoch, AT_A_STRETCH)
        for record in loop.advance(course, progress, epochs * course.updates - batch):
            log.add(record)
        memory.follow(progress, epoch, batch)


def run_after(outcome: Outcome, before: Run | None) -> Run:
    """The run to save: its curves are those from before and the new ones."""
    new = {name: getattr(outcome.log, name) for name in CURVES}
    if before is not None:
        old = before.curves.arrays(before.epoch)
        new = {name: np.concatenate([old[name], new[name][1:]]) for name in CURVES}
    parts = 1 + len(before.rivals if before is not None else ())
    past = outcome.memory.chronicle(outcome.progress, parts)
    after = Run(**stand_of(outcome.progress), curves=Curves.of(new), past=past)
    if before is None:
        return after
    return replace(
        after,
        anchor=before.anchor,
        anchor_epoch=before.anchor_epoch,
        race_epoch=before.race_epoch,
        rivals=before.rivals,
        ghosts=before.ghosts,
    )


def report(setup: Setup, outcome: Outcome, recorded: Iterable[int]) -> Plain:
    """All numbers, as scripts want them."""
    return {
        "n_train": len(setup.train),
        "n_test": len(setup.test),
        "initial": weights(setup.network, outcome.initial),
        "history": [outcome.row(epoch) for epoch in recorded],
        "final": weights(setup.network, outcome.progress.theta),
        "diverged": None if outcome.diverged is None else divergence(outcome.diverged),
    }


def divergence(lost: Diverged) -> Plain:
    """Where the numbers were no longer finite; layers count from 0, norms are those of each."""
    return {
        "epoch": lost.epoch,
        "why": lost.why,
        "batch": lost.batch,
        "layer": lost.layer,
        "gradient_norms": [_number(norm) for norm in lost.norms],
    }


def weights(network: Network, theta: Floats) -> Plain:
    """A theta as `weights[layer][neuron][input]` and `biases[layer][neuron]`.

    Where activations learn, `alphas[layer]` is there too, None in layers without one.
    """
    layers = network.layers(theta)
    alphas = [next(iter(layer.alphas.tolist()), None) for layer in layers]
    return {
        "weights": [layer.weights.tolist() for layer in layers],
        "biases": [layer.biases.tolist() for layer in layers],
        **({"alphas": alphas} if any(each is not None for each in alphas) else {}),
    }


def table(setup: Setup, outcome: Outcome, epochs: Iterable[int]) -> Iterable[str]:
    """The numbers for people to read."""
    training = setup.experiment.training
    shape = "–".join(str(width) for width in setup.network.widths)
    yield (
        f"{setup.dataset.label}, {len(setup.train)} points to train and {len(setup.test)} to test;"
        f" network {shape}, {training.optimizer.label}, learning rate {training.optimizer.rate:g}"
    )
    titles = ("train loss", "test loss", "train acc.", "test acc.")
    yield "  ".join([f"{'epoch':>8}", *(f"{title:>10}" for title in titles)])
    for epoch in epochs:
        row = outcome.row(epoch)
        losses = f"{row['train_loss']:>10.6f}  {row['test_loss']:>10.6f}"
        yield (
            f"{epoch:>8}  {losses}  {_percent(row['train_accuracy'])}"
            f"  {_percent(row['test_accuracy'])}"
        )


def _percent(share: float | None) -> str:
    return f"{'–' if share is None else f'{share:.1%}':>10}"


def _number(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def _recorded(asked: tuple[int, ...] | None, begun: int, end: int) -> list[int]:
    """The epochs to tell of, in order.

    Raises:
        Mistake: if one is not among those that will be trained.
    """
    if end > EPOCH_LIMIT:
        raise Mistake(f"The run would end at epoch {end:,}; the last one is {EPOCH_LIMIT:,}.")
    if asked is None:
        return list(range(begun, end + 1))
    for epoch in asked:
        if not begun <= epoch <= end:
            raise Mistake(f"--record names epoch {epoch}; the run goes from {begun} to {end}.")
    return sorted(set(asked))


def _landmarks(epochs: list[int]) -> list[int]:
    """The few epochs worth a line: dense at the beginning, thinner later, and the last."""
    if not epochs:
        return []
    first = epochs[0]
    tens = (10**power for power in range(1, 9))
    marks = {*LANDMARKS, *(times * ten for ten in tens for times in (1, 2, 5))}
    return [epoch for epoch in epochs if epoch - first in marks or epoch == epochs[-1]]
