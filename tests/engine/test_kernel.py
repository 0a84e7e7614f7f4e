from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib import metadata
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from nnviz.engine import kernel
from nnviz.engine.activations import ACTIVATIONS, Activation, Linear, PReLU, ReLU, Tanh
from nnviz.engine.course import Course, Progress, Record
from nnviz.engine.losses import LOSSES, Head
from nnviz.engine.optimizers import OPTIMIZERS, SGD, Adam, Momentum, Optimizer
from nnviz.engine.penalties import L1, L2, PENALTIES
from nnviz.engine.printed import PRINTED
from nnviz.engine.rules import NNVizRules, PlaygroundRules, Rules
from nnviz.engine.schedules import (
    Cosine,
    Drawn,
    Exponential,
    Inverse,
    OneCycle,
    Plateau,
    Schedule,
    StepDecay,
    WarmUp,
)
from nnviz.engine.training import Loop, NumpyLoop
from nnviz.knob import knobs
from tests.engine.courses import course, first_theta

HEADS = [Head(output, loss.key) for loss in LOSSES for output in loss.outputs]
CLASSES = {"linear": 0, "softmax": 3}
NUMPY = NumpyLoop()
SHORT = [
    StepDecay(every=2),
    Exponential(),
    Inverse(),
    Cosine(epochs=8),
    WarmUp(epochs=5),
    OneCycle(epochs=10),
    Plateau(patience=0, threshold=0.05),
    Drawn(8, ((0.1, 0.2), (0.4, 1.0), (0.9, 0.05))),
]
"""Schedules of which something is to be seen within some epochs."""


def follow(loop: Loop, of: Course, parts: list[int]) -> tuple[Progress, list[Record]]:
    """Where updates lead, dealt out in parts, and the records on the way."""
    progress = Progress.start(of, first_theta(of))
    return progress, [record for part in parts for record in loop.advance(of, progress, part)]


def table(records: list[Record]) -> list[list[float]]:
    """The numbers of records."""
    return [list(each) for each in records]


def assert_same(of: Course, compiled: Loop, parts: list[int]) -> None:
    """Both loops come to the same numbers."""
    wanted, wanted_records = follow(NUMPY, of, parts)
    got, got_records = follow(compiled, of, parts)
    for ours, theirs in [
        (got.theta, wanted.theta),
        (got.memory, wanted.memory),
        (got.carry.sums, wanted.carry.sums),
        (got.carry.dead, wanted.carry.dead),
        (table(got_records), table(wanted_records)),
    ]:
        np.testing.assert_allclose(np.array(ours), np.array(theirs), rtol=1e-12, atol=1e-12)
    assert (got.steps, got.epoch, got.batch) == (wanted.steps, wanted.epoch, wanted.batch)
    assert got.carry.count == wanted.carry.count
    assert got.diverged == wanted.diverged


@pytest.mark.parametrize("head", HEADS, ids=repr)
@pytest.mark.parametrize("activation", [kind() for kind in ACTIVATIONS], ids=repr)
def test_every_rule_comes_to_the_same_numbers_in_both_loops(
    activation: Activation, head: Head, compiled: Loop
) -> None:
    for optimizer, penalty in product(OPTIMIZERS, PENALTIES):
        of = course(
            activation=activation,
            head=head,
            optimizer=optimizer(),
            penalty=penalty(),
            classes=CLASSES.get(head.output_key, 2),
            samples=14,
            batch=6,
        )
        assert_same(of, compiled, [7])
        assert_same(replace(of, rules=PlaygroundRules("1")), compiled, [7])


@pytest.mark.parametrize("kind", PRINTED, ids=lambda kind: kind.key)
def test_printed_rules_come_to_the_same_numbers_in_both_loops(
    kind: type[Optimizer], compiled: Loop
) -> None:
    """With a large eps: else they leap on flat ground, and leaps magnify the last bit."""
    optimizer = replace(kind(), **{"eps": 0.1} if "eps" in knobs(kind) else {})
    assert_same(course(optimizer=optimizer, samples=14, batch=6), compiled, [7])


@pytest.mark.parametrize(
    "of",
    [
        course(hidden=()),
        course(hidden=(1,)),
        course(hidden=(3, 7, 5, 2)),
        course(hidden=(8,) * 6, activation=ReLU()),
        course(batch=1),
        course(batch=7),
        course(batch=60),
        course(batch=1000, samples=150),
        course(batch=70, samples=150),
        course(classes=5, head=Head("sigmoid", "binary-cross-entropy")),
        course(classes=8, head=Head("softmax", "cross-entropy"), optimizer=Adam(0.01)),
        course(classes=2, head=Head("softmax", "cross-entropy"), penalty=L2(0.01)),
        course(classes=0, head=Head("linear", "half-squared"), penalty=L1(0.01)),
        course(penalty=L1(0.3), batch=7, rules=PlaygroundRules("1")),
        course(optimizer=Adam(0.01), penalty=L2(0.1), batch=25, rules=PlaygroundRules("1")),
        course(penalty=L2(0.1), batch=61, rules=PlaygroundRules("1")),
        course(batch=70, samples=150, rules=PlaygroundRules("1")),
        course(dropout=(0.5, 0.1)),
        course(hidden=(5, 6, 4), dropout=(0.0, 0.9, 0.3), batch=70, samples=150),
        course(dropout=(0.3, 0.3), optimizer=Adam(0.01), rules=PlaygroundRules("1"), batch=7),
    ],
    ids=lambda of: f"{of.rules.key} {of.network.widths} batch {of.batch}",
)
def test_every_shape_comes_to_the_same_numbers_in_both_loops(of: Course, compiled: Loop) -> None:
    assert_same(of, compiled, [3 * of.updates, 2, of.updates])


