from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from nnviz.cli import train
from nnviz.engine import kernel
from nnviz.engine.activations import PReLU
from nnviz.engine.course import Course, Diverged, Progress, Record
from nnviz.engine.optimizers import SGD, Adam
from nnviz.engine.training import NumpyLoop
from nnviz.experiment.build import build
from nnviz.experiment.files import Document, load
from nnviz.experiment.spec import Architecture, Data, Experiment, Layer, Rival, Training
from nnviz.runtime.trainer import Trainer

Nnviz = Callable[..., Any]
FileOf = Callable[[Experiment], Path]


def without_past(path: Path) -> Document:
    """What a file holds, but for the moments that were kept."""
    document = load(path)
    assert document.run is not None
    return replace(document, run=replace(document.run, past=None))


def test_the_numbers_of_a_run_have_their_shapes(nnviz: Nnviz, file_of: FileOf) -> None:
    report = nnviz("train", file_of(Experiment()), "--epochs", 3, "--json").json
    assert set(report) == {"n_train", "n_test", "initial", "history", "final", "diverged"}
    assert (report["n_train"], report["n_test"]) == (250, 250)
    for end in ("initial", "final"):
        weights, biases = report[end]["weights"], report[end]["biases"]
        assert [(len(w), len(w[0])) for w in weights] == [(4, 2), (2, 4), (1, 2)]
        assert [len(b) for b in biases] == [4, 2, 1]
    assert [row["epoch"] for row in report["history"]] == [0, 1, 2, 3]
    assert set(report["history"][0]) == {
        "epoch",
        "train_loss",
        "test_loss",
        "train_accuracy",
        "test_accuracy",
        "learning_rate",
    }
    assert report["diverged"] is None


def test_only_the_recorded_epochs_are_told(nnviz: Nnviz, file_of: FileOf) -> None:
    path = file_of(Experiment())
    report = nnviz("train", path, "--epochs", 5, "--record", "5,0,2,2", "--json").json
    assert [row["epoch"] for row in report["history"]] == [0, 2, 5]


def test_training_saved_in_between_comes_to_the_same_bits(
    nnviz: Nnviz, file_of: FileOf, tmp_path: Path
) -> None:
    training = Training(optimizer=Adam(rate=0.01), batch=7)
    path = file_of(replace(Experiment(), training=training))
    once, half, rest = tmp_path / "once.nnviz", tmp_path / "half.nnviz", tmp_path / "rest.nnviz"
    nnviz("train", path, "--epochs", 8, "--save", once)
    nnviz("train", path, "--epochs", 3, "--save", half)
    second = nnviz("train", half, "--epochs", 5, "--json", "--save", rest).json
    assert [row["epoch"] for row in second["history"]] == [3, 4, 5, 6, 7, 8]
    assert without_past(rest) == without_past(once)


def test_what_was_trained_can_be_looked_at_again_in_the_window(
    nnviz: Nnviz, file_of: FileOf, tmp_path: Path
) -> None:
    path = file_of(replace(Experiment(), data=Data(samples=40)))
    half, whole = tmp_path / "half.nnviz", tmp_path / "whole.nnviz"
    nnviz("train", path, "--epochs", 150, "--save", half)
    told = nnviz("train", half, "--epochs", 60, "--json", "--save", whole).json
    document = load(whole)
    assert document.run is not None
    trainer = Trainer(document.experiment)
    trainer.restore(document.run, document.experiment)
    assert trainer.frame().first == 0
    trainer.look(180)
    while not trainer.is_in_step:
        trainer.catch_up(math.inf)
    assert trainer.frame().epoch == 180
    loss = told["history"][30]["train_loss"]
    assert trainer.frame().now.train_loss == pytest.approx(loss, rel=1e-6)


