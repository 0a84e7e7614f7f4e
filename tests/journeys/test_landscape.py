"""A class walks around a landscape, looks along its axes, and finds all in place on the map."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.app import Laboratory
from nnviz.experiment.landscape import Camera
from nnviz.ui.canvas.relief import ReliefCanvas
from nnviz.ui.panels.landscape import LandscapePanel
from tests.journeys.story import LEFT, NONE, Person, frame_of, part


def camera_of(laboratory: Laboratory) -> Camera:
    return laboratory.parts.store.experiment.landscape.camera


def drag(canvas: ReliefCanvas, way: QPoint) -> None:
    """Take hold of the landscape and pull it along."""
    begin = canvas.rect().center()
    QTest.mousePress(canvas, LEFT, NONE, begin)
    for part_of_way in (0.3, 0.6, 1.0):
        spot = QPointF(begin + QPoint(round(way.x() * part_of_way), round(way.y() * part_of_way)))
        moved = QMouseEvent(
            QMouseEvent.Type.MouseMove, spot, canvas.mapToGlobal(spot), LEFT, LEFT, NONE
        )
        QApplication.sendEvent(canvas, moved)
    QTest.mouseRelease(canvas, LEFT, NONE, begin + way)


def test_a_landscape_is_walked_around_and_left_without_losing_anything(
    laboratory: Laboratory, person: Person
) -> None:
    window, store = laboratory.window, laboratory.parts.store
    person.press(window, Qt.Key.Key_2)
    panel = part(laboratory, LandscapePanel)
    player = laboratory.parts.player
    player.play()
    person.wait(lambda: frame_of(laboratory).race.paths.shape[1] > 20)
    player.pause()
    person.wait(lambda: not frame_of(laboratory).is_playing)
    before, paths = store.experiment, frame_of(laboratory).race.paths

    person.press(window, Qt.Key.Key_V)
    person.wait(lambda: isinstance(panel.canvas, ReliefCanvas))
    canvas = panel.display.relief
    drag(canvas, QPoint(80, 30))
    person.wait(lambda: camera_of(laboratory) != Camera())
    turned = camera_of(laboratory)
    assert turned.turn < Camera().turn
    assert turned.tilt > Camera().tilt
    assert store.experiment.landscape.starts == (), "a drag is no click"

    canvas.setFocus()
    for key, view in ((Qt.Key.Key_X, (0, 0)), (Qt.Key.Key_Y, (-90, 0)), (Qt.Key.Key_Z, (0, 90))):
        person.press(canvas, key)
        assert (camera_of(laboratory).turn, camera_of(laboratory).tilt) == view
    person.press(canvas, Qt.Key.Key_Plus)
    person.wait(lambda: camera_of(laboratory).zoom > 1.0)
    person.press(canvas, Qt.Key.Key_Home)
    assert camera_of(laboratory) == Camera()
    store.undo()
    assert camera_of(laboratory).zoom > 1.0, "each move is a step that can be undone"

    looked = camera_of(laboratory)
    person.press(window, Qt.Key.Key_V)
    person.wait(lambda: panel.canvas is panel.display.map)
    person.press(window, Qt.Key.Key_V)
    person.wait(lambda: isinstance(panel.canvas, ReliefCanvas))
    assert camera_of(laboratory) == looked
    landscape = store.experiment.landscape
    assert landscape.racers == before.landscape.racers
    assert landscape.starts == before.landscape.starts
    assert (frame_of(laboratory).race.paths == paths).all()
