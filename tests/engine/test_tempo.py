from __future__ import annotations

import numpy as np

from nnviz.engine.schedules import Cosine, Plateau, StepDecay
from nnviz.engine.tempo import Tempo


def test_a_step_stands_for_an_epoch() -> None:
    tempo = Tempo(Cosine(100), 3)
    np.testing.assert_allclose(tempo.factors(1), np.ones(3))
    np.testing.assert_allclose(tempo.factors(51), np.full(3, 0.5))
    np.testing.assert_allclose(Tempo(StepDecay(0.5, 10), 1).factors(11), [0.5])


def test_a_plateau_cuts_for_whoever_is_on_one() -> None:
    tempo = Tempo(Plateau(gamma=0.1, patience=1), 2)
    for step in range(1, 6):
        tempo.see(np.array([1.0, 1.0 / step]))
    np.testing.assert_allclose(tempo.factors(6), [0.01, 1.0])
