from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from nnviz import app
from nnviz.cli import bench, timing
from nnviz.cli.scenes import FULL, SCENES, Scene
from nnviz.engine import kernel
from nnviz.engine.training import NumpyLoop
from nnviz.experiment.build import build
from nnviz.experiment.landscape import Landscape
from nnviz.experiment.spec import Experiment
from nnviz.ui.workspaces import WORKSPACES

Nnviz = Callable[..., Any]

NETWORKS = ["2-4-2-1", "2-8-8-8-1", "2-8-8-8-8-8-8-1"]
FRAMES = {
    "p50_ms": 3.5,
    "p95_ms": 7.0,
    "frame_p95_ms": 6.0,
    "pictures_per_s": 60.0,
    "epochs_per_s": 5e3,
    "loop": "compiled",
}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing is compiled, nothing opens, and nothing takes longer than it must."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(bench, "QUICK_S", 0.01)
    monkeypatch.setattr(kernel, "is_possible", lambda: False)
    monkeypatch.setattr(timing, "first_picture", lambda: 0.5)
    monkeypatch.setattr(timing, "version", lambda _: 0.1)
    monkeypatch.setattr(app, "time_frames", lambda *_, **__: FRAMES)
    return monkeypatch


def test_without_a_compiler_there_are_only_the_figures_of_numpy(
    nnviz: Nnviz, quick: pytest.MonkeyPatch
) -> None:
    answer = nnviz("bench", "--quick", "--json")
    report = answer.json
    assert answer.status == 0
    assert "there is no compiled loop: Numba is not installed" in answer.err
    assert list(report["networks"]) == NETWORKS
    for row in report["networks"].values():
        assert row["numpy_us"] > 0
        assert row["compiled_us"] is None
        assert row["samples_per_s"] == pytest.approx(250e6 / row["numpy_us"])
    for name in ("maps", "surface_cells", "race_steps", "swarm_steps"):
        assert report[f"{name}_per_s"] > 0
    for name in ("gui", "gui_whole_race", "gui_inside", "gui_inside_all", "gui_swarm"):
        assert report[name] == FRAMES
    assert set(report["startup_s"]) == {"version", "first_picture_cold", "first_picture_warm"}


def test_with_a_compiler_both_loops_are_compared(nnviz: Nnviz, quick: pytest.MonkeyPatch) -> None:
    quick.setattr(kernel, "is_possible", lambda: True)
    quick.setattr(kernel, "load", NumpyLoop)
    answer = nnviz("bench", "--quick", "--json")
    for row in answer.json["networks"].values():
        assert row["ratio"] == pytest.approx(row["numpy_us"] / row["compiled_us"])
        assert row["updates_per_s"] == pytest.approx(25e6 / row["compiled_us"])


def test_a_kernel_that_is_not_there_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    class Made:
        def __enter__(self) -> Made:
            return self

        def __exit__(self, *_: object) -> None: ...

        def wait(self) -> int:
            loops.append(NumpyLoop())
            return 0

    loops: list[NumpyLoop] = []
    told: list[str] = []
    monkeypatch.setattr(kernel, "is_possible", lambda: True)
    monkeypatch.setattr(kernel, "load", lambda: loops[0] if loops else None)
    monkeypatch.setattr(kernel, "build_apart", Made)
    assert timing.compiled_loop(told.append) is not None
    assert "compiling the loop" in told[0]
    monkeypatch.setattr(kernel, "load", lambda: None)
    assert timing.compiled_loop(told.append) is None
    assert "compiling failed" in told[-1]


def test_people_get_a_table(nnviz: Nnviz, quick: pytest.MonkeyPatch) -> None:
    lines = nnviz("bench", "--quick").out.splitlines()
    assert [line.split()[0] for line in lines[3:6]] == NETWORKS
    for scene in SCENES:
        row = next(line for line in lines if line.strip().startswith(scene.label))
        assert row.removeprefix(f"  {scene.label}").split() == [
            "3.50",
            "7.00",
            "6.00",
            "60.0",
            "5,000",
            "–",
        ]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.key)
def test_every_scene_is_an_experiment_in_a_workspace(scene: Scene) -> None:
    assert build(scene.experiment).experiment is scene.experiment
    assert scene.workspace in WORKSPACES.keys


def test_where_no_window_opens_the_rest_is_measured(
    nnviz: Nnviz, quick: pytest.MonkeyPatch
) -> None:
    quick.setattr(timing, "first_picture", lambda: None)
    answer = nnviz("bench", "--quick", "--json")
    assert answer.json["gui"] is None
    assert answer.json["startup_s"]["first_picture_warm"] is None
    assert "no window can open here" in answer.err
    assert "–" in "".join(bench.table(answer.json))


def test_the_first_picture_comes_and_the_program_ends() -> None:
    assert (timing.first_picture() or 0) > 0


def test_a_program_that_cannot_start_has_no_first_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "SHOW_FIRST", "raise SystemExit(1)")
    assert timing.first_picture() is None


def test_works_are_done_in_turns() -> None:
    done: list[str] = []
    timing.in_turns([lambda: done.append("a"), lambda: done.append("b")], 0.0)
    assert done[:4] == ["a", "b", "a", "b"]


def test_the_version_takes_its_time() -> None:
    assert timing.version(0.0) > 0


def test_frames_of_the_window_are_timed(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "qInstallMessageHandler", lambda _: None)
    monkeypatch.setattr(app, "WARMING_S", 0.0)
    frames = app.time_frames(FULL, "playground", 0.5, compiled=False)
    assert frames["loop"] == "numpy"
    assert 0 < frames["p50_ms"] <= frames["p95_ms"]
    assert frames["frame_p95_ms"] > 0
    assert "swarm_steps_per_s" not in frames


def test_the_steps_of_a_swarm_are_counted_where_there_is_one(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "qInstallMessageHandler", lambda _: None)
    monkeypatch.setattr(app, "WARMING_S", 0.0)
    crowded = replace(Experiment(), landscape=Landscape(crowd="grid", particles=100))
    frames = app.time_frames(crowded, "optimizers", 0.5, compiled=False)
    assert frames["swarm_steps_per_s"] > 0
