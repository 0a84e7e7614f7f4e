"""Work that may take a while: done in a thread of its own, told in the window's when it is over."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.mistake import Mistake

POLL_MS = 30
PATIENCE_S = 2.0
"""How long the window waits for work that was cancelled; what does not end then, ends alone."""

Check = Callable[[], object]
"""To be called every now and then by the work: it does not return once nobody waits any more."""


class Errand(QObject):
    """Runs once, at once; whoever no longer wants what it brings cancels it."""

    done = Signal(object)
    """It is over, with what it brought."""

    refused = Signal(str)
    """It is over: a person's mistake was in the way."""

    def __init__(self, work: Callable[[Check], object], parent: QObject | None = None) -> None:
        """Begin; the work is handed what it has to call every now and then."""
        super().__init__(parent)
        self._work = work
        self._cancelled = Event()
        self.destroyed.connect(self._cancelled.set)
        self._result: object = None
        self._thread = Thread(target=self._run, name="errand", daemon=False)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()
        self._thread.start()

    def cancel(self) -> None:
        """End it, and tell nothing."""
        self._cancelled.set()
        self._timer.stop()
        self._thread.join(PATIENCE_S)

    def _run(self) -> None:
        try:
            self._result = self._work(self._check)
        except _NobodyWaitsError:
            pass
        except Exception as error:  # noqa: BLE001 - a failure is a value until the window
            self._result = error

    def _check(self) -> None:
        if self._cancelled.is_set():
            raise _NobodyWaitsError

    def _on_timeout(self) -> None:
        if self._thread.is_alive():
            return
        self._timer.stop()
        if isinstance(self._result, Mistake):
            self.refused.emit(str(self._result))
        elif isinstance(self._result, Exception):
            raise self._result
        else:
            self.done.emit(self._result)


class _NobodyWaitsError(Exception):
    """The errand was cancelled."""
