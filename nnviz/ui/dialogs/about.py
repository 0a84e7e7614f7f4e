"""What NNViz is, which version, and what it is made of."""

from __future__ import annotations

import platform

import numpy as np
from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnviz import __version__
from nnviz.ui.icons import pixmap
from nnviz.ui.theme import Theme

SENTENCE = "A laboratory for teaching neural networks: change anything, and watch it learn."
CREDITS = (
    "NNViz is free software under the MIT license. "
    "It is set in Inter by the Inter Project Authors (SIL Open Font License). "
    "The iris measurements are those of Anderson and Fisher. "
    "It owes the idea of a playground to TensorFlow Playground."
)
LOGO = 64


class AboutDialog(QDialog):
    """Name, version and thanks."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Say it in the type of a theme."""
        super().__init__(parent)
        self.setWindowTitle("About NNViz")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        logo = QLabel()
        drawing = pixmap("nnviz", theme.accent, 2 * LOGO)
        drawing.setDevicePixelRatio(2)
        logo.setPixmap(drawing)
        logo.setAlignment(Qt.AlignmentFlag.AlignTop)
        name = QLabel("NNViz")
        name.setFont(theme.number_font(24))
        made_of = (
            f"Version {__version__} · Python {platform.python_version()} · "
            f"Qt {qVersion()} · NumPy {np.__version__}"
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        text = QVBoxLayout()
        text.setSpacing(10)
        text.addWidget(name)
        for sentence in (SENTENCE, made_of, CREDITS):
            label = QLabel(sentence, wordWrap=True)
            label.setProperty("tone", "plain" if sentence == SENTENCE else "muted")
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.addWidget(label)
        text.addSpacing(6)
        text.addWidget(buttons)
        box = QHBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 20)
        box.setSpacing(20)
        box.addWidget(logo)
        box.addLayout(text, 1)
        self.setMinimumWidth(theme.px(520))
