from __future__ import annotations

import subprocess
import sys

LEAVE = """
import threading
from nnviz.runtime.ending import leave_stuck_threads
threading.Thread(target=threading.Event().wait, name="{name}", daemon={daemon}).start()
leave_stuck_threads(3)
print("left")
"""


def test_a_program_ends_though_a_thread_is_stuck() -> None:
    told = _run(LEAVE.format(name="painter", daemon=False))
    assert told.returncode == 3
    assert told.stderr == "nnviz: ended without waiting for what is stuck: painter.\n"


def test_a_thread_for_which_nobody_waits_is_let_be() -> None:
    told = _run(LEAVE.format(name="idler", daemon=True))
    assert (told.returncode, told.stdout) == (0, "left\n")


def _run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
