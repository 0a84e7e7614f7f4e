"""Pictures of all that NNViz shows: `python tests/gallery.py OUT [--only NAME]`.

Every workspace, every panel and every dialog, at three sizes, light and dark, at rest and after
200 epochs, and contact sheets of them. It reads the tables of the program, so it grows with it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import QPoint, QSettings
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from nnviz.assets import asset
from nnviz.engine.racing import racing
from nnviz.experiment import edits
from nnviz.experiment.landscape import NETWORK_SURFACE, Camera, Racer
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Picture
from nnviz.runtime.painter import paint
from nnviz.runtime.trainer import Trainer
from nnviz.ui.camera import photograph, settle
from nnviz.ui.commands import COMMANDS
from nnviz.ui.look import Look
from nnviz.ui.panels.table import PANELS
from nnviz.ui.parts import wishes_of
from nnviz.ui.preferences import Preferences
from nnviz.ui.still import StillPlayer, still_parts
from nnviz.ui.theme import THEMES, Theme, load_fonts
from nnviz.ui.twin import window_maker
from nnviz.ui.window import Window
from nnviz.ui.workbench import Command
from nnviz.ui.workspaces import WORKSPACES

SIZES = ((1280, 720), (1440, 900), (1920, 1080))
EPOCHS = 200
KINDS = ("workspace", "panel", "dialog", "scene")
SEVEN = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw")
SCENES: dict[str, dict[str, Any]] = {
    "seven-on-a-map": {"surface": "himmelblau"},
    "seven-in-a-valley": {"surface": "rosenbrock", "picture": "relief"},
    "seven-among-minima": {"surface": "himmelblau", "picture": "relief"},
    "seven-on-the-network": {"surface": NETWORK_SURFACE, "picture": "relief"},
    "balls-on-a-curve": {"surface": "cliff"},
    "arrows-along-a-curve": {"surface": "ripples", "inside": True, "studied": 5, "arrows": "step"},
    "inside-adam": {"surface": "rosenbrock", "inside": True, "studied": 5, "arrows": "step"},
    "swarm-in-a-valley": {"surface": "rosenbrock", "picture": "relief", "crowd": "grid"},
    "basins-among-minima": {"surface": "himmelblau", "picture": "relief", "basins": "minima"},
    "holes": {"surface": "log(x+2) + y^2 for x in [-5, 5], y in [-2, 2]", "picture": "relief"},
    "from-above": {"surface": "himmelblau", "picture": "relief", "camera": Camera(0.0, 90.0)},
}
"""What is raced on and how it is seen, by name: each fills the workspace of the optimizers."""
TILE = 420
GAP = 16
CAPTION = 30
PAPER, INK = (205, 211, 216), (20, 24, 28)

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture and what it shows."""

    kind: str
    name: str
    theme: str
    size: tuple[int, int] | None
    state: str
    image: Image.Image

    @property
    def file(self) -> str:
        """The name of its file."""
        size = f"-{self.size[0]}x{self.size[1]}" if self.size else ""
        return f"{self.kind}-{self.name}{size}-{self.theme}-{self.state}.png"


def main() -> None:
    """Take the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="the folder for the pictures")
    parser.add_argument("--only", default="", help="a part of the name, such as panel-network")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    shots = []
    for shot in taken(arguments.out, arguments.only):
        shot.image.save(arguments.out / shot.file, compress_level=3)
        shots.append(replace(shot, image=_tile(shot.image, shot.kind)))
        _tell(f"\r{len(shots):4} {shot.file:70}")
    if not shots:
        raise SystemExit(f"\nNothing is called {arguments.only!r}.")
    for name, sheet in sheets(shots):
        sheet.save(arguments.out / name, compress_level=3)
    seconds = time.monotonic() - begun
    _tell(f"\n{len(shots)} pictures in {seconds:.0f} s, {arguments.out}\n")


def _tell(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def taken(out: Path, only: str) -> Iterator[Shot]:
    """The pictures of everything with a name like this, one after another."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("nnviz")
    for kind in ("CONFIG", "DATA"):
        os.environ[f"XDG_{kind}_HOME"] = str(out / ".settings")
    load_fonts()
    trainer = Trainer(Experiment())
    frames = {"rest": trainer.frame()}
    trainer.work(EPOCHS, float("inf"))
    frames[f"{EPOCHS}"] = trainer.frame()
    for theme in THEMES:
        look = Look(app, theme.key)
        wishes = wishes_of(theme)
        pictures = {state: paint(frame, wishes) for state, frame in frames.items()}
        yield from _of_theme(theme, pictures, only)
        look.deleteLater()


def _of_theme(theme: Theme, pictures: dict[str, Picture], only: str) -> Iterator[Shot]:
    preferences = Preferences(QSettings())
    experiment = next(iter(pictures.values())).frame.experiment
    parts, player = still_parts(experiment, theme, wishes_of(theme), preferences)
    window = window_maker(Window)(parts)
    assert isinstance(window, Window)
    window.show()
    for workspace in WORKSPACES:
        window.show_workspace(workspace.key)
        for size in SIZES:
            window.resize(*size)
            for state, picture in pictures.items():
                shots = _of_window(window, player, picture, theme, only, workspace.key)
                yield from (replace(each, size=size, state=state) for each in shots)
    yield from _of_dialogs(window, theme, only)
    window.hide()
    window.deleteLater()
    for name, changes in SCENES.items():
        if only in f"scene-{name}":
            yield _of_scene(name, changes, theme, preferences)


