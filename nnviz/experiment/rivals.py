"""The rivals of an experiment: the same run with a few settings changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nnviz.experiment.spec import Experiment, Rival


def entrants(experiment: Experiment) -> tuple[Experiment, ...]:
    """Each rival's own experiment, whole."""
    return tuple(_whole(experiment, rival) for rival in experiment.rivals)


def is_alike(one: Rival, other: Rival) -> bool:
    """Whether two rivals are the same but for their names."""
    return replace(one, name="") == replace(other, name="")


def label_of(rival: Rival) -> str:
    """What a rival is called: its name, or what differs."""
    return rival.name or ", ".join(_differences(rival)) or "the same again"


def brief_labels(rivals: Sequence[Rival]) -> list[str]:
    """What rivals are called where there is little room: no more than tells them apart."""
    labels = [label_of(each) for each in rivals]
    parted = [(each, "") if rival.name else each.partition(", ")[::2]
              for each, rival in zip(labels, rivals, strict=True)]  # fmt: skip
    heads, tails = [head for head, _ in parted], [tail for _, tail in parted]
    if len(set(heads)) == len(heads):
        return heads
    is_all_in_tails = len(set(heads)) == 1 and all(tails) and len(set(tails)) == len(tails)
    return tails if is_all_in_tails else labels


def _differences(rival: Rival) -> list[str]:
    words = []
    if rival.optimizer is not None:
        words.append(f"{rival.optimizer.label}, rate {rival.optimizer.rate:g}")
    if rival.activation is not None:
        words.append(rival.activation.label)
    if rival.hidden is not None:
        words.append(_shape([layer.width for layer in rival.hidden]))
    if rival.features is not None:
        words.append(f"features {', '.join(rival.features)}")
    if rival.penalty is not None:
        words.append(rival.penalty.label)
    if rival.schedule is not None:
        words.append(rival.schedule.label)
    if rival.batch is not None:
        words.append(f"batch {rival.batch}")
    words += [each for each in (rival.loss, rival.initializer) if each is not None]
    return words


def _shape(widths: list[int]) -> str:
    if not widths:
        return "no hidden layer"
    layers = f"{len(widths)} layer{'s' if len(widths) > 1 else ''}"
    if len(set(widths)) == 1:
        return f"{layers} × {widths[0]}"
    return f"{layers}, {'–'.join(str(width) for width in widths)}"


def _whole(experiment: Experiment, rival: Rival) -> Experiment:
    architecture, training = experiment.architecture, experiment.training
    hidden = architecture.hidden if rival.hidden is None else rival.hidden
    if rival.activation is not None:
        hidden = tuple(replace(layer, activation=rival.activation) for layer in hidden)
    if rival.hidden is not None or rival.features is not None:
        architecture = replace(architecture, held=(), cut=())
    if rival.initializer is not None:
        architecture = replace(architecture, initializer=rival.initializer)
    names = ("loss", "optimizer", "schedule", "penalty", "batch")
    changes = {name: getattr(rival, name) for name in names}
    return replace(
        experiment,
        features=experiment.features if rival.features is None else rival.features,
        architecture=replace(architecture, hidden=hidden),
        training=replace(
            training, **{name: each for name, each in changes.items() if each is not None}
        ),
        rivals=(),
    )