def test_the_compiled_loop_takes_over_where_numpy_would_take_long(
    nnviz: Nnviz, file_of: FileOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Spy(NumpyLoop):
        @override
        def advance(self, course: Course, progress: Progress, updates: int) -> list[Record]:
            begun.append(progress.epoch)
            return super().advance(course, progress, updates)

    begun: list[int] = []
    path, half, rest = file_of(Experiment()), tmp_path / "half.nnviz", tmp_path / "rest.nnviz"
    monkeypatch.setattr(kernel, "load", Spy)
    monkeypatch.setattr(kernel, "takeover", lambda _: 3)
    nnviz("train", path, "--epochs", 3)
    assert not begun
    nnviz("train", path, "--epochs", 5)
    assert begun == [3]
    nnviz("train", path, "--epochs", 4, "--save", half)
    nnviz("train", half, "--epochs", 2, "--save", rest)
    assert begun == [3, 3, 4]


def test_a_long_run_goes_on_without_a_kernel(
    nnviz: Nnviz, file_of: FileOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel, "load", lambda: None)
    monkeypatch.setattr(kernel, "takeover", lambda _: 1)
    report = nnviz("train", file_of(Experiment()), "--epochs", 3, "--json").json
    assert len(report["history"]) == 4


def test_the_more_work_the_sooner_the_compiled_loop_takes_over() -> None:
    small = build(Experiment()).course
    large = build(Experiment(architecture=Architecture((Layer(64),) * 6))).course
    assert 50 < kernel.takeover(large) < kernel.takeover(small) < 5000


def test_regression_has_no_accuracy(nnviz: Nnviz, file_of: FileOf) -> None:
    path = file_of(Experiment(data=Data("reg-plane")))
    row = nnviz("train", path, "--epochs", 1, "--json").json["history"][-1]
    assert row["train_accuracy"] is None
    assert row["train_loss"] > 0


def test_divergence_is_a_result(nnviz: Nnviz, file_of: FileOf, tmp_path: Path) -> None:
    wild = Experiment(
        data=Data("reg-plane"), architecture=Architecture(()), training=Training(optimizer=SGD(10))
    )
    saved = tmp_path / "wild.nnviz"
    answer = nnviz("train", file_of(wild), "--epochs", 50, "--json", "--save", saved)
    assert answer.status == 0
    lost = answer.json["diverged"]
    assert set(lost) == {"epoch", "why", "batch", "layer", "gradient_norms"}
    assert lost["epoch"] >= 1
    assert 1 <= lost["batch"] <= 25
    assert 0 <= lost["layer"] < len(lost["gradient_norms"])
    assert "smaller learning rate" in lost["why"]
    assert "diverged" in answer.err
    assert load(saved).run is not None


def test_norms_that_are_no_numbers_are_told_as_null() -> None:
    told = train.divergence(Diverged(3, 2, 1, "why", (0.5, math.inf, math.nan)))
    assert told["gradient_norms"] == [0.5, None, None]


def test_what_a_layer_has_learned_besides_is_told(nnviz: Nnviz, file_of: FileOf) -> None:
    hidden = (Layer(3, PReLU()), Layer(2), Layer(2, PReLU()))
    path = file_of(Experiment(architecture=Architecture(hidden)))
    report = nnviz("train", path, "--epochs", 3, "--json").json
    assert report["initial"]["alphas"] == [0.25, None, 0.25, None]
    first, none, third, _ = report["final"]["alphas"]
    assert none is None
    assert first != 0.25 != third


def test_training_that_stops_early_says_so_and_ends(nnviz: Nnviz, file_of: FileOf) -> None:
    restless = Experiment(training=Training(optimizer=SGD(3.0), patience=2))
    answer = nnviz("train", file_of(restless), "--epochs", 500, "--json")
    assert answer.status == 0
    assert len(answer.json["history"]) < 500
    assert answer.json["diverged"] is None
    assert "training stopped early in epoch" in answer.err


def test_people_get_a_table(nnviz: Nnviz, file_of: FileOf) -> None:
    answer = nnviz("train", file_of(Experiment()), "--epochs", 30)
    lines = answer.out.splitlines()
    assert lines[0].startswith("Circle, 250 points to train and 250 to test; network 2–4–2–1, SGD")
    assert [line.split()[0] for line in lines[2:]] == ["0", "1", "2", "5", "10", "20", "30"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--epochs", 3, "--record", "4"), "--record names epoch 4; the run goes from 0 to 3"),
        (("--epochs", 3, "--record", "x"), "'x' is not a list of epochs"),
        (("--epochs", -1), "-1 is not from 0 to"),
        (("--epochs", "many"), "'many' is not a whole number"),
        ((), "required: --epochs"),
        (("--epochs", 0, "--save", "/nowhere/a.nnviz"), "a.nnviz was not saved"),
    ],
)
def test_bad_arguments_are_refused_with_a_sentence(
    nnviz: Nnviz, file_of: FileOf, arguments: tuple[object, ...], sentence: str
) -> None:
    answer = nnviz("train", file_of(Experiment()), *arguments)
    assert answer.status == 2
    assert sentence in answer.err
    assert not answer.out


def test_a_run_ends_at_the_last_epoch_there_can_be(
    nnviz: Nnviz, file_of: FileOf, tmp_path: Path
) -> None:
    begun = tmp_path / "begun.nnviz"
    nnviz("train", file_of(Experiment()), "--epochs", 1, "--save", begun)
    answer = nnviz("train", begun, "--epochs", 10_000_000)
    assert answer.status == 2
    assert "the last one is 10,000,000" in answer.err


def xor(seed: int) -> Experiment:
    """What a class builds first: two neurons for the smallest problem that one cannot solve."""
    return Experiment(
        data=Data("gate-xor"),
        architecture=Architecture((Layer(2),)),
        training=Training(optimizer=SGD(rate=0.1), seed=seed),
    )


def test_two_neurons_learn_exclusive_or(nnviz: Nnviz, file_of: FileOf) -> None:
    report = nnviz("train", file_of(xor(1)), "--epochs", 1000, "--record", "1000", "--json").json
    assert report["history"][-1]["train_accuracy"] == 1.0


def test_iris_is_learned_as_far_as_it_can_be_told_apart(nnviz: Nnviz, file_of: FileOf) -> None:
    iris = Experiment(data=Data("iris", share=0.8), training=Training(loss="cross-entropy"))
    report = nnviz("train", file_of(iris), "--epochs", 150, "--record", "150", "--json").json
    last = report["history"][-1]
    right = last["train_accuracy"] * report["n_train"] + last["test_accuracy"] * report["n_test"]
    assert right / 150 >= 0.95


def test_rivals_train_from_the_same_start(nnviz: Nnviz, file_of: FileOf) -> None:
    same, other = Rival(), Rival(name="bold", optimizer=SGD(0.3))
    path = file_of(Experiment(rivals=(same, other)))
    report = nnviz("train", path, "--epochs", 4, "--record", "0,4", "--json").json
    first, second = report["rivals"]
    assert first["history"] == report["history"]
    assert first["final"] == report["final"]
    assert second["name"] == "bold"
    assert second["history"][1]["train_loss"] != report["history"][1]["train_loss"]
    assert [row["epoch"] for row in second["history"]] == [0, 4]
    assert second["history"][0]["train_loss"] == report["history"][0]["train_loss"]
    assert second["diverged"] is None
