from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from nnviz.engine.schedules import SCHEDULES, Constant, Cosine, Drawn, Plateau, StepDecay
from nnviz.experiment import edits
from nnviz.experiment.spec import Experiment
from nnviz.knob import knobs
from nnviz.ui.schedule_settings import horizon_of
from nnviz.ui.store import Store
from nnviz.ui.theme import LIGHT
from nnviz.ui.tuning import RateSettings, RestraintSettings


@pytest.fixture
def store() -> Store:
    return Store(Experiment())


@pytest.fixture
def rates(store: Store, qtbot: QtBot) -> RateSettings:
    settings = RateSettings(store, LIGHT)
    qtbot.addWidget(settings)
    store.changed.connect(lambda _, new: settings.show_training(new.training))
    settings.show_training(store.experiment.training)
    return settings


@pytest.fixture
def restraints(store: Store, qtbot: QtBot) -> RestraintSettings:
    settings = RestraintSettings(store)
    qtbot.addWidget(settings)
    store.changed.connect(lambda _, new: settings.show_experiment(new))
    settings.show_experiment(store.experiment)
    return settings


@pytest.mark.parametrize("key", SCHEDULES.keys)
def test_every_schedule_can_be_chosen_and_turned(
    key: str, rates: RateSettings, store: Store
) -> None:
    rates.schedule.choice.picked.emit(key)
    assert store.experiment.training.schedule == SCHEDULES[key]()
    for name, slider in rates.schedule.form.sliders.items():
        knob = knobs(SCHEDULES[key])[name]
        slider.turned.emit(knob.low)
        assert getattr(store.experiment.training.schedule, name) == knob.low


def test_a_schedule_comes_back_as_it_was_turned(rates: RateSettings, store: Store) -> None:
    rates.schedule.choice.picked.emit("cosine")
    rates.schedule.form.sliders["epochs"].turned.emit(50)
    rates.schedule.choice.picked.emit("constant")
    rates.schedule.choice.picked.emit("cosine")
    assert store.experiment.training.schedule == Cosine(epochs=50)
    store.undo()
    assert store.experiment.training.schedule.key == "constant"


def test_a_curve_is_drawn_for_what_time_alone_decides(rates: RateSettings, store: Store) -> None:
    shown = {}
    for schedule in (Constant(), Cosine(), Plateau()):
        changed = edits.with_training(store.experiment, schedule=schedule)
        rates.show_training(changed.training)
        shown[schedule.key] = not rates.schedule.pad.isHidden()
    assert shown == {"constant": False, "cosine": True, "plateau": False}


def test_the_horizon_is_that_of_the_schedule() -> None:
    assert horizon_of(Cosine(epochs=100)) == 125
    assert horizon_of(StepDecay(every=20)) == 100
    assert horizon_of(Drawn(epochs=80)) == 80
    assert horizon_of(Constant()) > 0


def test_dropout_and_patience_are_settings(restraints: RestraintSettings, store: Store) -> None:
    restraints.dropout.turned.emit(0.25)
    assert {each.dropout for each in store.experiment.architecture.hidden} == {0.25}
    restraints.patience.turned.emit(40.0)
    assert store.experiment.training.patience == 40
    assert restraints.patience.field.text() == "40 epochs"
    restraints.patience.field.typed.emit("never")
    assert store.experiment.training.patience == 0


def test_without_hidden_layers_nobody_can_drop_out(
    restraints: RestraintSettings, store: Store
) -> None:
    while store.experiment.architecture.hidden:
        store.edit("layer", edits.with_layer_removed)
    assert not restraints.dropout.isEnabled()
