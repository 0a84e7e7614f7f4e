"""Microseconds an epoch: `pytest tests/benchmarks --benchmark-enable`."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from nnviz.engine.course import Progress
from nnviz.engine.optimizers import SGD, Adam, Optimizer
from nnviz.engine.training import NumpyLoop
from nnviz.experiment.build import build
from nnviz.experiment.spec import Architecture, Experiment, Layer, Training

NETWORKS = {"2-4-2-1": (4, 2), "2-8-8-8-1": (8, 8, 8), "2-8-8-8-8-8-8-1": (8,) * 6}
LOOPS = {"numpy": NumpyLoop}


def experiment(hidden: tuple[int, ...], optimizer: Optimizer) -> Experiment:
    return Experiment(
        architecture=Architecture(hidden=tuple(Layer(width) for width in hidden)),
        training=Training(optimizer=optimizer),
    )


@pytest.mark.parametrize("optimizer", [SGD(), Adam()], ids=lambda each: each.key)
@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("network", NETWORKS)
def test_epoch(benchmark: BenchmarkFixture, network: str, loop: str, optimizer: Optimizer) -> None:
    setup = build(experiment(NETWORKS[network], optimizer))
    progress = Progress.start(setup.course, setup.theta)
    runner = LOOPS[loop]()
    benchmark(runner.advance, setup.course, progress, setup.course.updates)
    assert progress.diverged is None
