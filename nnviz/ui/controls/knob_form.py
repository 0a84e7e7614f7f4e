"""A form for any value with knobs: one slider for each, made from what the knobs say."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.knob import knobs
from nnviz.ui.controls.knob_slider import KnobSlider

_ROOM = 8


class KnobForm(QWidget):
    """Sliders for the knobs of a frozen dataclass value."""

    turned = Signal(object)
    """The person turned a knob: the value with that field replaced."""

    settled = Signal()
    """The person let go: the turns since the last time are one change."""

    def __init__(
        self,
        leave_out: Collection[str] = (),
        parent: QWidget | None = None,
        *,
        said: Callable[[str], str] = str,
    ) -> None:
        """Start without a value.

        Args:
            leave_out: fields that have their slider elsewhere.
            parent: the widget it stands in.
            said: how names and hints are put here.
        """
        super().__init__(parent)
        self._said = said
        self._leave_out = frozenset(leave_out)
        self._value: Any = None
        self._sliders: dict[str, KnobSlider] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_ROOM)

    @property
    def sliders(self) -> dict[str, KnobSlider]:
        """The sliders by field name."""
        return dict(self._sliders)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - any dataclass with knobs
        """Show a value, silently; another kind of value gets other sliders."""
        if type(value) is not type(self._value):
            self._rebuild(value)
        self._value = value
        for name, slider in self._sliders.items():
            slider.show_number(getattr(value, name))

    def has_knobs(self) -> bool:
        """Whether there is anything to turn."""
        return bool(self._sliders)

    def _rebuild(self, value: object) -> None:
        for slider in self._sliders.values():
            self._layout.removeWidget(slider)
            slider.hide()
            slider.deleteLater()
        self._sliders = {}
        for name, knob in knobs(value).items():
            if name not in self._leave_out:
                spoken = replace(knob, hint=self._said(knob.hint))
                slider = KnobSlider(self._said(name.replace("_", " ")), spoken)
                slider.turned.connect(partial(self._on_turned, name))
                slider.settled.connect(self.settled)
                self._layout.addWidget(slider)
                self._sliders[name] = slider

    def _on_turned(self, name: str, number: float) -> None:
        kept = int(number) if isinstance(getattr(self._value, name), int) else number
        self._value = replace(self._value, **{name: kept})
        self.turned.emit(self._value)
