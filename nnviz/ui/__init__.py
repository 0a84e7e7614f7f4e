"""All of Qt: the window and what is in it."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - what follows undoes a part of what this does

# WORKAROUND: PySide6 reads the source of every module that is imported after it, and keeps it, to
# see whether it wants Qt's methods by other names (`__feature__`). Nobody does here, and it took a
# twelfth of the start.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
