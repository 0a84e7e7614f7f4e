r"""Formulas in mathematical type: LaTeX set as SVG, away from the window's thread, and kept.

A formula takes some 30 ms to be set, and the typesetter a third of a second to be loaded, so both
happen in a thread; whoever asks for a formula gets it once it is there. Colors of roles
(`\class{role}{…}`) are filled in when it is drawn, so another theme costs nothing.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Collection, Iterable

from PySide6.QtCore import QByteArray, QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

from nnviz.ui.errand import Check, Errand
from nnviz.ui.roles import ROLES, role_color
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

SIZE = 24.0
"""The size of the type that formulas are set in; they are scaled when drawn."""

_RIM, _LEAN = 0.04 * SIZE, 0.12 * SIZE

KEPT = 600
"""How many formulas are kept."""

_MARKS = {role: f"#00000{place}" for place, role in enumerate(ROLES, 1)}
"""What stands in a set formula for the color of a role."""


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """A formula that is set; lengths are in units of its type's size.

    `ascent` is how far it reaches above its baseline, `descent` below.
    """

    svg: str
    width: float
    ascent: float
    descent: float

    def draw(self, painter: QPainter, baseline: QPointF, size: float, theme: Theme) -> None:
        """Draw it from a point on its baseline, in a size of type."""
        room = QRectF(
            baseline.x(),
            baseline.y() - self.ascent * size,
            self.width * size,
            (self.ascent + self.descent) * size,
        )
        QSvgRenderer(QByteArray(self.tinted(theme).encode())).render(painter, room)

    def tinted(self, theme: Theme) -> str:
        """The drawing in the colors of a theme."""
        text = self.svg.replace('"black"', f'"{theme.text}"')
        for role, mark in _MARKS.items():
            text = text.replace(mark, role_color(role, theme))
        return text


class Typesetter(QObject):
    """Sets what it is asked for, and keeps it."""

    ready = Signal()
    """What was asked for is set."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with nothing set; nothing is loaded before it is needed."""
        super().__init__(parent)
        self._set: OrderedDict[str, Formula] = OrderedDict()
        self._wanted: tuple[str, ...] = ()
        self._errand: Errand | None = None

    def ask(self, latex: Iterable[str]) -> None:
        """Set these formulas, and none of those asked for before that are still waiting."""
        self._wanted = tuple(latex)
        if self._errand is None and self._missing(()):
            self._errand = Errand(self._work, self)
            self._errand.done.connect(self._on_done)

    def formula(self, latex: str) -> Formula | None:
        """A formula, None while it is not set."""
        found = self._set.get(latex)
        if found is not None:
            self._set.move_to_end(latex)
        return found

    def finish(self) -> None:
        """Set all that was asked for here and now: for a picture that does not wait."""
        self.close()
        if self._missing(()):
            self._take(self._work())

    def close(self) -> None:
        """End the thread."""
        if self._errand is not None:
            self._errand.cancel()
            self._errand = None

    def _missing(self, made: Collection[str]) -> tuple[str, ...]:
        return tuple(each for each in self._wanted if each not in self._set and each not in made)

    def _work(self, look_up: Check = lambda: None) -> dict[str, Formula]:
        """Set what is wanted, also what is asked for meanwhile."""
        made: dict[str, Formula] = {}
        while missing := self._missing(made):
            look_up()
            made[missing[0]] = typeset(missing[0])
        return made

    def _on_done(self, made: dict[str, Formula]) -> None:
        if self._errand is not None:
            self._errand.deleteLater()
            self._errand = None
        self._take(made)
        self.ask(self._wanted)

    def _take(self, made: dict[str, Formula]) -> None:
        self._set.update(made)
        while len(self._set) > KEPT:
            self._set.popitem(last=False)
        self.ready.emit()


def typeset(latex: str) -> Formula:
    """Set a formula, here and now."""
    # Heavy: it reads a typeface.
    from ziamath.config import config
    from ziamath.zmath import Latex

    config.svg2 = False  # QtSvg knows no symbols that are defined once and used often.
    svg = str(Latex(_colored(latex), size=SIZE).svg())
    found = re.search(r'viewBox="([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)"', svg)
    if found is None:
        raise ValueError(f"a formula without a size: {latex}")
    left, top, width, height = (float(each) for each in found.groups())
    # The last letter may lean out of what is said to be the width.
    box = left, top - _RIM, width + _LEAN, height + 2 * _RIM
    whole = 'viewBox="{:.3f} {:.3f} {:.3f} {:.3f}"'.format(*box)
    _, top, width, height = (each / SIZE for each in box)
    return Formula(svg.replace(found[0], whole), width, -top, height + top)


def _colored(latex: str) -> str:
    return re.sub(r"\\class\{(\w+)\}", lambda found: rf"\textcolor{{{_MARKS[found[1]]}}}", latex)
