"""`nnviz doctor`: whether all that NNViz needs is here, and what to do where it is not."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import warnings
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from nnviz import __version__
from nnviz.assets import asset
from nnviz.cli.display import trouble
from nnviz.cli.entry import DONE, OUR_FAULT
from nnviz.engine import kernel
from nnviz.value import dataclass

PACKAGES = {
    "numpy": "numpy",
    "numba": "numba",
    "contourpy": "contourpy",
    "msgspec": "msgspec",
    "Pillow": "PIL",
    "PySide6-Essentials": "PySide6",
    "pyqtgraph": "pyqtgraph",
    "ziamath": "ziamath",
    "typing-extensions": "typing_extensions",
}
"""What is installed, and the module that comes with it."""

APART = {"PySide6-Essentials", "pyqtgraph"}
"""These are only tried in a process of their own, where they cannot end this one."""

FASTER = "install numba, and training goes some ten times faster"

OPTIONAL = {"numba"}
"""Without these all works, if not as well."""

RESOURCES = ("data", "icons")
PROBE_S = 60

PROBE = """
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication
import pyqtgraph
print("Qt", qVersion(), "on", QApplication([]).platformName())
"""
"""Opens Qt as the window does."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `advice` says what to do where it is not well."""

    what: str
    found: str
    is_well: bool = True
    advice: str = ""


def run(arguments: Namespace) -> int:
    """Look at everything, tell it, and say by the status whether all is well."""
    findings = list(findings_of(HEALTH))
    is_well = all(each.is_well for each in findings)
    if arguments.json:
        report = {"is_well": is_well, "findings": [asdict(each) for each in findings]}
        json.dump(report, sys.stdout)
        sys.stdout.write("\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in table(findings))
    return DONE if is_well else OUR_FAULT


def findings_of(health: tuple[Callable[[], Iterator[Finding]], ...]) -> Iterator[Finding]:
    """All findings; a look that fails is one too."""
    for look in health:
        try:
            yield from look()
        except Exception as error:  # noqa: BLE001 - a doctor does not fall ill
            yield Finding(look.__name__.strip("_"), repr(error), is_well=False)


def table(findings: list[Finding]) -> Iterator[str]:
    """The findings for people to read."""
    for each in findings:
        yield f"{'ok  ' if each.is_well else 'BAD '} {each.what:<22} {each.found}"
        if each.advice:
            yield f"{'':>28}→ {each.advice}"
    ill = sum(not each.is_well for each in findings)
    yield "All is well." if not ill else f"{ill} of {len(findings)} are not well."


def _versions() -> Iterator[Finding]:
    yield Finding("nnviz", __version__)
    yield Finding("python", f"{platform.python_version()} on {platform.platform()}")
    for package, module in PACKAGES.items():
        yield _package(package, module)


def _package(package: str, module: str) -> Finding:
    install = "install NNViz again: python3 packaging/bootstrap.py"
    try:
        installed = version(package)
        if package not in APART:
            _import(module)
    except (PackageNotFoundError, ImportError) as error:
        is_well = package in OPTIONAL
        return Finding(package, f"cannot be used: {error}", is_well, "" if is_well else install)
    if package == "PySide6-Essentials" and installed.startswith("6.12.0"):
        return Finding(package, f"{installed} ends the program at random", False, install)  # noqa: FBT003
    return Finding(package, installed)


def _import(module: str) -> None:
    """Import a module, whatever it warns of: that is for those who wrote it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import_module(module)


def _resources() -> Iterator[Finding]:
    for name in RESOURCES:
        try:
            yield Finding(f"resources/{name}", str(asset(name)))
        except FileNotFoundError as error:
            yield Finding(f"resources/{name}", str(error), is_well=False)


def _qt() -> Iterator[Finding]:
    yield _probe("Qt without a display", "offscreen")
    problem = trouble()
    if problem is None:
        yield _probe("Qt with a display", os.environ.get("QT_QPA_PLATFORM", ""))
        return
    yield Finding(
        "Qt with a display",
        f"not tried: {problem}",
        advice="train, race and export work; the window needs a display",
    )


def _probe(what: str, qt_platform: str) -> Finding:
    """Open Qt in a process of its own, which it may end as it likes."""
    environment = {**os.environ, "QT_QPA_PLATFORM": qt_platform}
    if not qt_platform:
        del environment["QT_QPA_PLATFORM"]
    try:
        probe = subprocess.run(
            [sys.executable, "-c", PROBE],
            env=environment,
            capture_output=True,
            text=True,
            timeout=PROBE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Finding(what, f"no answer in {PROBE_S} s", is_well=False)
    if probe.returncode == 0:
        return Finding(what, probe.stdout.strip())
    said = [line for line in probe.stderr.splitlines() if line.strip()] or ["it ended silently"]
    return Finding(what, said[-1], is_well=False, advice=_advice(probe.stderr))


def _advice(said: str) -> str:
    if "cannot open shared object file" in said or "plugin" in said:
        return "a system library is missing: python3 packaging/bootstrap.py tells which"
    return "install NNViz again: python3 packaging/bootstrap.py"


def _kernel() -> Iterator[Finding]:
    what, place = "compiled loop", kernel.folder()
    if not kernel.is_possible():
        yield Finding(what, "Numba is missing; the loop in NumPy serves", advice=FASTER)
    elif not kernel.ready():
        yield Finding(what, f"will be compiled into {place} when the window first opens")
    elif kernel.load() is None:
        advice = f"delete {place}; it will be compiled again"
        yield Finding(what, "was compiled for another processor", is_well=False, advice=advice)
    else:
        yield Finding(what, f"ready in {place}")


def _threads() -> Iterator[Finding]:
    yield Finding("processors", str(os.cpu_count()))
    wanted = os.environ.get("OPENBLAS_NUM_THREADS", "not set")
    yield Finding("OPENBLAS_NUM_THREADS", wanted, advice="" if wanted == "1" else "1 is fastest")


HEALTH = (_versions, _resources, _kernel, _qt, _threads)
"""What is looked at, in this order."""
