"""The application: builds every part and hands it in; nothing is looked up anywhere else.

The one idea of the order: what the first picture shows is made before the window is shown, as what
is hidden and has no style sheet yet is made faster; what lies below it is made once that picture
stands, and what no workspace shows when one does.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QSettings,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from nnviz.assets import asset
from nnviz.experiment.spec import Experiment
from nnviz.mistake import Mistake
from nnviz.runtime.compiler import Compiler
from nnviz.runtime.ending import leave_stuck_threads
from nnviz.runtime.orders import Failed
from nnviz.ui.crash import Crash, data_folder, told_moment
from nnviz.ui.dialogs.files import FileDialogs
from nnviz.ui.documents import Asker, Documents, Source
from nnviz.ui.look import Look
from nnviz.ui.panels.table import PANELS
from nnviz.ui.parts import Parts, tints_of, wishes_of
from nnviz.ui.player import Player
from nnviz.ui.preferences import Preferences, WindowState, settings_file
from nnviz.ui.stopwatch import wait, wait_until, watched
from nnviz.ui.store import Store
from nnviz.ui.theme import THEMES, Theme, apply, load_fonts
from nnviz.ui.window import Window

if TYPE_CHECKING:
    from nnviz.export.request import ExportRequest

SCENE = 1600, 1000
"""The size of the window that is timed."""

WARMING_S = 1.0

STANDING_MS = 500
"""After so long the window stands with all that it shows."""


def run(source: Source | None = None) -> int:
    """Open the window, on what is named if anything is, until it is closed: the exit code."""
    app = application()
    laboratory = Laboratory(app, compiler=Compiler())
    laboratory.crash.listen()
    QTimer.singleShot(0, lambda: laboratory.open(source))
    QTimer.singleShot(STANDING_MS, _collect_from_now_on)
    # Without this, Ctrl+C in a terminal would wait for an event.
    signal.signal(signal.SIGINT, lambda *_: laboratory.window.close())
    try:
        code = app.exec()
        laboratory.crash.forget()
    finally:
        laboratory.close()
    leave_stuck_threads(code)
    return code


def _collect_from_now_on() -> None:
    """Look for garbage, but not among what the start has made: it stays."""
    gc.freeze()
    gc.enable()


def export(request: ExportRequest) -> int:
    """Draw and write what a request asks for; what is done is told on stderr.

    Returns:
        The exit code of the program.

    Raises:
        Mistake: if the experiment cannot be built or the file cannot be written.
    """
    qInstallMessageHandler(_tell_news)
    apply(application(), next(each for each in THEMES if each.key == request.theme))
    # Heavy: this is what loads the panels.
    from nnviz.ui.camera import run_export
    from nnviz.ui.twin import window_maker

    run_export(
        request, Preferences(settings_file("preferences")), window_maker(Window), _tell_progress
    )
    return 0


def show_first() -> None:
    """Open the window as `run` does, say when its first picture stands, and end: for `bench`."""
    with _fresh_laboratory(application(), Experiment()):
        QCoreApplication.processEvents()
        sys.stdout.write("here\n")
        sys.stdout.flush()


def time_frames(
    experiment: Experiment, workspace: str, seconds: float, *, compiled: bool
) -> dict[str, Any]:
    """How long the window's thread works for a picture, training flat out: for `bench`.

    Args:
        experiment: what is trained and shown, in a window of 1600 x 1000.
        workspace: the workspace in which it is shown, all of its panels unfolded.
        seconds: how long to look.
        compiled: whether the compiled loop trains; its kernel must be ready.
    """
    qInstallMessageHandler(_tell_news)
    loop, compiler = ("compiled", Compiler()) if compiled else ("numpy", None)
    with _fresh_laboratory(application(), experiment, compiler) as laboratory:
        player, deck = laboratory.parts.player, laboratory.window.deck
        deck.show_workspace(workspace)
        for key in deck.folded:
            deck.fold(key)
        deck.fill(deck.shown)
        player.set_speed(float("inf"))
        player.play()
        wait_until(lambda: player.picture is not None and player.picture.frame.loop == loop)
        wait(WARMING_S)
        return {**watched(player, seconds), "loop": loop}


@contextmanager
def _fresh_laboratory(
    app: QApplication, experiment: Experiment, compiler: Compiler | None = None
) -> Iterator[Laboratory]:
    """A laboratory as on its first day, with its first picture on the screen."""
    with TemporaryDirectory() as folder:
        laboratory = Laboratory(app, None, experiment, compiler, partial(_fresh, Path(folder)))
        player = laboratory.parts.player
        try:
            laboratory.window.resize(*SCENE)
            laboratory.open()
            wait_until(lambda: player.picture is not None)
            yield laboratory
        finally:
            laboratory.close()
            laboratory.window.hide()
            laboratory.window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _fresh(folder: Path, name: str) -> QSettings:
    return QSettings(str(folder / f"{name}.ini"), QSettings.Format.IniFormat)


def _tell_news(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Pass on what Qt says, but for what its platform without a screen cannot do anyway."""
    if not message.startswith("This plugin does not support"):
        sys.stderr.write(f"{message}\n")


