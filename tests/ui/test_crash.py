from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.experiment.files import Document, load
from nnviz.experiment.spec import Experiment
from nnviz.ui.crash import Crash, report_text, told_moment


@pytest.fixture
def shown() -> list[str]:
    return []


@pytest.fixture
def crash(qapp: QApplication, shown: list[str], tmp_path: Path) -> Iterator[Crash]:
    crash = Crash(lambda: Document(Experiment()), shown.append, tmp_path / "data")
    crash.listen()
    yield crash
    crash.leave()


def test_a_report_names_the_program_the_machine_and_the_error() -> None:
    text = report_text(ZeroDivisionError("by nought"))
    assert text.startswith("NNViz ")
    assert "Qt 6" in text
    assert "ZeroDivisionError: by nought" in text


def test_the_work_is_saved_before_the_dialog(
    crash: Crash, shown: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    crash.report(ZeroDivisionError("here"))
    assert load(crash.recovery).experiment == Experiment()
    assert len(shown) == 1
    assert "will be offered at the next start" in shown[0]
    assert "here" in capsys.readouterr().err


def test_there_are_never_two_dialogs(crash: Crash, shown: list[str]) -> None:
    for _ in range(3):
        crash.report(ZeroDivisionError())
    assert len(shown) == 1


def test_an_error_in_a_slot_is_heard(crash: Crash, shown: list[str], qtbot: QtBot) -> None:
    hook = sys.excepthook
    assert hook == crash._hook  # noqa: SLF001 - it is what Qt calls
    QTimer.singleShot(0, lambda: hook(ValueError, ValueError("in a slot"), None))
    qtbot.waitUntil(lambda: bool(shown))
    assert "in a slot" in shown[0]


def test_an_error_in_a_thread_is_told_in_the_window(
    crash: Crash, shown: list[str], qtbot: QtBot
) -> None:
    told_in: list[str] = []
    crash._show = lambda text: told_in.append(threading.current_thread().name)  # noqa: SLF001

    def fail() -> None:
        raise ValueError("in a thread")

    thread = threading.Thread(target=fail, name="other")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(told_in))
    assert told_in == [threading.main_thread().name]


def test_ctrl_c_is_no_fault_of_ours(
    crash: Crash, shown: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert shown == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_a_report_is_shown_even_if_nothing_can_be_saved(
    qapp: QApplication, shown: list[str], tmp_path: Path
) -> None:
    def broken() -> Document:
        raise RuntimeError("no document")

    Crash(broken, shown.append, tmp_path).report(ValueError("first"))
    assert "first" in shown[0]
    assert "could not be saved: no document" in shown[0]


def test_rescued_work_is_offered_once(crash: Crash) -> None:
    assert crash.rescued() is None
    crash.report(ValueError())
    rescued = crash.rescued()
    assert rescued is not None
    assert rescued.experiment == Experiment()
    assert crash.rescued() is None


def test_a_moment_is_told_with_its_day_unless_it_is_today() -> None:
    now = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
    assert told_moment(now.replace(hour=7, minute=34), now) == "at 07:34"
    assert told_moment(now.replace(day=3, hour=7), now) == "on 3 May at 07:00"


def test_a_spoilt_recovery_file_is_passed_over(crash: Crash) -> None:
    crash.recovery.parent.mkdir(parents=True)
    crash.recovery.write_text("not a document")
    assert crash.rescued() is None


def test_what_is_safe_elsewhere_is_forgotten(crash: Crash) -> None:
    crash.report(ValueError())
    crash.forget()
    crash.forget()
    assert crash.rescued() is None


def test_leaving_gives_the_hooks_back(crash: Crash) -> None:
    crash.leave()
    assert sys.excepthook != crash._hook  # noqa: SLF001 - it is what Qt calls
