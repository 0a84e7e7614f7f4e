"""Filming beside the work: a thread trains, paints and writes while the window stays responsive.

Only the camera needs the window's thread; it is asked for one picture at a time and waited for, so
nothing queues up. What goes wrong comes back as a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from threading import Event, Thread
from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nnviz.export.exporters import write
from nnviz.export.request import ExportRequest
from nnviz.runtime.frames import Picture
from nnviz.ui.camera import Bytes, Camera, film, painted
from nnviz.ui.parts import Parts
from nnviz.ui.twin import Original, window_maker

GLANCE_S = 0.02
"""How often a thread that waits for the camera looks whether it should give up."""


class _GivenUpError(Exception):
    """The person does not want the film any more."""


class Filming(QObject):
    """One export under way."""

    progressed = Signal(int, int)
    """A frame was written: (done, total)."""

    ended = Signal(object)
    """It is over: True when the file is there, False when it was given up, or the error."""

    _exposed = Signal(object)

    def __init__(self, request: ExportRequest, camera: Camera) -> None:
        """Make ready; the camera is closed at the end."""
        super().__init__()
        self._request, self._camera = request, camera
        self._is_given_up = Event()
        self._thread = Thread(target=self._run, name="filming", daemon=False)
        self._exposed.connect(self._on_exposed)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Give up: nothing is written, and `ended` says so in a moment."""
        self._is_given_up.set()

    def close(self) -> None:
        """Give up if it is not over, wait for the thread, and put the camera away."""
        self.cancel()
        if self._thread.is_alive():
            self._thread.join()
        self._camera.close()

    def _run(self) -> None:
        outcome: Any
        try:
            outcome = write(
                self._request.path,
                self._frames(),
                total=self._request.frames,
                fps=self._request.fps,
                progress=self.progressed.emit,
                cancelled=self._is_given_up.is_set,
            )
        except _GivenUpError:
            outcome = False
        except Exception as error:  # noqa: BLE001 - a failure is a value until the window
            outcome = error
        self.ended.emit(outcome)

    def _frames(self) -> Iterator[Bytes]:
        for picture in painted(film(self._request, self._look_up), lambda: self._camera.wishes):
            yield self._developed(picture)

    def _look_up(self) -> None:
        if self._is_given_up.is_set():
            raise _GivenUpError

    def _developed(self, picture: Picture) -> Bytes:
        """The picture as the camera sees it, taken in the window's thread."""
        image: Future[Bytes] = Future()
        self._exposed.emit((picture, image))
        while True:
            try:
                return image.result(GLANCE_S)
            except TimeoutError:
                self._look_up()

    def _on_exposed(self, order: tuple[Picture, Future[Bytes]]) -> None:
        if self._is_given_up.is_set():
            return
        picture, image = order
        try:
            image.set_result(self._camera.shoot(picture))
        except Exception as error:  # noqa: BLE001 - handed to the thread that asked
            image.set_exception(error)


def film_beside(original: Original, parts: Parts, request: ExportRequest, scale: float) -> Filming:
    """Make ready to film what a request asks for, laid out as the window that a person works in."""
    make_window = window_maker(cast("type[QWidget]", type(original)), original)
    return Filming(request, Camera(request, parts.preferences, make_window, scale))
