from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from nnviz.experiment import edits
from nnviz.experiment.chronicle import Chronicle
from nnviz.experiment.spec import Architecture, Bookmark, Data, Experiment, View
from nnviz.mistake import Mistake
from nnviz.runtime.saving import run_of
from nnviz.runtime.trainer import Trainer

PLAIN = Experiment(data=Data(samples=40), view=View(bookmarks=(Bookmark(101), Bookmark(333))))
FASTER = edits.with_rate(PLAIN, 0.2)


@pytest.fixture(scope="module")
def trainer() -> Trainer:
    """A run of 400 epochs with other settings from 100 on, and a weight put by hand at 200."""
    trainer = Trainer(PLAIN)
    for epoch in range(400):
        if epoch == 100:
            trainer.adopt(FASTER)
        if epoch == 200:
            trainer.set_weights((2,), (1.5,))
        trainer.work(1, inf)
    return trainer


@pytest.fixture
def chronicle(trainer: Trainer) -> Chronicle:
    past = run_of(trainer.frame()).past
    assert past is not None
    return past


def test_moments_are_spread_and_those_before_bookmarks_are_among_them(
    chronicle: Chronicle,
) -> None:
    epochs = [each.epoch for each in chronicle.moments]
    assert epochs == sorted(set(epochs))
    assert 40 <= len(epochs) <= 66
    assert {0, 101, 333} <= set(epochs)


def test_settings_and_changes_are_kept_once(chronicle: Chronicle) -> None:
    assert [each.training.optimizer.rate for each in chronicle.settings] == [0.03, 0.2]
    assert all(each.data is None for each in chronicle.settings)
    assert [(each.settings, each.places) for each in chronicle.changes] == [(1, ()), (None, (2,))]


def test_with_less_room_the_marked_moments_stay(trainer: Trainer) -> None:
    frame = trainer.frame()
    few = Chronicle.of(frame.past, PLAIN.data, room=500)
    assert few is not None
    epochs = [each.epoch for each in few.moments]
    assert {0, 101, 333} <= set(epochs)
    assert len(epochs) <= 6
    few.check(FASTER, "past")


def test_with_little_room_the_beginning_is_forgotten(trainer: Trainer) -> None:
    late = Chronicle.of(trainer.frame().past, PLAIN.data, room=230)
    assert late is not None
    assert 101 <= late.moments[0].epoch <= 201
    assert len(late.changes) <= 1
    late.check(FASTER, "past")


def test_without_room_there_is_none(trainer: Trainer) -> None:
    assert Chronicle.of(trainer.frame().past, PLAIN.data, room=50) is None


def test_points_of_ones_own_count_as_what_they_take(trainer: Trainer) -> None:
    other = replace(PLAIN.data, seed=7)
    kept = Chronicle.of(trainer.frame().past, other)
    assert kept is not None
    assert kept.settings[0].data == PLAIN.data


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"moments": ()}, "past must have settings and moments"),
        ({"settings": ()}, "past must have settings and moments"),
        ({"loop": "fast"}, "past.loop is 'fast'; it must be one of numpy, compiled"),
        ({"count": 3}, "past must be in the order of time"),
    ],
)
def test_a_chronicle_that_is_none_is_refused(
    chronicle: Chronicle, change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Mistake, match=sentence):
        replace(chronicle, **change).check(FASTER, "past")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"settings": 9}, r"past.moments\[0\].settings is 9; it must be from 0 to 1"),
        ({"settings": 1}, r"past.moments\[1\].settings are not those in force, 1"),
        ({"changes": 7}, r"past.moments\[0\].changes is 7; it must be from 0 to 2"),
        ({"changes": 1}, r"past.moments\[0\].settings are not those in force, 1"),
        ({"theta": (1.0,)}, r"past.moments\[0\].theta has 1 entries; it must have 25"),
        ({"before": (1.0,)}, r"past.moments\[0\].before has 1 entries; it must have 25"),
        ({"loop": "x"}, r"past.moments\[0\].loop is 'x'"),
        ({"since": 5, "epoch": 399}, "past must be in the order of time"),
    ],
)
def test_a_moment_that_does_not_fit_is_refused(
    chronicle: Chronicle, change: dict[str, object], sentence: str
) -> None:
    first, *rest = chronicle.moments
    moments = (replace(first, **change), *rest)  # type: ignore[arg-type]
    with pytest.raises(Mistake, match=sentence):
        replace(chronicle, moments=moments).check(FASTER, "past")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"settings": 2}, r"past.changes\[1\].settings is 2; it must be from 0 to 1"),
        ({"loop": "x"}, r"past.changes\[1\].loop is 'x'"),
        ({"values": ()}, r"past.changes\[1\].values has 0 entries; it must have 1"),
        ({"places": (25,)}, r"past.changes\[1\].places must be places of theta, from 0 to 24"),
        ({"count": 1}, "past must be in the order of time"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(
    chronicle: Chronicle, change: dict[str, object], sentence: str
) -> None:
    first, second = chronicle.changes
    changes = (first, replace(second, **change))  # type: ignore[arg-type]
    with pytest.raises(Mistake, match=sentence):
        replace(chronicle, changes=changes).check(FASTER, "past")


def test_settings_of_another_run_are_refused(chronicle: Chronicle) -> None:
    first, second = chronicle.settings
    other = replace(second, architecture=Architecture(()))
    with pytest.raises(Mistake, match=r"past.settings\[1\] are those of another run"):
        replace(chronicle, settings=(first, other)).check(FASTER, "past")
    broken = replace(second, features=("x9",))
    with pytest.raises(Mistake, match=r"past.settings\[1\].features\[0\]"):
        replace(chronicle, settings=(first, broken)).check(FASTER, "past")
