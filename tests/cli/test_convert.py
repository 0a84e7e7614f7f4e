from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnviz.engine.optimizers import Adam
from nnviz.experiment.edits import with_training
from nnviz.experiment.files import load
from nnviz.experiment.page import from_address
from nnviz.experiment.spec import Data, Experiment

Nnviz = Callable[..., Any]
FileOf = Callable[[Experiment], Path]

SPIRAL = "https://playground.tensorflow.org/#dataset=spiral&networkShape=3,2&seed=0.5"
EXPERIMENT, _ = from_address(SPIRAL)


def test_an_address_becomes_a_document(nnviz: Nnviz, tmp_path: Path) -> None:
    out = tmp_path / "spiral.nnviz"
    answer = nnviz("convert", SPIRAL, "-o", out)
    assert (answer.status, answer.out, answer.err) == (0, "", "")
    assert load(out).experiment == EXPERIMENT
    assert load(out).run is None


def test_a_document_is_trained_first_when_asked(
    nnviz: Nnviz, file_of: FileOf, tmp_path: Path
) -> None:
    path, out, saved = file_of(EXPERIMENT), tmp_path / "out.nnviz", tmp_path / "saved.nnviz"
    nnviz("convert", path, "--epochs", 3, "-o", out)
    nnviz("train", path, "--epochs", 3, "--save", saved)
    assert load(out) == load(saved)


def test_the_weights_are_written_by_name(nnviz: Nnviz, tmp_path: Path) -> None:
    out = tmp_path / "weights.npz"
    nnviz("convert", SPIRAL, "--epochs", 2, "-o", out)
    final = nnviz("train", SPIRAL, "--epochs", 2, "--json").json["final"]
    with np.load(out, allow_pickle=False) as arrays:
        assert list(arrays) == [
            f"{layer}_{what}"
            for layer in ("layer_1", "layer_2", "output")
            for what in ("weights", "biases")
        ]
        for name, weights, biases in zip(
            ("layer_1", "layer_2", "output"), final["weights"], final["biases"], strict=True
        ):
            assert arrays[f"{name}_weights"].tolist() == weights
            assert arrays[f"{name}_biases"].tolist() == biases


def test_the_curves_are_a_table(nnviz: Nnviz, file_of: FileOf, tmp_path: Path) -> None:
    out = tmp_path / "curves.csv"
    path = file_of(Experiment(data=Data("reg-plane")))
    nnviz("convert", path, "--epochs", 4, "-o", out)
    history = nnviz("train", path, "--epochs", 4, "--json").json["history"]
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [{name: json.loads(cell or "null") for name, cell in row.items()} for row in rows] == (
        history
    )


def test_a_run_goes_on_where_it_stood(nnviz: Nnviz, tmp_path: Path) -> None:
    half, out = tmp_path / "half.nnviz", tmp_path / "curves.csv"
    nnviz("train", SPIRAL, "--epochs", 3, "--save", half)
    nnviz("convert", half, "--epochs", 2, "-o", out)
    assert [line.split(",")[0] for line in out.read_text().splitlines()[1:]] == list("012345")


def test_an_experiment_of_the_page_is_told_as_its_address(nnviz: Nnviz, file_of: FileOf) -> None:
    answer = nnviz("convert", file_of(EXPERIMENT), "--to", "address")
    assert from_address(answer.out.strip()) == (EXPERIMENT, "")
    assert not answer.err


def test_what_the_page_cannot_show_is_named(nnviz: Nnviz, file_of: FileOf) -> None:
    path = file_of(with_training(EXPERIMENT, optimizer=Adam()))
    answer = nnviz("convert", path, "--to", "address")
    assert answer.status == 0
    assert answer.out.startswith("https://playground.tensorflow.org/#")
    assert "the optimizer Adam" in answer.err


def test_divergence_is_told(nnviz: Nnviz, tmp_path: Path) -> None:
    wild = "#problem=regression&learningRate=10&networkShape=&seed=1"
    answer = nnviz("convert", wild, "--epochs", 50, "-o", tmp_path / "a.csv")
    assert answer.status == 0
    assert "training diverged" in answer.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "one of the arguments -o/--output --to is required"),
        (("-o", "a.onnx"), "a.onnx cannot be written; -o takes a name ending in .nnviz, .npz"),
        (("-o", "a"), "a cannot be written"),
        (("--to", "pytorch"), "'pytorch' cannot be written"),
        (("--to", "address", "-o", "a.csv"), "not allowed with argument"),
        (("-o", "/nowhere/a.csv"), "a.csv was not saved"),
        (("-o", "a.csv", "--epochs", "-1"), "-1 is not from 0 to"),
    ],
)
def test_bad_arguments_are_refused_with_a_sentence(
    nnviz: Nnviz, arguments: tuple[object, ...], sentence: str
) -> None:
    answer = nnviz("convert", SPIRAL, *arguments)
    assert answer.status == 2
    assert sentence in answer.err
    assert not answer.out


def test_an_address_is_taken_wherever_a_file_is(nnviz: Nnviz, file_of: FileOf) -> None:
    page = nnviz("train", SPIRAL, "--epochs", 2, "--json")
    assert page.json == nnviz("train", file_of(EXPERIMENT), "--epochs", 2, "--json").json
    assert not page.err


def test_what_an_address_leaves_open_is_told(nnviz: Nnviz) -> None:
    answer = nnviz("train", "#dataset=xor&bogus=1", "--epochs", 0)
    assert answer.status == 0
    assert "bogus" in answer.err
    assert "names no seed" in answer.err


def test_a_bad_address_is_refused(nnviz: Nnviz) -> None:
    answer = nnviz("train", "#noise=much", "--epochs", 0)
    assert answer.status == 2
    assert "noise is 'much'" in answer.err


def test_a_file_may_have_the_name_of_a_setting(
    nnviz: Nnviz, file_of: FileOf, tmp_path: Path
) -> None:
    named = file_of(replace(EXPERIMENT, features=("x1",))).rename(tmp_path / "seed=1.nnviz")
    assert nnviz("train", named, "--epochs", 0).status == 0
