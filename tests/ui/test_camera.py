"""The camera: true pictures of every view, without a screen and without touching the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from nnviz.engine.activations import Linear
from nnviz.engine.optimizers import SGD
from nnviz.engine.training import NumpyLoop
from nnviz.experiment.spec import Architecture, Data, Experiment, Layer, Training
from nnviz.export.request import SHOTS, ExportRequest
from nnviz.runtime.painter import paint
from nnviz.runtime.saving import run_of
from nnviz.ui.camera import Bytes, Camera, film, painted, run_export
from nnviz.ui.canvas.network import NetworkCanvas
from nnviz.ui.canvas.network_buttons import StepButton
from nnviz.ui.look import Look
from nnviz.ui.parts import wishes_of
from nnviz.ui.player import Player
from nnviz.ui.preferences import Preferences
from nnviz.ui.sheet import SHEETS, Sheet
from nnviz.ui.still import StillLook, StillPlayer, still_parts
from nnviz.ui.theme import LIGHT, apply
from nnviz.ui.twin import window_maker
from nnviz.ui.window import Window

SMALL = replace(
    Experiment(),
    data=Data(samples=40),
    architecture=Architecture(hidden=(Layer(3),)),
)

Ask = Callable[..., ExportRequest]

every_view = pytest.mark.parametrize("view", SHOTS.keys)
every_sheet = pytest.mark.parametrize("view", SHEETS)


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Makes requests, small ones where nothing else is said."""

    def ask(name: str = "out.gif", **fields: object) -> ExportRequest:
        size = {"width": 320, "height": 240}
        asked = {"experiment": SMALL, "path": tmp_path / name, **size, "epochs": 4, **fields}
        return ExportRequest(**asked)  # type: ignore[arg-type]

    return ask


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "p.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def light(qapp: QApplication) -> QApplication:
    apply(qapp, LIGHT)
    return qapp


def shot(request: ExportRequest, preferences: Preferences, scale: float = 1.0) -> Bytes:
    """The last picture that a request asks for."""
    camera = Camera(request, preferences, window_maker(Window), scale)
    try:
        *_, last = (camera.shoot(each) for each in painted(film(request), lambda: camera.wishes))
    finally:
        camera.close()
    return last


def colors(image: Bytes) -> int:
    return len(np.unique(image.reshape(-1, 4).view(np.uint32)))


def test_every_view_can_be_photographed() -> None:
    assert {*SHEETS, "window"} == set(SHOTS.keys)


@pytest.mark.usefixtures("light")
@every_view
def test_a_view_fills_its_picture(view: str, ask: Ask, preferences: Preferences) -> None:
    image = shot(ask("out.png", view=view, width=401, height=303), preferences)
    assert image.shape == (303, 401, 4)
    assert (image[..., 3] == 255).all()
    assert colors(image) > 50


@pytest.mark.usefixtures("light")
@every_sheet
def test_the_same_request_gives_the_same_picture(
    view: str, ask: Ask, preferences: Preferences
) -> None:
    request = ask("out.png", view=view)
    assert np.array_equal(shot(request, preferences), shot(request, preferences))


@pytest.mark.usefixtures("light")
@every_view
def test_training_shows(view: str, ask: Ask, preferences: Preferences) -> None:
    before = shot(ask("out.png", view=view, epochs=0), preferences)
    after = shot(ask("out.png", view=view, epochs=30), preferences)
    assert (before != after).any()


@pytest.mark.usefixtures("light")
@every_view
def test_a_theme_of_its_own_leaves_the_program_alone(
    view: str, qapp: QApplication, ask: Ask, preferences: Preferences
) -> None:
    worn = qapp.styleSheet(), qapp.palette(), qapp.font()
    light = shot(ask("out.png", view=view), preferences)
    dark = shot(ask("out.png", view=view, theme="dark"), preferences)
    assert dark[..., :3].mean() < light[..., :3].mean() - 30
    assert (qapp.styleSheet(), qapp.palette(), qapp.font()) == worn


@pytest.mark.usefixtures("light")
@every_sheet
def test_twice_as_fine_is_the_same_picture_with_more_dots(
    view: str, ask: Ask, preferences: Preferences
) -> None:
    coarse = shot(ask("out.png", view=view), preferences)
    fine = shot(ask("out.png", view=view), preferences, scale=2.0)
    assert fine.shape == (480, 640, 4)
    mean = fine.reshape(240, 2, 320, 2, 4).mean(axis=(1, 3))
    assert np.abs(mean - coarse).mean() < 8


@pytest.mark.usefixtures("light")
def test_a_window_with_too_little_room_is_drawn_smaller(ask: Ask, preferences: Preferences) -> None:
    image = shot(ask("out.png", view="window", width=320, height=180), preferences)
    assert image.shape == (180, 320, 4)
    assert (image[:, -4:-1] != image[:, :1]).any()


