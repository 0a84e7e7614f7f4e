"""A table of variants: what can be chosen, in the order of the menu, found by key.

Every choice in NNViz (activations, optimizers, data sets, panels ...) is a `Table` literal at the
end of the module that defines its entries. Nothing is registered by being imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Generic, Protocol, TypeVar

from nnviz.mistake import Mistake


class Entry(Protocol):
    """What stands in a table: a frozen value or a class with a key and a label."""

    @property
    def key(self) -> str:
        """How files and the command line name it: lower-case words joined by `-`."""
        ...

    @property
    def label(self) -> str:
        """How menus name it."""
        ...


T = TypeVar("T", bound="Entry | type")


class Table(Generic[T]):
    """Entries of one kind, in menu order, looked up by key."""

    def __init__(self, noun: str, entries: Iterable[T]) -> None:
        """Keep the entries.

        Args:
            noun: what one entry is called in a message, such as "optimizer".
            entries: values or classes with `key` and `label`, in menu order.

        Raises:
            ValueError: if two entries share a key.
        """
        self.noun = noun
        self._entries = tuple(entries)
        self._by_key = {entry.key: entry for entry in self._entries}  # type: ignore[union-attr]
        if len(self._by_key) != len(self._entries):
            raise ValueError(f"two {noun} entries share a key")

    def __getitem__(self, key: str) -> T:
        """The entry of a key.

        Raises:
            Mistake: if there is none; the sentence says which keys there are.
        """
        try:
            return self._by_key[key]
        except KeyError:
            raise Mistake(self._unknown(key)) from None

    def __contains__(self, key: object) -> bool:
        """Whether a key is in the table."""
        return key in self._by_key

    def __iter__(self) -> Iterator[T]:
        """The entries in menu order."""
        return iter(self._entries)

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in menu order."""
        return tuple(self._by_key)

    def _unknown(self, key: str) -> str:
        near = get_close_matches(key, self._by_key, n=1)
        guess = f" Did you mean {near[0]!r}?" if near else ""
        return f"There is no {self.noun} {key!r}; there are {', '.join(self.keys)}.{guess}"
