"""What a command is, and the workbench that it works on: what the window offers to commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from nnviz.ui.documents import Documents
from nnviz.ui.parts import Parts
from nnviz.value import dataclass


class Workbench(Protocol):
    """What a command may use."""

    @property
    def parts(self) -> Parts:
        """Store, player, look and preferences."""
        ...

    @property
    def documents(self) -> Documents:
        """The open document and its file."""
        ...

    @property
    def workspace(self) -> str:
        """The key of the workspace that is shown."""
        ...

    def show_workspace(self, key: str) -> None:
        """Bring the panels of another workspace to the front."""
        ...

    @property
    def panel_names(self) -> dict[str, str]:
        """The titles of the panels of this workspace by key."""
        ...

    @property
    def folded(self) -> frozenset[str]:
        """The keys of the folded panels of this workspace."""
        ...

    def fold(self, key: str) -> None:
        """Fold a panel, or bring it back."""
        ...

    def reset_layout(self) -> None:
        """Lay the panels of this workspace as on the first day."""
        ...

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop."""
        ...

    @property
    def is_full_screen(self) -> bool:
        """Whether the window fills the screen."""
        ...

    def copy_picture(self) -> None:
        """Put the picture of the window on the clipboard."""
        ...

    def open_dialog(self, name: str) -> None:
        """Open a dialog by its name; see `nnviz.ui.openers`."""
        ...

    def close(self) -> bool:
        """Close the window, if the person agrees."""
        ...


Run = Callable[[Workbench], object]
Ask = Callable[[Workbench], bool]


def _always(_: Workbench) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do: where it stands, what it is called, and how it is done.

    `group` separates neighbours in a menu by a line. `naming` and `drawing` give a label and an
    icon that depend on the moment. `checked` makes it a switch.
    """

    key: str
    label: str
    menu: str
    run: Run
    hint: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    group: int = 0
    enabled: Ask = _always
    checked: Ask | None = None
    naming: Callable[[Workbench], str] | None = None
    drawing: Callable[[Workbench], str] | None = None

    def name(self, bench: Workbench) -> str:
        """What it is called at this moment."""
        return self.label if self.naming is None else self.naming(bench)

    def icon_of(self, bench: Workbench) -> str:
        """The name of its icon at this moment, "" for none."""
        return self.icon if self.drawing is None else self.drawing(bench)


@dataclass(frozen=True, slots=True)
class Submenu:
    """Commands that are made at the moment when the menu opens."""

    key: str
    label: str
    menu: str
    entries: Callable[[Workbench], tuple[Command, ...]]
    icon: str = ""
    group: int = 0


@dataclass(frozen=True, slots=True)
class Menu:
    """One of the menus."""

    key: str
    label: str
