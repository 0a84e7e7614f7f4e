from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnviz.app import Laboratory
from nnviz.experiment.edits import with_rate, with_view
from nnviz.experiment.files import Document, load, save
from nnviz.experiment.spec import Experiment
from nnviz.ui.documents import Answer, Documents

if TYPE_CHECKING:
    from tests.ui.conftest import Person

Told = list[tuple[str, str]]


@pytest.fixture
def documents(laboratory: Laboratory) -> Documents:
    return laboratory.documents


@pytest.fixture
def told(documents: Documents) -> Told:
    heard: Told = []
    documents.told.connect(lambda text: heard.append(("told", text)))
    documents.refused.connect(lambda text: heard.append(("refused", text)))
    return heard


def change(laboratory: Laboratory) -> Experiment:
    laboratory.parts.store.edit("learning rate", lambda old: with_rate(old, 0.25))
    return laboratory.parts.store.experiment


def train(laboratory: Laboratory, qtbot: QtBot) -> None:
    laboratory.parts.player.step_epoch()
    qtbot.waitUntil(lambda: epoch(laboratory) == 1, timeout=5000)


def epoch(laboratory: Laboratory) -> int:
    picture = laboratory.parts.player.picture
    assert picture is not None
    return picture.frame.epoch


def test_the_beginning_can_be_raced_and_saved() -> None:
    assert len(Experiment().landscape.racers) == 4


def test_a_document_without_a_file_asks_for_one(
    laboratory: Laboratory, documents: Documents, person: Person, told: Told, tmp_path: Path
) -> None:
    changed = change(laboratory)
    person.path = tmp_path / "mine"
    assert documents.is_modified
    assert documents.save()
    assert person.asked == ["save Untitled.nnviz"]
    assert documents.path == tmp_path / "mine.nnviz"
    assert documents.name == "mine"
    assert not documents.is_modified
    assert load(documents.path).experiment == changed
    assert told == [("told", "Saved mine.nnviz")]
    assert laboratory.parts.preferences.recent == (documents.path,)


def test_saving_again_asks_nothing(
    laboratory: Laboratory, documents: Documents, person: Person, tmp_path: Path
) -> None:
    person.path = tmp_path / "mine.nnviz"
    documents.save()
    person.asked.clear()
    changed = change(laboratory)
    assert documents.save()
    assert person.asked == []
    assert load(tmp_path / "mine.nnviz").experiment == changed


def test_a_run_is_saved_and_found_again(
    laboratory: Laboratory, documents: Documents, person: Person, qtbot: QtBot, tmp_path: Path
) -> None:
    train(laboratory, qtbot)
    picture = laboratory.parts.player.picture
    assert picture is not None
    theta = picture.frame.theta
    person.path = tmp_path / "run.nnviz"
    documents.save()
    assert documents.new()
    qtbot.waitUntil(lambda: epoch(laboratory) == 0, timeout=5000)
    assert documents.open(tmp_path / "run.nnviz")
    qtbot.waitUntil(lambda: epoch(laboratory) == 1, timeout=5000)
    picture = laboratory.parts.player.picture
    assert picture is not None
    assert np.array_equal(picture.frame.theta, theta)
    assert len(picture.frame.history.train_loss) == 2


def test_training_alone_is_no_reason_to_ask(
    laboratory: Laboratory, documents: Documents, person: Person, qtbot: QtBot
) -> None:
    train(laboratory, qtbot)
    assert not documents.is_modified
    assert documents.new()
    assert person.asked == []


@pytest.mark.parametrize(("answer", "goes_on"), [("cancel", False), ("discard", True)])
def test_changes_are_asked_about(
    laboratory: Laboratory, documents: Documents, person: Person, answer: Answer, goes_on: bool
) -> None:
    changed = change(laboratory)
    person.unsaved = answer
    assert documents.new() is goes_on
    assert person.asked == ["unsaved Untitled"]
    assert (laboratory.parts.store.experiment == changed) is not goes_on


def test_saving_first_lets_go_only_when_it_is_saved(
    laboratory: Laboratory, documents: Documents, person: Person, tmp_path: Path
) -> None:
    changed = change(laboratory)
    person.unsaved = "save"
    assert not documents.new()
    assert laboratory.parts.store.experiment == changed
    person.path = tmp_path / "kept.nnviz"
    assert documents.new()
    assert load(tmp_path / "kept.nnviz").experiment == changed


def test_a_bad_file_is_refused_and_nothing_is_lost(
    laboratory: Laboratory, documents: Documents, person: Person, told: Told, tmp_path: Path
) -> None:
    changed = change(laboratory)
    bad = tmp_path / "bad.nnviz"
    bad.write_text('{"nnviz": 1, "experiment": {"data": {"noise": 7}}}')
    person.unsaved = "discard"
    assert not documents.open(bad)
    assert laboratory.parts.store.experiment is changed
    assert documents.is_modified
    assert documents.path is None
    [(kind, sentence)] = told
    assert kind == "refused"
    assert "noise" in sentence
    assert laboratory.window.banner.text == sentence


def test_a_file_that_is_gone_leaves_the_recent_ones(
    laboratory: Laboratory, documents: Documents, tmp_path: Path
) -> None:
    laboratory.parts.preferences.remember(tmp_path / "gone.nnviz")
    assert not documents.open(tmp_path / "gone.nnviz")
    assert laboratory.parts.preferences.recent == ()


def test_a_failed_save_leaves_the_work_open(
    laboratory: Laboratory, documents: Documents, person: Person, told: Told, tmp_path: Path
) -> None:
    change(laboratory)
    person.path = tmp_path / "no-such-folder" / "mine.nnviz"
    assert not documents.save()
    assert documents.is_modified
    assert documents.path is None
    assert told[0][0] == "refused"


def test_rescued_work_wants_a_file(
    laboratory: Laboratory, documents: Documents, small: Experiment
) -> None:
    rescued = with_view(small, discretize=True)
    documents.recover(Document(rescued))
    assert laboratory.parts.store.experiment == rescued
    assert documents.is_modified
    assert documents.path is None


def test_a_document_can_be_opened_from_the_recent_files(
    laboratory: Laboratory, documents: Documents, small: Experiment, tmp_path: Path
) -> None:
    path = tmp_path / "one.nnviz"
    save(path, Document(with_view(small, show_test=True)))
    assert documents.open(path)
    assert laboratory.parts.store.experiment.view.show_test
    assert laboratory.window.windowTitle() == "one[*] – NNViz"
    assert not laboratory.window.isWindowModified()
