from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nnviz import __version__, app
from nnviz.cli import display, doctor, entry, window
from nnviz.cli.arguments import COMMANDS
from nnviz.engine import kernel
from nnviz.engine.training import NumpyLoop
from nnviz.experiment.spec import Experiment

Nnviz = Callable[..., Any]
FileOf = Callable[[Experiment], Path]


def shell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )


def test_the_version_is_told_without_numpy() -> None:
    answer = shell("-X", "importtime", "-m", "nnviz", "--version")
    assert answer.returncode == 0
    assert answer.stdout == f"nnviz {__version__}\n"
    assert "numpy" not in answer.stderr


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        entry.run(["--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert all(f"nnviz {name}" in said for name in COMMANDS if name != "window")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("missing.nnviz",), "missing.nnviz was not found"),
        (("bogus",), "neither a command nor a file 'bogus'; the commands are train, race,"),
        (("--what",), "unrecognized arguments: --what (see nnviz --help)"),
        (("export", "x.nnviz"), "required: -o/--output"),
        (("export", "missing.nnviz", "-o", "a.png"), "missing.nnviz was not found"),
    ],
)
def test_bad_input_ends_with_one_sentence(
    nnviz: Nnviz, arguments: tuple[str, ...], sentence: str
) -> None:
    answer = nnviz(*arguments)
    assert answer.status == 2
    assert answer.err.startswith("nnviz: ")
    assert sentence in answer.err
    assert len(answer.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("-o", "a.doc"), "ends in .doc, which cannot be written"),
        (("-o", "a.png", "--view", "moon"), "There is no view 'moon'"),
        (("-o", "a.png", "--size", "10"), "'10' is not a size such as 800x600"),
        (("-o", "a.png", "--size", "1x1"), "width is 1; it must be from 64"),
        (("-o", "a.png", "--theme", "pink"), "theme is 'pink'"),
        (("-o", "a.gif", "--fps", "0"), "0 is not from 0.1 to 60"),
        (("-o", "a.gif", "--every", "0"), "0 is not from 1 to"),
    ],
)
def test_an_export_is_checked_before_any_work(
    nnviz: Nnviz, file_of: FileOf, arguments: tuple[str, ...], sentence: str
) -> None:
    answer = nnviz("export", file_of(Experiment()), *arguments)
    assert answer.status == 2
    assert sentence in answer.err


def test_ctrl_c_ends_without_a_traceback(nnviz: Nnviz, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(entry, "parse", interrupted)
    answer = nnviz("train")
    assert answer.status == 130
    assert answer.err == "nnviz: stopped.\n"


def test_a_reader_who_leaves_early_is_no_error(file_of: FileOf) -> None:
    command = f"{sys.executable} -m nnviz race --surface bowl --steps 20000 --json | head -c 10"
    answer = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, timeout=60, check=False
    )
    assert answer.stdout == '{"surface"'
    assert not answer.stderr


def test_without_a_display_the_window_says_which_commands_need_none(
    nnviz: Nnviz, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    answer = nnviz()
    assert answer.status == 2
    assert "there is no display" in answer.err
    assert "train, race, export, convert, bench and doctor need none" in answer.err


ADDRESS = "#dataset=xor&seed=1"


@pytest.mark.parametrize("named", ["nothing", "file", "address"])
def test_the_window_opens_on_what_is_named(
    nnviz: Nnviz, file_of: FileOf, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    opened: list[object] = []

    def open_window(source: object) -> int:
        opened.append(source)
        return 0

    monkeypatch.setattr(window, "trouble", lambda: None)
    monkeypatch.setattr(app, "run", open_window)
    path = file_of(Experiment())
    source = {"nothing": None, "file": path, "address": ADDRESS}[named]
    answer = nnviz() if source is None else nnviz(source)
    assert (answer.status, answer.err) == (0, "")
    assert opened == [source]


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"QT_QPA_PLATFORM": "offscreen"}, None),
        ({"DISPLAY": ":98765"}, "the display ':98765' does not answer"),
        ({"DISPLAY": "nonsense"}, "the display 'nonsense' does not answer"),
        ({"DISPLAY": "127.0.0.1:59000"}, "does not answer"),
        ({"QT_QPA_PLATFORM": "xcb"}, "there is no display"),
        ({"WAYLAND_DISPLAY": "wayland-none"}, "there is no display"),
    ],
)
def test_a_display_is_tried_before_qt_is(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], sentence: str | None
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", "linux")
    problem = display.trouble()
    assert problem is None if sentence is None else sentence in str(problem)


def test_a_display_that_answers_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "wayland-7"))
        assert display.trouble() is None


def test_elsewhere_there_is_always_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert display.trouble() is None


def test_the_doctor_finds_all_well_here(nnviz: Nnviz, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    report = nnviz("doctor", "--json").json
    assert not [each for each in report["findings"] if not each["is_well"]]
    assert {each["what"] for each in report["findings"]} >= {"nnviz", "python", *doctor.PACKAGES}


def test_the_doctor_says_what_is_missing(nnviz: Nnviz, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PACKAGES", {"no-such-package": "nothing"})
    monkeypatch.setattr(doctor, "PROBE", "raise SystemExit('no cannot open shared object file')")
    answer = nnviz("doctor")
    assert answer.status == 1
    assert "BAD  no-such-package" in answer.out
    assert "packaging/bootstrap.py" in answer.out


@pytest.mark.parametrize(
    ("is_possible", "is_ready", "loads", "sentence"),
    [
        (False, False, False, "ok   compiled loop          Numba is missing"),
        (True, False, False, "ok   compiled loop          will be compiled into"),
        (True, True, False, "BAD  compiled loop          was compiled for another processor"),
        (True, True, True, "ok   compiled loop          ready in"),
    ],
)
def test_the_doctor_tells_of_the_compiled_loop(
    nnviz: Nnviz,
    monkeypatch: pytest.MonkeyPatch,
    is_possible: bool,
    is_ready: bool,
    loads: bool,
    sentence: str,
) -> None:
    monkeypatch.setattr(doctor, "HEALTH", doctor.HEALTH[2:3])
    monkeypatch.setattr(kernel, "is_possible", lambda: is_possible)
    monkeypatch.setattr(kernel, "ready", lambda: is_ready)
    monkeypatch.setattr(kernel, "load", lambda: NumpyLoop() if loads else None)
    answer = nnviz("doctor")
    assert sentence in answer.out
    assert answer.status == ("BAD" in sentence)


def test_the_doctor_forgives_what_can_be_done_without(
    nnviz: Nnviz, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "HEALTH", doctor.HEALTH[:1])
    monkeypatch.setattr(doctor, "PACKAGES", {"no-such-package": "nothing"})
    monkeypatch.setattr(doctor, "OPTIONAL", {"no-such-package"})
    assert "ok   no-such-package" in nnviz("doctor").out


def test_a_look_that_fails_is_a_finding() -> None:
    def _lungs() -> Any:
        raise RuntimeError("cough")

    (finding,) = doctor.findings_of((_lungs,))
    assert finding.what == "lungs"
    assert not finding.is_well