def _of_scene(name: str, changes: dict[str, Any], theme: Theme, preferences: Preferences) -> Shot:
    """Seven optimizers in the workspace that is theirs."""
    racers = tuple(Racer(racing(changes["surface"], key)) for key in SEVEN)
    experiment = edits.with_terrain(Experiment(), racers=racers, **changes)
    parts, player = still_parts(experiment, theme, wishes_of(theme), preferences)
    window = window_maker(Window)(parts)
    assert isinstance(window, Window)
    window.show()
    window.show_workspace("optimizers")
    window.resize(*SIZES[1])
    settle(window)
    trainer = Trainer(experiment)
    trainer.work(EPOCHS, float("inf"))
    player.show_picture(paint(trainer.frame(), player.wishes))
    settle(window)
    image = Image.fromarray(photograph(window, theme, window.size()))
    window.hide()
    window.deleteLater()
    return Shot("scene", name, theme.key, SIZES[1], f"{EPOCHS}", image)


def _of_window(
    window: Window, player: StillPlayer, picture: Picture, theme: Theme, only: str, workspace: str
) -> Iterator[Shot]:
    """The whole window, and the panels cut out of it."""
    names = [("workspace", workspace), *(("panel", each.key) for each in PANELS)]
    wanted = [(kind, name) for kind, name in names if only in f"{kind}-{name}"]
    if not wanted:
        return
    settle(window)
    player.show_picture(picture)
    settle(window)
    whole = photograph(window, theme, window.size())
    for kind, name in wanted:
        image = whole if kind == "workspace" else _cut(whole, window, name)
        if image is not None:
            yield Shot(kind, name, theme.key, None, "", Image.fromarray(image))


def _cut(whole: Bytes, window: Window, key: str) -> Bytes | None:
    """The part of the picture in which a panel stands, with its frame."""
    panel = next(each for each in window.findChildren(QWidget) if getattr(each, "key", "") == key)
    frame = window.deck.frames.get(key, panel)
    if not frame.isVisible():
        return None
    corner = frame.mapTo(window, QPoint(0, 0))
    x, y = corner.x(), corner.y()
    return whole[y : y + frame.height(), x : x + frame.width()]


def _of_dialogs(window: Window, theme: Theme, only: str) -> Iterator[Shot]:
    """The dialogs that commands open."""
    window.resize(*SIZES[1])
    for command in COMMANDS:
        if not isinstance(command, Command) or f"dialog-{command.key}".find(only) < 0:
            continue
        if not command.run.__qualname__.startswith("dialog."):
            continue
        command.run(window)
        dialogs = [each for each in window.findChildren(QDialog) if each.isVisible()]
        if not dialogs:
            _tell(f"\n{command.key} opened no dialog\n")
        for dialog in dialogs:
            settle(dialog)
            image = photograph(dialog, theme, dialog.size())
            size = (dialog.width(), dialog.height())
            yield Shot("dialog", command.key, theme.key, size, "rest", Image.fromarray(image))
            dialog.close()


def _tile(image: Image.Image, kind: str) -> Image.Image:
    """A picture small enough for a contact sheet."""
    width = TILE * 3 // 2 if kind in {"workspace", "scene"} else TILE
    tile = image.convert("RGB")
    tile.thumbnail((width, width), Image.Resampling.LANCZOS)
    return tile


def sheets(shots: list[Shot]) -> Iterator[tuple[str, Image.Image]]:
    """A contact sheet for each kind, and one of a few of all."""
    for kind in KINDS:
        of_kind = [each for each in shots if each.kind == kind]
        if of_kind:
            yield f"contact-{kind}s.png", sheet(of_kind, 4 if kind == "dialog" else 6)
    few = [each for each in shots if each.kind == "dialog" or _is_typical(each)]
    yield "contact.png", sheet(few or shots, 4)


def _is_typical(shot: Shot) -> bool:
    return shot.size == SIZES[1] and shot.state == f"{EPOCHS}"


def sheet(shots: list[Shot], columns: int) -> Image.Image:
    """Pictures in rows, each under its name."""
    rows = [shots[start : start + columns] for start in range(0, len(shots), columns)]
    cell = max(TILE, *(each.image.width for each in shots), 0)
    heights = [max(each.image.height for each in row) + CAPTION + GAP for row in rows]
    width = min(columns, len(shots)) * (cell + GAP) + GAP
    paper = Image.new("RGB", (width, sum(heights) + GAP), PAPER)
    pen = ImageDraw.Draw(paper)
    font = ImageFont.truetype(str(asset("fonts", "Inter-Medium.otf")), 15)
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for place, shot in enumerate(row):
            left = GAP + place * (cell + GAP)
            pen.text((left, top + 4), shot.file.removesuffix(".png"), fill=INK, font=font)
            paper.paste(shot.image, (left, top + CAPTION))
        top += height
    return paper


if __name__ == "__main__":
    main()
