"""The real program for a story: its window, its threads, its panels, and a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.app import Laboratory
from tests.journeys.story import Person, leave


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Person:
    return Person(qtbot, tmp_path / "lesson.nnviz")


@pytest.fixture
def start(qapp: QApplication, person: Person) -> Iterator[Callable[[], Laboratory]]:
    """Starts the program, as often as the story wants; what is still open at its end is closed."""
    started: list[Laboratory] = []

    def start() -> Laboratory:
        laboratory = Laboratory(qapp, person)
        started.append(laboratory)
        laboratory.open()
        laboratory.window.activateWindow()
        person.wait(laboratory.window.isActiveWindow)
        person.wait(lambda: laboratory.parts.player.picture is not None)
        return laboratory

    yield start
    for laboratory in started:
        leave(laboratory)


@pytest.fixture
def laboratory(start: Callable[[], Laboratory]) -> Laboratory:
    return start()
