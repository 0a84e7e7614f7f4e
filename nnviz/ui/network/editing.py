"""The numbers of the network in a person's hand: edited live, nudged, locked, cut, reset.

A number is a move of the run and goes to the player; what is locked or cut is set up and goes to
the document. Whatever is picked next takes the place in the editor while it is open.
"""

from __future__ import annotations

from functools import cached_property, partial

import numpy as np
from PySide6.QtCore import QObject, QRect

from nnviz.experiment import edits
from nnviz.experiment.build import start
from nnviz.runtime.frames import Floats, Picture
from nnviz.ui.canvas.network import NetworkCanvas
from nnviz.ui.canvas.network_view import NetworkView, Picked
from nnviz.ui.controls.floating import Floating
from nnviz.ui.controls.number_editor import NumberEditor, Numbers
from nnviz.ui.network.hand import Hand
from nnviz.ui.network.portrait import Portrait
from nnviz.ui.parts import Parts

NUDGE, SHARE = 0.1, 0.05
"""A nudge is so much, or such a share of the largest number."""


class Editing(QObject):
    """Edits what is picked in a canvas."""

    def __init__(self, parts: Parts, canvas: NetworkCanvas, floating: Floating) -> None:
        """Listen to the canvas."""
        super().__init__(canvas)
        self._store = parts.store
        self._canvas, self._floating = canvas, floating
        self._portrait: Portrait | None = None
        self._picture: Picture | None = None
        self._view: NetworkView | None = None
        self._picked = Picked()
        self._places: tuple[int, ...] = ()
        self._start: tuple[Portrait, Floats] | None = None
        self._hand = Hand(parts.store, parts.player, self)
        self._connect()

    def _connect(self) -> None:
        canvas = self._canvas
        canvas.edit_asked.connect(self.open)
        canvas.picked.connect(self._on_picked)
        canvas.nudged.connect(self.nudge)
        canvas.lock_asked.connect(self.toggle_lock)
        canvas.cut_asked.connect(self.toggle_cut)

    @cached_property
    def editor(self) -> NumberEditor:
        """Where numbers are set; made when somebody first wants to."""
        editor = NumberEditor(self._floating)
        editor.turned.connect(self._on_turned)
        editor.settled.connect(self._store.settle)
        editor.lock_asked.connect(self._on_lock_asked)
        editor.cut_asked.connect(self._on_cut_asked)
        editor.reset_asked.connect(self._on_reset_asked)
        return editor

    @property
    def is_open(self) -> bool:
        """Whether the editor is to be seen."""
        return isinstance(self._floating.content, NumberEditor)

    def show_picture(self, picture: Picture, portrait: Portrait, view: NetworkView) -> None:
        """Show the numbers of the moment."""
        is_other = self._portrait is not None and not portrait.fits(self._portrait.experiment)
        self._hand.show_picture(picture)
        self._picture, self._portrait, self._view = picture, portrait, view
        if is_other and self.is_open:
            self._floating.close_down()
        elif self.is_open:
            self._show()

    def open(self, picked: Picked, place: QRect) -> None:
        """Edit the numbers of a selection beside a rectangle of the canvas."""
        if self._take(picked):
            self._open(place)

    def open_alpha(self, layer: int, place: QRect) -> None:
        """Edit the slope that a PReLU learns."""
        if self._portrait is None:
            return
        alphas = self._portrait.network.places[layer].alphas
        self._picked, self._places = Picked(), tuple(range(alphas.start, alphas.stop))
        if self._places:
            self._open(place)

    def _open(self, place: QRect) -> None:
        self._show()
        self._floating.show_title(self._title())
        self._floating.open_beside(place, self._canvas, self.editor)
        self.editor.begin()

    def nudge(self, picked: Picked, steps: float) -> None:
        """Turn the numbers of a selection by some steps, or by parts of one."""
        places = self._free(picked)
        if not places:
            return
        values = self._hand.values(places)
        step = steps * max(NUDGE, SHARE * max(map(abs, values)))
        label = _label(picked, places)
        self._hand.put(places, tuple(round(each + step, 9) for each in values), label)

    def reset(self, places: tuple[int, ...]) -> None:
        """Put numbers back to where training began."""
        start_ = self._starts()
        if start_ is not None:
            self._store.settle()
            self._hand.put(places, _some(start_, places), "reset of numbers")
            self._store.settle()

    def toggle_lock(self, picked: Picked) -> None:
        """Lock the numbers of a selection, or free them where all are locked."""
        self.lock(self._known(picked))

    def lock(self, places: tuple[int, ...]) -> None:
        """Lock places of theta, or free them where all are locked."""
        if places:
            held = not self.are_held(places)
            edit = partial(edits.with_held, places=places, held=held)
            self._store.edit("lock" if held else "unlock", edit)

    def toggle_cut(self, picked: Picked) -> None:
        """Cut the links of a selection, or mend them where all are cut."""
        self.cut(self._known(Picked(weights=picked.weights)))

    def cut(self, places: tuple[int, ...]) -> None:
        """Cut links, or mend them, with what they were, where all are cut."""
        if not places:
            return
        cut = not self.are_cut(places)
        edit = partial(edits.with_cut, places=places, cut=cut)
        self._store.edit("cut" if cut else "mend", edit)

    def show_loss_over(self, places: tuple[int, ...]) -> None:
        """Show the loss of the network over one place of theta or two."""
        self._store.edit("loss surface", partial(edits.with_loss_over, places=places))

    def are_held(self, places: tuple[int, ...]) -> bool:
        """Whether all of some places are locked."""
        return set(places) <= set(self._store.experiment.architecture.held)

    def are_cut(self, places: tuple[int, ...]) -> bool:
        """Whether all of some places are cut."""
        return set(places) <= set(self._store.experiment.architecture.cut)

    def _known(self, picked: Picked) -> tuple[int, ...]:
        """The places of a selection; none when the picture is of another network by now."""
        portrait = self._portrait
        if portrait is None or not portrait.fits(self._store.experiment):
            return ()
        return portrait.places(picked)

    def _free(self, picked: Picked) -> tuple[int, ...]:
        cut = set(self._store.experiment.architecture.cut)
        return tuple(each for each in self._known(picked) if each not in cut)

    def _take(self, picked: Picked) -> bool:
        """Take a selection; whether there is a number in it."""
        places = self._known(picked)
        self._picked, self._places = picked, places
        return bool(places)

    def _show(self) -> None:
        picture, places = self._picture, self._places
        if picture is None:
            return
        links = self._picked.weights
        overlay = picture.overlay
        self.editor.show_numbers(
            Numbers(
                noun=_noun(self._picked),
                values=self._hand.values(places),
                starts=_some(self._starts(), places),
                gradients=_some(overlay.gradient, places),
                updates=_some(overlay.update, places),
                held=self.are_held(places),
                cut=self.are_cut(places) if len(links) == len(places) else None,
            )
        )

    def _starts(self) -> Floats | None:
        portrait = self._portrait
        if portrait is None:
            return None
        if self._start is None or self._start[0] is not portrait:
            self._start = (portrait, start(portrait.experiment, portrait.network))
        return self._start[1]

    def _title(self) -> str:
        count = len(self._places)
        if count > 1:
            return f"{count} {_label(self._picked, self._places)}"
        if self._view is None or not self._picked:
            return "Slope of the negative side"
        return _name(self._view, self._picked)

    def _on_picked(self, picked: Picked) -> None:
        if not self.is_open:
            return
        if self._take(picked):
            self._show()
            self._floating.show_title(self._title())
            self.editor.begin()
        else:
            self._floating.close_down()

    def _on_turned(self, values: tuple[float, ...]) -> None:
        self._hand.put(self._places, values, _label(self._picked, self._places))

    def _on_lock_asked(self) -> None:
        self.lock(self._places)
        self._show()

    def _on_cut_asked(self) -> None:
        self.cut(self._places)
        self._show()

    def _on_reset_asked(self) -> None:
        self.reset(self._places)


def _noun(picked: Picked) -> str:
    if picked.weights:
        return "Number" if picked.biases or picked.units else "Weight"
    return "Bias" if picked else "Alpha"


def _label(picked: Picked, places: tuple[int, ...]) -> str:
    """What the numbers of a selection are called, one or several."""
    noun = _noun(picked).lower()
    return noun if len(places) == 1 else f"{noun}{'es' if noun == 'bias' else 's'}"


def _name(view: NetworkView, picked: Picked) -> str:
    """What the first number of a selection is called."""
    if picked.weights:
        layer, unit, source = picked.weights[0]
        before = (layer, view.on[source] if layer == 0 else source)
        return f"{view.short_name(before)} → {view.short_name((layer + 1, unit))}"
    layer, place = (*picked.biases, *picked.units)[0]
    return f"Bias of {view.short_name((layer + 1, place))}"


def _some(numbers: Floats | None, places: tuple[int, ...]) -> tuple[float, ...]:
    if numbers is None or (places and max(places) >= numbers.size):
        return ()
    return tuple(np.asarray(numbers)[list(places)].tolist())
