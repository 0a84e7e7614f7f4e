"""The main window: it only puts together what others made."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from nnviz.ui import deeds
from nnviz.ui.alarm import Alarm
from nnviz.ui.banner import Banner
from nnviz.ui.controls.layout import row
from nnviz.ui.deck import Deck
from nnviz.ui.dialogs.report import BROKEN, BROKEN_HINT, ReportDialog
from nnviz.ui.documents import source_in, table_in
from nnviz.ui.enter import EnterPress
from nnviz.ui.icons import icon
from nnviz.ui.menus import Menus
from nnviz.ui.seat import Seat
from nnviz.ui.status import StatusLine, describe
from nnviz.ui.tab_order import line_up
from nnviz.ui.tabs import WorkspaceTabs
from nnviz.ui.turns import Turns

if TYPE_CHECKING:
    from nnviz.experiment.spec import Experiment
    from nnviz.ui.documents import Documents
    from nnviz.ui.panels.table import PanelKind
    from nnviz.ui.parts import Parts
    from nnviz.ui.player import Player
    from nnviz.ui.preferences import WindowState

GAP = 8
FIRST_SIZE = (1440, 900)
TOOLBAR = "toolbar"
PAST = "past"

_OWN_TURNS = {"curves": 1, "landscape": 2}
"""The turns of panels that take as long to draw as all the others together."""


class Bar(QFrame):
    """The ground of a bar at an edge of the window."""


class Window(QMainWindow):
    """Top bar, panels, banner and status line around one document."""

    def __init__(
        self,
        parts: Parts,
        documents: Documents,
        state: WindowState,
    ) -> None:
        """Lay out the window, no panel in it yet; see `furnish`.

        Args:
            parts: what panels and commands work with.
            documents: the open document and its file.
            state: how the window was left.
        """
        super().__init__()
        self._parts, self._documents, self._state = parts, documents, state
        self.deck = Deck(parts.look)
        self.tabs = WorkspaceTabs()
        self.banner = Banner(parts.look)
        self._alarm = Alarm(parts, self.banner)
        self._turns = Turns()
        self.status = StatusLine(parts.look)
        self.menus = Menus(self, self)
        self._menu_button = self._make_menu_button()
        self._lay_out()
        EnterPress(self)
        self._connect()
        self.setAcceptDrops(True)
        self._restore()
        self._show_document()
        self._show_rules()

    @property
    def parts(self) -> Parts:
        """Store, player, look and preferences."""
        return self._parts

    @property
    def documents(self) -> Documents:
        """The open document and its file."""
        return self._documents

    @property
    def panel_names(self) -> dict[str, str]:
        """The titles of the panels of this workspace by key."""
        return {key: self.deck.frames[key].title for key in self.deck.shown}

    @property
    def folded(self) -> frozenset[str]:
        """The keys of the folded panels of this workspace."""
        return self.deck.folded

    @property
    def workspace(self) -> str:
        """The key of the workspace that is shown."""
        return self.deck.workspace.key

    @property
    def is_full_screen(self) -> bool:
        """Whether the window fills the screen."""
        return self.isFullScreen()

    def furnish(self, kind: PanelKind) -> None:
        """Give a panel its place: a bar is made now, what has a frame when it is first seen."""
        if kind.key == TOOLBAR:
            toolbar = self._made(kind)
            self._top_box.insertWidget(0, toolbar, 1)
            line_up(self._menu_button, toolbar)
        elif kind.key == PAST:
            self._past_box.addWidget(self._made(kind))
        else:
            self.deck.frames[kind.key].promise(partial(self._made, kind), kind.label)
        if kind.is_asked_for is not None:
            self._parts.store.changed.connect(partial(self._on_changed_before, kind))

    def show_workspace(self, key: str) -> None:
        """Bring the panels of another workspace to the front."""
        self.deck.show_workspace(key)

    def fold(self, key: str) -> None:
        """Fold a panel, or bring it back."""
        self.deck.fold(key)

    def reset_layout(self) -> None:
        """Lay the panels of this workspace as on the first day."""
        self.deck.reset()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def copy_picture(self) -> None:
        """Put the picture of the window on the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.grab())
        self.status.show_message("The picture is on the clipboard")

    def open_dialog(self, name: str) -> None:
        """Open one of the dialogs."""
        # Heavy: every dialog comes with it.
        from nnviz.ui.openers import OPENERS

        OPENERS[name](self._parts, self._documents, self)

    def show_report(self, text: str) -> None:
        """Show the report of an error."""
        ReportDialog(BROKEN, BROKEN_HINT, text, self._parts.look.theme, self).open()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._documents.may_leave():
            event.ignore()
            return
        self._state.keep("geometry", self.saveGeometry())
        self.deck.keep(self._state)
        for each in self.findChildren(QDialog):
            each.close()  # Gives up what it is at: no thread and no half a file stays behind.
        self._parts.player.close()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if source_in(event.mimeData()) is not None or table_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        source, table = source_in(event.mimeData()), table_in(event.mimeData())
        if table is not None:
            # Heavy: a dialog and its table come with it.
            from nnviz.ui.dialogs.data import import_table

            event.acceptProposedAction()
            import_table(table, self._parts, self._documents, self)
        elif source is not None:
            event.acceptProposedAction()
            self._documents.open(source)

    def _made(self, kind: PanelKind) -> QWidget:
        """A panel on its seat, heard by the window."""
        seat = Seat(self._parts.player, self._turns, _OWN_TURNS.get(kind.key, 0))
        panel = kind(replace(self._parts, player=cast("Player", seat)))
        told = getattr(panel, "told", None)
        if told is not None:
            told.connect(self.status.show_message)
        asked = getattr(panel, "asked", None)
        if asked is not None:
            asked.connect(self.open_dialog)
        seat.seat(panel)
        return panel

    def _lay_out(self) -> None:
        bar, past = Bar(), Bar()
        self._top_box, self._past_box = QHBoxLayout(bar), QHBoxLayout(past)
        for each in (self._top_box, self._past_box):
            each.setContentsMargins(GAP // 2, 0, GAP, 0)
        self._top_box.addWidget(self._menu_button)
        bar.setMinimumHeight(58)
        past.setMinimumHeight(40)
        self._root = root = QWidget()
        box = QVBoxLayout(root)
        box.setContentsMargins(GAP, GAP, GAP, GAP // 2)
        box.setSpacing(GAP - 2)
        for part in (bar, self.deck, past, self.status):
            box.addWidget(part, 1 if part is self.deck else 0)
        box.insertLayout(1, row(self.tabs, self.banner))
        self.setCentralWidget(root)
        root.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        root.setFocus()

    def _make_menu_button(self) -> QToolButton:
        button = QToolButton(autoRaise=True)
        button.setToolTip("Everything else: files, view and help.")
        button.setAccessibleName("Menu")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        if sys.platform == "darwin":
            self.menus.fill(self.menuBar())
            button.hide()
        else:
            button.setMenu(self.menus.whole())
        return button

    def _connect(self) -> None:
        store, player = self._parts.store, self._parts.player
        for signal in (store.undo_changed, player.state_changed, self._parts.preferences.changed):
            signal.connect(self.menus.refresh)
        self._parts.look.changed.connect(self._dress)
        self.deck.folds_changed.connect(self.menus.refresh)
        self.deck.turned.connect(self._on_turned)
        self.tabs.picked.connect(self.show_workspace)
        self._documents.changed.connect(self._show_document)
        self._documents.told.connect(self._on_told)
        self._documents.noted.connect(self._on_noted)
        self._documents.refused.connect(self.banner.show_message)
        store.changed.connect(self._show_rules)
        self.status.left.connect(self.menus.action("leave-page").trigger)
        seat = Seat(player, self._turns)
        seat.reported.connect(self._show_state)
        seat.seat(self.status)
        player.state_changed.connect(self._show_state)
        self._dress()

    def _restore(self) -> None:
        self.resize(*FIRST_SIZE)
        geometry = self._state.bytes_of("geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self.deck.restore(self._state)

    def _dress(self) -> None:
        theme = self._parts.look.theme
        self._menu_button.setIcon(icon("menu", theme.text))
        self.menus.refresh()

    def _show_document(self) -> None:
        self.setWindowTitle(f"{self._documents.name}[*] – NNViz")
        self.setWindowModified(self._documents.is_modified)

    def _show_rules(self) -> None:
        self.status.show_rules(is_playground=deeds.is_page(self))

    def _show_state(self) -> None:
        player = self._parts.player
        if player.picture is not None:
            self.status.show_state(describe(player.picture.frame, player.rate, player.is_playing))

    def _on_changed_before(self, kind: PanelKind, old: Experiment, new: Experiment) -> None:
        if kind.is_asked_for is not None and kind.is_asked_for(old, new):
            self.deck.bring(kind.key)

    def _on_turned(self, key: str) -> None:
        self.tabs.show_key(key)
        self.menus.refresh()

    def _on_told(self, text: str) -> None:
        self.status.show_message(text)
        self.banner.drop("message")

    def _on_noted(self, text: str) -> None:
        self.banner.show_message(text, calm=True)
