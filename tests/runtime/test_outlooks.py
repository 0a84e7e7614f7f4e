from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.elementary import Floats
from nnviz.experiment.landscape import NETWORK_SURFACE, Camera
from nnviz.experiment.spec import Experiment
from nnviz.runtime import outlooks
from nnviz.runtime.findings import BasinPicture, Findings, Glass, SwarmPicture
from nnviz.runtime.frames import Frame, Picture, Wishes
from nnviz.runtime.gaze import Gaze
from nnviz.runtime.outlooks import Outlooks, lasting
from nnviz.runtime.painter import Studio, paint
from nnviz.runtime.trainer import Trainer

STOPS = np.array([[245, 147, 34], [232, 234, 235], [8, 119, 189]], dtype=np.uint8)
GAZE = Gaze(Camera(), 160, 120)
WISHES = Wishes(STOPS, STOPS, (255, 255, 255), 32, 8, 32, gaze=GAZE)


def frame_of(surface: str) -> Frame:
    experiment = Experiment()
    return Trainer(
        replace(experiment, landscape=replace(experiment.landscape, surface=surface))
    ).frame()


def shown(surface: str = "bowl", wishes: Wishes = WISHES) -> Picture:
    return paint(frame_of(surface), wishes)


def colors(picture: Picture) -> Floats:
    assert picture.outlook is not None
    return picture.outlook.panorama.rgba.astype(float)


def test_who_does_not_look_gets_no_landscape() -> None:
    assert shown(wishes=replace(WISHES, gaze=None)).outlook is None


def test_a_line_is_no_landscape() -> None:
    assert shown("x^2 for x in [-1, 1]").outlook is None


@pytest.mark.parametrize(
    "surface", ["rosenbrock", NETWORK_SURFACE, "log(x) + y^2", "sqrt(x^2+y^2-4)"]
)
def test_every_surface_can_be_looked_at(surface: str) -> None:
    picture = shown(surface)
    assert colors(picture).shape == (120, 160, 4)
    assert picture.outlook is not None
    assert np.isfinite(picture.outlook.panorama.depth).any()
    assert picture.outlook.domain == picture.surface.domain


def test_another_camera_is_another_picture_of_the_same_frame() -> None:
    studio, frame = Studio(), frame_of("bowl")
    first = studio.paint(frame, WISHES)
    turned = studio.paint(frame, replace(WISHES, gaze=replace(GAZE, camera=Camera(turn=10.0))))
    assert turned.surface is first.surface
    assert turned.neurons is first.neurons
    assert np.abs(colors(turned) - colors(first)).max() > 50


def test_while_nothing_changes_it_is_kept() -> None:
    studio, frame = Studio(), frame_of("bowl")
    first = studio.paint(frame, WISHES)
    again = studio.paint(replace(frame), WISHES)
    assert again.outlook is first.outlook


def test_another_ground_is_another_picture() -> None:
    dark = shown(wishes=replace(WISHES, ground=(25, 30, 35)))
    assert np.abs(colors(dark) - colors(shown())).max() > 50


def test_at_rest_it_is_drawn_once_more_smoothly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlooks, "RESTING_S", 1e9)
    studio = Studio()
    rough = studio.paint(frame_of("bowl"), WISHES)
    while not studio.is_fine:
        studio.refine()
    assert not studio.is_sharp
    smooth = studio.sharpen()
    assert smooth is not None
    assert set(np.unique(colors(rough)[..., 3])) == {0, 255}
    assert len(np.unique(colors(smooth)[..., 3])) > 2


def test_while_the_camera_moves_it_may_be_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlooks, "MOVING_S", 0.0)
    studio, frame = Studio(), frame_of("bowl")
    moving = studio.paint(frame, replace(WISHES, gaze=replace(GAZE, moving=True)))
    assert colors(moving).shape[0] < 60
    at_rest = studio.paint(frame, WISHES)
    assert colors(at_rest).shape[0] == 120


def test_a_surface_that_moves_is_drawn_at_a_calm_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(outlooks, "perf_counter", lambda: now[0])
    kept = Outlooks()
    one, other = shown("bowl"), shown("valley")
    first = kept.seen(one).outlook
    assert kept.seen(other).outlook is first
    assert not kept.is_settled
    now[0] += 2 * outlooks.CALM_S
    then = kept.seen(other).outlook
    assert then is not first
    assert then is not None
    assert then.domain == other.surface.domain


def test_pictures_to_be_kept_are_the_same_each_time() -> None:
    np.testing.assert_array_equal(colors(shown("rosenbrock")), colors(shown("rosenbrock")))
    assert lasting(GAZE) > 1
    assert lasting(Gaze(Camera(), 8192, 8192)) == 1
    assert lasting(None) == 1


def test_more_levels_are_more_lines() -> None:
    picture = shown("bowl")
    surface = picture.surface
    few, many = (
        colors(
            Outlooks().seen(
                replace(picture, surface=replace(surface, levels=surface.levels[:count])), 2
            )
        )
        for count in (3, 14)
    )
    assert few.mean() > many.mean()


def test_a_swarm_stands_on_the_landscape() -> None:
    picture = shown("bowl")
    assert picture.spray is None
    places = np.stack([np.linspace(-1, 1, 50), np.full(50, -2.0)])
    glass = Glass(picture.surface.domain, 8, 8, ((200, 0, 0), (0, 0, 200)))
    swarm = SwarmPicture(np.zeros((8, 8, 4), np.uint8), glass, 3, (1,), (places,), (0,), False)
    kept = Outlooks()
    seen = kept.seen(replace(picture, findings=Findings(swarm=swarm)))
    assert seen.spray is not None
    assert seen.outlook is not None
    drawn = seen.spray[seen.spray[..., 3] > 0]
    assert 10 < len(drawn) <= 50
    assert (drawn[:, 2] > drawn[:, 0]).all()
    assert kept.seen(seen).spray is seen.spray


def test_basins_are_the_colors_of_the_landscape() -> None:
    picture = shown("bowl")
    rgba = np.full((4, 4, 4), (220, 30, 30, 255), np.uint8)
    basins = BasinPicture(
        rgba, False, 0, np.zeros((1, 2)), ((220, 30, 30),), (1.0,), 0, 0, 0, (0, 1), (), True
    )
    red = colors(Outlooks().seen(replace(picture, findings=Findings(basins=basins))))
    plain = colors(picture)
    is_there = red[..., 3] == 255
    assert (red[is_there][:, 0] > red[is_there][:, 2]).mean() > 0.95
    assert (plain[is_there][:, 0] > plain[is_there][:, 2]).mean() < 0.95