def _tell_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {total} frames" + ("\n" if done == total else ""))
        sys.stderr.flush()


def application() -> QApplication:
    """The one application, named and with its typeface."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("nnviz")
    app.setApplicationDisplayName("NNViz")
    app.setDesktopFileName("nnviz")
    app.setWindowIcon(QIcon(str(asset("icons", "nnviz.svg"))))
    load_fonts()
    return app


class Laboratory:
    """All parts of one running program."""

    def __init__(
        self,
        app: QApplication,
        asker: Asker | None = None,
        experiment: Experiment | None = None,
        compiler: Compiler | None = None,
        settings: Callable[[str], QSettings] = settings_file,
    ) -> None:
        """Build everything but the panels.

        Args:
            app: the application.
            asker: who asks about files; dialogs when it is left out.
            experiment: what to begin with; a new one when it is left out.
            compiler: brings the compiled loop; without it the loop in NumPy stays.
            settings: gives the settings of a name.
        """
        preferences = Preferences(settings("preferences"))
        look = Look(app, preferences.theme, dressed=False)
        experiment = experiment or Experiment()
        player = Player(experiment, wishes_of(look.theme))
        self._compiler = compiler
        self.parts = Parts(Store(experiment), player, look, preferences)
        self.documents = Documents(self.parts.store, player, preferences, asker or FileDialogs())
        self.window = Window(self.parts, self.documents, WindowState(settings("window")))
        self.crash = Crash(self.documents.now, self.window.show_report, data_folder())
        self._connect()

    def open(self, source: Source | None = None) -> None:
        """Make the panels and show the window, with what was named."""
        self.furnish(source)
        self.show()

    def show(self) -> None:
        """Put the window on the screen."""
        self.parts.look.dress()
        self.window.show()

    def furnish(self, source: Source | None = None) -> None:
        """Make the panels that come first, and open what was named.

        Where nothing was named, or all the same: what an earlier start left behind is offered.
        """
        self.parts.player.tick()  # A thread paints the first picture while panels are made.
        for kind in PANELS:
            self.window.furnish(kind)
        self.window.deck.fill(self.window.deck.tops)
        self.parts.player.tick()
        if source is not None:
            self.documents.read(source)
        self._offer_rescued()
        if self._compiler is not None:  # Imports Numba, and imports in two threads can clash.
            self.parts.player.bring(self._compiler)

    def close(self) -> None:
        """Take all windows away, end the threads and stop listening; the work is safe by now.

        A window that is still open when the interpreter ends would be hidden by its destructor,
        and what it runs then, in Python, is half gone.
        """
        for each in QApplication.topLevelWidgets():
            each.hide()
        self.parts.player.close()
        self.crash.leave()

    def _connect(self) -> None:
        player = self.parts.player
        self.parts.store.changed.connect(self._on_changed)
        self.parts.look.changed.connect(self._on_look_changed)
        player.failed.connect(self._on_failed)
        self.documents.changed.connect(self._on_document_changed)

    def _offer_rescued(self) -> None:
        rescued = self.crash.rescued()
        if rescued is not None:
            moment = told_moment(self.crash.rescued_at(), datetime.now().astimezone())
            self.window.banner.show_message(
                f"NNViz met a problem {moment}; your work of then was saved.",
                calm=True,
                action="Open the saved work",
                act=partial(self.documents.recover, rescued),
            )

    def _on_changed(self, _: Experiment, new: Experiment) -> None:
        self.parts.player.adopt(new)

    def _on_document_changed(self) -> None:
        """Whoever has saved, or has gone on to another document, needs no rescued work."""
        if not self.documents.is_modified:
            self.crash.forget()

    def _on_look_changed(self, theme: Theme) -> None:
        self.parts.player.set_wishes(**tints_of(theme))

    def _on_failed(self, failed: Failed) -> None:
        if isinstance(failed.error, Mistake):
            self.window.banner.show_message(str(failed.error))
        else:
            self.crash.report(failed.error)
