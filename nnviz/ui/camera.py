"""The camera: pictures of a view or of the whole window, as arrays, without a screen.

It builds the view anew from a window that stands still (`nnviz.ui.still`), at the size and in the
theme asked for, so no pointer, focus or menu gets into the picture and the window that a person
works in is left alone. A film trains by itself: the same request gives the same frames.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.engine.kernel import load, takeover
from nnviz.experiment.build import build
from nnviz.export.exporters import EXPORTERS, Progress, write
from nnviz.export.request import ExportRequest
from nnviz.runtime.frames import Frame, Picture, Wishes
from nnviz.runtime.painter import Studio, paint
from nnviz.runtime.trainer import Trainer
from nnviz.ui.parts import Parts, wishes_of
from nnviz.ui.preferences import Preferences
from nnviz.ui.sheet import SHEETS, Sheet
from nnviz.ui.still import still_parts
from nnviz.ui.theme import THEMES, Theme, palette, style_sheet
from nnviz.ui.typeset import Typesetter

Bytes = NDArray[np.uint8]
WindowMaker = Callable[[Parts], QWidget]
"""Makes the whole window around parts."""

FINE_CELLS = 256
"""The cells of a decision boundary that fills the picture."""

MAPLESS, FEW_CELLS = frozenset({"surface", "step", "curves"}), 2
"""Views on which no map of the network is seen, and how few cells it has there."""

MOST_TURNS = 200
"""How often events are let through until the scene has nothing put off any more."""


class Camera:
    """Stands before one view of one experiment and photographs picture after picture.

    Needs a QApplication, and belongs to its thread.
    """

    def __init__(
        self,
        request: ExportRequest,
        preferences: Preferences,
        make_window: WindowMaker,
        scale: float = 1.0,
    ) -> None:
        """Set the scene.

        Args:
            request: what is to be seen, in which theme and how large.
            preferences: what the person prefers; only read.
            make_window: makes the whole window, when that is what is wanted.
            scale: dots for each pixel: 2 makes the picture twice as large and as fine.
        """
        self._scale = scale
        self._theme = next(each for each in THEMES if each.key == request.theme)
        wishes = wishes_of(self._theme)
        if request.view == "boundary":
            wishes = replace(wishes, boundary_cells=FINE_CELLS)
        elif request.view in MAPLESS:
            wishes = replace(wishes, boundary_cells=FEW_CELLS, neuron_cells=FEW_CELLS)
        parts, self._player = still_parts(request.scene, self._theme, wishes, preferences)
        if request.view in SHEETS:
            self._scene: QWidget = Sheet(SHEETS[request.view], parts)
        else:
            self._scene = make_window(parts)
        self._size = QSize(request.width, request.height)
        _dress(self._scene, self._theme)
        _lay_out(self._scene, self._size)

    @property
    def wishes(self) -> Wishes:
        """How pictures are to be painted for this camera."""
        return self._player.wishes

    def shoot(self, picture: Picture) -> Bytes:
        """The view of a picture, of shape (height · scale, width · scale, 4)."""
        self._player.show_picture(picture)
        settle(self._scene)
        return photograph(self._scene, self._theme, self._size * self._scale)

    def close(self) -> None:
        """Take the scene away."""
        self._scene.hide()
        self._scene.deleteLater()
        QCoreApplication.sendPostedEvents(self._scene, QEvent.Type.DeferredDelete)


def film(request: ExportRequest, look_up: Callable[[], None] = lambda: None) -> Iterator[Frame]:
    """The moments that a request asks for, trained for nobody else.

    An animation ends early where training diverges; a still shows the last good moment then.
    What takes long is trained by the compiled loop, if that is there.

    Args:
        request: which experiment, from where, how far and how often.
        look_up: called every few milliseconds; may raise, to give up.
    """
    trainer = Trainer(request.scene, look_up)
    if request.run is not None:
        trainer.restore(request.run)
    if request.epochs > takeover(build(request.scene).course) and (loop := load()):
        trainer.use(loop, "compiled")
    if not EXPORTERS[request.format].moves:
        trainer.work(request.epochs, math.inf)
        if request.looked is not None:
            trainer.look(request.looked)
            trainer.catch_up(math.inf)
        yield trainer.frame()
        return
    yield trainer.frame()
    for _ in range(request.frames - 1):
        trainer.work(request.every, math.inf)
        if trainer.is_over:
            return
        yield trainer.frame()


def painted(frames: Iterator[Frame], wishes: Callable[[], Wishes]) -> Iterator[Picture]:
    """The pictures of moments, each as it is wished for by then."""
    studio = Studio()
    for frame in frames:
        yield paint(frame, wishes(), studio)


def run_export(
    request: ExportRequest,
    preferences: Preferences,
    make_window: WindowMaker,
    on_progress: Progress | None = None,
) -> None:
    """Do all that a request asks for, here and now.

    Raises:
        Mistake: if the experiment cannot be built or the file cannot be written.
    """
    camera = Camera(request, preferences, make_window)
    try:
        pictures = painted(film(request), lambda: camera.wishes)
        write(
            request.path,
            (camera.shoot(picture) for picture in pictures),
            total=request.frames,
            fps=request.fps,
            progress=on_progress,
        )
    finally:
        camera.close()


def photograph(scene: QWidget, theme: Theme, size: QSize) -> Bytes:
    """The picture of a widget that is laid out, drawn in so many dots, of shape (h, w, 4)."""
    image = QImage(size, QImage.Format.Format_RGBA8888)
    image.setDevicePixelRatio(size.width() / scene.width())
    image.fill(QColor(theme.panel))
    scene.render(image)
    height, width = size.height(), size.width()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return rows[:, : 4 * width].reshape(height, width, 4).copy()


def settle(scene: QWidget) -> None:
    """Let a scene do what it puts off: layouts, and what waits for the next turn of the loop."""
    for _ in range(MOST_TURNS):
        for typesetter in scene.findChildren(Typesetter):
            typesetter.finish()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if not any(each.isActive() and not each.interval() for each in scene.findChildren(QTimer)):
            return
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def _dress(scene: QWidget, theme: Theme) -> None:
    """Give a scene its theme, if it is not the one that the program wears."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and app.styleSheet() == style_sheet(theme):
        return
    scene.setStyleSheet(style_sheet(theme))
    # Where style sheets are at work, Qt does not hand palettes on from parent to child.
    for each in (scene, *scene.findChildren(QWidget)):
        each.setPalette(palette(theme))
    scene.setFont(theme.body_font())


def _lay_out(scene: QWidget, size: QSize) -> None:
    """Lay a scene out as if it were on a screen; one that needs more room keeps the proportions."""
    scene.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    scene.resize(size)
    scene.show()
    settle(scene)
    least = scene.minimumSizeHint().expandedTo(scene.minimumSize())
    factor = max(1.0, least.width() / size.width(), least.height() / size.height())
    scene.resize(size * factor)
    settle(scene)
