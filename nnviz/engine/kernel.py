"""The compiled kernel: whether it is there, how it is loaded, and how it comes to be.

Compiling takes a good while, so it happens once, in a process of its own:
`python -m nnviz.engine.kernel` fills a folder of the person's cache. The folder's name says what
it was made from (the sources of the rules and the loop, the versions, the machine), so a cache
that fits no longer is simply not found. Numba is imported when the kernel is loaded, not before;
where it is missing, everything else works.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from nnviz.assets import asset
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.course import Course
from nnviz.engine.learned import WEIGHTS
from nnviz.engine.losses import LOSSES
from nnviz.engine.optimizers import EVERY_OPTIMIZER
from nnviz.engine.penalties import PENALTIES
from nnviz.engine.stepping import NumpyStepper, Stepper
from nnviz.engine.training import Loop

if TYPE_CHECKING:
    import subprocess

MACHINERY = (
    "compiled",
    "elementary",
    "loop",
    "machine",
    "rows",
    "shuffle",
    "stride",
    "surfaces",
    "tile",
    "vectors",
)
"""The modules, besides those of the other rules, whose change makes another kernel."""

PATIENCE_S = 2.0
UPDATE_S, LAYER_S, WEIGHT_S = 1e-4, 3e-5, 3e-9
"""About what the loop in NumPy takes for an update, a layer of it, and a weight and sample."""

DONE = "done"
"""The file that is written last."""

RULES: tuple[Iterable[type], ...] = (ACTIVATIONS, LOSSES, PENALTIES, EVERY_OPTIMIZER)

QUIET = ("CREATE_NO_WINDOW", "BELOW_NORMAL_PRIORITY_CLASS")
"""How a process is started on Windows that nobody should notice."""

KEPT = 3
"""How many kernels of other versions are kept."""


def cache_home() -> Path:
    """The folder for what can be made again, by the custom of the system."""
    home = Path.home()
    match sys.platform:
        case "win32":
            return Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local"), "NNViz", "cache")
        case "darwin":
            return home / "Library" / "Caches" / "nnviz"
        case _:
            return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache", "nnviz")


def folder(home: Path | None = None) -> Path:
    """Where the kernel of these sources, versions and machine is kept."""
    digest = hashlib.sha256("\n".join(_versions()).encode())
    for name in _sources():
        digest.update(_source(name))
    digest.update(asset(*WEIGHTS).read_bytes())
    return (home or cache_home()) / f"kernel-{digest.hexdigest()[:16]}"


def ready(home: Path | None = None) -> bool:
    """Whether a kernel is there to be loaded; Numba is not imported to find out."""
    return is_possible() and (folder(home) / DONE).is_file()


def is_possible() -> bool:
    """Whether there is a compiler."""
    return find_spec("numba") is not None


def load(home: Path | None = None) -> Loop | None:
    """The compiled loop; None where there is no kernel, or one of another processor.

    It takes about a second, most of it importing Numba.
    """
    if not ready(home):
        return None
    place = folder(home)
    if (place / DONE).read_text(encoding="utf-8") != _use(place):
        return None
    from nnviz.engine import compiled_steps  # noqa: F401 - for whoever asks for a `stepper`
    from nnviz.engine.compiled import CompiledLoop

    return CompiledLoop()


def stepper() -> Stepper:
    """What moves swarms: compiled once the kernel is loaded, in NumPy until then."""
    steps = sys.modules.get(f"{__package__}.compiled_steps")
    kind: type[Stepper] = getattr(steps, "CompiledStepper", NumpyStepper)
    return kind()


def takeover(course: Course) -> int:
    """The epoch from which on a loop that has to be loaded first is worth it.

    It depends on the course alone, so a run that is saved and taken up again comes to the same
    bits as one without a break.
    """
    layers, size = len(course.network.widths) - 1, course.network.size
    epoch_s = course.updates * (UPDATE_S + LAYER_S * layers) + course.samples * size * WEIGHT_S
    return int(PATIENCE_S / epoch_s)


def build_apart(home: Path | None = None) -> subprocess.Popen[bytes]:
    """Start the process that compiles; when it has ended with 0, the kernel is ready."""
    # Heavy, and needed at the very first start only.
    import subprocess

    command = [sys.executable, "-m", "nnviz.engine.kernel"]
    return subprocess.Popen(
        command if home is None else [*command, str(home)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        creationflags=sum(getattr(subprocess, name, 0) for name in QUIET),
    )


def build(home: Path | None = None) -> Path:
    """Compile everything into the cache, here and now."""
    place = folder(home)
    place.mkdir(parents=True, exist_ok=True)
    processor = _use(place)
    from nnviz.engine.compiled import compile_all

    compile_all()
    written = place / f"{DONE}-{os.getpid()}"
    written.write_text(processor, encoding="utf-8")
    written.replace(place / DONE)
    _tidy(place)
    return place


def _use(place: Path) -> str:
    """Point Numba's cache to a folder; what the processor is that code is made for."""
    import numba
    from llvmlite import binding  # type: ignore[import-untyped]

    numba.config.CACHE_DIR = str(place)  # type: ignore[attr-defined]
    numba.config.SLP_VECTORIZE = 1  # type: ignore[attr-defined]
    return f"{binding.get_host_cpu_name()} {binding.get_host_cpu_features().flatten()}"


def _versions() -> list[str]:
    packages = [f"{name} {_version(name)}" for name in ("numba", "numpy", "llvmlite")]
    return [*packages, platform.python_version(), platform.machine(), sys.platform]


def _version(package: str) -> str:
    # Heavy: it brings what reads e-mail.
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


def _sources() -> list[str]:
    rules = {kind.__module__ for table in RULES for kind in table}
    return sorted({*MACHINERY, *(name.rpartition(".")[2] for name in rules)})


def _source(name: str) -> bytes:
    found = find_spec(f"{__package__}.{name}")
    if found is not None and found.origin is not None and Path(found.origin).is_file():
        path = Path(found.origin)
        return _stamp(path) + path.read_bytes()
    # A frozen program carries no sources; a new one is a new file.
    return _stamp(Path(sys.executable))


def _stamp(path: Path) -> bytes:
    """Where a file is and when it was written: Numba finds nothing for the same file elsewhere."""
    status = path.stat()
    return f"{path} {status.st_size} {status.st_mtime_ns}".encode()


def _tidy(place: Path) -> None:
    """Throw away the kernels of versions long gone."""
    others = [each for each in place.parent.glob("kernel-*") if each != place]
    others.sort(key=lambda each: each.stat().st_mtime, reverse=True)
    for each in others[KEPT:]:
        shutil.rmtree(each, ignore_errors=True)


if __name__ == "__main__":
    getattr(os, "nice", int)(10)
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
