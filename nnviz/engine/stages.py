"""The layers of a network as a slice of its loss sees them: only what two axes move.

Arrays of values have the shape (units, points, samples), points of the plane (points, 2).
"""

from __future__ import annotations

from typing import NamedTuple

from nnviz.engine.activation import Parameter
from nnviz.engine.elementary import Floats
from nnviz.value import dataclass


class Touch(NamedTuple):
    """Where an axis enters a layer: the row it moves, and what it is multiplied with.

    That is the moving value of a column, or else held values of shape (samples,): 1 for a bias.
    """

    axis: int
    row: int
    column: int | None
    held: Floats


@dataclass(frozen=True, slots=True)
class Stage:
    """A layer as seen from the slice: only what moves.

    `weights` lead from the units that move below (columns) to those that move here (rows); `base`,
    of shape (rows, 1, samples or 1), is what all the others give. The parameter of its
    activation is the axis `alpha`, or else `held`.
    """

    weights: Floats
    base: Floats
    touches: tuple[Touch, ...]
    held: float
    alpha: int | None

    def parameter(self, points: Floats) -> Parameter:
        """The parameter of the activation: one number, or an axis."""
        return self.held if self.alpha is None else points[:, self.alpha, None]

    def sums(self, values: Floats, points: Floats) -> Floats:
        """The weighted sums of the rows, from the values of the columns."""
        _, count, samples = values.shape
        z = self.weights @ values.reshape(-1, count * samples)
        z = z.reshape(-1, count, samples)
        z += self.base
        for touch in self.touches:
            z[touch.row] += points[:, touch.axis, None] * _source(touch, values)
        return z

    def back(self, deltas: Floats, points: Floats) -> Floats:
        """The derivatives by the values of the columns, from those by the sums of the rows."""
        _, count, samples = deltas.shape
        back = self.weights.T @ deltas.reshape(-1, count * samples)
        back = back.reshape(-1, count, samples)
        for touch in self.touches:
            if touch.column is not None:
                back[touch.column] += points[:, touch.axis, None] * deltas[touch.row]
        return back

    def put_slopes(self, gradient: Floats, deltas: Floats, values: Floats) -> None:
        """Enter the derivatives by this layer's axes into a gradient of shape (points, 2)."""
        for touch in self.touches:
            through = deltas[touch.row] * _source(touch, values)
            gradient[:, touch.axis] = through.mean(axis=-1)


def _source(touch: Touch, values: Floats) -> Floats:
    return touch.held if touch.column is None else values[touch.column]


class Rise(NamedTuple):
    """What going up through the stages leaves behind for the way back.

    `entered` are the values that entered each stage, `slopes` those of the activations between
    them and `bends` how their values follow an alpha that is an axis, by stage; `deltas` are the
    derivatives of the losses by the last sums, `losses` those of every sample, of shape (points,
    samples).
    """

    entered: list[Floats]
    slopes: list[Floats]
    bends: dict[int, Floats]
    deltas: Floats
    losses: Floats
