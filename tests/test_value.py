"""A value is what `dataclasses` would have made, but for when its methods are written."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, field, replace
from typing import Any, ClassVar

import pytest

from nnviz.experiment.spec import Experiment
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True)
class Cup:
    """A cup."""

    size: int
    color: str = "white"
    holds: tuple[str, ...] = field(default_factory=tuple)
    scratches: int = field(default=0, compare=False)
    kind: ClassVar[str] = "cup"

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("no cup is smaller than nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mug(Cup):
    """A cup with a handle."""

    handle: str = "left"
    washed: list[int] = field(default_factory=list, init=False, compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    """A plate, of which each is its own."""

    size: int


@dataclass(frozen=True)
class Lid:
    """What nothing is known of."""


@dataclass(slots=True)
class Shelf:
    """What changes."""

    cups: int = 0


def test_fields_are_given_by_place_by_name_or_by_default() -> None:
    assert Cup(3) == Cup(size=3, color="white", holds=(), scratches=0)
    assert Cup(3, "red").color == "red"
    mug = Mug(3, handle="right")
    assert (mug.handle, mug.kind, mug.washed) == ("right", "cup", [])
    assert Mug(3).washed is not Mug(3).washed


@pytest.mark.parametrize("arguments", [(), (1, "red", (), 0, "more")])
def test_too_few_or_too_many_are_refused(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match="__init__"):
        Cup(*arguments)
    with pytest.raises(TypeError, match="depth"):
        Cup(1, depth=2)  # type: ignore[call-arg]


def test_what_is_wrong_is_refused_every_time() -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="smaller than nothing"):
            Cup(-1)
    with pytest.raises(ValueError, match="smaller than nothing"):
        replace(Cup(1), size=-1)


def test_a_value_stays_as_it_is() -> None:
    cup = Cup(3)
    with pytest.raises(FrozenInstanceError, match="size"):
        cup.size = 4  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="size"):
        del cup.size
    assert cup.size == 3
    assert not hasattr(cup, "__dict__")


def test_equal_fields_make_equal_values_of_one_class() -> None:
    assert Cup(3, scratches=2) == Cup(3)
    assert hash(Cup(3, scratches=2)) == hash(Cup(3))
    assert Cup(3) != Cup(4)
    assert Cup(3) != Mug(3)
    assert Lid() == Lid()
    assert len({Lid(), Lid()}) == 1
    assert Plate(3) != Plate(3)


def test_a_value_tells_what_it_holds() -> None:
    assert repr(Cup(3)) == "Cup(size=3, color='white', holds=(), scratches=0)"
    assert repr(Lid()) == "Lid()"


def test_a_value_can_be_copied_and_sent_away() -> None:
    for cup in (Cup(3, holds=("tea",)), Mug(2, handle="right")):
        assert copy.deepcopy(cup) == cup
        assert pickle.loads(pickle.dumps(cup)) == cup
        assert type(replace(cup, size=5)) is type(cup)


def test_a_value_is_matched_by_place() -> None:
    match Cup(3, "red"):
        case Cup(size, color):
            assert (size, color) == (3, "red")


def test_what_changes_is_a_dataclass_as_ever() -> None:
    shelf = Shelf()
    shelf.cups = 4
    assert shelf == Shelf(4)


def test_the_real_init_is_known_once_a_value_was_made() -> None:
    Cup(3)
    ours = list(inspect.signature(Cup).parameters.values())
    theirs = inspect.signature(dataclasses.dataclass(frozen=True)(_twin())).parameters.values()
    assert [(each.name, each.kind) for each in ours] == [(each.name, each.kind) for each in theirs]


def test_an_experiment_is_one() -> None:
    assert Experiment() == Experiment()
    assert hash(Experiment()) == hash(Experiment())
    assert dataclasses.is_dataclass(Experiment)


def test_no_method_of_a_class_is_compiled_before_it_is_called() -> None:
    check = (
        "import builtins; run = builtins.exec; made = []\n"
        "builtins.exec = lambda code, *known: (made.append(code), run(code, *known))[1]\n"
        "import nnviz.runtime.orders as orders\n"
        "before = len([each for each in made if isinstance(each, str)])\n"
        "orders.Play(); orders.Play(); orders.SetSpeed(3.0)\n"
        "after = len([each for each in made if isinstance(each, str)])\n"
        "print(after - before)"
    )
    told = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert told.stdout == "2\n"


def _twin() -> type:
    class Twin:
        """The fields of a cup."""

        size: int
        color: str = "white"
        holds: tuple[str, ...] = field(default_factory=tuple)
        scratches: int = 0

    return Twin