@pytest.mark.parametrize("schedule", SHORT, ids=repr)
def test_every_schedule_comes_to_the_same_numbers_in_both_loops(
    schedule: Schedule, compiled: Loop
) -> None:
    of = course(schedule=schedule, optimizer=Adam(0.01), batch=7)
    assert_same(of, compiled, [6 * of.updates, 2, 6 * of.updates])


def test_both_loops_stop_at_the_same_moment(compiled: Loop) -> None:
    of = replace(course(hidden=(8,), samples=10, batch=5, optimizer=Adam(0.05)), patience=1)
    wanted, wanted_records = follow(NUMPY, of, [30, 10_000])
    got, got_records = follow(compiled, of, [30, 10_000])
    assert got.stopped
    assert wanted.stopped
    assert (got.epoch, len(got_records)) == (wanted.epoch, len(wanted_records))
    np.testing.assert_allclose(got.theta, wanted.theta, rtol=1e-9)


def test_layers_may_differ_in_their_activations(compiled: Loop) -> None:
    of = course(hidden=(4, 3, 2))
    mixed = replace(of.network, activations=(ReLU(), Tanh(), ACTIVATIONS["softplus"]()))
    assert_same(replace(of, network=mixed), compiled, [20])


def test_a_set_without_test_samples_has_no_test_numbers(compiled: Loop) -> None:
    of = course()
    of = replace(of, test_inputs=np.empty((2, 0)), test_targets=np.empty((1, 0)))
    assert_same(of, compiled, [of.updates])


def test_arrays_of_any_layout_will_do(compiled: Loop) -> None:
    of = course()
    odd = np.asfortranarray(of.train_inputs)
    odd.flags.writeable = False
    assert_same(replace(of, train_inputs=odd), compiled, [of.updates])


def test_it_does_not_matter_how_updates_are_dealt_out(compiled: Loop) -> None:
    of = course(optimizer=Adam(0.01))
    whole, in_one = follow(compiled, of, [30])
    dealt, in_parts = follow(compiled, of, [1, 4, 2, 13, 10])
    assert in_parts == in_one
    np.testing.assert_array_equal(dealt.theta, whole.theta)
    np.testing.assert_array_equal(dealt.memory, whole.memory)


def test_a_theta_that_was_handed_out_stays_as_it_was(compiled: Loop) -> None:
    of = course(optimizer=Momentum())
    progress = Progress.start(of, first_theta(of))
    theta, memory = progress.theta, progress.memory
    kept = theta.copy(), memory.copy()
    compiled.advance(of, progress, 5)
    np.testing.assert_array_equal(theta, kept[0])
    np.testing.assert_array_equal(memory, kept[1])


