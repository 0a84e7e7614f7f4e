from itertools import pairwise

import numpy as np
import pytest

from nnviz.ui.canvas.markers import CLASS_SHAPES, class_shape, unit_marker
from nnviz.ui.canvas.thumbnail import curve_thumbnail, dataset_thumbnail
from nnviz.ui.theme import DARK, LIGHT, Theme

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.key)
@pytest.mark.parametrize(("classes", "count"), [(0, 50), (2, 4), (2, 5000), (8, 80)])
def test_data_sets_have_small_pictures(theme: Theme, classes: int, count: int) -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, max(classes, 1), count).astype(float)
    made = dataset_thumbnail(rng.uniform(-5, 5, (count, 2)), labels, classes, theme, 48)
    assert made.deviceIndependentSize().toSize().width() == 48
    image = made.toImage()
    assert len({image.pixel(x, y) for x in range(48) for y in range(48)}) > 3


def test_functions_have_small_pictures() -> None:
    x = np.linspace(-4, 4, 40)
    pictures = [
        curve_thumbnail(x, y, LIGHT, 32).toImage() for y in (np.tanh(x), x, np.maximum(x, 0), 0 * x)
    ]
    assert all(one != two for one, two in pairwise(pictures))


def test_each_class_has_a_shape_of_its_own() -> None:
    shapes = [class_shape(index) for index in range(8)]
    assert len(set(shapes)) == 8
    assert class_shape(8) == shapes[0]


@pytest.mark.parametrize("shape", [*CLASS_SHAPES, "triangle-down", "cross"])
def test_shapes_are_about_as_large_as_one_another(shape: str) -> None:
    box = unit_marker(shape).boundingRect()
    assert 0.8 <= max(box.width(), box.height()) <= 1.4


def test_a_shape_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError):
        unit_marker("heart")
