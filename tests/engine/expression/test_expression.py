from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nnviz.engine.expression import Expression, parse
from nnviz.engine.expression.rules import CONSTANTS, FUNCTIONS
from nnviz.mistake import Mistake

XY = ("x", "y")
numbers = st.floats(-3.0, 3.0)

CALLED_SMOOTH = ("sin", "cos", "tanh", "atan", "sigmoid", "exp")
CALLED = tuple(key for key in FUNCTIONS if FUNCTIONS[key].parts == 1)


def formulas(called: tuple[str, ...], marks: str) -> st.SearchStrategy[str]:
    leaves = st.sampled_from(("x", "y", "2", "0.5", "pi", "1.25e1"))
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(marks), inner).map(
                lambda each: f"({each[0]}){each[1]}({each[2]})"
            ),
            st.tuples(st.sampled_from(called), inner).map(lambda each: f"{each[0]}({each[1]})"),
            st.tuples(inner, st.integers(-2, 3)).map(lambda each: f"({each[0]})^{each[1]}"),
            inner.map(lambda each: f"-({each})"),
            st.tuples(inner, inner, inner).map(
                lambda each: f"where({each[0]}, min({each[1]}, {each[2]}), max({each[2]}, 1))"
            ),
        ),
        max_leaves=8,
    )


any_formula = formulas(CALLED, "+-*/^")
smooth_formula = formulas(CALLED_SMOOTH, "+-*").filter(lambda each: "where" not in each)


def at(expression: Expression, x: float, y: float) -> float:
    return float(expression.values(x=np.array(x), y=np.array(y)))


