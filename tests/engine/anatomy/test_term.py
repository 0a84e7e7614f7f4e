from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.anatomy.term import figure, greater, named, plain, root, sign, squared

G = named("g", np.array([3.0, -0.5]), "gradient")
M = named("m", np.array([0.25, -2.0]))
BETA = named(r"\beta", 0.9)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (1.0, "1"),
        (0.9, "0.9"),
        (-0.45678, "-0.4568"),
        (1234.5, "1234"),
        (0.00012345, r"1.23 \times 10^{-4}"),
        (1e-8, "10^{-8}"),
        (-1e-8, "-10^{-8}"),
        (-3e9, r"-3 \times 10^{9}"),
        (float("inf"), r"\infty"),
        (float("-inf"), r"-\infty"),
        (float("nan"), "?"),
    ],
)
def test_a_number_is_written_in_few_figures(number: float, text: str) -> None:
    assert figure(number).text == text


@given(st.floats(-1e300, 1e300))
def test_the_figures_of_a_number_are_near_to_it(number: float) -> None:
    text = figure(number).text.replace(r" \times 10^{", "e").replace("10^{", "1e").rstrip("}")
    assert float(text) == pytest.approx(number, rel=5.1e-3, abs=5e-324)


def test_a_sum_of_products_is_worked_out_and_written_in_letters_and_figures() -> None:
    mean = BETA * M + (1.0 - BETA) * G
    np.testing.assert_array_equal(mean.value, 0.9 * M.value + (1.0 - 0.9) * G.value)
    assert mean.letters.text == r"\beta \, m + (1 - \beta) \, \class{gradient}{g}"
    assert mean.figures[0].text == r"0.9 \cdot 0.25 + (1 - 0.9) \cdot \class{gradient}{3}"
    assert mean.figures[1].text == r"0.9 \cdot (-2) + (1 - 0.9) \cdot (\class{gradient}{-0.5})"


def test_what_is_the_same_along_all_axes_is_written_once() -> None:
    assert [each.text for each in (1.0 - BETA).figures] == ["1 - 0.9"]


@pytest.mark.parametrize(
    ("term", "letters", "figures", "value"),
    [
        (M / (root(M * M) + BETA), r"\frac{m}{\sqrt{m \, m} + \beta}", None, 0.25 / 1.15),
        (squared(M), "m^2", ("0.25^2", "(-2)^2"), 0.0625),
        (squared(M + G), r"(m + \class{gradient}{g})^2", None, 3.25**2),
        (1.0 - BETA ** plain(2.0), r"1 - \beta^{2}", ("1 - 0.9^{2}",), 1.0 - 0.9**2.0),
        (0.5 ** BETA, r"0.5^{\beta}", ("0.5^{0.9}",), 0.5**0.9),
        (sign(M), r"\mathrm{sign}(m)", (r"\mathrm{sign}(0.25)", r"\mathrm{sign}(-2)"), 1.0),
        (greater(M, BETA), r"\max(m, \beta)", (r"\max(0.25, 0.9)", r"\max(-2, 0.9)"), 0.9),
        (M - (BETA - M), r"m - (\beta - m)", ("0.25 - (0.9 - 0.25)", "-2 - (0.9 - (-2))"), -0.4),
        (M + M, "m + m", ("0.25 + 0.25", "-2 + (-2)"), 0.5),
        (1.0 + BETA, r"1 + \beta", ("1 + 0.9",), 1.9),
        (0.5 * M, r"0.5 \, m", (r"0.5 \cdot 0.25", r"0.5 \cdot (-2)"), 0.125),
        ((BETA + M) * M, r"(\beta + m) \, m", None, 0.2875),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)  # fmt: skip
def test_terms(term: object, letters: str, figures: tuple[str, ...] | None, value: float) -> None:
    assert term.letters.text == letters  # type: ignore[attr-defined]
    if figures is not None:
        assert tuple(each.text for each in term.figures) == figures  # type: ignore[attr-defined]
    first = np.atleast_1d(term.value)[0]  # type: ignore[attr-defined]
    assert first == pytest.approx(value)


def test_a_value_may_be_written_in_the_words_of_another() -> None:
    exact, shown = (BETA * M) / G, BETA * (M / G)
    both = exact.written_as(shown)
    assert both.value is exact.value
    assert both.letters == shown.letters
