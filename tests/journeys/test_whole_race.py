"""A lecturer lets every optimizer train the same network at once, and goes back to see why."""

from __future__ import annotations

import numpy as np

from nnviz.app import Laboratory
from nnviz.experiment import edits
from nnviz.experiment.landscape import Racer
from nnviz.runtime.tracks import Ways
from nnviz.ui.panels.landscape import LandscapePanel
from nnviz.ui.panels.past import PastPanel
from tests.journeys.story import Person, frame_of, part

SEVEN = ("momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "lion")


def ways_of(laboratory: Laboratory) -> Ways:
    picture = laboratory.parts.player.picture
    assert picture is not None
    assert picture.ways is not None
    return picture.ways


def test_seven_optimizers_race_on_the_network_and_are_rewound(
    laboratory: Laboratory, person: Person
) -> None:
    store, player = laboratory.parts.store, laboratory.parts.player
    panel = part(laboratory, LandscapePanel)
    racers = tuple(Racer(edits.racer_for("network", key)) for key in SEVEN)
    store.edit("racers", lambda it: edits.with_racers(it, racers))
    person.click(panel.side.race.segments["run"])
    person.wait(lambda: len(frame_of(laboratory).rivals) == len(SEVEN))
    player.set_speed(float("inf"))
    player.play()
    person.wait(lambda: frame_of(laboratory).head >= 25)
    player.pause()
    person.wait(lambda: not frame_of(laboratory).is_playing)
    person.wait(lambda: ways_of(laboratory).runs == tuple(range(8)))
    head, laid = frame_of(laboratory).head, frame_of(laboratory).laid
    assert laid is not None
    assert all(each.numbers[0] for each in panel.side.entrants.rows)
    part(laboratory, PastPanel).timeline.looked.emit(12)
    person.wait(lambda: frame_of(laboratory).epoch == 12)
    frame, ways = frame_of(laboratory), ways_of(laboratory)
    assert ways.epochs[-1] == 12
    assert frame.laid is laid
    thetas = np.stack([frame.theta, *(each.theta for each in frame.rivals)])
    np.testing.assert_allclose(ways.paths[:, -1, :2], laid.plane.place(thetas))
    part(laboratory, PastPanel).now.click()
    person.wait(lambda: frame_of(laboratory).epoch == head)
    store.undo()
    person.wait(lambda: not frame_of(laboratory).rivals)