def sentence_about(text: str) -> str | None:
    try:
        parse(text, XY)
    except Mistake as mistake:
        return str(mistake)
    return None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2*3", 7.0),
        ("2*3^2", 18.0),
        ("2^3^2", 512.0),
        ("-x^2", -9.0),
        ("2^-x", 0.125),
        ("-2^2", -4.0),
        ("8/2/2", 2.0),
        ("8-2-2", 4.0),
        ("2x", 6.0),
        ("2x^2", 18.0),
        ("3 sin(0) + 2(x+1)", 8.0),
        ("(x+1)(x-1)", 8.0),
        ("2x²y", 72.0),
        ("x**2", 9.0),
        ("(1 − x)² + 100 (y − x²)²", 2504.0),
        ("2 × 3 · x ÷ 2", 9.0),
        ("--x", 3.0),
        ("+x - -y", 7.0),
        (".5 + 1. + 1e1 + 2e-1", 11.7),
        ("pi - π", 0.0),
        ("2e", 2 * np.e),
        ("min(x, y, 1) + max(x, y)", 5.0),
        ("relu(-1) + relu(2) + step(0) + step(x)", 3.0),
        ("where(x - 4, 1, 2) + where(x, 10, 20)", 12.0),
        ("sign(-x) + abs(-y)", 3.0),
        ("sqrt(y) + log(e^2) + ln(1)", 4.0),
        ("sigmoid(0) + tanh(0) + atan(0) + arctan(0) + tan(0) + cos(0)", 1.5),
        ("x^y", 81.0),
        ("x^0.5", 3**0.5),
        ("x^-2", 1 / 9),
        ("x^20", 3.0**20),
        ("0*x + 1*x - 0 + x/1 + x^1 + x^0 + 0/x + (x-x) + (0-x)", 7.0 - 3.0 + 3.0),
    ],
)
def test_formulas_mean_what_they_mean_in_mathematics(text: str, value: float) -> None:
    assert at(parse(text, XY), 3.0, 4.0) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "at character 1: there is nothing yet"),
        ("   ", "at character 1: there is nothing yet"),
        ("x +", "at character 4: it ends where a number"),
        ("x + * y", "at character 5: a number or a name must stand before '\\*'"),
        ("(x", "at character 1: this parenthesis is never closed"),
        ("x)", "at character 2: this parenthesis closes nothing"),
        ("()", "at character 2: this parenthesis closes nothing"),
        ("x y", "at character 3: an operator is missing before 'y'"),
        ("3 4", "at character 3: an operator is missing before '4'"),
        ("(x)2", "at character 4: an operator is missing before '2'"),
        ("x(2)", "at character 2: 'x' is not a function; write \\* to multiply"),
        ("1/2x", "at character 4: after a divisor or an exponent write \\* or parentheses"),
        ("2^3x", "at character 4: after a divisor or an exponent write \\* or parentheses"),
        ("3x^2y", "at character 5: after a divisor or an exponent"),
        ("xy", "there is no 'xy'; there are x, y, pi, e and the functions sin, .*written x\\*y"),
        ("sinn(x)", "there is no 'sinn'.*perhaps sin is meant"),
        ("z", "at character 1: there is no 'z'"),
        ("sin x", "at character 1: sin is written sin\\(a\\)"),
        ("min(x)", "at character 1: min is written min\\(a, b, …\\)"),
        ("sin(x, y)", "at character 1: sin is written sin\\(a\\)"),
        ("where(x, y)", "where is written where\\(a, b, c\\)"),
        ("2,5", "at character 2: a comma parts what stands in min\\(a, b\\) only"),
        ("sin(x; y)", "at character 6: ';' means nothing in a formula"),
        ("__import__('os')", 'at character 12: "\'" means nothing'),
        ("1e999", "at character 1: the number '1e999' is too large"),
        ("²", "an operator is missing before '2'"),
        ("(" * 100, "at character 61: it is nested more than 60 deep"),
        ("-" * 100 + "x", "nested more than 60 deep"),
        ("x^" * 100 + "x", "nested more than 60 deep"),
        ("x" * 501, "has 501 characters; it may have up to 500"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(Mistake, match=sentence):
        parse(text, XY)


@given(st.text(max_size=60))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    said = sentence_about(text)
    assert said is None or (said.endswith(".") and said.isprintable())


@given(st.text("xy12.e+-*/^(), sincomaxp²−", max_size=40))
def test_what_looks_like_a_formula_is_read_or_refused(text: str) -> None:
    if sentence_about(text) is None:
        expression = parse(text, XY)
        assert parse(expression.text, XY) == expression


@given(any_formula, numbers, numbers)
def test_what_is_written_back_is_the_same_formula(text: str, x: float, y: float) -> None:
    assume(len(text) <= 500)
    expression = parse(text, XY)
    again = parse(expression.text, XY)
    assert again == expression
    np.testing.assert_equal(at(again, x, y), at(expression, x, y))


@given(smooth_formula, numbers, numbers, st.sampled_from(XY))
def test_the_derivative_is_that_of_central_differences(
    text: str, x: float, y: float, name: str
) -> None:
    assume(len(text) <= 500)
    expression = parse(text, XY)
    step = 1e-5
    places = {"x": np.full(5, x), "y": np.full(5, y)}
    places[name] = places[name] + step * np.array([-2, -1, 0, 1, 2])
    a, b, here, c, d = expression.values(**places)
    assume(np.isfinite([a, b, here, c, d]).all())
    slope, wide = (c - b) / (2 * step), (d - a) / (4 * step)
    size = max(1.0, abs(here), abs(slope))
    assume(size < 1e6)
    assume(abs(slope - wide) < 1e-6 * size)
    assert at(expression.derivative(name), x, y) == pytest.approx(slope, abs=1e-4 * size)


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("tan(x)", 1 + np.tan(1.5) ** 2),
        ("sqrt(x)", 0.5 / 1.5**0.5),
        ("log(x)", 1 / 1.5),
        ("abs(-x)", 1.0),
        ("sign(x)", 0.0),
        ("step(x)", 0.0),
        ("relu(x) + relu(-x)", 1.0),
        ("min(x, y)", 1.0),
        ("max(x, y)", 0.0),
        ("max(x, 1)", 1.0),
        ("x/y", 0.5),
        ("y/x", -2 / 1.5**2),
        ("x^y", 2 * 1.5),
        ("y^x", 2**1.5 * np.log(2)),
        ("x^x", 1.5**1.5 * (np.log(1.5) + 1)),
        ("where(x, x^2, y)", 3.0),
        ("pi*x", np.pi),
        ("y", 0.0),
    ],
)
def test_derivatives_by_hand(text: str, slope: float) -> None:
    assert at(parse(text, XY).derivative("x"), 1.5, 2.0) == pytest.approx(slope, rel=1e-13)


@pytest.mark.parametrize(
    ("text", "slope"), [("abs(x)", 0.0), ("relu(x)", 0.0), ("max(x, 3*x)", 3.0)]
)
def test_at_a_kink_the_derivative_is_that_of_one_side(text: str, slope: float) -> None:
    assert at(parse(text, XY).derivative("x"), 0.0, 0.0) == slope


