"""Themes: every color and size of the window as named tokens, and how Qt is told about them.

The one idea: nothing in the window names a color; it names a token of the current theme. Data has
the color; what is around it stays grey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from nnviz.assets import asset
from nnviz.ui.stylesheet import STYLESHEET
from nnviz.value import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QApplication

FONT_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
FAMILY = "Inter"


@dataclass(frozen=True, slots=True)
class Theme:
    """The tokens: colors as `#rrggbb`, sizes in pixels before `scale`.

    `classes` and `racers` are hues that color-blind eyes tell apart (after Okabe & Ito, 2008); they
    never stand alone, a class also has a marker shape and a racer a shape and a dash.
    """

    key: str
    label: str
    is_dark: bool
    ground: str
    panel: str
    field: str
    hover: str
    line: str
    text: str
    muted: str
    accent: str
    accent_text: str
    focus: str
    good: str
    warn: str
    bad: str
    zero: str
    racers: tuple[str, ...]
    negative: str = "#f59322"
    positive: str = "#0877bd"
    classes: tuple[str, ...] = (
        "#f59322",
        "#0877bd",
        "#009e73",
        "#cc79a7",
        "#c8b400",
        "#56b4e9",
        "#d55e00",
        "#7a828a",
    )
    unit: int = 8
    radius: int = 6
    body: int = 13
    label_size: int = 11
    scale: float = 1.0

    @property
    def stops(self) -> NDArray[np.uint8]:
        """The data color scale: RGB at -1, 0 and +1, of shape (3, 3)."""
        return colors(self.negative, self.zero, self.positive)

    @property
    def class_colors(self) -> NDArray[np.uint8]:
        """The hues of classes, RGB of shape (8, 3)."""
        return colors(*self.classes)

    def rgb(self, token: str) -> tuple[int, int, int]:
        """The red, green and blue of a token named by its field, such as `rgb("ground")`."""
        color = QColor(getattr(self, token))
        return color.red(), color.green(), color.blue()

    def px(self, size: float) -> int:
        """A size in pixels at the theme's scale."""
        return round(size * self.scale)

    def body_font(self, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The font of running text and controls."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(self.body))
        font.setWeight(weight)
        return font

    def label_font(self) -> QFont:
        """The font of small grey capitals: panel titles and names of controls."""
        font = self.body_font(QFont.Weight.Medium)
        font.setPixelSize(self.px(self.label_size))
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 105)
        return font

    def number_font(self, size: float | None = None) -> QFont:
        """The font of numbers that change: figures of one width, so that they do not jump."""
        font = self.body_font(QFont.Weight.Medium)
        font.setPixelSize(self.px(self.body if size is None else size))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font


LIGHT = Theme(
    key="light",
    label="Light",
    is_dark=False,
    ground="#eceff1",
    panel="#ffffff",
    field="#f4f6f7",
    hover="#e7ebee",
    line="#d9dfe3",
    text="#1b2228",
    muted="#5b6670",
    accent="#4a50b5",
    accent_text="#ffffff",
    focus="#6b71e0",
    good="#08724f",
    warn="#8a5a00",
    bad="#b3261e",
    zero="#e8eaeb",
    racers=(
        "#0072b2",
        "#e69f00",
        "#009e73",
        "#cc79a7",
        "#d55e00",
        "#56b4e9",
        "#a89800",
        "#33393f",
        "#7b3fb5",
        "#8c6239",
        "#8a1c4d",
        "#c800b4",
    ),
)

DARK = Theme(
    key="dark",
    label="Dark",
    is_dark=True,
    ground="#101418",
    panel="#191e23",
    field="#232a30",
    hover="#2c343b",
    line="#2e363d",
    text="#e7ebee",
    muted="#9aa5af",
    accent="#a3a9ff",
    accent_text="#14171c",
    focus="#8189ff",
    good="#4fd1a1",
    warn="#f0b75a",
    bad="#ff8f85",
    zero="#20252b",
    racers=(
        "#4aa3dc",
        "#e69f00",
        "#1fbf93",
        "#dd93bb",
        "#f07a2c",
        "#8fd0f5",
        "#f0e442",
        "#e8eaeb",
        "#b18cf0",
        "#b98d5f",
        "#d8497f",
        "#ff6fe0",
    ),
)

THEMES = (LIGHT, DARK)


def colors(*names: str) -> NDArray[np.uint8]:
    """Colors `#rrggbb` as RGB bytes of shape (colors, 3)."""
    made = [QColor(name) for name in names]
    return np.array([(each.red(), each.green(), each.blue()) for each in made], dtype=np.uint8)


def palette(theme: Theme) -> QPalette:
    """What the Fusion style draws with."""
    role = QPalette.ColorRole
    made = QPalette(QColor(theme.panel), QColor(theme.ground))
    table = {
        role.Window: theme.ground,
        role.WindowText: theme.text,
        role.Base: theme.panel,
        role.AlternateBase: theme.field,
        role.Text: theme.text,
        role.Button: theme.field,
        role.ButtonText: theme.text,
        role.BrightText: theme.bad,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.panel,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Light: theme.panel,
        role.Midlight: theme.line,
        role.Mid: theme.line,
        role.Dark: theme.line,
        role.Shadow: theme.line,
    }
    for each, color in table.items():
        made.setColor(each, QColor(color))
    faint = QColor(theme.muted)
    faint.setAlpha(150)
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, faint)
    return made


def load_fonts() -> None:
    """Make the bundled typeface known to Qt."""
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(asset("fonts", name)))


def apply(app: QApplication, theme: Theme) -> None:
    """Give the whole application a theme: palette, font and style sheet."""
    tint(app, theme)
    dress(app, theme)


def tint(app: QApplication, theme: Theme) -> None:
    """Give the application the colors and the font of a theme."""
    app.setPalette(palette(theme))
    app.setFont(theme.body_font())


def dress(app: QApplication, theme: Theme) -> None:
    """Give the application the style sheet of a theme."""
    # One that replaces another visits every widget once for each of its ancestors.
    app.setStyleSheet("")
    app.setStyleSheet(style_sheet(theme))


def style_sheet(theme: Theme) -> str:
    """The style sheet with a theme's tokens filled in; `@radius` and lengths are scaled."""
    text, tokens = STYLESHEET, ("ground", "panel", "field", "hover", "line", "text", "muted")
    for token in (*tokens, "accent_text", "accent", "focus", "bad"):
        text = text.replace(f"@{token};", f"{getattr(theme, token)};")
    icons = asset("icons").as_posix()
    return text.replace("@radius;", f"{theme.px(theme.radius)}px;").replace("@icons", icons)
