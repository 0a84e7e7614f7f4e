import pytest

from nnviz.engine.optimizers import OPTIMIZERS
from nnviz.ui.canvas.markers import unit_marker
from nnviz.ui.racers import style_of
from nnviz.ui.theme import DARK, LIGHT, Theme

FIRST_EIGHT = ("sgd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "adamw")
LATER = ("amsgrad", "nadam", "lion")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.key)
def test_eight_racers_differ_in_color_and_in_shape(theme: Theme) -> None:
    styles = [style_of(key, theme) for key in FIRST_EIGHT]
    assert len({style.color for style in styles}) == 8
    assert len({style.symbol for style in styles}) == 8


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.key)
def test_every_racer_has_a_color_of_its_own(theme: Theme) -> None:
    assert len({style_of(key, theme).color for key in OPTIMIZERS.keys}) == len(OPTIMIZERS)


def test_no_two_racers_look_the_same() -> None:
    looks = {(s.color, s.symbol, s.dash) for s in (style_of(k, LIGHT) for k in FIRST_EIGHT + LATER)}
    assert len(looks) == 11


@pytest.mark.parametrize("key", [*FIRST_EIGHT, *LATER, "something-new"])
def test_every_racer_can_be_drawn(key: str) -> None:
    assert not unit_marker(style_of(key, DARK).symbol).isEmpty()
