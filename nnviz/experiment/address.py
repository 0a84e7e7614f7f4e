"""The address of a TensorFlow Playground page: read, leniently, and written back.

The page keeps all that can be set behind the `#` of its address, as `key=value` joined by `&`.
Facts: the `state` of playground.tensorflow.org. What is not understood is ignored and named; only
what is not a number where a number belongs is refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

from nnviz.mistake import Mistake
from nnviz.value import dataclass

ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear")
REGULARIZATIONS = ("none", "L1", "L2")
CLASS_DATA = ("circle", "xor", "gauss", "spiral")
VALUE_DATA = ("reg-plane", "reg-gauss")
PROBLEMS = ("classification", "regression")

FEATURES = ("x", "y", "xSquared", "ySquared", "xTimesY", "sinX", "sinY")
"""The inputs in the order of the network, which decides which weight is whose."""

LAYER_LIMIT, WIDTH_LIMIT = 32, 1024
PREFIX = "https://playground.tensorflow.org/#"


@dataclass(frozen=True, slots=True)
class Address:
    """All that an address of the page says, in the page's own terms.

    `noise` is in percent from 0 to 80, `train_percent` the share of points to train on; `seed` is
    a text, None where the page would draw one. `hidden` names controls that are not shown.
    """

    activation: str = "tanh"
    regularization: str = "none"
    batch: int = 10
    dataset: str = "circle"
    reg_dataset: str = "reg-plane"
    rate: float = 0.03
    regularization_rate: float = 0.0
    noise: float = 0.0
    shape: tuple[int, ...] = (4, 2)
    seed: str | None = None
    show_test: bool = False
    discretize: bool = False
    train_percent: float = 50.0
    features: tuple[str, ...] = ("x", "y")
    problem: str = "classification"
    init_zero: bool = False
    hide_text: bool = False
    hidden: tuple[str, ...] = ()

    @property
    def data(self) -> str:
        """The data set in force: that of the problem."""
        return self.dataset if self.problem == "classification" else self.reg_dataset


@dataclass(frozen=True, slots=True)
class Reading:
    """What an address says, and what of it was ignored."""

    address: Address
    ignored: tuple[str, ...] = ()

    @property
    def remark(self) -> str:
        """One line on what was ignored, empty where nothing was."""
        return f"Ignored in the address: {', '.join(self.ignored)}." if self.ignored else ""


def is_address(text: str) -> bool:
    """Whether a text is meant as an address of the page rather than, say, as a file."""
    text = text.strip()
    if "playground.tensorflow.org" in text or text.startswith("#"):
        return True
    return any(re.search(rf"(^|[#?&;]){key}=", text) for key in _KNOWN)


def parse(text: str) -> Reading:
    """Read an address, or the part of one behind its `#`.

    Raises:
        Mistake: naming the key whose value is not what belongs there.
    """
    values = _pairs(text)
    ignored = [key for key in values if key not in _KNOWN and not key.endswith("_hide")]
    choices = {
        name: _choice(values, key, allowed, default, ignored)
        for name, key, allowed, default in (
            ("activation", "activation", ACTIVATIONS, "tanh"),
            ("regularization", "regularization", REGULARIZATIONS, "none"),
            ("dataset", "dataset", CLASS_DATA, "circle"),
            ("reg_dataset", "regDataset", VALUE_DATA, "reg-plane"),
            ("problem", "problem", PROBLEMS, "classification"),
        )
    }
    ignored += [key for key in ("cosX", "cosY") if _is_on(values, key)]
    features = tuple(each for each in FEATURES if _is_on(values, each, each in ("x", "y")))
    address = Address(
        **choices,
        batch=_whole("batchSize", _number(values, "batchSize", 10), 1),
        rate=_number(values, "learningRate", 0.03),
        regularization_rate=_number(values, "regularizationRate", 0.0),
        noise=_noise(_number(values, "noise", 0.0)),
        shape=_shape(values.get("networkShape")),
        seed=values.get("seed") or None,
        show_test=_is_on(values, "showTestData"),
        discretize=_is_on(values, "discretize"),
        train_percent=_percent(_number(values, "percTrainData", 50.0)),
        features=features,
        init_zero=_is_on(values, "initZero"),
        hide_text=_is_on(values, "hideText"),
        hidden=tuple(
            key.removesuffix("_hide")
            for key, value in values.items()
            if key.endswith("_hide") and value == "true"
        ),
    )
    return Reading(address, tuple(ignored))


def write(address: Address) -> str:
    """The address as the page itself would write it."""
    pairs = [(key, value) for key, value in _written(address).items() if value is not None]
    pairs += [(f"{name}_hide", "true") for name in address.hidden]
    return PREFIX + "&".join(f"{key}={quote(value, safe=',')}" for key, value in pairs)


def _written(address: Address) -> Mapping[str, str | None]:
    """What is written for each key, in the page's order; None leaves a key out."""
    chosen = {key: _switch(key in address.features) for key in FEATURES}
    is_plain = address.regularization == "none"
    return {
        "activation": address.activation,
        "regularization": None if is_plain else address.regularization,
        "batchSize": str(address.batch),
        "dataset": address.dataset,
        "regDataset": address.reg_dataset,
        "learningRate": _digits(address.rate),
        "regularizationRate": _digits(address.regularization_rate),
        "noise": _digits(address.noise),
        "networkShape": ",".join(str(width) for width in address.shape),
        "seed": address.seed,
        "showTestData": _switch(address.show_test),
        "discretize": _switch(address.discretize),
        "percTrainData": _digits(address.train_percent),
        "x": chosen["x"],
        "y": chosen["y"],
        "xTimesY": chosen["xTimesY"],
        "xSquared": chosen["xSquared"],
        "ySquared": chosen["ySquared"],
        "cosX": _switch(False),  # noqa: FBT003 - the page writes it and does nothing with it
        "sinX": chosen["sinX"],
        "cosY": _switch(False),  # noqa: FBT003 - the same
        "sinY": chosen["sinY"],
        "collectStats": _switch(False),  # noqa: FBT003 - the same
        "problem": address.problem,
        "initZero": _switch(address.init_zero),
        "hideText": _switch(address.hide_text),
    }


