from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.datasets import DATASETS
from nnviz.experiment import edits
from nnviz.experiment.build import build
from nnviz.experiment.codec import plain, read
from nnviz.experiment.data import dataset_of, label_of, points_of
from nnviz.experiment.files import Document, decode, encode
from nnviz.experiment.points import POINT_LIMIT, OwnPoints, entries_of, queue_of
from nnviz.experiment.spec import Data, Experiment, same_start
from nnviz.mistake import Mistake
from tests.experiment.strategies import own_points

THREE = OwnPoints((0.0, 1.0, -2.0), (1.0, 2.0, 3.0), (0.0, 1.0, 1.0), source="three.csv")


def many(count: int = POINT_LIMIT) -> OwnPoints:
    places = tuple(np.linspace(-5, 5, count).tolist())
    return OwnPoints(places, places, (0.0, 1.0) * (count // 2))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"x2": (1.0,)}, "as many entries as one another"),
        ({"x1": (), "x2": (), "labels": ()}, "x1 has 0 entries; there may be 1 to 250,000"),
        ({"labels": (0.0, 1.0, 2.0)}, "labels must be classes, whole numbers from 0 to 1"),
        ({"labels": (0.0, 0.5, 1.0)}, "labels must be classes"),
        ({"class_names": ("one",)}, "class_names must be 2 to 8, or none"),
        ({"scales": (1.0, 0.0)}, "scales and value_scale must not be 0"),
        ({"value_scale": 0.0}, "scales and value_scale must not be 0"),
        ({"lots": (0.5,)}, "lots has 1 entries; it must have 3 or none"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(Mistake, match=sentence):
        replace(THREE, **changes)  # type: ignore[arg-type]


def test_more_points_than_the_limit_are_refused() -> None:
    numbers = (0.0,) * (POINT_LIMIT + 1)
    with pytest.raises(Mistake, match=r"x1 has 250,001 entries"):
        OwnPoints(numbers, numbers, numbers)


@given(one=own_points, other=own_points)
def test_points_are_equal_where_all_is_the_same(one: OwnPoints, other: OwnPoints) -> None:
    same = replace(one)
    assert one == same
    assert hash(one) == hash(same)
    assert (one == other) == (plain(one) == plain(other))


def test_points_equal_nothing_else() -> None:
    assert THREE != "three.csv"


def test_one_moved_point_among_many_makes_a_difference() -> None:
    points = many()
    assert points == replace(points)
    assert points != replace(points, x1=(*points.x1[:-1], 5.5))


@given(own_points)
def test_points_survive_a_file(own: OwnPoints) -> None:
    experiment = edits.with_own(Experiment(), own)
    assert decode(encode(Document(experiment))).experiment == experiment


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ({"x1": [1], "x2": [1], "labels": [3]}, r"data\.own\.labels must be classes"),
        ({"x1": [1], "x2": ["a"], "labels": [0]}, r"data\.own\.x2\[0\] is 'a'; it must be a num"),
        ({"x1": [1], "labels": [0]}, r"data\.own\.x2 is missing"),
    ],
)
def test_a_file_with_wrong_points_names_the_place(raw: dict[str, object], sentence: str) -> None:
    with pytest.raises(Mistake, match=sentence):
        read(Data, {"dataset": "own", "own": raw}, "data")


def test_own_points_are_a_data_set_like_others() -> None:
    own = replace(THREE, names=("height", "width"), offsets=(10.0, 20.0), scales=(2.0, 4.0))
    dataset = dataset_of(Data(dataset="own", own=own))
    points, labels = dataset.make(np.random.default_rng(0), 9, 0.0)
    np.testing.assert_array_equal(points, np.stack([own.x1, own.x2], axis=1))
    assert labels.tolist() == [0, 1, 1]
    assert (dataset.problem, dataset.classes, dataset.fixed) == ("classification", 2, True)
    assert [axis.label for axis in dataset.axes] == ["height", "width"]
    assert dataset.axes[0].real(points)[:, 0].tolist() == [10.0, 12.0, 6.0]


def test_own_values_are_a_regression() -> None:
    own = replace(THREE, class_names=(), labels=(0.1, 0.5, -1.0), value_scale=100.0)
    experiment = edits.with_own(Experiment(), own)
    assert dataset_of(experiment.data).problem == "regression"
    assert dataset_of(experiment.data).value.scale == 100
    assert build(experiment).network.widths[-1] == 1


def test_points_are_called_by_where_they_come_from() -> None:
    assert label_of(THREE) == "three.csv"
    assert label_of(replace(THREE, source="xor")) == "Exclusive or, painted on"
    assert label_of(replace(THREE, source="")) == "Painted points"


@pytest.mark.parametrize("key", DATASETS.keys)
def test_every_data_set_can_be_painted_on_without_losing_anything(key: str) -> None:
    before = edits.with_dataset(Experiment(), key)
    after = edits.with_own(before, edits.own_of(before))
    one, other = build(before), build(after)
    np.testing.assert_array_equal(one.points, other.points)
    np.testing.assert_array_equal(one.labels, other.labels)
    assert same_start(before, after)
    assert same_start(after, before)
    np.testing.assert_array_equal(one.train, other.train)
    np.testing.assert_array_equal(one.test, other.test)


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_the_share_of_painted_points_is_kept_as_it_would_have_been(share: float) -> None:
    own = edits.own_of(Experiment())
    painted = points_of(Data(dataset="own", own=own, share=share))
    drawn = points_of(Data(share=share))
    assert painted.train.tolist() == drawn.train.tolist()


def test_what_changes_besides_the_points_begins_a_new_run() -> None:
    before = edits.with_own(Experiment(), THREE)
    others = (
        partial(edits.with_data, seed=9),
        partial(edits.with_own, own=replace(THREE, source="four.csv")),
        partial(edits.with_own, own=replace(THREE, class_names=("a", "b", "c"))),
        partial(edits.with_dataset, key="circle"),
    )
    assert not any(same_start(before, edit(before)) for edit in others)
    assert same_start(before, edits.with_own(before, replace(THREE, labels=(1.0, 1.0, 0.0))))


def test_stratified_points_keep_the_share_of_every_class() -> None:
    data = Data(dataset="penguins", share=0.7, stratified=True)
    parts = points_of(data)
    shares = np.bincount(parts.labels[parts.train].astype(int)) / np.array([151, 68, 123])
    assert np.abs(shares - 0.7).max() < 1 / 68


def test_dividing_own_points_anew_keeps_the_points() -> None:
    before = edits.with_own(Experiment(), edits.own_of(Experiment()))
    after = edits.regenerated(before)
    assert after.data.own is not None
    assert before.data.own is not None
    assert after.data.own.x1 == before.data.own.x1
    assert build(after).train.tolist() != build(before).train.tolist()


def test_values_of_a_regression_are_split_like_others_when_stratified() -> None:
    plain_split, stratified = (
        points_of(Data(dataset="reg-plane", stratified=each)) for each in (False, True)
    )
    assert plain_split.train.tolist() == stratified.train.tolist()


@given(st.integers(4, 300), st.integers(0, 50))
def test_lots_say_who_stands_in_front(count: int, seed: int) -> None:
    before = Data(samples=count, seed=seed)
    own = edits.own_of(Experiment(data=before))
    assert len(own.lots) == len(set(own.lots)) == count


def test_the_array_of_a_column_is_made_once_and_stays_as_it_is() -> None:
    column, equal = (0.5, -1.0, 2.0), (0.5, -1.0, float("2"))
    array = entries_of(column)
    assert array.tolist() == [0.5, -1.0, 2.0]
    assert entries_of(column) is array
    assert entries_of(equal).tolist() == array.tolist()
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1.0


def test_a_queue_goes_by_lots_and_stays_as_it_is() -> None:
    queue = queue_of((0.7, 0.1, 0.4))
    assert queue.tolist() == [1, 2, 0]
    assert not queue.flags.writeable


@pytest.mark.parametrize("label", [2.0, -1.0, 0.5, float("nan")])
def test_labels_that_are_no_classes_are_refused(label: float) -> None:
    with pytest.raises(Mistake, match="labels must be classes"):
        replace(THREE, labels=(0.0, 1.0, label))
