"""The end of the program, where a thread of ours does not end."""

from __future__ import annotations

import os
import sys
import threading


def leave_stuck_threads(code: int) -> None:
    """End the program here where a thread of ours did not end in time: Python would wait for it."""
    stuck = [each.name for each in threading.enumerate() if _keeps_waiting(each)]
    if stuck:
        sys.stderr.write(f"nnviz: ended without waiting for what is stuck: {', '.join(stuck)}.\n")
        sys.stderr.flush()
        os._exit(code)


def _keeps_waiting(thread: threading.Thread) -> bool:
    return not thread.daemon and thread is not threading.main_thread()
