"""The output panel: what the network says over the plane, and how well."""

from __future__ import annotations

import math
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QCursor, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.experiment import edits
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Picture
from nnviz.runtime.scenes import Domain, Kept, Pointer
from nnviz.ui.canvas.boundary import BoundaryCanvas
from nnviz.ui.canvas.card import HoverCard
from nnviz.ui.canvas.colorbar import ColorBar
from nnviz.ui.controls.layout import column
from nnviz.ui.controls.reading import Reading
from nnviz.ui.controls.switch import Switch
from nnviz.ui.controls.text import Figure
from nnviz.ui.panels.output import words
from nnviz.ui.panels.output.display import Display
from nnviz.ui.panels.output.figures import Figures
from nnviz.ui.panels.output.head import OutputHead
from nnviz.ui.parts import Parts
from nnviz.ui.theme import Theme

_UNDER_PICTURE = 60
_SIDE = 112
_BELOW = 90
_WIDER_THAN_HIGH = 24  # What a plot needs around its square: so much more beside than above it.
_LEAST = 120
_LEAST_PICTURE = 240  # Less than that is no picture any more beside the figures.
_ALL = 1000  # The weight of a part beside which others get nothing.
_UNSEEN = 48  # The cells a side that do while nobody sees the picture.
_AROUND = 0.12  # How much more than what is seen is painted, so that moving shows no edge.


