from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.course import Progress
from nnviz.engine.optimizers import Adam
from nnviz.engine.training import train
from nnviz.experiment import files
from nnviz.experiment.build import build
from nnviz.experiment.files import Document, decode, encode, load, save
from nnviz.experiment.landscape import Landscape, Racer
from nnviz.experiment.run import CURVES, Curves, Run
from nnviz.experiment.spec import Experiment
from nnviz.mistake import Mistake
from tests.experiment.strategies import experiments

Plain = dict[str, Any]


@given(experiments)
def test_every_experiment_survives_a_save(experiment: Experiment) -> None:
    assert decode(encode(Document(experiment))) == Document(experiment)


@given(st.binary())
def test_no_bytes_do_more_than_be_refused(content: bytes) -> None:
    with pytest.raises(Mistake):
        decode(content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


NO_CURVES: dict[str, list[float]] = {
    name: []
    for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy", "learning_rate")
}


def paths(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, list):
        value = dict(enumerate(value))
    entries = value.items() if isinstance(value, dict) else ()
    return [path, *(each for key, inner in entries for each in paths(inner, (*path, key)))]


def with_value(value: Any, path: tuple[Any, ...], new: object) -> Any:
    if not path:
        return new
    copy = list(value) if isinstance(value, list) else dict(value)
    copy[path[0]] = with_value(value[path[0]], path[1:], new)
    return copy


WHOLE: Plain = json.loads(encode(Document(Experiment())))


@given(st.sampled_from(paths(WHOLE)), JSON)
def test_nothing_put_in_any_place_does_more_than_be_refused(
    path: tuple[Any, ...], value: object
) -> None:
    content = msgspec.json.encode(with_value(WHOLE, path, value))
    with suppress(Mistake):
        build(decode(content).experiment)


def document_with(**parts: object) -> bytes:
    return msgspec.json.encode({"nnviz": files.VERSION, **parts})


def training_with(optimizer: object) -> bytes:
    return document_with(experiment={"training": {"optimizer": optimizer}})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "this is not an NNViz document"),
        (b"\xff\xfe", "this is not an NNViz document"),
        (b"[1]", "does not begin with its version"),
        (b"{}", "does not begin with its version"),
        (b"[" * 100_000, "this is not an NNViz document"),
        (b'{"nnviz": 3}', "of version 3; this NNViz reads up to 2"),
        (b'{"nnviz": true}', "nnviz is True; it must be a version from 1 to 2"),
        (document_with(extra=1), "'extra' is unknown; known are nnviz, experiment, run"),
        (document_with(experiment=[]), "experiment is a list; it must be an object"),
        (
            document_with(experiment={"colour": 1}),
            "experiment.colour is unknown; known are data, features",
        ),
        (
            training_with({"key": "adam", "rate": 99}),
            "experiment.training.optimizer.rate is 99.0; it must be from 1e-05 to 10",
        ),
        (
            training_with({"key": "adam", "rate": "fast"}),
            "experiment.training.optimizer.rate is 'fast'; it must be a number",
        ),
        (
            training_with({"key": "adam", "rate": True}),
            "experiment.training.optimizer.rate is true; it must be a number",
        ),
        (
            training_with({"key": "adam", "mu": 1}),
            "experiment.training.optimizer.mu is unknown; known are rate, beta1, beta2, eps",
        ),
        (
            training_with({"key": "adm"}),
            "experiment.training.optimizer.key: There is no optimizer 'adm'",
        ),
        (training_with({"rate": 1}), "experiment.training.optimizer.key is missing"),
        (training_with("adam"), "experiment.training.optimizer is 'adam'; it must be an object"),
        (
            b'{"nnviz": 1, "experiment": {"data": {"noise": NaN}}}',
            "this is not an NNViz document",
        ),
        (
            b'{"nnviz": 1, "experiment": {"data": {"noise": 1e999}}}',
            "this is not an NNViz document",
        ),
        (
            document_with(experiment={"data": {"seed": 10**40}}),
            "experiment.data.seed is ",
        ),
        (
            document_with(experiment={"data": {"samples": 10.5}}),
            "experiment.data.samples is 10.5; it must be a whole number",
        ),
        (
            document_with(experiment={"data": {"dataset": "cirle"}}),
            "experiment.data.dataset: There is no data set 'cirle'",
        ),
        (
            document_with(experiment={"features": "x1"}),
            "experiment.features is 'x1'; it must be a list",
        ),
        (
            document_with(experiment={"architecture": {"hidden": [{"width": 0}]}}),
            "experiment.architecture.hidden[0].width is 0; it must be from 1 to 1024",
        ),
        (
            document_with(experiment={"landscape": {"axes": [1, 2, 3]}}),
            "experiment.landscape.axes has 3 entries; it must have 2",
        ),
        (
            document_with(experiment={"landscape": {"axes": [1, 1]}}),
            "experiment.landscape.axes is (1, 1)",
        ),
        (
            document_with(experiment={"view": {"discretize": 1}}),
            "experiment.view.discretize is 1; it must be true or false",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_path(content: bytes, sentence: str) -> None:
    with pytest.raises(Mistake) as caught:
        decode(content)
    assert sentence in str(caught.value)


def test_what_is_left_out_has_its_default() -> None:
    assert decode(b'{"nnviz": 1}').experiment == Experiment()


def test_a_field_name_of_a_thousand_letters_is_not_repeated() -> None:
    with pytest.raises(Mistake) as caught:
        decode(document_with(experiment={"x" * 1000: 1}))
    assert len(str(caught.value)) < 200


def run_value(epochs: int = 3) -> Run:
    setup = build(Experiment())
    progress = Progress.start(setup.course, setup.theta)
    for _ in islice(train(setup.course, progress), epochs):
        pass
    curve = np.linspace(1, 0, epochs + 1)
    return Run(
        theta=tuple(progress.theta.tolist()),
        memory=tuple(tuple(row) for row in progress.memory.tolist()),
        curves=Curves.of(dict.fromkeys(CURVES, curve)),
        epoch=progress.epoch,
        steps=progress.steps,
    )


def test_a_run_survives_a_save_to_the_last_bit() -> None:
    document = Document(Experiment(), run_value())
    assert decode(encode(document)) == document


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"theta": [1.0]}, "run.theta has 1 entries; it must have 25"),
        ({"theta": [1.0, None]}, "run.theta[1] is null; it must be a number"),
        ({"memory": [[1.0]]}, "run.memory has 1 entries; it must have 0"),
        ({"epoch": -1}, "run.epoch is -1; it must be from 0"),
        ({"epoch": 10**9}, "run.epoch is 1000000000; it must be from 0"),
        ({"epoch": 5}, "run.curves.train_loss has 4 entries; it must have 6"),
        ({"race_epoch": 9}, "run.race_epoch is later than the epoch of the run, 3"),
        ({"anchor": [0.5]}, "run.anchor has 1 entries; it must have 25"),
        ({"mood": 1}, "run.mood is unknown"),
        ({"left": [1.0]}, "run.left has 1 entries; it must have 25"),
        ({"dead": [3, 25]}, "run.dead must name places of theta, from 0 to 24"),
        ({"dead": [-1]}, "run.dead must name places of theta, from 0 to 24"),
        ({"best": {"theta": [1.0], "loss": 1}}, "run.best.theta has 1 entries; it must have 25"),
        ({"stopped": True}, "run.best is missing; a run that stopped went back to it"),
        ({"watch": {"best": 1, "cuts": -1}}, "run.watch.cuts is -1; it must be from 0"),
        ({"rivals": [None]}, "run.rivals has 1 entries; it must have 0"),
        ({"rivals": [{}]}, "run.rivals[0].theta is missing"),
        ({"ghosts": [{}]}, "run.ghosts[0].curves is missing"),
        ({"ghosts": [{"curves": NO_CURVES}]}, "run.ghosts[0].curves must have entries"),
        ({"past": {"settings": []}}, "run.past.moments is missing"),
    ],
)
def test_a_run_that_is_not_one_of_its_experiment_is_refused(change: Plain, sentence: str) -> None:
    content = json.loads(encode(Document(Experiment(), run_value())))
    content["run"] |= change
    with pytest.raises(Mistake) as caught:
        decode(msgspec.json.encode(content))
    assert sentence in str(caught.value)