def test_settings_change_on_the_way(compiled: Loop) -> None:
    old = course(optimizer=Momentum(0.01), batch=7)
    new = replace(old, optimizer=Adam(0.02), penalty=L2(0.01), batch=10)
    ends = []
    for loop in (NUMPY, compiled):
        progress = Progress.start(old, first_theta(old))
        loop.advance(old, progress, 13)
        progress.adopt(old, new)
        loop.advance(new, progress, 13)
        ends.append(progress.theta)
    np.testing.assert_allclose(ends[1], ends[0], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("rate", [0.5, 1.0, 10.0])
@pytest.mark.parametrize("parts", [[1000], [1] * 30, [4, 4, 500]], ids=str)
def test_divergence_is_found_where_the_loop_in_numpy_finds_it(
    rate: float, parts: list[int], compiled: Loop
) -> None:
    of = course(activation=Linear(), head=Head("linear", "half-squared"), optimizer=SGD(rate))
    wanted, wanted_records = follow(NUMPY, of, parts)
    got, got_records = follow(compiled, of, parts)
    assert (got.diverged is None) == (wanted.diverged is None)
    assert len(got_records) == len(wanted_records)
    assert np.isfinite(got.theta).all()
    if got.diverged and wanted.diverged:
        assert got.diverged.epoch == wanted.diverged.epoch
        assert (got.steps, got.epoch, got.batch) == (wanted.steps, wanted.epoch, wanted.batch)


def test_a_loss_that_is_not_finite_at_the_end_of_an_epoch_is_found(compiled: Loop) -> None:
    of = course(hidden=(), head=Head("linear", "half-squared"), batch=60)
    of = replace(of, train_inputs=of.train_inputs * 1e100, optimizer=SGD(10.0))
    got, records = follow(compiled, of, [1])
    assert got.diverged is not None
    assert (got.diverged.epoch, got.diverged.batch, records) == (1, 1, [])


def test_looking_for_the_kernel_does_not_import_numba(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from nnviz.engine import kernel;"
        f"there = kernel.ready(Path({str(tmp_path)!r}));"
        "sys.exit(there or 'numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_a_kernel_nothing_is_loaded(tmp_path: Path) -> None:
    assert not kernel.ready(tmp_path)
    assert kernel.load(tmp_path) is None


def test_without_numba_nothing_is_loaded(
    kernel_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel, "find_spec", lambda name: None)
    assert not kernel.is_possible()
    assert not kernel.ready(kernel_home)
    assert kernel.load(kernel_home) is None


def test_a_kernel_of_another_processor_is_not_loaded(tmp_path: Path) -> None:
    place = kernel.folder(tmp_path)
    place.mkdir()
    (place / kernel.DONE).write_text("some other processor", encoding="utf-8")
    assert kernel.ready(tmp_path)
    assert kernel.load(tmp_path) is None


def test_the_cache_goes_where_the_system_keeps_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    homes = []
    for system in ("linux", "darwin", "win32"):
        monkeypatch.setattr(sys, "platform", system)
        homes.append(kernel.cache_home().relative_to(tmp_path).as_posix())
    assert homes == [".cache/nnviz", "Library/Caches/nnviz", "local/NNViz/cache"]
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert kernel.cache_home() == tmp_path / "xdg" / "nnviz"


def test_the_folder_tells_one_kernel_from_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(package: str) -> str:
        raise metadata.PackageNotFoundError(package)

    folders = {kernel.folder(tmp_path)}
    with monkeypatch.context() as other:
        other.setattr(platform, "machine", lambda: "another")
        folders.add(kernel.folder(tmp_path))
    with monkeypatch.context() as other:
        other.setattr(metadata, "version", missing)
        folders.add(kernel.folder(tmp_path))
    with monkeypatch.context() as other:
        other.setattr(kernel, "find_spec", lambda name: None)
        folders.add(kernel.folder(tmp_path))
    assert len(folders) == 4
    assert kernel.folder(tmp_path) in folders


def test_the_same_sources_elsewhere_have_a_kernel_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moved(name: str) -> ModuleSpec:
        found = find_spec(name)
        assert found is not None
        assert found.origin is not None
        copy = shutil.copy2(found.origin, tmp_path)
        return ModuleSpec(name, None, origin=str(copy))

    here = kernel.folder(tmp_path)
    monkeypatch.setattr(kernel, "find_spec", moved)
    assert kernel.folder(tmp_path) != here


def test_kernels_of_versions_long_gone_are_thrown_away(
    kernel_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nnviz.engine import compiled

    monkeypatch.setattr(compiled, "compile_all", lambda: None)
    monkeypatch.setattr(kernel, "_use", lambda place: "this processor")
    for age in range(kernel.KEPT + 2):
        old = tmp_path / f"kernel-{age}"
        old.mkdir()
        os.utime(old, (1e9 - age, 1e9 - age))
    place = kernel.build(tmp_path)
    assert kernel.ready(tmp_path)
    kept = [f"kernel-{age}" for age in range(kernel.KEPT)]
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([*kept, place.name])


HELD = (0, 3, 5, 11, 12)


@pytest.mark.parametrize("rules", [NNVizRules(), PlaygroundRules("1")], ids=lambda each: each.key)
@pytest.mark.parametrize("optimizer", [kind() for kind in OPTIMIZERS], ids=lambda each: each.key)
def test_what_is_held_stays_to_the_last_bit_in_both_loops(
    optimizer: Optimizer, rules: Rules, compiled: Loop
) -> None:
    of = course(
        optimizer=optimizer, penalty=L1(0.3), rules=rules, activation=PReLU(), samples=14, batch=6
    )
    of = replace(of, held=HELD)
    assert_same(of, compiled, [2 * of.updates, 1])
    first = first_theta(of)
    for loop in (NUMPY, compiled):
        progress, _ = follow(loop, of, [4 * of.updates])
        np.testing.assert_array_equal(progress.theta[list(HELD)], first[list(HELD)])
        assert not progress.memory[:2, list(HELD)].any(), "NAdam's third one counts steps"
        others = np.delete(progress.theta - first, list(HELD))
        assert np.count_nonzero(others) > len(others) // 2


def test_layers_may_have_an_alpha_or_none_and_dropout_besides(compiled: Loop) -> None:
    of = course(hidden=(4, 3, 2), dropout=(0.3, 0.0, 0.5), batch=70, samples=150)
    mixed = replace(of.network, activations=(PReLU(), Tanh(), PReLU()))
    assert_same(replace(of, network=mixed), compiled, [20])
