from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication

from nnviz.ui.look import Look
from nnviz.ui.theme import DARK, LIGHT, THEMES, Theme, load_fonts, style_sheet

every_theme = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.key)


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    made = QColor(color)
    parts = np.array([made.redF(), made.greenF(), made.blueF()])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@every_theme
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "good", "warn", "bad"])
@pytest.mark.parametrize("paper", ["panel", "field", "ground"])
def test_text_can_be_read(theme: Theme, ink: str, paper: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, paper)) >= 4.5


@every_theme
def test_text_on_the_accent_can_be_read(theme: Theme) -> None:
    assert contrast(theme.accent_text, theme.accent) >= 4.5


@every_theme
def test_the_focus_ring_can_be_seen(theme: Theme) -> None:
    assert contrast(theme.focus, theme.panel) >= 3


@every_theme
def test_the_two_data_colors_are_apart_in_lightness_too(theme: Theme) -> None:
    assert contrast(theme.negative, theme.positive) >= 1.5


@every_theme
def test_racers_can_be_seen_on_the_panel(theme: Theme) -> None:
    assert all(contrast(color, theme.panel) >= 2 for color in theme.racers)
    assert len(set(theme.racers)) == len(theme.racers) == 12
    assert len(set(theme.classes)) == 8


@every_theme
def test_the_style_sheet_has_every_token_filled_in(theme: Theme) -> None:
    assert "@" not in style_sheet(theme)


@every_theme
def test_colors_are_six_hexadecimal_digits(theme: Theme) -> None:
    values = [getattr(theme, each.name) for each in fields(theme)]
    names = [value for value in values if isinstance(value, str) and value.startswith("#")]
    assert len(names) >= 15
    assert all(QColor(name).name() == name for name in names)


def test_stops_are_the_bytes_of_the_data_colors() -> None:
    assert LIGHT.stops.tolist() == [[0xF5, 0x93, 0x22], [0xE8, 0xEA, 0xEB], [0x08, 0x77, 0xBD]]
    assert DARK.rgb("positive") == (0x08, 0x77, 0xBD)
    assert LIGHT.class_colors.shape == (8, 3)


@pytest.mark.usefixtures("qapp")
def test_the_bundled_typeface_is_used() -> None:
    load_fonts()
    for font in (LIGHT.body_font(), LIGHT.label_font(), LIGHT.number_font()):
        assert QFontInfo(font).family() == "Inter"


def test_another_choice_is_told_once(qapp: QApplication) -> None:
    look = Look(qapp, "light")
    told: list[Theme] = []
    look.changed.connect(told.append)
    look.choose("dark")
    look.choose("dark")
    look.enlarge(1.6)
    look.choose("light")
    assert [(theme.key, theme.scale) for theme in told] == [
        ("dark", 1.0),
        ("dark", 1.6),
        ("light", 1.6),
    ]
    assert look.theme.px(10) == 16
    look.enlarge(1)
