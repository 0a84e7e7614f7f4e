import numpy as np
import pytest

from nnviz.ui.canvas.network_layout import HEAD, curves, lay_out, ribbons

SHAPES = [(7, 1), (7, 4, 2, 1), (7, *[8] * 6, 1), (7, 16, 16, 3), (7, *[16] * 8, 1)]
SIZES = [((560, 300), 1.0), ((560, 330), 1.0), ((1400, 900), 1.0), ((1900, 1000), 1.6)]


@pytest.mark.parametrize("counts", SHAPES)
@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_every_tile_has_its_place(
    counts: tuple[int, ...], size: tuple[int, int], scale: float
) -> None:
    layout = lay_out(size, counts, scale)
    assert min(layout.tile, layout.feature) >= 8
    assert layout.columns[0] - layout.feature / 2 > 0
    assert layout.columns[-1] + layout.tile / 2 < size[0]
    assert (np.diff(layout.columns) > layout.tile).all()
    for layer, (rows, more, count) in enumerate(zip(layout.rows, layout.more, counts, strict=True)):
        half = layout.side(layer) / 2
        assert len(rows) + more == count
        assert rows[0] - half >= HEAD * scale - 1
        assert rows[-1] + half <= size[1]
        assert (np.diff(rows) > 2 * half).all()


def test_six_layers_of_eight_fit_a_small_window_whole() -> None:
    layout = lay_out((560, 330), (7, *[8] * 6, 1), 1.0)
    assert sum(layout.more) == 0
    assert layout.tile >= 24


def test_neurons_are_as_large_as_their_layers_allow_whatever_the_features_need() -> None:
    small = lay_out((556, 270), (7, 4, 2, 1), 1.0)
    large = lay_out((900, 420), (7, 4, 2, 1), 1.0)
    assert small.tile >= 40
    assert large.tile >= 64
    assert small.feature < small.tile


def test_a_layer_too_wide_says_how_many_are_missing() -> None:
    layout = lay_out((560, 330), (7, 1000, 1), 1.0)
    assert layout.more[1] > 900
    assert layout.shows(1, 3)
    assert not layout.shows(1, 999)


def test_a_place_belongs_to_the_tile_there() -> None:
    layout = lay_out((800, 480), (7, 4, 2, 1), 1.0)
    assert layout.unit_at(*layout.center(2, 1)) == (2, 1)
    assert layout.unit_at(1.0, 1.0) is None
    between = (layout.columns[1] + layout.columns[2]) / 2
    assert layout.unit_at(between, 240.0) is None


def test_curves_join_the_sides_of_tiles() -> None:
    layout = lay_out((800, 480), (7, 4, 2, 1), 1.0)
    made = curves(layout, 0, np.array([1, 5]))
    assert made.shape[:2] == (4, 2)
    (x0, y0), (x1, y1) = layout.center(0, 5), layout.center(1, 3)
    np.testing.assert_allclose(made[3, 1, 0], (x0 + layout.feature / 2, y0))
    np.testing.assert_allclose(made[3, 1, -1], (x1 - layout.tile / 2, y1))


def test_ribbons_are_as_wide_as_told() -> None:
    line = np.stack([np.linspace(0, 10, 20), np.zeros(20)], axis=1)[None]
    outline = ribbons(line, np.array([4.0]))[0]
    assert outline[:, 1].max() == pytest.approx(2.0)
    assert outline[:, 1].min() == pytest.approx(-2.0)


def test_sixteen_neurons_have_their_tiles_in_the_smallest_window() -> None:
    layout = lay_out((556, 230), (7, *[16] * 8, 8), 1.0, 1)
    assert layout.more == (0,) * 10


def test_a_small_tile_is_pointed_at_in_its_middle_and_its_dot_at_the_corner() -> None:
    layout = lay_out((556, 230), (7, *[16] * 8, 8), 1.0, 1)
    assert layout.dot_at(*layout.center(3, 7)) is None
    assert layout.dot_at(*layout.dot_center(3, 7)) == (3, 7)


@pytest.mark.parametrize(("wanted", "given"), [(20.0, 46.0), (90.0, 90.0), (400.0, 112.0)])
def test_long_labels_of_features_have_more_room(wanted: float, given: float) -> None:
    layout = lay_out((800, 480), (8, 4, 1), 1.0, 1, wanted)
    assert layout.label == given
    assert layout.columns[0] >= given + layout.feature / 2
