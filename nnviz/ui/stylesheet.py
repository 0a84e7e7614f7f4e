"""The style sheet of the window: one flat look for every standard control.

Colors are tokens of the theme, written `@token;` and filled in by `nnviz.ui.theme`. Fonts are not
set here: a rule about fonts would take their tabular figures away.
"""

from __future__ import annotations

STYLESHEET = """
QToolTip {
    background: @panel; color: @text; border: 1px solid @line; padding: 5px 8px;
}
QMenu {
    background: @panel; color: @text; border: 1px solid @line; border-radius: @radius;
    padding: 6px;
}
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @hover; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @line; margin: 6px 8px; }
QMenu::icon { padding-left: 8px; }

QPushButton, QToolButton {
    background: @field; color: @text; border: 1px solid @line; border-radius: @radius;
    padding: 4px 10px;
}
QToolButton { padding: 4px; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed { background: @line; }
QPushButton:disabled, QToolButton:disabled { color: @muted; background: @panel; }
QPushButton:checked, QToolButton:checked {
    background: @accent; color: @accent_text; border-color: @accent;
}
QPushButton[flat="true"], QToolButton[autoRaise="true"] {
    background: transparent; border-color: transparent;
}
QPushButton[flat="true"]:hover, QToolButton[autoRaise="true"]:hover { background: @hover; }
QPushButton[primary="true"], QToolButton[primary="true"], QPushButton:default {
    background: @accent; color: @accent_text; border-color: @accent;
}
QPushButton:default:disabled, QPushButton[primary="true"]:disabled {
    background: @field; color: @muted; border-color: @line;
}
QPushButton:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus,
QPlainTextEdit:focus, QTextEdit:focus, QListView:focus {
    border: 2px solid @focus;
}
QPushButton:focus { padding: 3px 9px; }
QToolButton:focus { padding: 3px; }
QToolButton::menu-indicator { image: none; }

QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QListView {
    background: @field; color: @text; border: 1px solid @line; border-radius: @radius;
    selection-background-color: @accent; selection-color: @accent_text;
}
QComboBox, QLineEdit { padding: 4px 8px; min-height: 18px; }
QComboBox:focus, QLineEdit:focus { padding: 3px 7px; }
QComboBox { padding-right: 2px; }
QComboBox:focus { padding-right: 1px; }
QComboBox:hover, QLineEdit:hover { background: @hover; }
QComboBox:disabled, QLineEdit:disabled {
    color: @muted; background: @panel;
}
QAbstractSpinBox { min-height: 26px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {
    background: transparent; border: 0; padding: 0 4px; min-height: 0;
}
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: 20px; }
QComboBox::down-arrow { image: url(@icons/arrow-down.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus {
    background: @panel; border: 1px solid @line; border-radius: 0; padding: 4px; outline: 0;
}
QComboBox QAbstractItemView::item { padding: 5px 8px; border-radius: 4px; min-height: 18px; }
QComboBox QAbstractItemView::item:selected { background: @hover; color: @text; }

/* Quiet until it is pointed at: a number among labels, not a box among boxes. */
NumberField {
    background: transparent; border: 1px solid transparent; border-radius: 4px;
    padding: 0 2px; min-height: 16px;
}
NumberField:hover { background: @field; border-color: @line; }
NumberField:focus { background: @panel; border: 1px solid @accent; padding: 0 2px; }
NumberField:disabled { background: transparent; }

QSlider { background: transparent; min-height: 20px; }
QSlider:vertical { min-width: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @line; }
QSlider::groove:vertical { width: 4px; border-radius: 2px; background: @line; }
QSlider::sub-page:horizontal, QSlider::add-page:vertical {
    border-radius: 2px; background: @accent;
}
QSlider::handle {
    background: @panel; border: 2px solid @accent; border-radius: 8px;
}
QSlider::handle:horizontal { width: 12px; margin: -6px 0; }
QSlider::handle:vertical { height: 12px; margin: 0 -6px; }
QSlider::handle:hover { background: @hover; }
QSlider::handle:focus { background: @accent; border-color: @focus; }
QSlider::handle:disabled { border-color: @line; }
QSlider::sub-page:horizontal:disabled { background: @line; }

QSplitter { background: transparent; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: @line; }
QSplitter::handle:horizontal { width: 8px; }
QSplitter::handle:vertical { height: 8px; }

QScrollArea { background: transparent; border: 0; }
QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: @line; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: @muted; border: 0; border-bottom: 2px solid transparent;
    padding: 2px 14px 3px;
}
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:focus { color: @accent; }
QTabWidget::pane { border: 0; border-top: 1px solid @line; }

QCheckBox, QRadioButton { background: transparent; spacing: 8px; }
QLabel { background: transparent; }
QLabel[tone="muted"] { color: @muted; }
QLabel[tone="key"] {
    background: @field; border: 1px solid @line; border-radius: 4px; padding: 1px 7px;
}
QTableView {
    background: @field; color: @text; border: 1px solid @line; gridline-color: @line;
    selection-background-color: @accent; selection-color: @accent_text;
}
QTableView:focus { border: 2px solid @focus; }
QHeaderView { background: @panel; }
QHeaderView::section {
    background: @panel; color: @muted; border: none; padding: 4px 8px;
    border-right: 1px solid @line; border-bottom: 1px solid @line;
}
WinnersPanel QHeaderView::section { padding: 4px; }
QTableCornerButton::section { background: @panel; border: none; }

QProgressBar {
    background: @line; border: 0; border-radius: 3px; min-height: 6px; max-height: 6px;
}
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QDialog { background: @panel; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

PanelFrame, Bar {
    background: @panel; border: 1px solid @line; border-radius: @radius;
}
Banner { background: @panel; border: 1px solid @bad; border-radius: @radius; }
Banner[tone="calm"] { border-color: @accent; }
StatusLine { background: transparent; }
"""
