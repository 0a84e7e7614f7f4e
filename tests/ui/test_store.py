from __future__ import annotations

from dataclasses import replace

import pytest

from nnviz.experiment.spec import Experiment, View
from nnviz.ui.store import UNDO_LIMIT, Move, Store

PLAIN = Experiment()
TESTED = replace(PLAIN, view=View(show_test=True))
FLAT = replace(PLAIN, view=View(discretize=True))
FEW = replace(PLAIN, features=("x1",))


@pytest.fixture
def store() -> Store:
    return Store(PLAIN)


def test_a_change_is_told_with_what_was_and_what_is(store: Store) -> None:
    told: list[tuple[Experiment, Experiment]] = []
    store.changed.connect(lambda old, new: told.append((old, new)))
    store.change(TESTED, "test data")
    assert told == [(PLAIN, TESTED)]
    assert told[0][0] is PLAIN


def test_the_same_value_again_is_no_change(store: Store) -> None:
    told: list[object] = []
    store.changed.connect(lambda old, new: told.append((old, new)))
    store.change(Experiment(), "nothing")
    assert told == []
    assert store.undo_label is None


def test_parts_that_did_not_change_are_the_same_objects(store: Store) -> None:
    store.change(TESTED, "test data")
    assert store.experiment.data is PLAIN.data
    assert store.experiment.view is not PLAIN.view


def test_undo_and_redo_walk_back_and_forth(store: Store) -> None:
    store.edit("test data", lambda _: TESTED)
    store.edit("colors", lambda _: FLAT)
    assert store.undo_label == "colors"
    store.undo()
    assert store.experiment is TESTED
    assert (store.undo_label, store.redo_label) == ("test data", "colors")
    store.undo()
    store.undo()
    assert store.experiment is PLAIN
    store.redo()
    store.redo()
    store.redo()
    assert store.experiment is FLAT
    assert store.redo_label is None


def test_a_drag_is_one_step(store: Store) -> None:
    for each in (TESTED, FLAT, FEW):
        store.change(each, "slider")
    store.settle()
    store.undo()
    assert store.experiment is PLAIN


def test_two_drags_of_one_slider_are_two_steps(store: Store) -> None:
    store.change(TESTED, "slider")
    store.settle()
    store.change(FLAT, "slider")
    store.undo()
    assert store.experiment is TESTED


def test_a_drag_after_an_undo_is_a_step_of_its_own(store: Store) -> None:
    store.change(TESTED, "slider")
    store.change(FLAT, "slider")
    store.undo()
    store.change(FEW, "slider")
    store.undo()
    assert store.experiment is PLAIN


def test_a_new_change_forgets_what_could_be_redone(store: Store) -> None:
    store.edit("test data", lambda _: TESTED)
    store.undo()
    store.edit("features", lambda _: FEW)
    assert store.redo_label is None


def test_what_is_saved_is_a_value_not_a_count_of_steps(store: Store) -> None:
    assert store.is_saved
    store.edit("test data", lambda _: TESTED)
    assert not store.is_saved
    store.undo()
    assert store.is_saved
    store.redo()
    store.mark_saved()
    assert store.is_saved
    store.undo()
    assert not store.is_saved


def test_opening_begins_anew(store: Store) -> None:
    store.edit("test data", lambda _: TESTED)
    store.open(FEW)
    assert store.experiment is FEW
    assert store.is_saved
    assert (store.undo_label, store.redo_label) == (None, None)


def test_every_way_to_change_tells_that_undo_changed(store: Store) -> None:
    told: list[str | None] = []
    store.undo_changed.connect(lambda: told.append(store.undo_label))
    store.edit("test data", lambda _: TESTED)
    store.undo()
    store.redo()
    store.mark_saved()
    store.open(PLAIN)
    assert told == ["test data", None, "test data", "test data", None]


def test_undo_goes_back_a_long_way_but_not_for_ever(store: Store) -> None:
    for number in range(UNDO_LIMIT + 20):
        store.edit(f"step {number}", lambda old: FLAT if old == TESTED else TESTED)
    steps = 0
    while store.undo_label:
        store.undo()
        steps += 1
    assert steps == UNDO_LIMIT


class Run:
    """Something that a store cannot see, done and taken back."""

    def __init__(self) -> None:
        self.number = 1
        self.is_on = True

    def move(self) -> Move:
        return Move(lambda: self.put(0), lambda: self.put(1), lambda: self.is_on)

    def put(self, number: int) -> None:
        self.number = number


def test_what_was_done_to_the_run_is_a_step_between_the_others(store: Store) -> None:
    run = Run()
    store.edit("test data", lambda _: TESTED)
    store.note(run.move(), "weight")
    store.edit("colors", lambda _: FLAT)
    store.undo()
    assert (store.experiment, run.number, store.undo_label) == (TESTED, 1, "weight")
    store.undo()
    assert (store.experiment, run.number, store.redo_label) == (TESTED, 0, "weight")
    store.redo()
    assert (run.number, store.undo_label) == (1, "weight")


def test_what_was_done_to_a_run_that_is_over_is_passed_over(store: Store) -> None:
    run = Run()
    store.note(run.move(), "weight")
    run.is_on = False
    assert store.undo_label is None
    store.undo()
    assert run.number == 1
    store.edit("test data", lambda _: TESTED)
    assert store.undo_label == "test data"


def test_a_move_grows_until_it_is_settled(store: Store) -> None:
    store.note(Run().move(), "weight")
    assert store.is_open("weight")
    assert not store.is_open("bias")
    store.settle()
    assert not store.is_open("weight")
