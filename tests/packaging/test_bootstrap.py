"""The start from a fresh clone, without a network and without touching the real environment."""

import ast
import importlib.util
import os
import runpy
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import bootstrap

SOURCE = Path(bootstrap.__file__)
POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="rights and exec are those of POSIX")


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the set-up does to an environment of this test's own, in order; nothing is done."""
    done: list[str] = []
    venv = tmp_path / ".venv"
    python = venv / "python"

    def make() -> None:
        done.append("make")
        venv.mkdir(exist_ok=True)
        python.touch()

    def check_qt() -> bool:
        done.append("qt")
        return True

    for name, path in {
        "VENV": venv,
        "STAMP": venv / "stamp.json",
        "LOG": venv / "setup.log",
        "BIN": venv,
        "PYTHON": python,
    }.items():
        monkeypatch.setattr(bootstrap, name, path)
    monkeypatch.setattr(bootstrap, "make_environment", make)
    monkeypatch.setattr(bootstrap, "fetch_packages", lambda kind: done.append(f"fetch {kind}"))
    monkeypatch.setattr(bootstrap, "link_project", lambda: done.append("link"))
    monkeypatch.setattr(bootstrap, "check_qt", check_qt)
    return done


def again(steps: list[str], kind: str = "run") -> list[str]:
    """What one more start does."""
    steps.clear()
    bootstrap.prepare(kind)
    return steps


def test_the_first_start_makes_everything(steps: list[str]) -> None:
    assert again(steps) == ["make", "fetch run", "link", "qt"]


def test_the_second_start_makes_nothing(steps: list[str]) -> None:
    bootstrap.prepare("run")
    assert again(steps) == []


def test_the_tools_come_on_top(steps: list[str]) -> None:
    bootstrap.prepare("run")
    assert again(steps, "dev") == ["fetch dev", "link", "qt"]
    assert again(steps, "run") == []


