"""Menus and shortcuts, made from the commands; they always say how things stand."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from nnviz.ui.commands import COMMANDS, MENUS
from nnviz.ui.commands.places import PLACES
from nnviz.ui.icons import icon
from nnviz.ui.workbench import Command, Submenu, Workbench


class Menus(QObject):
    """Every command as an action of the window, in menus."""

    def __init__(self, bench: Workbench, window: QWidget) -> None:
        """Give the window its shortcuts."""
        super().__init__(window)
        self._bench, self._window = bench, window
        self._actions: dict[str, tuple[Command, QAction]] = {}
        for each in COMMANDS:
            if isinstance(each, Command):
                action = self._action(each)
                action.setShortcuts([QKeySequence(key) for key in each.shortcuts])
                window.addAction(action)
                self._actions[each.key] = (each, action)
        self._submenus: list[tuple[Submenu, QMenu]] = []
        self._was_open = False
        self.refresh()

    def action(self, key: str) -> QAction:
        """The action of a command.

        Raises:
            KeyError: if there is no such command.
        """
        return self._actions[key][1]

    def whole(self) -> QMenu:
        """One menu with all menus in it, for the button in the bar."""
        whole = QMenu(self._window)
        for menu in self._menus():
            whole.addMenu(menu)
        return whole

    def fill(self, bar: QMenuBar) -> None:
        """Put the menus into a menu bar, where the desktop has one."""
        for menu in self._menus():
            bar.addMenu(menu)

    def refresh(self) -> None:
        """Let every action say how things stand: its name, whether it can be done, its switch."""
        for command, action in self._actions.values():
            _show_state(command, action, self._bench)
        if self._was_open:
            self._draw()

    def _on_opening(self) -> None:
        self._was_open = True
        self.refresh()

    def _draw(self) -> None:
        """Give every entry its drawing: not before somebody looks at a menu."""
        color = self._bench.parts.look.theme.muted
        for command, action in self._actions.values():
            drawing = command.icon_of(self._bench)
            if drawing:
                action.setIcon(icon(drawing, color))
        for submenu, menu in self._submenus:
            if submenu.icon:
                menu.setIcon(icon(submenu.icon, color))

    def _menus(self) -> list[QMenu]:
        made = []
        for each in MENUS:
            menu = QMenu(each.label, self._window)
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(self._on_opening)
            entries = [entry for entry in COMMANDS if entry.menu == each.key]
            for _, group in groupby(entries, key=lambda entry: entry.group):
                if not menu.isEmpty():
                    menu.addSeparator()
                for entry in group:
                    self._add(entry, menu)
            made.append(menu)
        return made

    def _add(self, entry: Command | Submenu, menu: QMenu) -> None:
        if isinstance(entry, Command):
            menu.addAction(self.action(entry.key))
            return
        inner = QMenu(entry.label, menu)
        inner.setToolTipsVisible(True)
        inner.aboutToShow.connect(partial(self._fill_submenu, entry, inner))
        menu.addMenu(inner)
        self._submenus.append((entry, inner))

    def _fill_submenu(self, submenu: Submenu, menu: QMenu) -> None:
        menu.clear()
        for number, group in groupby(submenu.entries(self._bench), key=lambda entry: entry.group):
            if number and not menu.isEmpty():
                menu.addSeparator()
            for command in group:
                action = self._action(command)
                action.setParent(menu)
                _show_state(command, action, self._bench)
                menu.addAction(action)

    def _action(self, command: Command) -> QAction:
        action = QAction(command.label, self._window)
        action.setToolTip(command.hint)
        action.setStatusTip(command.hint)
        action.setCheckable(command.checked is not None)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setMenuRole(_role(command.key))
        action.triggered.connect(partial(self._run, command))
        return action

    def _run(self, command: Command) -> None:
        command.run(self._bench)
        self.refresh()


def _show_state(command: Command, action: QAction, bench: Workbench) -> None:
    action.setText(command.name(bench).replace("&", "&&"))
    action.setEnabled(command.enabled(bench))
    if command.checked is not None:
        action.setChecked(command.checked(bench))


def _role(key: str) -> QAction.MenuRole:
    """Where macOS moves it; nothing else moves by what its name looks like."""
    roles = {"about": QAction.MenuRole.AboutRole, "quit": QAction.MenuRole.QuitRole}
    return roles.get(key, QAction.MenuRole.NoRole)


def keys() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Every key as it is written on this desktop and what it does: by menu, then by place."""
    commands = [each for each in COMMANDS if isinstance(each, Command) and each.shortcuts]
    by_menu = {
        menu.label: [
            (tuple(map(_written, each.shortcuts)), each.label)
            for each in commands
            if each.menu == menu.key
        ]
        for menu in MENUS
    }
    return by_menu | {title: list(rows) for title, rows in PLACES.items()}


def _written(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
