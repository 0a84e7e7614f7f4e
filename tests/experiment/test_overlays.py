from __future__ import annotations

import pytest

from nnviz.engine.rules import NNVizRules, PlaygroundRules
from nnviz.experiment import edits
from nnviz.experiment.build import check
from nnviz.experiment.spec import OVERLAYS, Experiment
from nnviz.mistake import Mistake


def test_activity_brings_its_probe_and_goes_with_it() -> None:
    shown = edits.with_overlay(Experiment(), "activity")
    assert shown.view.probe is not None
    assert 0.0 not in shown.view.probe
    taken = edits.with_probe_switched(shown)
    assert (taken.view.probe, taken.view.overlay) == (None, "weight")


def test_a_probe_is_switched_on_and_off() -> None:
    on = edits.with_probe_switched(Experiment())
    assert on.view.probe is not None
    assert edits.with_probe_switched(on) == Experiment()


def test_the_probe_stays_where_it_is_for_another_overlay() -> None:
    probed = edits.with_view(Experiment(), probe=(1.0, 2.0))
    assert edits.with_overlay(probed, "activity").view.probe == (1.0, 2.0)
    assert edits.with_overlay(probed, "gradient").view.probe == (1.0, 2.0)


def test_overlays_come_round() -> None:
    seen, experiment = [], Experiment()
    for _ in OVERLAYS:
        experiment = edits.with_next_overlay(experiment)
        seen.append(experiment.view.overlay)
    assert seen == [*OVERLAYS[1:], OVERLAYS[0]]


def test_a_pin_is_taken_out_by_the_same_unit() -> None:
    pinned = edits.with_pin(Experiment(), (1, 2))
    assert pinned.view.pinned == (1, 2)
    assert edits.with_pin(pinned, (2, 0)).view.pinned == (2, 0)
    assert edits.with_pin(pinned, (1, 2)).view.pinned is None
    assert edits.with_pin(pinned, None).view.pinned is None


def test_typed_features_stand_after_those_of_the_table() -> None:
    experiment = Experiment()
    for key in ("x1*x2", "sin-x1", "sqrt(x1^2 + x2^2)"):
        experiment = edits.with_feature_toggled(experiment, key)
    assert experiment.features == ("x1", "x2", "sin-x1", "x1*x2", "sqrt(x1^2 + x2^2)")
    check(experiment)


def test_a_typed_feature_is_changed_in_its_place() -> None:
    experiment = Experiment(features=("x1", "x1*x2", "x2^3"))
    changed = edits.with_feature_replaced(experiment, "x1*x2", "x1^3")
    assert changed.features == ("x1", "x1^3", "x2^3")
    assert edits.with_feature_replaced(experiment, "x1*x2", "x2^3").features == ("x1", "x2^3")
    assert edits.with_feature_replaced(experiment, "x2^3", "x2^3") == experiment


def test_the_page_cannot_have_a_typed_feature() -> None:
    page = edits.with_training(Experiment(), rules=PlaygroundRules())
    assert edits.with_feature_toggled(page, "sin-x1").training.rules == PlaygroundRules()
    own = edits.with_feature_toggled(page, "x1*x2")
    assert own.training.rules == NNVizRules()
    check(own)


@pytest.mark.parametrize("key", ["x3", "x1 +", "", "nonsense"])
def test_no_feature_is_fed_that_is_none(key: str) -> None:
    with pytest.raises(Mistake):
        edits.with_feature_toggled(Experiment(), key)
    with pytest.raises(Mistake):
        edits.with_feature_replaced(Experiment(), "x1", key)


def test_there_are_only_so_many_inputs() -> None:
    full = Experiment(features=tuple(f"{n}*x1" for n in range(edits.FEATURE_LIMIT)))
    with pytest.raises(Mistake, match="16 inputs"):
        edits.with_feature_toggled(full, "x2")
