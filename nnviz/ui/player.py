"""The player: where the window meets the threads that train and paint.

The one idea: nothing is queued. A timer at the screen's pace takes the newest frame, hands it to
the painter with what the window wishes to see, takes the newest picture, and tells.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from typing_extensions import override

from nnviz.runtime.orders import (
    Branch,
    Failed,
    Look,
    Order,
    Pause,
    Play,
    SetSpeed,
)
from nnviz.runtime.pace import Speedometer
from nnviz.runtime.painter import Painter
from nnviz.runtime.saving import fits, run_of
from nnviz.runtime.worker import Worker
from nnviz.ui.remote import Remote

if TYPE_CHECKING:
    from queue import SimpleQueue

    from nnviz.experiment.run import Run
    from nnviz.experiment.spec import Experiment
    from nnviz.runtime.compiler import Compiler
    from nnviz.runtime.frames import Frame, Picture, Wishes

BUSY_MS = 16
BEAT_TICKS = 3
IDLE_MS = 100
QUIET_TICKS = 60
"""How many ticks without news until the timer slows down."""

START_SPEED = 30.0

_PAINTED = QEvent.Type(QEvent.registerEventType())
_AFTER_PAINTING = Qt.EventPriority.LowEventPriority.value - 1


class Player(QObject, Remote):
    """Plays a run: passes orders on, and brings the newest picture at the screen's pace."""

    pictured = Signal(object)
    """There is a newer picture."""

    reported = Signal(object)
    """There is a newer picture to read numbers off: a seat passes on what a person can follow."""

    beat = Signal()
    """At least twenty times a second while playing, pictures counted: what moves may move on."""

    begun = Signal()
    """A frame of the window begins: a picture, what is to be read of it, or a beat is told next."""

    state_changed = Signal()
    """Playing or looking at the past began or ended, or the speed is another."""

    failed = Signal(object)
    """A thread met an error of ours: a `Failed` value. It lives on."""

    def __init__(self, experiment: Experiment, wishes: Wishes) -> None:
        """Start the threads on an experiment, paused at its start.

        Args:
            experiment: what to train.
            wishes: what pictures look like.
        """
        super().__init__()
        self._idle = threading.Event()
        self._idle.set()
        self._wishes = wishes
        self._frame: Frame | None = None
        self._picture: Picture | None = None
        self._unread: Picture | None = None
        self._is_playing = False
        self._speed = START_SPEED
        self._looked: int | None = None
        self._orders = 0
        self._quiet = 0
        self._ticks = 0
        self._speedometer = Speedometer()
        self._worker = Worker(experiment, gate=self._idle)
        self._painter = Painter()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self._worker.start()
        self._painter.start()
        self._send(SetSpeed(self._speed))

    @property
    def is_playing(self) -> bool:
        """Whether training goes on by itself."""
        return self._is_playing

    @property
    def speed(self) -> float:
        """Epochs per second that are wanted; infinite is flat out."""
        return self._speed

    @property
    def rate(self) -> float:
        """Epochs per second that were measured over the last second."""
        return self._speedometer.rate if self._is_playing else 0.0

    @property
    def looked(self) -> int | None:
        """The epoch of the past that is looked at, None for the newest moment."""
        return self._looked

    @property
    def picture(self) -> Picture | None:
        """The newest picture, None before the first."""
        return self._picture

    @property
    def wishes(self) -> Wishes:
        """What the window wants painted."""
        return self._wishes

    def bring(self, compiler: Compiler) -> None:
        """Let a compiler bring the compiled loop; until it is there NumPy goes on."""
        self._worker.bring(compiler)

    def play(self) -> None:
        """Train at the chosen speed."""
        self._send(Play())
        self._show_playing(playing=True)

    def pause(self) -> None:
        """Stand still."""
        self._send(Pause())
        self._show_playing(playing=False)

    def toggle(self) -> None:
        """Play, or pause."""
        if self._is_playing:
            self.pause()
        else:
            self.play()

    def look(self, epoch: int | None) -> None:
        """Show how the run was at the end of an epoch; None for the newest moment."""
        self._send(Look(epoch))
        self._show_looked(epoch)

    def branch(self) -> None:
        """Pause, and go on from the epoch that is looked at; what came after becomes a ghost."""
        self._send(Branch())
        self._show_playing(playing=False)
        self._show_looked(None)

    def set_speed(self, epochs_per_second: float) -> None:
        """Train at so many epochs a second; infinite is flat out."""
        if epochs_per_second != self._speed:
            self._speed = epochs_per_second
            self._speedometer.forget()
            self._send(SetSpeed(epochs_per_second))
            self.state_changed.emit()

    def set_wishes(self, **changes: Any) -> None:  # noqa: ANN401 - the fields of Wishes
        """Wish for other pictures, such as `boundary_cells=256`."""
        self._wishes = replace(self._wishes, **changes)
        if self._frame is not None:
            self._painter.post(self._frame, self._wishes)
        self._hurry()

    def show_unit(self, unit: tuple[int, int] | None) -> None:
        """Wish for the large map of a neuron (layer, place), or of the output again."""
        if unit != self._wishes.unit:
            self.set_wishes(unit=unit)

    def run(self, experiment: Experiment) -> Run | None:
        """Where the run of an experiment stands, to be saved; None when it has not begun."""
        frame = self._frame
        if frame is None or not (frame.head or frame.batch):
            return None
        newest = frame.live or frame
        return run_of(newest, experiment) if fits(newest.experiment, experiment) else None

    def close(self) -> None:
        """End the threads; nothing is told any more."""
        self._timer.stop()
        self._idle.set()
        self._worker.stop()
        self._painter.stop()

    def tick(self) -> None:
        """Look for news once: what the timer does."""
        news = self._take_failures() + self._take_frame()
        is_pictured = self._take_picture()
        self._keep_time(is_pictured=is_pictured)
        news += is_pictured
        self._quiet = 0 if news or self._is_playing else self._quiet + 1
        if self._quiet == QUIET_TICKS:
            self._timer.setInterval(IDLE_MS)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == _PAINTED:
            self._idle.set()
            return True
        return super().event(event)

    def _take_frame(self) -> bool:
        frame = self._worker.frames.take()
        if frame is None:
            return False
        last, self._frame = self._frame, frame
        if last is not None and (frame.run, frame.is_past) != (last.run, last.is_past):
            self._speedometer.forget()
        self._speedometer.note(time.monotonic(), frame.head + frame.epoch * frame.is_past)
        self._painter.post(frame, self._wishes)
        if frame.orders == self._orders:
            self._show_looked(frame.looked)
            self._show_playing(playing=frame.is_playing)
        return True

    def _take_picture(self) -> bool:
        picture = self._painter.pictures.take()
        if picture is None:
            self._tell_unread()
            return False
        self._picture = picture
        self._paint_first()
        self.pictured.emit(picture)
        if self._is_playing and self._unread is None:
            self._unread = picture
        else:  # At rest, or where pictures leave no tick in between.
            self._unread = None
            self.reported.emit(picture)
        return True

    def _tell_unread(self) -> None:
        """Tell of the newest picture once more, to be read: a tick later, in a frame of its own."""
        if self._unread is not None:
            unread, self._unread = self._unread, None
            self._paint_first()
            self.reported.emit(unread)

    def _keep_time(self, *, is_pictured: bool) -> None:
        """Beat, unless there was just a picture, with which everything moves on."""
        self._ticks = 0 if is_pictured else self._ticks + 1
        if self._is_playing and self._ticks >= BEAT_TICKS:
            self._ticks = 0
            self._paint_first()
            self.beat.emit()

    def _paint_first(self) -> None:
        """Begin a frame of the window, and let the loop in NumPy wait until it is painted."""
        self.begun.emit()
        if self._idle.is_set():
            self._idle.clear()
            QCoreApplication.postEvent(self, QEvent(_PAINTED), _AFTER_PAINTING)

    def _take_failures(self) -> bool:
        failures = [*_drained(self._worker.failures), *_drained(self._painter.failures)]
        for failure in failures:
            self._show_playing(playing=False)
            self.failed.emit(failure)
        return bool(failures)

    @override
    def _show_playing(self, *, playing: bool) -> None:
        if playing != self._is_playing:
            self._is_playing = playing
            self._speedometer.forget()
            self.state_changed.emit()

    def _show_looked(self, epoch: int | None) -> None:
        is_other = (epoch is None) != (self._looked is None)
        self._looked = epoch
        if is_other:
            self.state_changed.emit()

    @override
    def _send(self, order: Order) -> None:
        self._orders += 1
        self._worker.post(order)
        self._hurry()

    def _hurry(self) -> None:
        self._quiet = 0
        if not self._timer.isActive() or self._timer.interval() != BUSY_MS:
            self._timer.start(BUSY_MS)


def _drained(failures: SimpleQueue[Failed]) -> list[Failed]:
    return [failures.get_nowait() for _ in range(failures.qsize())]
