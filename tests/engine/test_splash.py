from __future__ import annotations

import numpy as np

from nnviz.engine.splash import splashed

DOMAIN = (0.0, 4.0, 0.0, 2.0)
COLORS = np.array([[200, 0, 0], [0, 0, 200]])


def test_a_particle_colors_its_cell_and_no_other() -> None:
    rgba = splashed([np.array([[3.5], [0.5]])], COLORS[:1], DOMAIN, (4, 2))
    assert rgba.shape == (2, 4, 4)
    assert rgba[0, 3, 3] > 150
    assert 0 < rgba[0, 3, 0] <= rgba[0, 3, 3], "premultiplied"
    assert np.count_nonzero(rgba[..., 3]) == 1


def test_the_more_particles_the_stronger() -> None:
    few, many = np.full((2, 1), 0.5), np.full((2, 60), 0.5)
    faint = splashed([few], COLORS[:1], DOMAIN, (4, 2))[0, 0, 3]
    strong = splashed([many], COLORS[:1], DOMAIN, (4, 2))[0, 0, 3]
    assert strong > faint + 50


def test_swarms_that_meet_mix_their_colors() -> None:
    here = np.full((2, 1), 0.5)
    red, _, blue, alpha = splashed([here, here], COLORS, DOMAIN, (4, 2))[0, 0].tolist()
    assert red == blue
    assert red < alpha


def test_what_lies_outside_is_not_seen() -> None:
    places = np.array([[-0.1, 4.0, 1.0, 1.0], [1.0, 1.0, -3.0, 2.0]])
    assert not splashed([places], COLORS[:1], DOMAIN, (4, 2)).any()


def test_nobody_is_nothing() -> None:
    assert splashed([], COLORS[:0], DOMAIN, (4, 2)).shape == (2, 4, 4)
