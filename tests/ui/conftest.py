"""A whole laboratory for a test: real threads, real window, and a person played by the test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.app import Laboratory
from nnviz.experiment.spec import Data, Experiment
from nnviz.ui.documents import Answer
from nnviz.ui.theme import load_fonts

SMALL = replace(Experiment(), data=Data(samples=40))


class Person:
    """Answers the questions about files as a test says."""

    def __init__(self) -> None:
        self.unsaved: Answer = "cancel"
        self.path: Path | None = None
        self.asked: list[str] = []

    def ask_unsaved(self, name: str) -> Answer:
        self.asked.append(f"unsaved {name}")
        return self.unsaved

    def ask_open(self, folder: Path) -> Path | None:
        self.asked.append("open")
        return self.path

    def ask_save(self, suggestion: Path) -> Path | None:
        self.asked.append(f"save {suggestion.name}")
        return self.path


@pytest.fixture(scope="session", autouse=True)
def typeface(qapp: QApplication) -> None:
    """Words are as wide in a test as in the program."""
    load_fonts()


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def small() -> Experiment:
    """An experiment that is quickly trained and painted."""
    return SMALL


@pytest.fixture
def laboratory(
    qapp: QApplication, qtbot: QtBot, person: Person, small: Experiment
) -> Iterator[Laboratory]:
    """The program with its window and threads, but without panels, at its first picture."""
    laboratory = Laboratory(qapp, person, small)
    player = laboratory.parts.player
    player.set_wishes(boundary_cells=16, neuron_cells=4, surface_cells=16)
    qtbot.addWidget(laboratory.window, before_close_func=lambda _: _let_go(person))
    laboratory.show()
    qtbot.waitUntil(lambda: player.picture is not None, timeout=5000)
    yield laboratory
    laboratory.close()


@pytest.fixture
def furnished(laboratory: Laboratory) -> Laboratory:
    """The program with all its panels."""
    laboratory.furnish()
    return laboratory


def _let_go(person: Person) -> None:
    person.unsaved = "discard"
