"""Starts NNViz from a fresh clone; needs nothing but Python.

    python3 packaging/bootstrap.py [ARGUMENTS OF NNVIZ]     set up what is missing, then run nnviz
    python3 packaging/bootstrap.py test [ARGUMENTS]         the same for the tests
    python3 packaging/bootstrap.py setup                    the tools of development, nothing run

The one idea: a stamp inside `.venv`, written last, tells what is ready. A start that finds it only
starts; a start that finds a busy stamp knows that the one before was interrupted.

The project is put on the path by a `.pth` file instead of being installed: there is nothing to
build, so no build tool to download, and an edited file is live at once.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 -- An old Python gets a sentence, not a traceback.
    sys.exit(f"NNViz needs Python 3.11 or newer, and this is Python {sys.version.split()[0]}.")

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "nnviz-stamp.json"
LOG = VENV / "nnviz-setup.log"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
"""What each kind of start needs; the second list contains the first."""

LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt loads from a Linux system, and the package of Debian and Ubuntu that holds it."""

FIND_MISSING = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""

LOAD_QT = """
import ctypes, sys
from PySide6 import QtCore, QtGui, QtSvg, QtWidgets
if sys.platform == "linux":
    plugins = QtCore.QLibraryInfo.path(QtCore.QLibraryInfo.LibraryPath.PluginsPath)
    try:
        ctypes.CDLL(plugins + "/platforms/libqxcb.so")
    except OSError as error:
        print(error)
"""

TROUBLES = {
    "No space left": "the disk is full",
    "DO NOT MATCH THE HASHES": "a downloaded file is damaged or was tampered with",
    "Permission denied": "a file may not be written",
    "NewConnectionError": "the packages cannot be reached: is there a connection to the internet?",
    "Temporary failure": "the packages cannot be reached: is there a connection to the internet?",
    "ProxyError": "the packages cannot be reached: the proxy refuses",
    "timed out": "the packages cannot be reached: the connection is too slow or was lost",
    "No matching distribution": "there is no package for this machine and this Python",
}
"""A sign in the words of pip, and what it means; the first sign found is the one told."""


class SetupError(Exception):
    """What hinders the set-up, in one sentence for the person in front of it."""


def main(arguments: list[str]) -> None:
    """Make everything ready, then hand over to nnviz or to the tests."""
    command, rest = arguments[:1], arguments[1:]
    try:
        if command == ["setup"]:
            prepare("dev")
        elif command == ["test"]:
            prepare("dev")
            os.chdir(ROOT)
            hand_over("pytest", rest)
        else:
            prepare("run")
            hand_over("nnviz", arguments)
    except SetupError as error:
        sys.exit(f"NNViz cannot be set up: {error}")
    except KeyboardInterrupt:
        sys.exit("\nStopped. Start again whenever you like.")


def say(sentence: str) -> None:
    """Tell the person what is going on; stdout belongs to the program."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def hand_over(module: str, arguments: list[str]) -> None:
    """Become the program; -P keeps files of the current folder from posing as modules."""
    command = [str(PYTHON), "-P", "-m", module, *arguments]
    if WINDOWS:  # Its exec returns to the shell at once.
        sys.exit(subprocess.call(command))
    os.execv(PYTHON, command)


def prepare(kind: str) -> None:
    """Install what this kind of start lacks, and leave the stamp that says so."""
    stamp = read_stamp()
    wanted = {**place(), kind: fingerprint(kind)}
    if PYTHON.exists() and {**wanted, "qt": True}.items() <= stamp.items():
        return
    if not PYTHON.exists() or not wanted.items() <= stamp.items():
        stamp = install(kind, stamp)
    write_stamp({**stamp, "qt": check_qt()})


def place() -> dict[str, object]:
    """Where and for whom the environment was made; it cannot be moved elsewhere."""
    return {"root": str(ROOT), "python": f"{sys.version_info.major}.{sys.version_info.minor}"}


def fingerprint(kind: str) -> str:
    """The hash of a lock file."""
    return hashlib.sha256((ROOT / "packaging" / LOCKS[kind]).read_bytes()).hexdigest()


def read_stamp() -> dict[str, object]:
    """What an earlier start left ready; empty if there is none or it is no stamp."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(stamp: dict[str, object]) -> None:
    """Replace the stamp in one step, so that it is never half a stamp."""
    new = STAMP.with_suffix(".new")
    new.write_text(json.dumps(stamp), encoding="utf-8")
    new.replace(STAMP)


