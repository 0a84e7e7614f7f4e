from __future__ import annotations

from dataclasses import replace
from math import inf, isnan, nan
from typing import Any

import numpy as np
import pytest

from nnviz.engine.optimizers import RATE_RANGE, SGD, Adam, Momentum
from nnviz.engine.rate_range import Heat, rate_range
from nnviz.engine.surfaces import SURFACES
from nnviz.experiment.landscape import NETWORK_SURFACE, Landscape, Racer
from nnviz.experiment.spec import Data, Experiment
from nnviz.runtime import laboratory
from nnviz.runtime.findings import Studied
from nnviz.runtime.frames import Frame, Wishes
from nnviz.runtime.painter import Studio
from nnviz.runtime.study import PARTS, SPAN, rates_of
from nnviz.runtime.trainer import Trainer

STOPS = np.array([[245, 147, 34], [232, 234, 235], [8, 119, 189]], dtype=np.uint8)
WISHES = Wishes(STOPS, STOPS, (255, 255, 255), 12, 4, 8, studied=0)
RACERS = (Racer(SGD(0.1)), Racer(Adam(0.1)))


def frame_of(epochs: int = 3, **landscape: Any) -> Frame:
    settings = {"surface": "bowl", "racers": RACERS} | landscape
    trainer = Trainer(Experiment(data=Data(samples=20), landscape=Landscape(**settings)))
    trainer.work(epochs, inf)
    return trainer.frame()


def known(studio: Studio, frame: Frame, wishes: Wishes = WISHES) -> Studied:
    """All that can be known."""
    studied = studio.paint(frame, wishes).findings.studied
    while not studio.is_measured:
        picture = studio.measure()
        studied = picture.findings.studied if picture is not None else studied
    assert studied is not None
    return studied


def test_nobody_is_studied_unwished() -> None:
    studio = Studio()
    assert studio.paint(frame_of(), replace(WISHES, studied=None)).findings.studied is None
    assert studio.paint(frame_of(), replace(WISHES, studied=9)).findings.studied is None
    assert studio.is_measured


def test_all_rates_are_raced_at_from_the_start() -> None:
    studied = known(Studio(), frame_of())
    assert studied.rates is not None
    rates = rates_of(PARTS[-1])
    bowl = SURFACES["bowl"]
    wanted = rate_range(Heat(bowl, bowl.start, SPAN), SGD(), rates)
    np.testing.assert_array_equal(studied.rates.rates, rates)
    np.testing.assert_array_equal(studied.rates.losses, wanted.losses)


def test_few_rates_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laboratory, "STRETCH_S", 1e-9)
    studio, counts = Studio(), []
    studio.paint(frame_of(), WISHES)
    while not studio.is_measured:
        picture = studio.measure()
        if picture is not None and picture.findings.studied is not None:
            assert picture.findings.studied.rates is not None
            counts.append(len(picture.findings.studied.rates.rates))
    assert counts == [len(rates_of(parts)) for parts in PARTS]


def test_another_rate_is_no_other_study_but_another_momentum_is() -> None:
    studio = Studio()
    known(studio, frame_of(racers=(Racer(Momentum(0.1)),)))
    studio.paint(frame_of(racers=(Racer(Momentum(0.2)),)), WISHES)
    assert studio.is_measured
    picture = studio.paint(frame_of(racers=(Racer(Momentum(0.2, 0.5)),)), WISHES)
    assert not studio.is_measured
    assert picture.findings.studied is not None
    assert picture.findings.studied.rates is None


def test_noise_counts() -> None:
    plain, noisy = (known(Studio(), frame_of(noise=noise)).rates for noise in (0.0, 2.0))
    assert plain is not None
    assert noisy is not None
    assert (plain.losses != noisy.losses).any()


def test_the_curvature_is_that_below_the_racer() -> None:
    studio, seen = Studio(), []
    for epochs in (0, 5):
        frame = frame_of(epochs, surface="himmelblau", racers=(Racer(SGD(0.001)),))
        studied = studio.paint(frame, WISHES).findings.studied
        assert studied is not None
        point = frame.race.paths[0, -1, :2]
        bends = np.linalg.eigvalsh(SURFACES["himmelblau"].hessian(point))
        assert studied.curvature == pytest.approx(bends[-1])
        seen.append(studied.curvature)
    assert seen[0] != seen[1]


def test_on_a_cut_of_the_network_there_is_a_curvature_too() -> None:
    frame = frame_of(surface=NETWORK_SURFACE, axes=(0, 1))
    studied = Studio().paint(frame, WISHES).findings.studied
    assert studied is not None
    assert np.isfinite(studied.curvature)


@pytest.mark.parametrize(
    "racers", [(Racer(SGD(10.0)),), (Racer(SGD(0.1), on=False), RACERS[1])], ids=["left", "off"]
)
def test_who_is_nowhere_has_no_curvature(racers: tuple[Racer, ...]) -> None:
    studied = Studio().paint(frame_of(60, racers=racers), WISHES).findings.studied
    assert studied is not None
    assert isnan(studied.curvature) == isnan(nan)


def test_rates_go_from_end_to_end() -> None:
    rates = rates_of(3)
    assert len(rates) == 19
    assert (rates[0], rates[-1]) == pytest.approx(RATE_RANGE)


def test_who_looks_away_and_back_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laboratory, "STRETCH_S", 1e-9)
    studio, frame = Studio(), frame_of()
    studio.paint(frame, WISHES)
    studio.measure()
    studio.paint(frame, replace(WISHES, studied=None))
    assert studio.is_measured
    assert known(studio, frame).rates is not None
