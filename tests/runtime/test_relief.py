from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.surfaces import surface_of
from nnviz.runtime.ground import Ground
from nnviz.runtime.relief import profile


def of(key: str) -> Ground:
    surface = surface_of(key)
    return Ground(surface.label, surface, surface.minima, ("x", "y"))


def test_a_plane_has_no_profile() -> None:
    assert profile(of("bowl"), 64) is None


@pytest.mark.parametrize("key", ["cliff", "x^2 + sin(3*x) for x in [-2, 3]"])
def test_the_profile_of_a_line_goes_from_end_to_end(key: str) -> None:
    surface = surface_of(key)
    curve = profile(of(key), 64)
    assert curve is not None
    assert curve.shape == (65, 2)
    assert (curve[0, 0], curve[-1, 0]) == surface.domain[:2]
    places = np.column_stack([curve[:, 0], np.full(65, 0.7)])
    np.testing.assert_array_equal(curve[:, 1], surface.value(places))
