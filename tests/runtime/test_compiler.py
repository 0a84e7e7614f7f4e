from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from math import inf
from threading import Event
from time import monotonic

import numpy as np
import pytest

from nnviz.engine import kernel
from nnviz.engine.training import Loop, NumpyLoop
from nnviz.experiment.spec import Data, Experiment
from nnviz.runtime.compiler import Compiler
from nnviz.runtime.orders import Play, SetSpeed
from nnviz.runtime.pace import FLAT_OUT
from nnviz.runtime.trainer import Trainer
from nnviz.runtime.worker import Worker

EXPERIMENT = replace(Experiment(), data=Data(samples=40))
PATIENCE_S = 20.0


class Looking:
    """What a look for the loop came to."""

    def __init__(self) -> None:
        self.loops: list[Loop] = []
        self.errors: list[Exception] = []
        self.ended = Event()

    def deliver(self, loop: Loop) -> None:
        self.loops.append(loop)
        self.ended.set()

    def fail(self, error: Exception) -> None:
        self.errors.append(error)
        self.ended.set()


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A kernel that is ready once something was compiled, that is, once it lies on the shelf."""
    lying: list[str] = []

    def build_apart() -> subprocess.Popen[bytes]:
        lying.append("kernel")
        return subprocess.Popen([sys.executable, "-c", ""])

    monkeypatch.setattr(kernel, "ready", lambda: bool(lying))
    monkeypatch.setattr(kernel, "is_possible", lambda: True)
    monkeypatch.setattr(kernel, "load", NumpyLoop)
    monkeypatch.setattr(kernel, "build_apart", build_apart)
    return lying


@pytest.mark.parametrize("is_there", [True, False])
def test_the_loop_is_brought_compiled_before_if_need_be(shelf: list[str], is_there: bool) -> None:
    shelf.extend(["kernel"] * is_there)
    looking, compiler = Looking(), Compiler(delay_s=0)
    compiler.start(looking.deliver, looking.fail)
    assert looking.ended.wait(PATIENCE_S)
    compiler.stop()
    assert len(looking.loops) == 1
    assert shelf == ["kernel"]


def test_without_a_compiler_nothing_is_brought(
    shelf: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel, "is_possible", lambda: False)
    looking, compiler = Looking(), Compiler(delay_s=0)
    compiler.start(looking.deliver, looking.fail)
    compiler.stop()
    assert not looking.loops
    assert not shelf


def test_what_goes_wrong_is_told(shelf: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Loop:
        raise ImportError("no Numba")

    shelf.append("kernel")
    monkeypatch.setattr(kernel, "load", broken)
    looking, compiler = Looking(), Compiler(delay_s=0)
    compiler.start(looking.deliver, looking.fail)
    assert looking.ended.wait(PATIENCE_S)
    compiler.stop()
    assert isinstance(looking.errors[0], ImportError)


def test_stopping_ends_the_process_that_compiles(
    shelf: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    processes: list[subprocess.Popen[bytes]] = []
    begun = Event()

    def slow() -> subprocess.Popen[bytes]:
        processes.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]))
        begun.set()
        return processes[0]

    monkeypatch.setattr(kernel, "build_apart", slow)
    looking, compiler = Looking(), Compiler(delay_s=0)
    compiler.start(looking.deliver, looking.fail)
    assert begun.wait(PATIENCE_S)
    compiler.stop()
    assert processes[0].returncode is not None
    assert not looking.loops
    assert not shelf


def test_a_compiler_that_never_began_can_be_stopped() -> None:
    Compiler().stop()


def test_the_worker_changes_over_and_the_numbers_stay_the_same(shelf: list[str]) -> None:
    shelf.append("kernel")
    worker = Worker(EXPERIMENT)
    worker.start()
    worker.bring(Compiler(delay_s=0))
    worker.post(SetSpeed(FLAT_OUT))
    worker.post(Play())
    try:
        end = monotonic() + PATIENCE_S
        frame = worker.frames.wait(PATIENCE_S)
        while (frame is None or frame.loop != "compiled") and monotonic() < end:
            frame = worker.frames.wait(0.1) or frame
    finally:
        worker.stop()
    assert frame is not None
    assert frame.loop == "compiled"
    alone = Trainer(EXPERIMENT)
    alone.work(frame.epoch, inf)
    for _ in range(frame.batch):
        alone.step_batch()
    assert np.array_equal(alone.frame().theta, frame.theta)
