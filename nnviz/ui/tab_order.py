"""Where the Tab key goes: what is made later is reached where it stands, not last of all."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def line_up(before: QWidget, part: QWidget) -> QWidget:
    """Let Tab go from a widget on to all within a part of the same window, in their own order.

    Returns:
        The last of them, from which Tab goes on as it did before.
    """
    for each in list(chain_of(part)):
        QWidget.setTabOrder(before, each)
        before = each
    return before


def chain_of(part: QWidget) -> Iterator[QWidget]:
    """What Tab reaches within a part, hidden or not, in order; the part itself may be the first.

    All of it stands together, as it does where a part was made before it got its place.
    """
    each: QWidget | None = part
    while each is not None and (each is part or part.isAncestorOf(each)):
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield each
        each = each.nextInFocusChain()
        if each is part:
            return
