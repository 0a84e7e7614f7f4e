"""Features of a person's own: typed, seen at once, changed, taken away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from nnviz.engine.features import typed_feature
from nnviz.experiment import edits
from nnviz.experiment.data import dataset_of
from nnviz.mistake import Mistake
from nnviz.ui.controls.feature_form import PICTURE, FeatureForm
from nnviz.ui.controls.floating import Floating
from nnviz.ui.network.portrait import feature_maps
from nnviz.ui.parts import Parts


class FeatureEditing(QObject):
    """Opens the form for a feature beside a place of the canvas, and does what is asked there."""

    dropped = Signal(str)
    """A typed feature was changed into another or taken away: its key."""

    def __init__(self, parts: Parts, canvas: QWidget, floating: Floating) -> None:
        """Keep the form closed."""
        super().__init__(canvas)
        self._store, self._look = parts.store, parts.look
        self._canvas, self._floating = canvas, floating
        self._old: str | None = None
        self.form = FeatureForm(self._picture, floating)
        self.form.hide()
        self.form.accepted.connect(self._on_accepted)
        self.form.removed.connect(self.remove)

    def open(self, place: QRect, old: str | None = None) -> None:
        """Type a new feature, or change a typed one."""
        self._old = old
        self.form.show_formula(old or "", is_new=old is None)
        self._floating.show_title("A feature of your own")
        self._floating.open_beside(place, self._canvas, self.form)
        self.form.begin()

    def remove(self) -> None:
        """Take the feature away that is being changed."""
        old = self._old
        if old is not None and old in self._store.experiment.features:
            self._attempt(partial(edits.with_feature_toggled, key=old), "feature removed")

    def _on_accepted(self, text: str) -> None:
        key, old = typed_feature(text), self._old
        fed = self._store.experiment.features
        if old is not None and old in fed:
            edit = partial(edits.with_feature_replaced, old=old, new=key)
            self._attempt(edit, "feature changed")
        elif key in fed:
            self.form.verdict.setText("The network is fed this feature already.")
        else:
            self._attempt(partial(edits.with_feature_toggled, key=key), "feature added")

    def _attempt(self, edit: edits.Edit, label: str) -> None:
        try:
            self._store.edit(label, edit)
        except Mistake as mistake:
            self.form.verdict.setText(str(mistake))
            return
        old = self._old
        self._floating.close_down()
        if old is not None and old not in self._store.experiment.features:
            self.dropped.emit(old)

    def _picture(self, text: str) -> QPixmap:
        """What a formula says over the plane.

        Raises:
            Mistake: if it is no formula.
        """
        stops, domain = self._look.theme.stops, dataset_of(self._store.experiment.data).plane
        colors = feature_maps((typed_feature(text),), stops.tobytes(), domain, PICTURE)[0]
        upright = colors[::-1].tobytes()
        image = QImage(upright, PICTURE, PICTURE, 4 * PICTURE, QImage.Format.Format_RGBA8888)
        return QPixmap.fromImage(image.copy(), Qt.ImageConversionFlag.AutoColor)