def install(kind: str, stamp: dict[str, object]) -> dict[str, object]:
    """Make the environment if needed, fill it, and return the new stamp."""
    if not is_usable(stamp):
        make_environment()
    write_stamp({**place(), "busy": True})
    say("Fetching the packages that NNViz needs. This happens once and takes a minute or two.")
    fetch_packages(kind)
    link_project()
    say("Everything is in place.")
    kinds = LOCKS if kind == "dev" else ["run"]
    return {**place(), **{each: fingerprint(each) for each in kinds}}


def is_usable(stamp: dict[str, object]) -> bool:
    """Whether the environment can be filled up rather than made anew."""
    if stamp.get("busy"):
        say("The last set-up did not finish, so it begins afresh.")
        return False
    if stamp:
        return PYTHON.exists() and place().items() <= stamp.items()
    ours = f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    return PYTHON.exists() and quietly([str(PYTHON), "-c", ours]).returncode == 0


def make_environment() -> None:
    """Make `.venv`, empty."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        package = f"python{place()['python']}-venv"
        if not apt_install([package]):
            raise SetupError("this Python lacks the modules venv and ensurepip.")
    say(f"Making a place for NNViz in {VENV}")
    made = quietly([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if made.returncode != 0:
        raise SetupError(f"{VENV} cannot be made: {last_line(made.stdout)}")


def fetch_packages(kind: str) -> None:
    """Install a lock file; every file must have the hash that the lock names."""
    command = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary", ":all:", "--require-hashes"]
    command += ["-r", str(ROOT / "packaging" / LOCKS[kind])]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as pip:
        assert pip.stdout is not None
        words = []
        for line in pip.stdout:
            words.append(line)
            if line.startswith("Collecting "):
                say("  " + line.split()[1].replace("==", " "))
    LOG.write_text("".join(words), encoding="utf-8")
    if pip.returncode != 0:
        raise SetupError(why_pip_failed("".join(words)))


def why_pip_failed(words: str) -> str:
    """One sentence for a page of pip's output."""
    meanings = (meaning for sign, meaning in TROUBLES.items() if sign in words)
    return f"{next(meanings, last_line(words))} (the whole story is in {LOG})"


def link_project() -> None:
    """Let `import nnviz` and the command nnviz work inside the environment."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(quietly([str(PYTHON), "-c", ask]).stdout.strip())
    (packages / "nnviz.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    # Half a second of the first start, and of every start where Python may keep no bytecode.
    quietly([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "nnviz")])
    if WINDOWS:
        (BIN / "nnviz.cmd").write_text('@"%~dp0python.exe" -P -m nnviz %*\n', encoding="utf-8")
        return
    launcher = BIN / "nnviz"
    launcher.write_text(f'#!/bin/sh\nexec "{PYTHON}" -P -m nnviz "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)


def check_qt() -> bool:
    """Whether every library that Qt takes from the system is there, after fetching what may be."""
    missing = missing_libraries()
    if missing:
        say("Qt lacks some libraries of this system: " + ", ".join(missing))
        apt_install([LIBRARIES[name] for name in missing])
    loaded = quietly([str(PYTHON), "-c", LOAD_QT])
    if loaded.returncode != 0:
        raise SetupError(f"Qt cannot be loaded: {last_line(loaded.stdout)}")
    if loaded.stdout:
        say(f"A window under X11 will not open yet: {last_line(loaded.stdout)}")
    return not loaded.stdout and not missing_libraries()


def missing_libraries() -> list[str]:
    """The names of the libraries that this system does not find."""
    if sys.platform != "linux":
        return []
    return quietly([str(PYTHON), "-c", FIND_MISSING, *LIBRARIES]).stdout.split()


def apt_install(packages: list[str]) -> bool:
    """Install packages of Debian or Ubuntu if that asks for no password; tell the way otherwise."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        say("Please install them with your system's package manager.")
        return False
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if rights and (shutil.which("sudo") is None or quietly([*rights, "true"]).returncode != 0):
        say(f"Please install what is missing with\n\n    sudo {' '.join(command)}\n")
        return False
    say(f"Installing {' '.join(packages)}")
    quietly([*rights, "apt-get", "update"])
    installed = quietly([*rights, "env", "DEBIAN_FRONTEND=noninteractive", *command])
    if installed.returncode != 0:
        say(f"That failed ({last_line(installed.stdout)}). Please try\n\n    {' '.join(command)}\n")
    return installed.returncode == 0


def quietly(command: list[str]) -> "subprocess.CompletedProcess[str]":
    """Run a command and keep its words, both streams as one text."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def last_line(words: str) -> str:
    """The last line that says something."""
    return (words.strip().splitlines() or ["no reason was given"])[-1]


if __name__ == "__main__":
    main(sys.argv[1:])
