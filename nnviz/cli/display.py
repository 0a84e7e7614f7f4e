"""Whether a window can open here, asked before Qt is: it would end the program without a word."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from pathlib import Path

XCB_CURSOR = "libxcb-cursor.so.0"
"""Qt's X11 plugin needs it since 6.5, and few systems bring it."""


def trouble() -> str | None:
    """What is in the way of a window, as the end of a sentence; None when nothing is known."""
    if sys.platform != "linux":
        return None
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0]
    if platform not in ("", "xcb") and not platform.startswith("wayland"):
        return None
    if platform != "xcb" and _is_wayland_there():
        return None
    display = os.environ.get("DISPLAY", "")
    if not display:
        return "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)"
    if not _answers(display):
        return f"the display {display!r} does not answer"
    return None if _loads(XCB_CURSOR) else f"Qt needs {XCB_CURSOR} (apt install libxcb-cursor0)"


def _is_wayland_there() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(name) and Path(folder, name).is_socket()


def _answers(display: str) -> bool:
    """Whether someone listens at an X display such as ":0" or "host:1.0"."""
    host, _, number = display.rpartition(":")
    screen = number.partition(".")[0]
    if not screen.isdigit():
        return False
    if host in ("", "unix") or host.startswith("/"):
        return any(
            _connects(path) for path in (f"\0/tmp/.X11-unix/X{screen}", f"/tmp/.X11-unix/X{screen}")
        )
    try:
        socket.create_connection((host.strip("[]"), 6000 + int(screen)), timeout=2).close()
    except OSError:
        return False
    return True


def _connects(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(2)
        try:
            line.connect(path)
        except OSError:
            return False
    return True


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