def epochs(request: ExportRequest) -> list[int]:
    return [frame.epoch for frame in film(request)]


def test_a_film_shows_every_so_many_epochs(ask: Ask) -> None:
    assert epochs(ask(epochs=10, every=4)) == [0, 4, 8]


def test_a_still_shows_the_last_epoch(ask: Ask) -> None:
    assert epochs(ask("out.png", epochs=7, every=4)) == [7]


def test_a_long_film_is_trained_by_the_compiled_loop(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.ui.camera.load", NumpyLoop)
    wanted = [frame.theta for frame in film(ask(epochs=4))]
    monkeypatch.setattr("nnviz.ui.camera.takeover", lambda course: 3)
    frames = list(film(ask(epochs=4)))
    assert [frame.loop for frame in film(ask(epochs=3))] == ["numpy"] * 4
    assert [frame.loop for frame in frames] == ["compiled"] * 5
    np.testing.assert_array_equal([frame.theta for frame in frames], wanted)


def test_a_film_has_as_many_frames_as_was_said(ask: Ask) -> None:
    for every in (1, 3, 10, 11):
        request = ask(epochs=10, every=every)
        assert len(epochs(request)) == request.frames


def test_a_picture_of_the_past_shows_the_epoch_that_is_looked_at(ask: Ask) -> None:
    *_, last = film(ask(epochs=6))
    frames = list(film(ask("out.png", epochs=0, run=run_of(last), looked=2)))
    assert [(frame.epoch, frame.is_past) for frame in frames] == [(2, True)]


def test_a_step_is_shown_also_where_nobody_looks_inside(ask: Ask) -> None:
    (frame,) = film(ask("out.png", view="step", epochs=3))
    assert len(frame.race.moments) == len(frame.race.racers) > 0


def test_a_film_goes_on_from_a_run(ask: Ask) -> None:
    *_, last = film(ask(epochs=3))
    later = list(film(ask(epochs=2, run=run_of(last))))
    whole = list(film(ask(epochs=5)))
    assert [frame.epoch for frame in later] == [3, 4, 5]
    assert np.array_equal(later[-1].theta, whole[-1].theta)


def test_a_film_ends_where_training_diverges(ask: Ask) -> None:
    layers = (Layer(3, Linear()), Layer(3, Linear()))
    experiment = replace(
        SMALL,
        data=Data(dataset="reg-plane", samples=40),
        architecture=Architecture(hidden=layers, initializer="he"),
        training=Training(optimizer=SGD(rate=10.0)),
    )
    request = ask(experiment=experiment, epochs=200)
    assert 1 <= len(epochs(request)) < 201


def test_a_film_can_be_given_up(ask: Ask) -> None:
    def give_up() -> None:
        raise InterruptedError

    frames = film(ask(epochs=1000, every=1000), give_up)
    next(frames)
    with pytest.raises(InterruptedError):
        next(frames)


@pytest.mark.usefixtures("light")
def test_an_animation_moves(ask: Ask, preferences: Preferences) -> None:
    told: list[tuple[int, int]] = []
    request = ask(epochs=20, every=10, fps=5.0)
    run_export(request, preferences, window_maker(Window), lambda *each: told.append(each))
    with Image.open(request.path) as image:
        assert image.size == (320, 240)
        frames = [np.asarray(each.convert("RGB")) for each in ImageSequence.Iterator(image)]
        assert image.info["duration"] == 200
    assert len(frames) == 3
    assert all((a != b).any() for a, b in pairwise(frames))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(("real", "still"), [(Player, StillPlayer), (Look, StillLook)])
def test_what_stands_still_has_every_name_of_the_real_thing(real: type, still: type) -> None:
    offered = {name for name in vars(real) if not name.startswith("_")} - {"event"}
    given = {name for name in dir(still) if not name.startswith("_")}
    given |= {"wishes", "picture", "theme", "choice"}  # Set for each one.
    assert offered <= given


@pytest.mark.usefixtures("light")
def test_the_network_is_photographed_without_its_buttons(
    ask: Ask, preferences: Preferences
) -> None:
    parts, player = still_parts(SMALL, LIGHT, wishes_of(LIGHT), preferences)
    sheet = Sheet(SHEETS["network"], parts)
    for frame in film(ask("out.png", view="network")):
        player.show_picture(paint(frame, player.wishes))
    [canvas] = sheet.findChildren(NetworkCanvas)
    buttons = canvas.findChildren(StepButton)
    assert buttons
    assert all(each.isHidden() for each in buttons)
    sheet.close()
    sheet.deleteLater()
