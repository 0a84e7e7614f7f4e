"""Optimizers: all that there are, and how one is written in a line of text.

The door to them for everyone else: what an optimizer is stands in `optimizer`, the rules in
`descent`, `adaptive` and `learned`. Forms and defaults are PyTorch's. Those of `printed` can be
named, but are offered where they are compared with these only.
"""

from __future__ import annotations

from nnviz.engine.adaptive import Adadelta, Adagrad, Adam, AdamW, AMSGrad, NAdam, RMSprop
from nnviz.engine.descent import SGD, Lion, Momentum, Nesterov
from nnviz.engine.learned import Learned
from nnviz.engine.optimizer import RATE_RANGE, Optimizer
from nnviz.engine.printed import PRINTED
from nnviz.knob import knobs
from nnviz.mistake import Mistake
from nnviz.table import Table

__all__ = [
    "EVERY_OPTIMIZER",
    "OPTIMIZERS",
    "RATE_RANGE",
    "SGD",
    "AMSGrad",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Learned",
    "Lion",
    "Momentum",
    "NAdam",
    "Nesterov",
    "Optimizer",
    "RMSprop",
    "offered",
    "parse_optimizer",
    "printed_forms",
    "standard_form",
]

OPTIMIZERS: Table[type[Optimizer]] = Table(
    "optimizer",
    [
        SGD,
        Momentum,
        Nesterov,
        Adagrad,
        Adadelta,
        RMSprop,
        Adam,
        AdamW,
        AMSGrad,
        NAdam,
        Lion,
        Learned,
    ],
)

EVERY_OPTIMIZER: Table[type[Optimizer]] = Table("optimizer", [*OPTIMIZERS, *PRINTED])
"""What a file or a command may name: the standard ones, and the forms that the lecture prints."""


def printed_forms(optimizer: Optimizer) -> tuple[Optimizer, ...]:
    """The forms of an optimizer that the lecture prints, with its settings; often none."""
    forms = [kind for kind in PRINTED if kind.standard == optimizer.key]
    return tuple(kind(*optimizer.hyperparameters) for kind in forms)


def standard_form(optimizer: Optimizer) -> Optimizer:
    """The standard one that an optimizer is a form of, with its settings; often itself."""
    if not optimizer.standard:
        return optimizer
    return OPTIMIZERS[optimizer.standard](*optimizer.hyperparameters)


def offered(chosen: Optimizer) -> tuple[type[Optimizer], ...]:
    """What a network may learn by: the standard ones, and what is chosen if it is none of them."""
    return tuple(OPTIMIZERS) if not chosen.standard else (*OPTIMIZERS, type(chosen))


def parse_optimizer(text: str) -> Optimizer:
    """The optimizer of a text such as "adam:rate=0.01,beta1=0.8".

    Raises:
        Mistake: naming the optimizer or the hyperparameter, and what is allowed.
    """
    key, _, settings = text.strip().partition(":")
    kind = EVERY_OPTIMIZER[key.strip()]
    names = knobs(kind)
    values: dict[str, float] = {}
    for setting in filter(None, (each.strip() for each in settings.split(","))):
        name, value = _setting(setting, key.strip(), tuple(names))
        names[name].check(value, f"{key.strip()} {name}")
        values[name] = value
    return kind(**values)


def _setting(setting: str, key: str, names: tuple[str, ...]) -> tuple[str, float]:
    name, _, number = (part.strip() for part in setting.partition("="))
    if name not in names:
        raise Mistake(f"{key} has no hyperparameter {name!r}; it has {', '.join(names)}.")
    try:
        return name, float(number)
    except ValueError:
        raise Mistake(f"{key} {name} is {number!r}; it must be a number.") from None
