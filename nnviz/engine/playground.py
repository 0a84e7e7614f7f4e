"""TensorFlow Playground's random stream, points and first weights, number by number.

A seed of its address, a string, drives one stream; the order of the draws is the experiment. So
every generator here draws one number after the other, as the page does, where those of
`datasets` draw whole arrays. Facts: playground.tensorflow.org, and seedrandom's ARC4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import cos, hypot, log, pi, sin, sqrt

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.value import dataclass

CLASSIFICATION_SAMPLES = 500
REGRESSION_SAMPLES = 1200
FIRST_BIAS = 0.1

Row = tuple[float, float, float]


class Stream:
    """The generator that a seed starts: ARC4 over 256 places, doubles of 52 digits from 6 bytes."""

    def __init__(self, seed: str) -> None:
        """Start from a seed; any text is one."""
        self._state = _schedule(_key(seed))
        self._i = self._j = 0
        for _ in range(256):
            self._byte()

    def number(self) -> float:
        """The next number, from 0 up to but not including 1."""
        n, d, x = 0.0, 256.0**6, 0
        for _ in range(6):
            n = n * 256.0 + self._byte()
        while n < 2.0**52:
            n = (n + x) * 256.0
            d *= 256.0
            x = self._byte()
        while n >= 2.0**53:
            n /= 2.0
            d /= 2.0
            x >>= 1
        return (n + x) / d

    def between(self, low: float, high: float) -> float:
        """The next number, from low up to high."""
        return self.number() * (high - low) + low

    def normal(self, mean: float, variance: float) -> float:
        """The next normal number, by Marsaglia's polar method, of whose two it keeps one."""
        while True:
            v1 = 2.0 * self.number() - 1.0
            v2 = 2.0 * self.number() - 1.0
            s = v1 * v1 + v2 * v2
            if 0.0 < s <= 1.0:
                return mean + sqrt(variance) * sqrt(-2.0 * log(s) / s) * v1

    def _byte(self) -> int:
        state = self._state
        self._i = i = (self._i + 1) & 255
        here = state[i]
        self._j = j = (self._j + here) & 255
        state[i], state[j] = state[j], here
        return state[(state[i] + here) & 255]


def _key(seed: str) -> list[int]:
    """A seed's text, counted in UTF-16 as a browser does, mixed down to at most 256 bytes."""
    codes = np.frombuffer(seed.encode("utf-16-le", "surrogatepass"), dtype="<u2").tolist()
    key: list[int] = []
    smear = 0
    for place, code in enumerate(codes):
        if place < 256:
            key.append(0)
        smear ^= key[place & 255] * 19
        key[place & 255] = (smear + code) & 255
    return key or [0]


def _schedule(key: list[int]) -> list[int]:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + key[i % len(key)] + state[i]) & 255
        state[i], state[j] = state[j], state[i]
    return state


def _circle(stream: Stream, samples: int, noise: float) -> Iterator[Row]:
    for index in range(samples // 2 * 2):
        inner = index < samples // 2
        radius = stream.between(0, 2.5) if inner else stream.between(3.5, 5)
        angle = stream.between(0, 2 * pi)
        x, y = radius * sin(angle), radius * cos(angle)
        nx = stream.between(-5, 5) * noise
        ny = stream.between(-5, 5) * noise
        yield x, y, float(hypot(x + nx, y + ny) < 2.5)


def _xor(stream: Stream, samples: int, noise: float) -> Iterator[Row]:
    for _ in range(samples):
        x, y = _apart(stream.between(-5, 5)), _apart(stream.between(-5, 5))
        nx = stream.between(-5, 5) * noise
        ny = stream.between(-5, 5) * noise
        yield x, y, float((x + nx) * (y + ny) >= 0)


def _apart(x: float) -> float:
    return x + (0.3 if x > 0 else -0.3)


def _gauss(stream: Stream, samples: int, noise: float) -> Iterator[Row]:
    variance = 0.5 + 7 * noise
    for center, label in ((2.0, 1.0), (-2.0, 0.0)):
        for _ in range(samples // 2):
            x = stream.normal(center, variance)
            y = stream.normal(center, variance)
            yield x, y, label


def _spiral(stream: Stream, samples: int, noise: float) -> Iterator[Row]:
    n = samples // 2
    for shift, label in ((0.0, 1.0), (pi, 0.0)):
        for i in range(n):
            r = i / n * 5
            t = 1.75 * i / n * 2 * pi + shift
            x = r * sin(t) + stream.between(-1, 1) * noise
            y = r * cos(t) + stream.between(-1, 1) * noise
            yield x, y, label


def _reg_plane(stream: Stream, samples: int, noise: float) -> Iterator[Row]:
    for x, y, moved_x, moved_y in _scattered(stream, samples, noise):
        yield x, y, (moved_x + moved_y) / 10


_HILLS = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))


