"""The promises about the whole that neither ruff nor import-linter can check."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "nnviz"
MODULES = sorted(PACKAGE.rglob("*.py"))
AT_THE_TOP = {"LICENSE", "README.md", "nnviz", "packaging", "pyproject.toml", "resources", "tests"}
HOSTS = [".".join(name) for name in [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org")]]

WITHOUT_QT = """
import importlib, pkgutil, sys
sys.modules["PySide6"] = sys.modules["pyqtgraph"] = None
import nnviz
for module in pkgutil.walk_packages(nnviz.__path__, "nnviz."):
    if module.name.split(".")[1] not in {"app", "ui"}:
        importlib.import_module(module.name)
"""

WITH_QT = """
import linecache, sys
import PySide6.QtCore, nnviz.ui
from nnviz.ui.theme import THEMES
print(sys.modules["nnviz.ui.theme"].__file__ in linecache.cache)
"""

OFFENCES = {
    "floors": {"engine/offence.py": "import nnviz.experiment"},
    "floors, a floor nobody listed": {"utils.py": ""},
    "qt": {"runtime/offence.py": "import PySide6.QtCore"},
    "plots": {"ui/panels/offence.py": "import pyqtgraph"},
    "ui-floors": {"ui/controls/offence.py": "import nnviz.ui.panels"},
    "ui-floors, a room nobody listed": {"ui/helpers.py": ""},
    "panels-apart": {"ui/panels/one.py": "import nnviz.ui.panels.two", "ui/panels/two.py": ""},
    "no-cycles": {
        "engine/one.py": "import nnviz.engine.two",
        "engine/two.py": "import nnviz.engine.one",
    },
}
"""How each import contract is broken: files to add, and what they say."""


def committed() -> list[Path]:
    """Every file that is or could be committed, of what exists."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [Path(name) for name in names.split("\0") if name and (ROOT / name).is_file()]


def places_that_build_paths() -> Iterator[str]:
    """Lines that look for resources without asking `asset`."""
    for path in MODULES:
        if path == PACKAGE / "assets.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case (
                    ast.Name(id="__file__")
                    | ast.Constant(value="resources" | "_resources")
                    | ast.ImportFrom(module="importlib.resources")
                    | ast.Import(names=[ast.alias(name="importlib.resources")])
                ):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_files_are_small() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: length for path, length in lengths.items() if length > 300} == {}


def test_there_is_one_door_to_resources() -> None:
    assert list(places_that_build_paths()) == []


def test_only_these_stand_at_the_top() -> None:
    assert {path.parts[0] for path in committed() if path.parts[0][0] != "."} <= AT_THE_TOP


def test_packaging_stays_importable_as_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_no_text_names_a_package_registry() -> None:
    texts = {path: (ROOT / path).read_bytes() for path in committed()}
    assert [path for path, text in texts.items() for host in HOSTS if host.encode() in text] == []


def test_qt_keeps_the_references_to_none() -> None:
    """PySide6 6.12.0 on Python 3.11 lost one in every call that returns None."""
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(10_000):
        timer.stop()
    assert sys.getrefcount(None) > before - 1_000


def test_everything_below_the_window_works_without_qt() -> None:
    subprocess.run([sys.executable, "-c", WITHOUT_QT], cwd=ROOT, check=True)


def test_qt_leaves_the_sources_of_other_modules_alone() -> None:
    command = [sys.executable, "-c", WITH_QT]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_the_version_is_told_without_loading_anything_heavy() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "nnviz", "--version"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    assert told.stdout.strip()
    assert loaded & {"numpy", "numba", "PySide6", "pyqtgraph", "msgspec", "PIL"} == set()


@pytest.fixture
def lint(tmp_path: Path) -> Path:
    """A copy of the package to spoil."""
    shutil.copytree(PACKAGE, tmp_path / "nnviz", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Check the import contracts of a folder."""
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert command is not None
    words = [command, "--no-cache", "--no-logo", *options]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def test_the_import_contracts_hold(lint: Path) -> None:
    checked = lint_imports(lint)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("offence", OFFENCES)
def test_an_import_contract_can_be_broken(offence: str, lint: Path) -> None:
    for place, line in OFFENCES[offence].items():
        (lint / "nnviz" / place).write_text(line, encoding="utf-8")
    checked = lint_imports(lint, "--contract", offence.split(",")[0])
    assert checked.returncode == 1
    assert "BROKEN" in checked.stdout or "not listed" in checked.stdout, checked.stdout
