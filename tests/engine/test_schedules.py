from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.schedules import (
    NOTHING_SEEN,
    SCHEDULES,
    Constant,
    Cosine,
    Drawn,
    Exponential,
    Inverse,
    OneCycle,
    Plateau,
    Schedule,
    StepDecay,
    WarmUp,
    Watch,
    Watches,
)
from nnviz.knob import knobs
from nnviz.mistake import Mistake

every_schedule = pytest.mark.parametrize("kind", list(SCHEDULES), ids=lambda kind: kind.key)
times = st.integers(0, 5000)
rates = st.floats(1e-5, 10.0)
any_loss = st.floats(0, 10) | st.sampled_from([nan, inf])


@every_schedule
def test_the_defaults_lie_in_their_ranges(kind: type[Schedule]) -> None:
    for name, knob in knobs(kind).items():
        knob.check(getattr(kind(), name), name)


@every_schedule
def test_it_has_a_formula_and_a_label(kind: type[Schedule]) -> None:
    assert kind.label
    assert r"\eta" in kind.formula


@every_schedule
@given(k=times, base=rates)
def test_the_rate_never_exceeds_the_base(kind: type[Schedule], k: int, base: float) -> None:
    assert 0.0 <= kind().rate(base, k) <= base


@every_schedule
@given(k=times, base=rates)
def test_the_rate_scales_with_the_base(kind: type[Schedule], k: int, base: float) -> None:
    assert kind().rate(base, k) == pytest.approx(base * kind().rate(1.0, k))


@every_schedule
def test_a_whole_curve_is_its_moments(kind: type[Schedule]) -> None:
    epochs = np.arange(0.0, 700.0, 12.5)
    curve = kind().share(epochs)
    np.testing.assert_allclose(curve, [kind().rate(1.0, k) for k in epochs], rtol=1e-14)


@every_schedule
def test_what_only_time_decides_does_not_look_at_losses(kind: type[Schedule]) -> None:
    schedule = kind()
    seen = schedule.watched([1.0] * 50)
    assert (seen == NOTHING_SEEN) == (kind is not Plateau)
    assert schedule.cut(NOTHING_SEEN) == 1.0


@pytest.mark.parametrize(
    ("schedule", "k", "share"),
    [
        (Constant(), 123, 1.0),
        (StepDecay(0.5, 10), 0, 1.0),
        (StepDecay(0.5, 10), 9.9, 1.0),
        (StepDecay(0.5, 10), 10, 0.5),
        (StepDecay(0.5, 10), 39, 0.125),
        (Exponential(0.9), 0, 1.0),
        (Exponential(0.9), 3, 0.729),
        (Inverse(0.1), 0, 1.0),
        (Inverse(0.1), 10, 0.5),
        (Cosine(100), 0, 1.0),
        (Cosine(100), 50, 0.5),
        (Cosine(100), 100, 0.0),
        (Cosine(100), 170, 0.0),
        (Cosine(100, 0.2), 50, 0.6),
        (Cosine(100, 0.2), 100, 0.2),
        (WarmUp(20), 0, 0.0),
        (WarmUp(20), 5, 0.25),
        (WarmUp(20), 20, 1.0),
        (WarmUp(20), 21, 1.0),
        (OneCycle(100), 0, 0.04),
        (OneCycle(100), 15, 0.52),
        (OneCycle(100), 30, 1.0),
        (OneCycle(100), 100, 4e-6),
        (OneCycle(100), 300, 4e-6),
        (Drawn(100, ((0.2, 1.0), (0.6, 0.5), (1.0, 0.1))), 0, 1.0),
        (Drawn(100, ((0.2, 1.0), (0.6, 0.5), (1.0, 0.1))), 40, 0.75),
        (Drawn(100, ((0.2, 1.0), (0.6, 0.5), (1.0, 0.1))), 80, 0.3),
        (Drawn(100, ((0.2, 1.0), (0.6, 0.5), (1.0, 0.1))), 1000, 0.1),
        (Drawn(100, ((0.5, 0.7),)), 3, 0.7),
    ],
    ids=repr,
)
def test_known_shares(schedule: Schedule, k: float, share: float) -> None:
    assert schedule.rate(0.3, k) == pytest.approx(0.3 * share, abs=1e-12)


@pytest.mark.parametrize(
    "schedule", [StepDecay(), Exponential(), Inverse(), Cosine()], ids=lambda each: each.key
)
@given(k=times)
def test_decay_never_rises(schedule: Schedule, k: int) -> None:
    assert schedule.rate(1.0, k + 1) <= schedule.rate(1.0, k)


@given(epochs=st.integers(2, 1000), rise=st.floats(0.05, 0.95))
def test_one_cycle_rises_once_and_falls_once(epochs: int, rise: float) -> None:
    curve = OneCycle(epochs, rise).share(np.linspace(0, epochs, 101))
    turns = np.diff(np.sign(np.diff(curve)))
    assert np.count_nonzero(turns < 0) == 1
    assert np.count_nonzero(turns > 0) == 0