def test_a_run_without_its_curves_is_refused() -> None:
    content = json.loads(encode(Document(Experiment(), run_value())))
    del content["run"]["curves"]
    with pytest.raises(Mistake, match=r"run\.curves is missing"):
        decode(msgspec.json.encode(content))


def test_the_curves_of_a_long_run_are_thinned_and_come_back_whole() -> None:
    epochs = 250_001
    curve = np.linspace(5.0, 1.0, epochs + 1)
    curves = Curves.of(dict.fromkeys(CURVES, curve))
    curves.check(epochs, "run.curves")
    assert len(curves.train_loss) < 110_000
    assert curves.train_loss[-1] == curve[-1]
    assert np.allclose(curves.arrays(epochs)["test_loss"], curve)


def test_where_there_is_no_accuracy_there_is_none_in_the_file() -> None:
    gaps = np.array([np.nan, np.nan])
    numbers = np.array([2.0, 1.0])
    arrays = {name: gaps if "accuracy" in name else numbers for name in CURVES}
    curves = Curves.of(arrays)
    assert curves.train_accuracy == (None, None)
    assert np.isnan(curves.arrays(1)["train_accuracy"]).all()


def test_a_document_survives_the_disk(tmp_path: Path) -> None:
    document = Document(Experiment(), run_value())
    save(tmp_path / "one.nnviz", document)
    assert load(tmp_path / "one.nnviz") == document
    assert [each.name for each in tmp_path.iterdir()] == ["one.nnviz"]


