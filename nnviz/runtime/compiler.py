"""Brings the compiled loop: loads it where it is there, has it compiled where it is not.

Loading imports Numba, which takes a second, and compiling takes a process of its own; a thread
waits for both, so that neither the window nor the trainer does.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from nnviz.engine import kernel
from nnviz.engine.training import Loop

if TYPE_CHECKING:
    import subprocess

DELAY_S = 1.0
"""Importing Numba slows whoever runs Python; the window is to stand first."""

POLL_S = 0.2
ENDING_S = 5.0


class Compiler:
    """Looks for the compiled loop once, and hands it over when it is there."""

    def __init__(self, delay_s: float = DELAY_S) -> None:
        """Make ready; nothing happens until `start`."""
        self._delay_s = delay_s
        self._stopped = Event()
        self._thread: Thread | None = None

    def start(self, deliver: Callable[[Loop], None], fail: Callable[[Exception], None]) -> None:
        """Begin to look.

        Args:
            deliver: given the loop, in another thread; never called where there is none.
            fail: given what went wrong in looking.
        """
        self._thread = Thread(target=self._run, args=(deliver, fail), name="compiler", daemon=False)
        self._thread.start()

    def stop(self) -> None:
        """Give up looking, and wait for that a while."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(ENDING_S)

    def _run(self, deliver: Callable[[Loop], None], fail: Callable[[Exception], None]) -> None:
        try:
            if self._stopped.wait(self._delay_s) or not self._is_there():
                return
            loop = kernel.load()
        except Exception as error:  # noqa: BLE001 - a failure is a value until the window
            fail(error)
            return
        if loop is not None and not self._stopped.is_set():
            deliver(loop)

    def _is_there(self) -> bool:
        """Whether the kernel can be loaded, if need be after it was compiled."""
        if kernel.ready():
            return True
        if not kernel.is_possible():
            return False
        with kernel.build_apart() as process:
            while process.poll() is None:
                if self._stopped.wait(POLL_S):
                    _end(process)
                    return False
        return kernel.ready()


def _end(process: subprocess.Popen[bytes]) -> None:
    # Whoever has a process has loaded it by now.
    import subprocess

    process.terminate()
    try:
        process.wait(ENDING_S)
    except subprocess.TimeoutExpired:
        process.kill()