class OutputPanel(QWidget):
    """The decision boundary with the points, the losses and the accuracy."""

    key: ClassVar[str] = "output"

    told = Signal(str)
    """What could not be taken, in a sentence."""

    def __init__(self, parts: Parts) -> None:
        """Show the experiment of the store and the newest picture."""
        super().__init__()
        self._store, self._player = parts.store, parts.player
        self._look = parts.look
        self._cells = parts.player.wishes.boundary_cells
        self._picture: Picture | None = None
        self._pointer: QPoint | None = None
        self.canvas = BoundaryCanvas(parts.look.theme)
        self.bar = ColorBar(parts.look.theme)
        self._display = Display(self.canvas, self.bar)
        self.card = HoverCard(parts.look.theme, self.canvas)
        self.figures = Figures(parts.look.theme)
        self.head = OutputHead(parts.store)
        self._make()
        self._lay_out()
        self._connect(parts)
        self._show(parts.store.experiment)
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)
            self._on_reported(parts.player.picture)

    def _make(self) -> None:
        self.train_loss = Reading("Train loss", "The mean loss over the points trained on.")
        self.test_loss = Reading("Test loss", "The mean loss over the points never trained on.")
        self.accuracy = Reading(
            "Accuracy",
            "The share of the test points that the network gets right.",
            widest="100.0 %",
        )
        self.show_test = Switch("Test data", "Show the points that test the network (T).")
        self.discretize = Switch("Discretize", "Show only what the network decides for (D).")
        self.place = Figure("x₁ −0.00   x₂ −0.00   →  −0.000  orange", 0.95)
        self.place.setToolTip("What the network says where the pointer is.")

    def _lay_out(self) -> None:
        self._side = numbers = QWidget()
        self._numbers = QBoxLayout(QBoxLayout.Direction.LeftToRight, numbers)
        self._numbers.setContentsMargins(0, 0, 0, 0)
        for each in (self.train_loss, self.test_loss, self.accuracy):
            self._numbers.addWidget(each)
        switches = QWidget()
        self._switches = QBoxLayout(QBoxLayout.Direction.LeftToRight, switches)
        self._switches.setContentsMargins(0, 0, 0, 0)
        self._switches.setSpacing(4)
        for part in (self.show_test, self.discretize):
            self._switches.addWidget(part)
        self._drawing = QWidget()
        inner = QVBoxLayout(self._drawing)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addWidget(self.head)
        inner.addWidget(self.canvas, _ALL)
        inner.addWidget(self.bar)
        inner.addWidget(self.place)
        inner.addStretch(1)
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        side = column(numbers, 1, switches, spacing=10)
        self._layout.addWidget(self._drawing, 1)
        self._layout.addLayout(side)
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addLayout(self._layout, 1)
        whole.addWidget(self.figures)
        self.figures.hide()

    def _connect(self, parts: Parts) -> None:
        self._store.changed.connect(self._on_changed)
        parts.player.pictured.connect(self._on_pictured)
        parts.player.reported.connect(self._on_reported)
        parts.look.changed.connect(self._show_theme)
        self._show_theme(parts.look.theme)
        self.show_test.picked.connect(self._on_test_switched)
        self.discretize.picked.connect(self._on_discretize_switched)
        canvas, head = self.canvas, self.head
        canvas.place_hovered.connect(self._on_place_hovered)
        canvas.view_changed.connect(self._on_view_changed)
        canvas.probe_moved.connect(self._on_probe_moved)
        canvas.probe_dropped.connect(self._store.settle)
        canvas.probe_removed.connect(self._on_probe_removed)
        canvas.point_clicked.connect(self._on_point_clicked)
        head.pin.clicked.connect(self._on_unpinned)
        head.compare.clicked.connect(self._on_compared)
        head.more.clicked.connect(self._on_more_switched)
        head.told.connect(self.told)
        self.figures.part_picked.connect(self._on_part_picked)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._player.set_wishes(boundary_cells=self._cells)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._player.set_wishes(boundary_cells=min(_UNSEEN, self._cells))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Numbers stand beside a wide picture and below a high one."""
        more = self.figures.sizeHint().height() if self.figures.isVisibleTo(self) else 0
        width, height = self.width(), self.height() - _UNDER_PICTURE - more
        self._drawing.setVisible(not more or height >= self._look.theme.px(_LEAST_PICTURE))
        beside = min(width - _SIDE, height) > min(width, height - _BELOW)
        along, across = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for each in (self._numbers, self._switches):
            each.setDirection(across if beside and not more else along)
            each.activate()
        self._layout.setDirection(along if beside else across)
        self._whole.invalidate()
        self._whole.activate()  # Else the room of a row is kept a moment, and widens the window.
        plot = width - (self._side.sizeHint().width() + 10 if beside else 0)
        self.canvas.setMaximumHeight(max(plot - self._look.theme.px(_WIDER_THAN_HIGH), _LEAST))

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if old.view is not new.view:
            self._show(new)

    def _show(self, experiment: Experiment) -> None:
        self.show_test.show_on(experiment.view.show_test)
        self.discretize.show_on(experiment.view.discretize)
        self.head.show_view(experiment)
        if experiment.view.space == "plane":
            self.canvas.show_probe(experiment.view.probe)

    def _show_theme(self, theme: Theme) -> None:
        self.train_loss.show_line(theme.accent)
        self.test_loss.show_line(theme.text)
        for each in (self.canvas, self.bar, self.card, self.figures):
            each.show_theme(theme)

    def _on_pictured(self, picture: Picture) -> None:
        self._picture, scene = picture, picture.scene
        self.head.title.setText(words.title(picture))
        self.head.show_compared(compared=picture.wishes.kept is not None)
        self._display.show(picture, self._store.experiment.view.probe)
        self.canvas.show_told(words.probed(picture))
        self._show_figures(on=bool(picture.wishes.quality))
        if scene.quality is not None:
            self.figures.part.show_key(scene.quality.part)
            self.figures.show_quality(scene.setup, scene.quality)
        self._tell()

    def _on_reported(self, picture: Picture) -> None:
        now = picture.frame.now
        self.train_loss.show_text(words.written(now.train_loss))
        self.test_loss.show_text(words.written(now.test_loss))
        self.accuracy.setVisible(not math.isnan(now.test_accuracy))
        self.accuracy.show_text(f"{now.test_accuracy:.1%}".replace("%", " %"))

    def _on_test_switched(self, on: bool) -> None:  # noqa: FBT001 - the state
        self._store.edit("show test data", partial(edits.with_view, show_test=on))

    def _on_discretize_switched(self, on: bool) -> None:  # noqa: FBT001 - the state
        self._store.edit("discretize output", partial(edits.with_view, discretize=on))

    def _on_unpinned(self) -> None:
        self._store.edit("unpin", partial(edits.with_view, pinned=None))

    def _on_compared(self) -> None:
        frame = self._picture.frame if self._picture is not None else None
        is_kept = self._player.wishes.kept is not None or frame is None
        kept = (
            None if is_kept or frame is None else Kept(frame.experiment, frame.theta, frame.epoch)
        )
        self._player.set_wishes(kept=kept)
        self.head.show_compared(compared=kept is not None)

    def _on_more_switched(self) -> None:
        on = self.head.more.isChecked()
        self._player.set_wishes(quality=self.figures.part.key if on else "")
        self._show_figures(on=on)

    def _show_figures(self, *, on: bool) -> None:
        if on != self.figures.isVisibleTo(self):
            self.head.more.setChecked(on)
            self.figures.setVisible(on)
            self._arrange()

    def _on_part_picked(self, part: str) -> None:
        self._player.set_wishes(quality=part)

    def _on_place_hovered(self, place: tuple[float, float] | None) -> None:
        pointer = None if place is None else Pointer(*place, self.canvas.reach)
        self._pointer = None if pointer is None else self.canvas.mapFromGlobal(QCursor.pos())
        self._player.set_wishes(pointer=pointer)
        if pointer is None:
            self._tell()

    def _on_view_changed(self, seen: Domain | None) -> None:
        if self._picture is None:
            return
        scene = self._picture.scene
        whole = scene.space.domain if scene.space else scene.setup.dataset.plane
        part = None if seen is None else _around(seen, whole)
        self._player.set_wishes(
            domain=None if scene.space else part, seen=part if scene.space else None
        )

    def _on_probe_moved(self, x: float, y: float) -> None:
        self._store.change(edits.with_view(self._store.experiment, probe=(x, y)), "probe")

    def _on_probe_removed(self) -> None:
        self._store.edit("remove probe", edits.with_probe_switched)

    def _on_point_clicked(self, place: int) -> None:
        if self._picture is not None and place < len(self._picture.scene.sample.points):
            x, y = self._picture.scene.sample.points[place].tolist()
            self._store.edit("probe", partial(edits.with_view, probe=(x, y)))

    def _tell(self) -> None:
        """Say what is under the pointer, with the numbers of now."""
        picture = self._picture
        if picture is None:
            return
        scene = picture.scene
        pointed = scene.pointed if self._player.wishes.pointer is not None else None
        if pointed is None:
            self.place.show_text(words.quiet_note(picture) or words.probed(picture))
        else:
            said = words.read_out(scene.setup, pointed, scene.unit, scene.space)
            self.place.show_text(said)
        near = pointed.near if pointed is not None else None
        self.canvas.show_near(None if near is None else near.place)
        if near is None or self._pointer is None:
            self.card.hide()
        else:
            self.card.show_text(self._pointer, *words.near_rows(scene.setup, near))


def _around(seen: Domain, plane: Domain) -> Domain:
    """What is seen and a little more, inside of the plane."""
    x0, x1, y0, y1 = seen
    x, y = _AROUND * (x1 - x0), _AROUND * (y1 - y0)
    left, right, low, high = plane
    return (max(x0 - x, left), min(x1 + x, right), max(y0 - y, low), min(y1 + y, high))
