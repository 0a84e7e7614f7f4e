"""What happens when something goes wrong that only we can have caused.

The one idea: first the work is saved to a recovery file, then one dialog tells, never two; at the
next start the rescued work is offered again.
"""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

import numpy as np
from PySide6.QtCore import QObject, QStandardPaths, Signal, qVersion

from nnviz import __version__
from nnviz.experiment.files import Document, load, save
from nnviz.mistake import Mistake

RECOVERY = "recovery.nnviz"
RESCUED = "rescued.nnviz"


def data_folder() -> Path:
    """Where NNViz keeps files of its own on this system."""
    place = QStandardPaths.StandardLocation.AppDataLocation
    return Path(QStandardPaths.writableLocation(place))


def report_text(error: BaseException | None = None) -> str:
    """What a helper needs to know: the program, the machine and, if there was one, the error."""
    system = [
        f"NNViz {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, NumPy {np.__version__}",
        f"{platform.system()} {platform.release()} ({platform.machine()})",
    ]
    what = traceback.format_exception(error) if error is not None else []
    return "\n".join([*system, "", *(line.rstrip() for line in what)]).rstrip()


def told_moment(moment: datetime, now: datetime) -> str:
    """A moment as one says it: "at 07:34", with the day when that is not today."""
    at = f"at {moment:%H:%M}"
    return at if moment.date() == now.date() else f"on {moment.day} {moment:%B} {at}"


class Crash(QObject):
    """Hears of every error that nobody else handled, in whichever thread."""

    _met = Signal(object)

    def __init__(
        self,
        rescue: Callable[[], Document],
        show: Callable[[str], None],
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        """Not yet listening; see `listen`.

        Args:
            rescue: gives the document that is to be saved.
            show: shows a report to the person, without blocking.
            folder: where the recovery file goes.
            parent: the owner.
        """
        super().__init__(parent)
        self._rescue, self._show, self._folder = rescue, show, folder
        self._met.connect(self._on_met)
        self._has_told = False
        self._before: tuple[Callable[..., object], ...] = ()

    @property
    def recovery(self) -> Path:
        """The file of the work that was saved last."""
        return self._folder / RECOVERY

    def listen(self) -> None:
        """Hear of errors in slots and threads from now on."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self.report(args.exc_value)
        sys.unraisablehook = lambda args: self.report(args.exc_value)

    def leave(self) -> None:
        """Stop listening: the hooks are what they were."""
        if self._before:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._before = ()

    def report(self, error: BaseException | None) -> None:
        """Handle an error; may be called from any thread."""
        if error is not None and not isinstance(error, SystemExit):
            self._met.emit(error)

    def forget(self) -> None:
        """The work is safe elsewhere: no recovery file is needed."""
        self.recovery.unlink(missing_ok=True)

    def rescued(self) -> Document | None:
        """The work that an earlier start left behind; it is offered once, its file is kept."""
        if not self.recovery.exists():
            return None
        try:
            kept = self.recovery.replace(self._folder / RESCUED)
            return load(kept)
        except (Mistake, OSError):
            return None

    def rescued_at(self) -> datetime:
        """When the work that an earlier start left behind was saved, in local time."""
        return datetime.fromtimestamp((self._folder / RESCUED).stat().st_mtime).astimezone()

    def _hook(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.report(error.with_traceback(trace))

    def _on_met(self, error: BaseException) -> None:
        text = report_text(error)
        if sys.stderr is not None:
            sys.stderr.write(f"{text}\n")
        if not self._has_told:
            self._has_told = True
            self._show(f"{text}\n\n{self._save()}")

    def _save(self) -> str:
        """Save the work, whatever state it is in; tells in a sentence how that went."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            save(self.recovery, self._rescue())
        except Exception as error:  # noqa: BLE001 - the report must be shown all the same
            return f"The work could not be saved: {error}"
        return "The work was saved and will be offered at the next start."