def _reg_gauss(stream: Stream, samples: int, noise: float) -> Iterator[Row]:
    for x, y, moved_x, moved_y in _scattered(stream, samples, noise):
        label = 0.0
        for cx, cy, sign in _HILLS:
            height = sign * min(max(1 - hypot(moved_x - cx, moved_y - cy) / 2, 0.0), 1.0)
            if abs(height) > abs(label):
                label = height
        yield x, y, label


def _scattered(
    stream: Stream, samples: int, noise: float
) -> Iterator[tuple[float, float, float, float]]:
    for _ in range(samples):
        x, y = stream.between(-6, 6), stream.between(-6, 6)
        nx = stream.between(-6, 6) * noise
        ny = stream.between(-6, 6) * noise
        yield x, y, x + nx, y + ny


GENERATORS: dict[str, Callable[[Stream, int, float], Iterator[Row]]] = {
    "circle": _circle,
    "xor": _xor,
    "gauss": _gauss,
    "spiral": _spiral,
    "reg-plane": _reg_plane,
    "reg-gauss": _reg_gauss,
}


def points(stream: Stream, dataset: str, noise: float) -> tuple[Floats, Floats]:
    """The points of a data set in the page's order, shuffled, and their labels.

    Args:
        stream: which they are drawn from, first of all.
        dataset: a key of GENERATORS.
        noise: from 0 to 0.8: the page's slider over 100.

    Returns:
        Points of shape (samples, 2) and labels of shape (samples,): 0 and 1 for the page's -1 and
        1, or the value.
    """
    is_value = dataset.startswith("reg-")
    samples = REGRESSION_SAMPLES if is_value else CLASSIFICATION_SAMPLES
    rows = list(GENERATORS[dataset](stream, samples, noise))
    for last in range(len(rows) - 1, -1, -1):
        index = int(stream.number() * (last + 1))
        rows[last], rows[index] = rows[index], rows[last]
    table = np.array(rows)
    return np.ascontiguousarray(table[:, :2]), np.ascontiguousarray(table[:, 2])


def first_theta(stream: Stream, widths: Sequence[int]) -> Floats:
    """The parameters at the start, of shape (parameters,): weights from -0.5 to 0.5, biases 0.1.

    Args:
        stream: which the weights are drawn from, after the points.
        widths: of all layers, inputs and outputs included.
    """
    parts: list[float] = []
    for inputs, outputs in pairwise(widths):
        parts.extend(stream.number() - 0.5 for _ in range(inputs * outputs))
        parts.extend([FIRST_BIAS] * outputs)
    return np.array(parts)


def train_count(samples: int, percent: float) -> int:
    """How many points, from the first on, are trained on; the rest are tested on."""
    return int(samples * percent / 100)


@dataclass(frozen=True, slots=True, eq=False)
class Beginning:
    """An experiment as the page shows it at epoch 0: its points and its parameters."""

    points: Floats
    labels: Floats
    theta: Floats


def begin(seed: str, dataset: str, noise: float, widths: Sequence[int]) -> Beginning:
    """What the page shows for a seed; see `points` and `first_theta` for the arguments."""
    stream = Stream(seed)
    drawn, labels = points(stream, dataset, noise)
    return Beginning(drawn, labels, first_theta(stream, widths))
