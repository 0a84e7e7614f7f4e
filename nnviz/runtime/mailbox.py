"""A mailbox with one slot: how a fast thread and a slow one meet without falling behind."""

from __future__ import annotations

from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """One slot; a new value replaces an unread one.

    A slow reader never falls behind, it only sees fewer values: what is posted
    must stand alone, never be a difference from the value before.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._value: T | None = None
        self._closed = False

    @property
    def is_closed(self) -> bool:
        """Whether nothing will be posted any more."""
        return self._closed

    def post(self, value: T) -> None:
        """Leave a value, in place of one that nobody took; a closed mailbox drops it."""
        with self._changed:
            if not self._closed:
                self._value = value
                self._changed.notify_all()

    def take(self) -> T | None:
        """Take what lies there at once, None when it is empty."""
        with self._changed:
            value, self._value = self._value, None
            return value

    def wait(self, timeout_s: float | None = None) -> T | None:
        """Take the next value as soon as there is one.

        Returns:
            The value, or None when the time ran out or the mailbox was closed.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._value is not None, timeout_s)
            value, self._value = self._value, None
            return value

    def close(self) -> None:
        """Let go of what lies there, wake whoever waits, and drop all that comes later."""
        with self._changed:
            self._closed = True
            self._value = None
            self._changed.notify_all()
