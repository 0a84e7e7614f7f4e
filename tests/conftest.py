"""What every test can rely on: no display needed, nothing of the person's touched, nothing left.

Set before Qt and NumPy are loaded: the platform (`NNVIZ_TEST_PLATFORM` or an explicit
`QT_QPA_PLATFORM=xcb` picks a real one) and one thread for linear algebra.
"""

import gc
import itertools
import logging
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

_PLATFORM = os.environ.pop("NNVIZ_TEST_PLATFORM", "")
if _PLATFORM or os.environ.get("QT_QPA_PLATFORM") != "xcb":
    os.environ["QT_QPA_PLATFORM"] = _PLATFORM or "offscreen"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
for _name in [name for name in os.environ if name.startswith("NNVIZ_")]:
    del os.environ[_name]

import hypothesis
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QStandardPaths, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from nnviz.engine import kernel
from nnviz.engine.training import Loop

hypothesis.settings.register_profile("person", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if "CI" in os.environ else "person")

PATIENCE_S = 20.0
"""How long a thread may take to end after its test."""


def pytest_collection_finish() -> None:
    """Set aside what lives as long as the session: looking for what is left is then quick."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def rng() -> np.random.Generator:
    """A source of random numbers, the same in every test."""
    return np.random.default_rng(0)


@pytest.fixture(scope="session")
def kernel_home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that outlives the session where there is one: compiling takes long."""
    cache = getattr(request.config, "cache", None)
    home = cache.mkdir("kernel") if cache else tmp_path_factory.mktemp("kernel")
    if not kernel.ready(home):
        assert kernel.build_apart(home).wait(600) == 0
    return Path(home)


@pytest.fixture(scope="session")
def compiled(kernel_home: Path) -> Loop:
    """The compiled loop."""
    loop = kernel.load(kernel_home)
    assert loop is not None
    return loop


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders for the settings and files of one test after the other; made when written to."""
    root = tmp_path_factory.mktemp("homes")
    return (root / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, data and state of the program go to a folder of the test's own."""
    home = next(homes)
    for kind in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(home / "config"))
    QStandardPaths.setTestModeEnabled(sys.platform != "linux")
    return home


class _Ear(logging.Handler):
    """Hears warnings."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def nothing_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """A logged warning fails the test, unless it looks into the log itself, by `caplog`."""
    ear = _Ear()
    logging.getLogger().addHandler(ear)
    yield
    logging.getLogger().removeHandler(ear)
    if ear.heard and "caplog" not in request.fixturenames:
        pytest.fail("warnings were logged:\n" + "\n".join(ear.heard))


@pytest.fixture(autouse=True)
def nothing_left(own_home: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """Threads, timers and windows end with their test."""
    uses_qt = "qapp" in request.fixturenames
    threads = set(threading.enumerate())
    windows = set(_windows()) if uses_qt else set()
    yield
    left = [
        f"thread {thread.name}" for thread in _still_alive(set(threading.enumerate()) - threads)
    ]
    if uses_qt:
        left += _left_in_qt(windows)
    if left:
        pytest.fail("left behind: " + ", ".join(left))


def _still_alive(threads: set[threading.Thread]) -> list[threading.Thread]:
    deadline = time.monotonic() + PATIENCE_S
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return [thread for thread in threads if thread.is_alive()]


def _left_in_qt(windows: set[QWidget]) -> list[str]:
    """Names of the Qt objects that live on; what only a cycle holds does not count."""
    _bury()
    if not (set(_windows()) - windows or _running()):
        return []
    gc.collect()
    _bury()
    left = [f"window {type(window).__name__}" for window in set(_windows()) - windows]
    running = _running()
    for ended in running:  # The next test begins in silence, whatever this one did.
        ended.stop() if isinstance(ended, QTimer) else ended.quit()
    return left + [f"running {type(one).__name__} {one.objectName()}".strip() for one in running]


def _bury() -> None:
    """Delete what was told to be deleted later."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def _windows() -> list[QWidget]:
    """Windows nobody owns; what Qt makes for itself (tool tips) has no Python class."""
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.parent() is None and not widget.inherits("QTipLabel")
    ]


def _running() -> list[QTimer | QThread]:
    """Timers and threads of Qt that are at work and known to Python."""
    found = [each for each in gc.get_objects() if issubclass(type(each), (QTimer, QThread))]
    return [each for each in found if isValid(each) and _is_at_work(each)]


def _is_at_work(each: QTimer | QThread) -> bool:
    if isinstance(each, QTimer):
        return each.isActive()
    return each.isRunning() and each is not QThread.currentThread()
