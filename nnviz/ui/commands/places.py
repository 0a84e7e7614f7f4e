"""Keys that mean something where the focus is: in the network, in a picture, on a line.

They belong to what has the focus, which does what they say; here they are told of.
"""

from __future__ import annotations

from collections.abc import Mapping

Rows = tuple[tuple[tuple[str, ...], str], ...]

PLACES: Mapping[str, Rows] = {
    "In the network": (
        (("Arrows",), "From neuron to neuron"),
        (("Ctrl+arrows",), "To weights and biases"),
        (("Shift+arrows",), "Select several"),
        (("Enter",), "Edit what is selected"),
        (("+", "−"), "Nudge it; neurons, layers"),
        (("Ctrl++", "Ctrl+−"), "Nudge it finely"),
        (("L",), "Lock or unlock"),
        (("Delete",), "Cut or mend"),
        (("Shift+F10",), "All that can be done"),
        (("Escape",), "Leave"),
    ),
    "In a picture": (
        (("Arrows",), "Move the probe or the start"),
        (("+", "−"), "Zoom"),
        (("Ctrl+arrows",), "Move what is seen"),
        (("Home",), "See all of it"),
        (("Escape",), "Take the probe away"),
    ),
    "On a slider or the timeline": (
        (("Arrows",), "A little"),
        (("PgUp", "PgDn"), "Much"),
        (("Home", "End"), "To the ends"),
        (("Delete",), "Default; drop a bookmark"),
        (("F2",), "Name a bookmark"),
    ),
}
