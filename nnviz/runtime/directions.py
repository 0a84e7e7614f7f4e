"""Directions of a layer's space: two of its neurons or its main components, and their window."""

from __future__ import annotations

import numpy as np

from nnviz.runtime.lines import round_above
from nnviz.runtime.scenes import Domain, Floats, Unit
from nnviz.value import dataclass

ROOM = 0.08
"""How much more than the data the window shows at each side, of their extent."""

SHRINKING = 0.5
"""The window comes closer when the data fill less than this share of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Directions:
    """Two directions of a layer: axes of shape (2, units) through a middle of shape (units, 1)."""

    middle: Floats
    axes: Floats
    shares: tuple[float, float] | None = None

    def places(self, values: Floats) -> Floats:
        """Where values of shape (units, n) are seen, of shape (n, 2)."""
        seen: Floats = (self.axes @ (values - self.middle)).T
        return seen

    def values(self, places: Floats) -> Floats:
        """The values of shape (units, n) that are seen at places of shape (n, 2)."""
        found: Floats = self.axes.T @ places.T + self.middle
        return found


def neurons(width: int, units: Unit) -> Directions:
    """The directions of two neurons of a layer; of one and the same, the second is empty."""
    axes = np.zeros((2, width))
    axes[0, units[0]] = 1.0
    if units[0] != units[1]:
        axes[1, units[1]] = 1.0
    return Directions(np.zeros((width, 1)), axes)


def components(values: Floats, before: Floats | None = None) -> Directions:
    """The two directions along which values of shape (units, n) vary most.

    Args:
        values: finite or not; what is not counts as 0.
        before: the axes of the frame before, of shape (2, units): signs and order stay theirs.
    """
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    middle = values.mean(axis=1, keepdims=True)
    ways, lengths, _ = np.linalg.svd(values - middle, full_matrices=False)
    axes, shares = np.zeros((2, len(values))), np.zeros(2)
    count = min(2, ways.shape[1])
    axes[:count] = ways[:, :count].T
    shares[:count] = lengths[:count] ** 2 / max(float(np.sum(lengths**2)), 1e-300)
    order, signs = _settled(axes, before)
    shares = shares[order]
    return Directions(middle, axes[order] * signs, (float(shares[0]), float(shares[1])))


def _settled(axes: Floats, before: Floats | None) -> tuple[list[int], Floats]:
    """The order of axes and their signs with which they stay where they were."""
    if before is None or before.shape != axes.shape:
        largest = axes[np.arange(2), np.abs(axes).argmax(axis=1)]
        return [0, 1], np.where(largest < 0, -1.0, 1.0)[:, None]
    likeness = axes @ before.T
    stays, swaps = np.abs(np.diagonal(likeness)).sum(), np.abs(np.diagonal(likeness[::-1])).sum()
    order = [1, 0] if swaps > stays else [0, 1]
    return order, np.where(np.diagonal(likeness[order]) < 0, -1.0, 1.0)[:, None]


def window(seen: Floats, before: Domain | None, *, is_even: bool) -> Domain:
    """What part of a space to show.

    Args:
        seen: what is in it, of shape (n, 2).
        before: what was shown, kept as long as it fits.
        is_even: whether a step is to be equally long both ways.
    """
    if not len(seen):
        return before or (-1.0, 1.0, -1.0, 1.0)
    low, high = seen.min(axis=0), seen.max(axis=0)
    if is_even:
        half = np.full(2, max(float((high - low).max()) / 2, 1e-9))
        low, high = (low + high) / 2 - half, (low + high) / 2 + half
    pairs = zip(low.tolist(), high.tolist(), strict=True)
    kept = [_stretch(*pair, _side(before, place)) for place, pair in enumerate(pairs)]
    if (
        is_even
        and before is not None
        and any(side != _side(before, place) for place, side in enumerate(kept))
    ):
        return window(seen, None, is_even=True)
    return (*kept[0], *kept[1])


def _side(domain: Domain | None, place: int) -> tuple[float, float] | None:
    return None if domain is None else (domain[2 * place], domain[2 * place + 1])


def _stretch(low: float, high: float, before: tuple[float, float] | None) -> tuple[float, float]:
    """A stretch with some room around numbers, or the one before while it still fits."""
    if before is not None:
        fits = before[0] <= low and high <= before[1]
        if fits and high - low >= SHRINKING * (before[1] - before[0]):
            return before
    extent = max(high - low, 1e-9)
    step = round_above(extent * ROOM)
    return float(np.floor(low / step - 0.5) * step), float(np.ceil(high / step + 0.5) * step)
