from __future__ import annotations

from dataclasses import replace

import pytest

from nnviz.engine.activations import ReLU, Tanh
from nnviz.engine.optimizers import OPTIMIZERS, SGD, Adam
from nnviz.engine.penalties import L2, NoPenalty
from nnviz.experiment import edits
from nnviz.experiment.build import build
from nnviz.experiment.presets import OFFERS, PRESETS, at_rate, written
from nnviz.experiment.rivals import brief_labels, entrants
from nnviz.experiment.spec import RIVAL_LIMIT, Data, Experiment, Rival
from nnviz.mistake import Mistake

SMALL = Experiment(data=Data(samples=40))


def trained(experiment: Experiment) -> tuple[object, ...]:
    return experiment.features, experiment.architecture.hidden, experiment.training


@pytest.mark.parametrize(
    ("key", "entrant_count"),
    [("rates", 5), ("optimizers", 7), ("tanh-relu", 2), ("product", 3), ("penalty", 2)],
)
def test_a_preset_makes_so_many_entrants_the_main_run_among_them(
    key: str, entrant_count: int
) -> None:
    with_rivals = edits.with_preset(SMALL, key)
    everybody = (with_rivals, *entrants(with_rivals))
    assert len(everybody) == entrant_count
    assert len({trained(each) for each in everybody}) == entrant_count
    for each in everybody:
        build(each)


@pytest.mark.parametrize("optimizer", OPTIMIZERS.keys)
def test_seven_optimizers_are_seven_whoever_trains_the_main_run(optimizer: str) -> None:
    main = edits.with_optimizer(SMALL, OPTIMIZERS[optimizer]())
    rivals = PRESETS["optimizers"].make(main)
    assert len({optimizer, *(each.optimizer.key for each in rivals if each.optimizer)}) == 7


@pytest.mark.parametrize("offer", OFFERS, ids=lambda each: each.label)
def test_every_offer_differs_from_the_main_run_and_can_be_built(offer: object) -> None:
    assert isinstance(offer, type(OFFERS[0]))
    choices = offer.choices(SMALL)
    names = [written(each) for each in choices]
    assert names
    assert len(set(names)) == len(names)
    for choice in choices:
        (entrant,) = entrants(edits.with_rival_added(SMALL, choice))
        assert trained(entrant) != trained(SMALL)
        build(entrant)


def test_a_rate_stays_within_what_the_optimizer_allows() -> None:
    main = edits.with_optimizer(SMALL, at_rate(SMALL.training.optimizer, 1e12))
    assert len(PRESETS["rates"].make(main)) == 2


def test_a_change_adds_to_what_differs() -> None:
    one = edits.with_rival_added(SMALL, Rival("mine", batch=5))
    two = edits.with_rival_changed(one, 0, Rival(activation=ReLU()))
    assert two.rivals == (Rival(batch=5, activation=ReLU()),)


def test_rivals_are_removed_one_by_one_or_all() -> None:
    three = replace(SMALL, rivals=(Rival("a"), Rival("b"), Rival("c")))
    assert edits.without_rival(three, 1).rivals == (Rival("a"), Rival("c"))
    assert edits.without_rivals(three) == SMALL


def test_more_rivals_than_allowed_are_refused_in_words() -> None:
    full = replace(SMALL, rivals=(Rival(),) * RIVAL_LIMIT)
    with pytest.raises(Mistake, match=f"up to {RIVAL_LIMIT}"):
        edits.with_rival_added(full, Rival())


@pytest.mark.parametrize(
    "promoted",
    [
        Rival(optimizer=OPTIMIZERS["adam"]()),
        Rival(activation=ReLU()),
        Rival(features=("x1", "x2", "x1-x2"), hidden=()),
        Rival(penalty=L2(0.01), batch=20),
    ],
)
def test_a_rival_and_the_main_run_change_places_and_all_train_as_before(promoted: Rival) -> None:
    others = (promoted, Rival(batch=5), Rival(penalty=NoPenalty(), activation=Tanh()))
    before = replace(SMALL, rivals=others)
    after = edits.with_rival_as_main(before, 0)
    old = [trained(each) for each in (before, *entrants(before))]
    new = [trained(each) for each in (after, *entrants(after))]
    assert new == [old[1], old[0], *old[2:]]


@pytest.mark.parametrize(
    ("rivals", "brief"),
    [
        ((Rival(optimizer=SGD(0.1)), Rival(optimizer=Adam(0.01))), ["SGD", "Adam"]),
        ((Rival(optimizer=SGD(0.1)), Rival(optimizer=SGD(0.3))), ["rate 0.1", "rate 0.3"]),
        (
            (Rival(optimizer=SGD(0.1)), Rival(optimizer=SGD(0.3)), Rival(optimizer=Adam(0.1))),
            ["SGD, rate 0.1", "SGD, rate 0.3", "Adam, rate 0.1"],
        ),
        ((Rival("one, two"), Rival(batch=5)), ["one, two", "batch 5"]),
        ((), []),
    ],
)
def test_brief_names_tell_rivals_apart(rivals: tuple[Rival, ...], brief: list[str]) -> None:
    assert brief_labels(rivals) == brief