def test_values_are_worked_out_over_whole_arrays() -> None:
    grid = np.linspace(-1, 1, 12).reshape(3, 4)
    expression = parse("x*y + 1", XY)
    np.testing.assert_array_equal(expression.values(x=grid, y=grid), grid * grid + 1)
    assert parse("2", XY).values(x=grid, y=grid).tolist() == [[2.0] * 4] * 3
    assert expression.values(x=grid[:, :1], y=grid[:1]).shape == (3, 4)


def test_value_and_slopes_come_together() -> None:
    expression = parse("(1-x)^2 + 100*(y-x^2)^2", XY)
    points = {"x": np.array([0.3, -1.2]), "y": np.array([0.1, 1.0])}
    together = expression.with_slopes(XY)
    value, across, up = together.values(points)
    np.testing.assert_array_equal(value, expression.values(**points))
    np.testing.assert_array_equal(across, expression.derivative("x").values(**points))
    np.testing.assert_array_equal(up, expression.derivative("y").values(**points))
    apart = sum(len(expression.derivative(name).nodes) for name in XY) + len(expression.nodes)
    assert len(together.nodes) < apart, "what they share is there only once"


def test_what_has_no_value_is_no_number_and_makes_no_noise() -> None:
    places = np.array([-1.0, 0.0, 1.0])
    np.testing.assert_array_equal(parse("log(x)", XY).values(x=places), [np.nan, -np.inf, 0.0])
    np.testing.assert_array_equal(parse("1/x", XY).values(x=places), [-1.0, np.inf, 1.0])


@pytest.mark.parametrize(
    ("text", "plain", "pretty"),
    [
        ("x1*x2", "x1*x2", "x₁x₂"),
        ("sqrt(x1^2+x2^2)", "sqrt(x1^2 + x2^2)", "sqrt(x₁² + x₂²)"),
        ("sin(3*x1)", "sin(3*x1)", "sin(3x₁)"),
        ("3*sin(x1)", "3*sin(x1)", "3 sin x₁"),
        ("sin(x1)*x2", "sin(x1)*x2", "(sin x₁)x₂"),
        ("x1*sin(x2)", "x1*sin(x2)", "x₁·sin x₂"),
        ("2*3*x1", "6*x1", "6x₁"),
        ("x1*2", "x1*2", "x₁·2"),
        ("x1/3*x2", "x1/3*x2", "(x₁/3)x₂"),
        ("x1*(x2+1)", "x1*(x2 + 1)", "x₁·(x₂ + 1)"),
        ("x1^-2", "x1^(-2)", "x₁⁻²"),
        ("x1^x2", "x1^x2", "x₁^x₂"),
        ("-(x1+1)^2", "-(x1 + 1)^2", "−(x₁ + 1)²"),
        ("x1-(x2-1)", "x1 - (x2 - 1)", "x₁ − (x₂ − 1)"),
        ("2*pi*x1", "2*pi*x1", "2πx₁"),
        ("1/3 + x1", "1/3 + x1", "1/3 + x₁"),
        ("min(x1, x2)", "min(x1, x2)", "min(x₁, x₂)"),
        ("-1.5*x1", "-1.5*x1", "−1.5x₁"),
    ],
)
def test_formulas_are_written_plainly_and_prettily(text: str, plain: str, pretty: str) -> None:
    expression = parse(text, ("x1", "x2"))
    assert expression.text == plain
    assert expression.pretty == pretty


def test_any_names_may_be_allowed() -> None:
    expression = parse("sigmoid(w0*x0 + w1*x1 + w2)", None)
    assert expression.names == ("w0", "x0", "w1", "x1", "w2")
    values = {"w0": 2.0, "x0": -1.0, "w1": -3.0, "x1": -2.0, "w2": -3.0}
    arrays = {name: np.array(value) for name, value in values.items()}
    assert float(expression.values(**arrays)) == pytest.approx(0.73105858)
    assert float(expression.derivative("w0").values(**arrays)) == pytest.approx(-0.19661193)


def test_constants_and_functions_differ_in_name() -> None:
    assert not set(CONSTANTS) & set(FUNCTIONS)


def test_the_derivatives_of_derivatives_of_a_dense_formula_stay_short_enough() -> None:
    expression = parse("*".join(["sin(x^x)"] * 40), XY)
    for _ in range(2):
        expression = expression.derivative("x")
    assert len(expression.nodes) < 10_000
    assert len(expression.text) < 200_000
