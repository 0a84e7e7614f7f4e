import pytest

from nnviz.engine.optimizers import OPTIMIZERS, Adam
from nnviz.experiment.landscape import DASHES, HUES, SYMBOLS, Racer
from nnviz.ui.canvas.markers import unit_marker
from nnviz.ui.racers import style_of, style_of_kind
from nnviz.ui.theme import DARK, LIGHT, Theme


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.key)
def test_every_racer_has_a_color_and_a_shape_of_its_own(theme: Theme) -> None:
    styles = [style_of_kind(key, theme) for key in OPTIMIZERS.keys]
    assert len({style.color for style in styles}) == len(OPTIMIZERS)
    assert len({style.symbol for style in styles}) == len(OPTIMIZERS)


@pytest.mark.parametrize("key", [*OPTIMIZERS.keys, "something-new"])
def test_every_racer_can_be_drawn(key: str) -> None:
    assert not unit_marker(style_of_kind(key, DARK).symbol).isEmpty()


def test_a_racer_may_have_a_look_of_its_own() -> None:
    plain = style_of(Racer(Adam()), DARK)
    assert plain == style_of_kind("adam", DARK)
    own = style_of(Racer(Adam(), hue=0, symbol="plus", dash="dotted"), DARK)
    assert own.color == DARK.racers[0]
    assert (own.symbol, bool(own.dash)) == ("plus", True)
    assert not style_of(Racer(Adam(), dash="solid"), DARK).dash


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_every_shape_can_be_drawn(symbol: str) -> None:
    assert not unit_marker(symbol).isEmpty()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.key)
def test_there_are_as_many_hues_and_dashes_as_a_document_can_name(theme: Theme) -> None:
    assert len(theme.racers) == HUES
    assert len({style_of(Racer(Adam(), dash=dash), theme).dash for dash in DASHES}) == len(DASHES)