def test_a_new_lock_is_fetched_into_the_same_environment(
    steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.prepare("run")
    monkeypatch.setattr(bootstrap, "fingerprint", lambda kind: "new")
    assert again(steps) == ["fetch run", "link", "qt"]


def test_an_interrupted_start_is_begun_afresh(
    steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(kind: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(bootstrap, "fetch_packages", interrupt)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.prepare("run")
    assert again(steps) == ["make", "fetch run", "link", "qt"]


def lose_python() -> None:
    bootstrap.PYTHON.unlink()


def spoil_stamp() -> None:
    bootstrap.STAMP.write_text("{", encoding="utf-8")


def move_project() -> None:
    bootstrap.write_stamp({**bootstrap.read_stamp(), "root": "elsewhere"})


def change_python() -> None:
    bootstrap.write_stamp({**bootstrap.read_stamp(), "python": "3.10"})


@pytest.mark.parametrize("harm", [lose_python, spoil_stamp, move_project, change_python])
@pytest.mark.usefixtures("no_commands")
def test_a_harmed_environment_is_made_anew(harm: Callable[[], None], steps: list[str]) -> None:
    bootstrap.prepare("run")
    harm()
    assert again(steps) == ["make", "fetch run", "link", "qt"]
    assert again(steps) == []


@pytest.fixture
def no_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command fails."""

    def fail(command: list[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.CompletedProcess(command, 1, "no\n")

    monkeypatch.setattr(bootstrap, "quietly", fail)


def test_an_environment_somebody_else_made_is_filled(
    steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.VENV.mkdir()
    bootstrap.PYTHON.symlink_to(sys.executable)
    assert again(steps) == ["fetch run", "link", "qt"]


def test_missing_libraries_are_looked_for_again(
    steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as during:
        during.setattr(bootstrap, "check_qt", lambda: False)
        bootstrap.prepare("run")
    assert again(steps) == ["qt"]
    assert again(steps) == []


@pytest.mark.parametrize(
    ("arguments", "kind", "handed_over"),
    [
        ([], "run", ("nnviz", [])),
        (["train", "test"], "run", ("nnviz", ["train", "test"])),
        (["test", "-k", "x"], "dev", ("pytest", ["-k", "x"])),
        (["setup"], "dev", None),
    ],
)
def test_arguments_reach_the_program(
    arguments: list[str],
    kind: str,
    handed_over: tuple[str, list[str]] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kinds: list[str] = []
    started: list[tuple[str, list[str]]] = []
    monkeypatch.chdir(Path.cwd())
    monkeypatch.setattr(bootstrap, "prepare", kinds.append)
    monkeypatch.setattr(bootstrap, "hand_over", lambda *what: started.append(what))
    bootstrap.main(arguments)
    assert kinds == [kind]
    assert started == ([handed_over] if handed_over else [])


def test_trouble_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(kind: str) -> None:
        raise bootstrap.SetupError("the disk is full")

    monkeypatch.setattr(bootstrap, "prepare", fail)
    with pytest.raises(SystemExit, match=r"^NNViz cannot be set up: the disk is full$"):
        bootstrap.main([])


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("ERROR: [Errno 28] No space left on device", "the disk is full"),
        (
            "WARNING: Retrying ... NewConnectionError(...)\nERROR: No matching distribution",
            "internet",
        ),
        ("ERROR: No matching distribution found for numba==9", "no package for this machine"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "damaged"),
        ("something\nlast words\n", "last words"),
        ("", "no reason was given"),
    ],
)
def test_the_words_of_pip_are_understood(words: str, meaning: str) -> None:
    assert meaning in bootstrap.why_pip_failed(words)


def test_a_failing_pip_is_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(bootstrap, "LOG", tmp_path / "setup.log")
    monkeypatch.setitem(bootstrap.LOCKS, "run", "no-such.lock")
    with pytest.raises(bootstrap.SetupError, match=r"setup\.log"):
        bootstrap.fetch_packages("run")
    assert "no-such.lock" in bootstrap.LOG.read_text(encoding="utf-8")


@POSIX_ONLY
@pytest.mark.parametrize(
    ("found", "user", "told"),
    [
        (["apt-get"], 0, "Installing libgl1"),
        (["apt-get", "sudo"], 1000, "sudo apt-get install -y --no-install-recommends libgl1"),
        (["apt-get"], 1000, "sudo apt-get install -y --no-install-recommends libgl1"),
        ([], 0, "your system's package manager"),
    ],
)
@pytest.mark.usefixtures("no_commands")
def test_missing_libraries_are_installed_or_the_command_is_told(
    found: list[str],
    user: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name if name in found else None)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert not bootstrap.apt_install(["libgl1"])
    assert told in capsys.readouterr().err


@POSIX_ONLY
@pytest.mark.usefixtures("no_commands")
def test_a_python_without_venv_is_told_its_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(bootstrap.SetupError, match="venv"):
        bootstrap.make_environment()
    assert "-venv\n" in capsys.readouterr().err


def test_the_environment_runs_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    venv = tmp_path / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    names = {"BIN": venv / bootstrap.BIN.name, "PYTHON": venv / bootstrap.BIN.name / "python"}
    for name, path in names.items():
        monkeypatch.setattr(bootstrap, name, path)
    bootstrap.link_project()
    where = "import nnviz; print(nnviz.__file__)"
    told = bootstrap.quietly([str(bootstrap.PYTHON), "-c", where]).stdout
    assert told.strip() == str(bootstrap.ROOT / "nnviz" / "__init__.py")
    assert list(bootstrap.BIN.glob("nnviz*"))


def test_qt_finds_its_libraries_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(bootstrap, "apt_install", lambda packages: pytest.fail(str(packages)))
    assert bootstrap.check_qt()


def test_an_old_python_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 7))
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit, match=r"^NNViz needs Python 3\.11 or newer"):
        runpy.run_path(str(SOURCE))


def requirements(lock: str) -> dict[str, list[str]]:
    """Each locked requirement with its hashes."""
    text = (SOURCE.parent / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split() for line in text.splitlines() if not line.startswith("#")]
    return {words[0]: [each for each in words if each.startswith("--hash=")] for words in lines}


def test_every_locked_file_has_a_hash_and_no_address() -> None:
    for lock in bootstrap.LOCKS.values():
        assert all("==" in name and hashes for name, hashes in requirements(lock).items())
        assert "://" not in (SOURCE.parent / lock).read_text(encoding="utf-8")


def test_the_tools_keep_the_versions_of_the_program() -> None:
    run, dev = (requirements(lock) for lock in bootstrap.LOCKS.values())
    assert run.items() <= dev.items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((bootstrap.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {name.split(">")[0].lower() for name in asked}
    assert names <= {name.split("==")[0] for name in requirements("requirements-dev.lock")}