def test_a_plateau_waits_and_then_cuts() -> None:
    schedule = Plateau(gamma=0.1, patience=2)
    seen, shares = NOTHING_SEEN, []
    for loss in [5.0, 4.0, 4.0, 4.0, 4.0, 3.0, 3.0, 3.0, 3.0]:
        seen = schedule.watch(seen, loss)
        shares.append(schedule.rate(1.0, 0, seen))
    assert shares == pytest.approx([1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.01])


def test_better_must_be_better_by_the_threshold() -> None:
    schedule = Plateau(threshold=0.1)
    assert schedule.watched([1.0, 0.95]) == Watch(1.0, 1, 0)
    assert schedule.watched([1.0, 0.89]) == Watch(0.89, 0, 0)


@pytest.mark.parametrize("loss", [nan, inf])
def test_a_loss_that_is_not_a_number_is_no_better(loss: float) -> None:
    assert Plateau().watched([loss, 2.0, loss]) == Watch(2.0, 1, 0)
    assert Plateau().watched([loss]) == Watch(inf, 1, 0)


@given(st.lists(st.floats(0, 10), max_size=60), st.integers(0, 60))
def test_watching_may_be_taken_up_again(losses: list[float], pause: int) -> None:
    schedule = Plateau(patience=3)
    seen = schedule.watched(losses[:pause])
    for loss in losses[pause:]:
        seen = schedule.watch(seen, loss)
    assert seen == schedule.watched(losses)


@given(st.lists(st.tuples(any_loss, any_loss), max_size=30))
def test_many_are_watched_as_each_by_itself(pairs: list[tuple[float, float]]) -> None:
    schedule = Plateau(patience=2, threshold=0.1)
    seen: Watches = np.full(2, inf), np.zeros(2, np.int64), np.zeros(2, np.int64)
    for pair in pairs:
        seen = schedule.watch_each(seen, np.array(pair))
    for place in range(2):
        alone = schedule.watched(pair[place] for pair in pairs)
        assert Watch(*(each[place] for each in seen)) == alone


def test_a_number_out_of_range_is_refused() -> None:
    with pytest.raises(Mistake, match="gamma is 2"):
        StepDecay(gamma=2.0)


@pytest.mark.parametrize(
    ("points", "why"),
    [
        ((), "points are 0; there must be 1 to 100"),
        (((0.0, 1.5),), "each from 0 to 1"),
        (((nan, 0.5),), "each from 0 to 1"),
        (((0.5, 1.0), (0.5, 0.2)), "in order of time"),
        (((0.5, 1.0), (0.2, 0.2)), "in order of time"),
        (tuple((k / 200, 0.5) for k in range(101)), "points are 101"),
    ],
)
def test_a_drawing_that_is_no_curve_is_refused(
    points: tuple[tuple[float, float], ...], why: str
) -> None:
    with pytest.raises(Mistake, match=why):
        Drawn(points=points)


EPOCHS = st.integers(2, 10_000)


@given(epochs=EPOCHS, least=st.floats(0.0, 1.0), after=times)
def test_cosine_begins_at_the_base_and_rests_at_its_least(
    epochs: int, least: float, after: int
) -> None:
    schedule = Cosine(epochs, least)
    assert schedule.rate(1.0, 0) == 1.0
    assert schedule.rate(1.0, epochs + after) == pytest.approx(least, abs=1e-15)


@given(epochs=EPOCHS, after=times)
def test_warm_up_begins_at_nothing_and_rests_at_the_base(epochs: int, after: int) -> None:
    assert WarmUp(epochs).rate(1.0, 0) == 0.0
    assert WarmUp(epochs).rate(1.0, epochs + after) == 1.0


@given(
    epochs=EPOCHS,
    rise=st.floats(0.05, 0.95),
    low=st.floats(1e-3, 1.0),
    end=st.floats(1e-8, 1.0),
    after=times,
)
def test_one_cycle_begins_low_peaks_at_the_base_and_rests_at_its_end(
    epochs: int, rise: float, low: float, end: float, after: int
) -> None:
    schedule = OneCycle(epochs, rise, low, end)
    assert schedule.rate(1.0, 0) == pytest.approx(low, rel=1e-12)
    assert schedule.rate(1.0, epochs * rise) == pytest.approx(1.0, rel=1e-12)
    assert schedule.rate(1.0, epochs + after) == pytest.approx(end, rel=1e-7)


@given(gamma=st.floats(0.01, 0.99), every=st.integers(1, 500), cuts=st.integers(0, 20))
def test_steps_fall_by_one_factor_each(gamma: float, every: int, cuts: int) -> None:
    schedule = StepDecay(gamma, every)
    assert schedule.rate(1.0, cuts * every) == pytest.approx(gamma**cuts)
    assert schedule.rate(1.0, (cuts + 1) * every - 0.5) == pytest.approx(gamma**cuts)
