"""The main window: it only puts together what others made."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from nnviz.experiment import edits
from nnviz.knob import knobs
from nnviz.ui import deeds
from nnviz.ui.banner import Banner
from nnviz.ui.crash import report_text
from nnviz.ui.deck import Deck
from nnviz.ui.dialogs.about import AboutDialog
from nnviz.ui.dialogs.address import AddressDialog
from nnviz.ui.dialogs.report import ASKED, ASKED_HINT, BROKEN, BROKEN_HINT, ReportDialog
from nnviz.ui.dialogs.shortcuts import ShortcutsDialog
from nnviz.ui.documents import source_in
from nnviz.ui.enter import EnterPress
from nnviz.ui.icons import icon
from nnviz.ui.menus import Menus, keys
from nnviz.ui.status import StatusLine, describe
from nnviz.ui.workspaces import WORKSPACES

if TYPE_CHECKING:
    from nnviz.runtime.frames import Divergence, Picture
    from nnviz.ui.documents import Documents
    from nnviz.ui.parts import Parts
    from nnviz.ui.preferences import WindowState

GAP = 8
FIRST_SIZE = (1440, 900)
DIVERGENCE = "divergence"
TOOLBAR = "toolbar"


class TopBar(QFrame):
    """The ground of the bar at the top."""


class Window(QMainWindow):
    """Top bar, panels, banner and status line around one document."""

    def __init__(
        self,
        parts: Parts,
        documents: Documents,
        state: WindowState,
    ) -> None:
        """Lay out the window, its panels still empty; see `furnish`.

        Args:
            parts: what panels and commands work with.
            documents: the open document and its file.
            state: how the window was left.
        """
        super().__init__()
        self._parts, self._documents, self._state = parts, documents, state
        self.deck = Deck(WORKSPACES["playground"], parts.look)
        self.banner = Banner(parts.look)
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
        """The titles of the panels by key."""
        return {key: frame.title for key, frame in self.deck.frames.items()}

    @property
    def folded(self) -> frozenset[str]:
        """The keys of the folded panels."""
        return self.deck.folded

    @property
    def is_full_screen(self) -> bool:
        """Whether the window fills the screen."""
        return self.isFullScreen()

    def furnish(self, key: str, title: str, panel: QWidget) -> None:
        """Let a panel move into its place, under its title."""
        told = getattr(panel, "told", None)
        if told is not None:
            told.connect(self.status.show_message)
        if key == TOOLBAR:
            self._top_box.insertWidget(0, panel, 1)
        else:
            self.deck.frames[key].hold(panel, title)

    def fold(self, key: str) -> None:
        """Fold a panel, or bring it back."""
        self.deck.fold(key)

    def reset_layout(self) -> None:
        """Lay the panels as on the first day."""
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
        theme = self._parts.look.theme
        match name:
            case "export-picture" | "export-animation":
                self._open_export(name)
            case "address":
                self._open_address()
            case "about":
                AboutDialog(theme, self).open()
            case "shortcuts":
                ShortcutsDialog(keys(), theme, self).open()
            case "report":
                ReportDialog(ASKED, ASKED_HINT, report_text(), theme, self).open()

    def _open_export(self, name: str) -> None:
        # Heavy: it brings every panel, and with them pyqtgraph.
        from nnviz.ui.dialogs.export import export_animation, export_picture

        (export_picture if name == "export-picture" else export_animation)(self._parts, self)

    def _open_address(self) -> None:
        dialog = AddressDialog(QGuiApplication.clipboard().text(), self)
        dialog.picked.connect(self._documents.open)
        dialog.open()

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
        self._parts.player.close()
        event.accept()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if source_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        source = source_in(event.mimeData())
        if source is not None:
            event.acceptProposedAction()
            self._documents.open(source)

    def _lay_out(self) -> None:
        bar = TopBar()
        self._top_box = QHBoxLayout(bar)
        self._top_box.setContentsMargins(GAP // 2, 0, GAP, 0)
        self._top_box.addWidget(self._menu_button)
        bar.setMinimumHeight(58)
        self._root = root = QWidget()
        box = QVBoxLayout(root)
        box.setContentsMargins(GAP, GAP, GAP, GAP // 2)
        box.setSpacing(GAP)
        for each in (bar, self._make_tabs(), self.banner, self.deck, self.status):
            box.addWidget(each)
        box.setStretch(3, 1)
        self.setCentralWidget(root)
        root.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        root.setFocus()

    def _make_tabs(self) -> QTabBar:
        tabs = QTabBar()
        tabs.setAccessibleName("Workspaces")
        for place, each in enumerate(WORKSPACES):
            tabs.addTab(each.label)
            tabs.setTabToolTip(place, each.hint)
        tabs.setVisible(tabs.count() > 1)
        return tabs

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
        self._documents.changed.connect(self._show_document)
        self._documents.told.connect(self.status.show_message)
        self._documents.told.connect(self._on_told)
        self._documents.noted.connect(self._on_noted)
        self._documents.refused.connect(self.banner.show_message)
        store.changed.connect(self._show_rules)
        self.status.left.connect(self.menus.action("leave-page").trigger)
        player.pictured.connect(self._on_pictured)
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

    def _on_pictured(self, picture: Picture) -> None:
        self._show_state()
        diverged = picture.frame.diverged
        if diverged is None:
            self.banner.drop(DIVERGENCE)
        elif self.banner.topic != DIVERGENCE:
            self._show_divergence(diverged)

    def _show_divergence(self, diverged: Divergence) -> None:
        self.banner.show_message(
            diverged.why,
            topic=DIVERGENCE,
            action="Go back with a tenth of the rate",
            act=self._on_recover,
        )

    def _on_recover(self) -> None:
        store = self._parts.store
        optimizer = store.experiment.training.optimizer
        rate = max(optimizer.rate / 10, knobs(optimizer)["rate"].low)
        self._parts.player.recover()
        store.edit("learning rate", lambda experiment: edits.with_rate(experiment, rate))
        self._root.setFocus()

    def _on_told(self) -> None:
        self.banner.drop("message")

    def _on_noted(self, text: str) -> None:
        self.banner.show_message(text, calm=True)
