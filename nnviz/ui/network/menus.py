"""The menus of the network, as values: what is offered for a layer and for a selection."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.initializers import INITIALIZERS
from nnviz.experiment import edits
from nnviz.experiment.spec import Experiment
from nnviz.ui.canvas.network_view import FEATURES, Picked
from nnviz.ui.network.editing import Editing
from nnviz.ui.network.portrait import Portrait
from nnviz.value import dataclass

Act = Callable[[], object]
Try = Callable[[str, edits.Edit], object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to do; with `inner` a menu of its own. A switch where `checked` is not None."""

    label: str
    act: Act | None = None
    hint: str = ""
    enabled: bool = True
    checked: bool | None = None
    inner: tuple[Entry | None, ...] = ()


Entries = tuple[Entry | None, ...]
"""What a menu offers; None is a line."""


def menu_of(entries: Entries, parent: QWidget) -> QMenu:
    """A menu of entries, that is gone once it is closed."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    _fill(menu, entries)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def layer_entries(
    experiment: Experiment, layer: int, attempt: Try, open_settings: Act, open_alpha: Act
) -> Entries:
    """What is offered for a layer; the output, which counts last, can only have one before it.

    Args:
        experiment: whose layer it is.
        layer: from 0 on.
        attempt: makes an edit, or says why not.
        open_settings: shows the layer's sliders.
        open_alpha: shows the number that its activation learns.
    """
    hidden = experiment.architecture.hidden
    before = _step("Add a layer before", attempt, partial(edits.with_layer_inserted, at=layer))
    before = replace(before, enabled=len(hidden) < edits.LAYER_LIMIT)
    if layer >= len(hidden):
        return (before,)
    own = hidden[layer]
    after = _step("Add a layer after", attempt, partial(edits.with_layer_inserted, at=layer + 1))
    settings = Entry("Dropout and shape…", open_settings, "Sliders of this layer.")
    alpha = Entry("Learned slope…", open_alpha, "The number that PReLU learns.")
    more = _step("One neuron more", attempt, partial(edits.with_neuron_added, layer=layer))
    fewer = _step("One neuron less", attempt, partial(edits.with_neuron_removed, layer=layer))
    return (
        Entry("Activation", inner=_activations(experiment, layer, attempt)),
        Entry("Initial weights", inner=_initializers(experiment, layer, attempt)),
        settings,
        *((alpha,) if own.activation.key == "prelu" else ()),
        None,
        replace(more, enabled=own.width < edits.WIDTH_LIMIT),
        replace(fewer, enabled=own.width > 1),
        None,
        before,
        replace(after, enabled=len(hidden) < edits.LAYER_LIMIT),
        _move("Move left", experiment, attempt, layer, layer - 1),
        _move("Move right", experiment, attempt, layer, layer + 1),
        None,
        _step("Remove this layer", attempt, partial(edits.with_layer_removed, at=layer)),
    )


def number_entries(picked: Picked, portrait: Portrait, editing: Editing, open_: Act) -> Entries:
    """What is offered for selected weights, biases and neurons."""
    places = portrait.places(picked)
    links = portrait.places(Picked(weights=picked.weights))
    into = portrait.places_into(picked)
    held, cut = editing.are_held(places), bool(links) and editing.are_cut(links)
    many = len(places) > 1
    noun = "numbers" if many else "bias" if not links else "weight"
    entries = [
        Entry(f"Edit the {noun}…", open_, "By slider or keyboard, while training goes on."),
        Entry("Unlock" if held else "Lock", partial(editing.lock, places), _LOCK),
    ]
    if links:
        label = ("Mend" if cut else "Cut") + (" the links" if len(links) > 1 else " the link")
        entries.append(Entry(label, partial(editing.cut, links), "A cut link is 0 for good."))
    if into:
        label = "Unlock all that comes in" if editing.are_held(into) else "Lock all that comes in"
        entries.append(Entry(label, partial(editing.lock, into), _LOCK))
    entries.append(Entry("Reset", partial(editing.reset, places), "Back to where training began."))
    if 0 < len(places) <= 2:
        label = "Loss over these two" if many else f"Loss over this {noun}"
        entries.append(Entry(label, partial(editing.show_loss_over, places), _LOSS_OVER))
    return tuple(entries)


def is_feature(picked: Picked) -> bool:
    """Whether a selection is one feature."""
    return len(picked.units) == 1 and picked.units[0][0] == FEATURES


_LOSS_OVER = "Show the loss surface of the network with just these on its axes."
_LOCK = "What is locked is changed by no update."


def _activations(experiment: Experiment, layer: int, attempt: Try) -> Entries:
    own = experiment.architecture.hidden[layer].activation
    return tuple(
        Entry(
            each.label,
            partial(
                attempt,
                "activation of a layer",
                partial(edits.with_layer_activation, layer=layer, activation=each()),
            ),
            checked=each.key == own.key,
        )
        for each in ACTIVATIONS
    )


def _initializers(experiment: Experiment, layer: int, attempt: Try) -> Entries:
    own = experiment.architecture.hidden[layer].initializer
    general = INITIALIZERS[experiment.architecture.initializer].label
    offered = [("", f"As the network ({general})", "Begins a new run.")]
    offered += [(each.key, each.label, each.hint) for each in INITIALIZERS]
    made = [
        Entry(
            label,
            partial(
                attempt,
                "initial weights of a layer",
                partial(edits.with_layer_initializer, layer=layer, key=key),
            ),
            hint,
            checked=key == own,
        )
        for key, label, hint in offered
    ]
    return (made[0], None, *made[1:])


def _move(label: str, experiment: Experiment, attempt: Try, start: int, end: int) -> Entry:
    step = _step(label, attempt, partial(edits.with_layer_moved, start=start, end=end))
    return replace(step, enabled=0 <= end < len(experiment.architecture.hidden))


def _step(label: str, attempt: Try, edit: edits.Edit) -> Entry:
    return Entry(label, partial(attempt, "layer", edit))


def _fill(menu: QMenu, entries: Iterable[Entry | None]) -> None:
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        elif entry.inner:
            inner = menu.addMenu(entry.label)
            inner.setToolTipsVisible(True)
            _fill(inner, entry.inner)
        else:
            menu.addAction(_action(entry, menu))


def _action(entry: Entry, menu: QMenu) -> QAction:
    action = QAction(entry.label, menu)
    action.setToolTip(entry.hint or entry.label)
    action.setEnabled(entry.enabled)
    if entry.checked is not None:
        action.setCheckable(True)
        action.setChecked(entry.checked)
    if entry.act is not None:
        action.triggered.connect(partial(_run, entry.act))
    return action


def _run(act: Act, *_: object) -> None:
    act()
