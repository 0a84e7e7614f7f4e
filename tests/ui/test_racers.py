import pytest

from nnviz.engine.optimizers import OPTIMIZERS
from nnviz.ui.canvas.markers import unit_marker
from nnviz.ui.racers import style_of
from nnviz.ui.theme import DARK, LIGHT, Theme


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.key)
def test_every_racer_has_a_color_and_a_shape_of_its_own(theme: Theme) -> None:
    styles = [style_of(key, theme) for key in OPTIMIZERS.keys]
    assert len({style.color for style in styles}) == len(OPTIMIZERS)
    assert len({style.symbol for style in styles}) == len(OPTIMIZERS)


@pytest.mark.parametrize("key", [*OPTIMIZERS.keys, "something-new"])
def test_every_racer_can_be_drawn(key: str) -> None:
    assert not unit_marker(style_of(key, DARK).symbol).isEmpty()
