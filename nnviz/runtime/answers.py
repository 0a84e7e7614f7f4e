"""What a network says of many places at once, block by block, so that a fine map stays small.

Only what is drawn is kept: the outputs, the sums that they are made from, and one unit.
"""

from __future__ import annotations

import numpy as np

from nnviz.engine.network import Network
from nnviz.runtime.scenes import Floats, Unit
from nnviz.value import dataclass

BLOCK_NUMBERS = 2**22
"""How many numbers of all layers together are worked on at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What a network says of places: outputs and their sums of shape (outputs, …), one unit (…).

    A sum is what enters an output unit. Classes meet where sums do, and sums are straighter than
    outputs, so lines are looked for in them.
    """

    outputs: Floats
    sums: Floats
    own: Floats

    def shaped(self, cells: int) -> Answers:
        """The same over a grid of so many cells a side."""
        grid = (-1, cells, cells)
        return Answers(
            self.outputs.reshape(grid), self.sums.reshape(grid), self.own.reshape(grid)[0]
        )


def answers(network: Network, theta: Floats, fed: Floats, unit: Unit | None = None) -> Answers:
    """What a network says of inputs of shape (inputs, samples), in the precision of the inputs.

    Args:
        network: who is asked.
        theta: where it stands, of shape (parameters,).
        fed: the inputs.
        unit: whose values are wanted besides, the inputs being layer 0; None for the first output.
    """
    theta = theta.astype(fed.dtype, copy=False)
    count = fed.shape[1]
    layer, place = unit or (len(network.widths) - 1, 0)
    outputs = np.empty((network.widths[-1], count), dtype=fed.dtype)
    sums, own = np.empty_like(outputs), np.empty(count, dtype=fed.dtype)
    block = max(1, BLOCK_NUMBERS // sum(network.widths))
    for start in range(0, count, block):
        part = slice(start, start + block)
        values = [fed[:, part], *network.forward(theta, fed[:, part])]
        sums[:, part] = network.layers(theta)[-1].sums(values[-2])
        outputs[:, part] = values[-1]
        own[part] = values[layer][place]
    return Answers(outputs, sums, own)


def has_unit(network: Network, unit: Unit | None) -> bool:
    """Whether a network has a unit; None counts as one that it has not."""
    if unit is None:
        return False
    layer, place = unit
    return 0 <= layer < len(network.widths) and 0 <= place < network.widths[layer]


def upper(network: Network, theta: Floats, layer: int) -> tuple[Network, Floats]:
    """The part of a network above a layer (0: the inputs), and where that part stands.

    Args:
        network: the whole.
        theta: where it stands, of shape (parameters,).
        layer: the layer that becomes the inputs, any but the last.
    """
    above = Network(network.widths[layer:], network.activations[layer:], network.head)
    return above, theta[network.places[layer].start :]
