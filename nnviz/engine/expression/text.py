"""Formulas back as text: plain, as one types it, and pretty, as a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from nnviz.engine.expression.graph import Node
from nnviz.value import dataclass

LONGEST = 20_000
"""Longer texts, which only derivatives can have, are cut."""

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = 1, 2, 3, 4, 5
_STRENGTHS = {"add": _SUM, "sub": _SUM, "mul": _PRODUCT, "div": _PRODUCT, "neg": _SIGN}
_PLAIN = {"add": " + ", "sub": " - ", "mul": "*", "div": "/", "pow": "^"}
_PRETTY = {"add": " + ", "sub": " − ", "mul": "", "div": "/", "pow": "^"}
_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_LOWS = "₀₁₂₃₄₅₆₇₈₉"
_HIGH = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text, and how strongly its parts hold together."""

    text: str
    strength: int

    def within(self, least: int) -> str:
        """The text, in parentheses if its parts would come apart."""
        return self.text if self.strength >= least else f"({self.text})"


_Writer = Callable[[Node, Sequence[_Piece]], _Piece]


def plain(nodes: Sequence[Node]) -> str:
    """The last node of a graph as text that can be read again."""
    return _written(nodes, _plain_piece)


def pretty(nodes: Sequence[Node]) -> str:
    """The last node of a graph as a label: x₁², 3x₁, sin x₁."""
    return _written(nodes, _pretty_piece)


def _written(nodes: Sequence[Node], write: _Writer) -> str:
    pieces: list[_Piece] = []
    for node in nodes:
        piece = write(node, [pieces[part] for part in node.parts])
        pieces.append(piece if len(piece.text) <= LONGEST else _Piece("…", _ATOM))
    return pieces[-1].text


def _plain_piece(node: Node, parts: Sequence[_Piece]) -> _Piece:
    match node.key:
        case "number":
            return _number(node.number, "-")
        case "name" | "constant":
            return _Piece(node.name, _ATOM)
        case "neg":
            return _Piece(f"-{parts[0].within(_POWER)}", _SIGN)
        case key if key in _PLAIN:
            return _marked(key, _PLAIN[key], parts)
        case key:
            return _Piece(f"{key}({', '.join(each.text for each in parts)})", _ATOM)


def _pretty_piece(node: Node, parts: Sequence[_Piece]) -> _Piece:
    match node.key:
        case "number":
            return _number(node.number, "−")
        case "name" | "constant":
            return _Piece("π" if node.name == "pi" else node.name.translate(_LOW), _ATOM)
        case "neg":
            return _Piece(f"−{parts[0].within(_POWER)}", _SIGN)
        case "mul":
            return _side_by_side(*parts)
        case "pow" if re.fullmatch("−?[0-9]+", parts[1].text):
            return _Piece(f"{parts[0].within(_ATOM)}{parts[1].text.translate(_HIGH)}", _POWER)
        case key if key in _PRETTY:
            return _marked(key, _PRETTY[key], parts)
        case key if len(parts) == 1 and re.fullmatch(r"[^\W\d][\d₀-₉]*", parts[0].text):
            return _Piece(f"{key} {parts[0].text}", _POWER)
        case key:
            return _Piece(f"{key}({', '.join(each.text for each in parts)})", _ATOM)


def _number(number: float, minus: str) -> _Piece:
    text = repr(number).removesuffix(".0")
    if number < 0:
        return _Piece(minus + text[1:], _SIGN)
    return _Piece(text, _ATOM)


def _marked(key: str, mark: str, parts: Sequence[_Piece]) -> _Piece:
    """Two parts with a mark between them; what stands at the right holds together by itself."""
    left, right = parts
    if key == "pow":
        return _Piece(f"{left.within(_ATOM)}{mark}{right.within(_POWER)}", _POWER)
    strength = _STRENGTHS[key]
    return _Piece(f"{left.within(strength)}{mark}{right.within(strength + 1)}", strength)


def _side_by_side(left: _Piece, right: _Piece) -> _Piece:
    """A product without a mark, or with a dot where it would be misread."""
    one, other = left.within(_PRODUCT), right.within(_POWER)
    if left.strength >= _PRODUCT and set(one) & {" ", "/"} and not one.endswith(")"):
        one = f"({one})"
    is_call = len(other) > 1 and other[:2].isalpha()
    is_word = one[-1].isalpha() or one[-1] in _LOWS
    if other[0].isdigit() or (is_word and (is_call or other[0] == "(")):
        return _Piece(f"{one}·{other}", _PRODUCT)
    return _Piece(f"{one}{' ' if is_call else ''}{other}", _PRODUCT)
