"""The boundary is looked at in every way: rings, levels, a zoom, a neuron kept, another space."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from nnviz.app import Laboratory
from nnviz.runtime.scenes import Scene
from nnviz.ui.canvas.network import NetworkCanvas
from nnviz.ui.panels.output import OutputPanel
from tests.journeys.story import SHIFT, Person, frame_of, part


@pytest.fixture
def output(laboratory: Laboratory, person: Person) -> OutputPanel:
    person.press(laboratory.window, Qt.Key.Key_S)
    person.wait(lambda: frame_of(laboratory).epoch == 1)
    return part(laboratory, OutputPanel)


def scene_of(laboratory: Laboratory) -> Scene:
    picture = laboratory.parts.player.picture
    assert picture is not None
    return picture.scene


def test_mistakes_and_levels_are_drawn_by_keys(
    laboratory: Laboratory, output: OutputPanel, person: Person
) -> None:
    person.press(laboratory.window, Qt.Key.Key_W)
    person.press(laboratory.window, Qt.Key.Key_E)
    person.wait(lambda: bool(scene_of(laboratory).levels))
    wrong = scene_of(laboratory).wrong
    assert wrong is not None
    assert 0 < wrong.sum() < len(wrong)
    assert output.head.options.switches["mistakes"].isChecked()
    output.head.options.levels.typed.emit("-0.25 0.25")
    person.wait(lambda: [each.label for each in scene_of(laboratory).levels] == ["−0.25", "0.25"])


def test_a_part_of_the_plane_is_seen_finely_and_all_of_it_again(
    laboratory: Laboratory, output: OutputPanel, person: Person
) -> None:
    whole = scene_of(laboratory).domain
    output.canvas.view.zoom(0.25, 0.25, (1.0, 1.0))
    person.wait(lambda: scene_of(laboratory).domain != whole)
    x0, x1, _, _ = scene_of(laboratory).domain
    seen = (whole[1] - whole[0]) / 4
    assert seen <= x1 - x0 < 1.5 * seen  # With a margin, so that a small move shows no edge.
    output.canvas.show_all()
    person.wait(lambda: scene_of(laboratory).domain == whole)


def test_a_neuron_is_kept_large_and_the_output_comes_back(
    laboratory: Laboratory, output: OutputPanel, person: Person
) -> None:
    canvas = part(laboratory, NetworkCanvas)
    canvas.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        person.press(canvas, key)
    person.press(laboratory.window, Qt.Key.Key_P, SHIFT)
    person.wait(lambda: scene_of(laboratory).unit is not None)
    assert laboratory.parts.store.experiment.view.pinned == scene_of(laboratory).unit
    person.click(output.head.pin)
    person.wait(lambda: scene_of(laboratory).unit is None)


def test_the_data_are_seen_as_the_layer_sees_them(
    laboratory: Laboratory, output: OutputPanel, person: Person
) -> None:
    output.head.options.space.picked.emit("components")
    person.wait(lambda: scene_of(laboratory).space is not None)
    space = scene_of(laboratory).space
    assert space is not None
    assert len(space.places) == len(scene_of(laboratory).sample.points)
    output.head.options.space.picked.emit("plane")
    person.wait(lambda: scene_of(laboratory).space is None)


def test_spaces_and_figures_are_shown_by_keys(
    laboratory: Laboratory, output: OutputPanel, person: Person
) -> None:
    seen = []
    for _ in range(3):
        person.press(laboratory.window, Qt.Key.Key_H)
        experiment = laboratory.parts.store.experiment
        person.wait(lambda: frame_of(laboratory).experiment is laboratory.parts.store.experiment)
        seen.append((experiment.view.space, scene_of(laboratory).space is not None))
    assert seen == [("neurons", True), ("components", True), ("plane", False)]
    person.press(laboratory.window, Qt.Key.Key_H, SHIFT)
    assert laboratory.parts.store.experiment.view.space == "neurons"
    person.press(laboratory.window, Qt.Key.Key_F)
    person.wait(output.figures.isVisible)
    person.press(laboratory.window, Qt.Key.Key_F)
    person.wait(lambda: not output.figures.isVisible())


def test_keys_zoom_and_the_probe_tells_where_it_goes(
    laboratory: Laboratory, output: OutputPanel, person: Person
) -> None:
    canvas, whole = output.canvas, scene_of(laboratory).domain
    canvas.setFocus()
    for _ in range(3):
        person.press(canvas, Qt.Key.Key_Plus)
    person.wait(lambda: scene_of(laboratory).domain != whole)
    person.press(canvas, Qt.Key.Key_Right)
    person.wait(lambda: "Probe x₁" in canvas.accessibleDescription())
    heard = canvas.accessibleDescription()
    person.press(canvas, Qt.Key.Key_Up, SHIFT)
    person.wait(lambda: canvas.accessibleDescription() != heard)
    person.press(canvas, Qt.Key.Key_Escape)
    assert laboratory.parts.store.experiment.view.probe is None
    person.press(canvas, Qt.Key.Key_Home)
    person.wait(lambda: scene_of(laboratory).domain == whole)