def _pairs(text: str) -> dict[str, str]:
    """Keys and values; the later of two alike wins."""
    # Only this: to unescape all of HTML would turn &regDataset into ®Dataset.
    text = text.strip().strip("<>\"'").replace("&amp;", "&")
    for mark in ("#", "%23", "?"):
        if mark in text:
            text = text.partition(mark)[2]
            break
    if "=" not in text and "%3d" in text.lower():
        text = unquote(text)
    pairs = (part.partition("=") for part in text.split("&"))
    decoded = ((unquote(key).strip(), unquote(value).strip()) for key, _, value in pairs)
    return {key: value for key, value in decoded if key and "://" not in key}


def _choice(
    values: Mapping[str, str],
    key: str,
    allowed: Iterable[str],
    default: str,
    ignored: list[str],
) -> str:
    value = values.get(key) or default
    if value in allowed:
        return value
    ignored.append(f"{key}={value:.40}")
    return default


def _is_on(values: Mapping[str, str], key: str, default: bool = False) -> bool:  # noqa: FBT001, FBT002
    value = values.get(key)
    return value != "false" if value else default


def _number(values: Mapping[str, str], key: str, default: float) -> float:
    text = values.get(key)
    if not text:
        return default
    # What float takes besides, such as 1_000 or nan, is no number in an address.
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", text, re.ASCII):
        raise Mistake(f"In the address {key} is {text!r:.60}; it must be a number.")
    number = float(text)
    if not math.isfinite(number):
        raise Mistake(f"In the address {key} is {text!r:.60}; it must be a finite number.")
    return number


def _whole(key: str, number: float, least: int, most: float = math.inf) -> int:
    if number != int(number) or not least <= number <= most:
        upper = f" to {most:g}" if most < math.inf else " on"
        raise Mistake(
            f"In the address {key} is {number:g}; it must be a whole number from {least}{upper}."
        )
    return int(number)


def _noise(number: float) -> float:
    """The page takes what is below 0 for 0, and what is beyond 80 for 50."""
    return 50.0 if number > 80 else max(number, 0.0)


def _percent(number: float) -> float:
    if not 0 < number < 100:
        raise Mistake(f"In the address percTrainData is {number:g}; it must be between 0 and 100.")
    return number


def _shape(text: str | None) -> tuple[int, ...]:
    """The hidden layers; an empty list means that there are none, no list the default."""
    if text is None:
        return Address().shape
    parts = [part.strip() for part in text.split(",")] if text else []
    if len(parts) > LAYER_LIMIT:
        raise Mistake(
            f"In the address networkShape has {len(parts)} layers; up to {LAYER_LIMIT} are allowed."
        )
    key = "networkShape"
    return tuple(_whole(key, _number({key: part or "?"}, key, 0), 1, WIDTH_LIMIT) for part in parts)


def _switch(is_on: bool) -> str:  # noqa: FBT001
    return "true" if is_on else "false"


def _digits(number: float) -> str:
    """A number as a browser writes it: no needless point, no exponent where it needs none."""
    if number == int(number):
        return str(int(number))
    text = repr(number)
    if "e-0" not in text:
        return text
    return f"{number:.{len(text.partition('e')[0]) + int(text[-1])}f}".rstrip("0")


_KNOWN = (*_written(Address()), "tutorial")