def test_an_experiment_alone_is_for_people_to_read() -> None:
    lines = encode(Document(Experiment())).decode().splitlines()
    assert lines[1] == '  "nnviz": 2,'


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("missing.nnviz", "was not found"),
        ("folder", "is a folder, not a file"),
        ("folder/../bad\0name", "is not a name that a file can have"),
        ("wrong.nnviz", "wrong.nnviz: this is not an NNViz document"),
        ("big.nnviz", "big.nnviz is larger than 0 MB"),
    ],
)
def test_a_file_that_cannot_be_opened_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, sentence: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "wrong.nnviz").write_bytes(b"hello")
    (tmp_path / "big.nnviz").write_bytes(b"x" * 200)
    if name.startswith("big"):
        monkeypatch.setattr(files, "BYTES_LIMIT", 100)
    with pytest.raises(Mistake) as caught:
        load(tmp_path / name)
    assert sentence in str(caught.value)


def test_a_file_without_end_is_not_read() -> None:
    with pytest.raises(Mistake, match="is not a file"):
        load(Path("/dev/zero"))


def test_an_older_version_is_lifted(monkeypatch: pytest.MonkeyPatch) -> None:
    def lift(raw: Plain) -> Plain:
        return {"nnviz": 9, "experiment": {"data": {"dataset": raw["dataset"]}}}

    monkeypatch.setattr(files, "VERSION", 9)
    monkeypatch.setattr(files, "UPGRADES", {8: lift})
    assert decode(b'{"nnviz": 8, "dataset": "xor"}').experiment.data.dataset == "xor"


def test_the_racers_of_the_first_version_still_race() -> None:
    landscape = {"surface": "bowl", "start": [0.5, -1], "racers": [{"key": "adam", "rate": 0.5}]}
    content = msgspec.json.encode({"nnviz": 1, "experiment": {"landscape": landscape}})
    lifted = decode(content).experiment.landscape
    assert lifted == Landscape("bowl", starts=((0.5, -1.0),), racers=(Racer(Adam(rate=0.5)),))
    landscape["start"] = None  # type: ignore[assignment]
    content = msgspec.json.encode({"nnviz": 1, "experiment": {"landscape": landscape}})
    assert decode(content).experiment.landscape.starts == ()


def test_every_older_version_has_its_upgrade() -> None:
    assert set(files.UPGRADES) == set(range(1, files.VERSION))


def test_saving_over_a_file_that_cannot_be_replaced_leaves_it_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.nnviz"
    save(path, Document(Experiment()))
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    changed = replace(Experiment(), features=("x1",))
    with pytest.raises(Mistake, match=r"one\.nnviz was not saved: the disk is full"):
        save(path, Document(changed))
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["one.nnviz"]
