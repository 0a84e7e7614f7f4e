"""Microseconds an epoch: `pytest tests/benchmarks --benchmark-enable`."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from nnviz.engine import kernel
from nnviz.engine.course import Progress
from nnviz.engine.optimizers import SGD, Adam, Optimizer
from nnviz.engine.training import Loop, NumpyLoop
from nnviz.experiment.build import build
from nnviz.experiment.spec import Architecture, Experiment, Layer, Training

NETWORKS = {"2-4-2-1": (4, 2), "2-8-8-8-1": (8, 8, 8), "2-8-8-8-8-8-8-1": (8,) * 6}
LOOPS = ("numpy", "compiled")


def experiment(hidden: tuple[int, ...], optimizer: Optimizer) -> Experiment:
    return Experiment(
        architecture=Architecture(hidden=tuple(Layer(width) for width in hidden)),
        training=Training(optimizer=optimizer),
    )


def loop_of(name: str) -> Loop:
    """The loop of a name; the test is passed over where the compiled one is not ready."""
    loop = NumpyLoop() if name == "numpy" else kernel.load()
    if loop is None:
        pytest.skip("no kernel is ready: `python -m nnviz.engine.kernel` makes one")
    return loop


@pytest.mark.parametrize("optimizer", [SGD(), Adam()], ids=lambda each: each.key)
@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("network", NETWORKS)
def test_epoch(benchmark: BenchmarkFixture, network: str, loop: str, optimizer: Optimizer) -> None:
    setup = build(experiment(NETWORKS[network], optimizer))
    progress = Progress.start(setup.course, setup.theta)
    runner = loop_of(loop)
    benchmark(runner.advance, setup.course, progress, setup.course.updates)
    assert progress.diverged is None
