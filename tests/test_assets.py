"""Resources are found through one door."""

from __future__ import annotations

import pytest

from nnviz.assets import asset


def test_a_resource_is_found() -> None:
    assert asset("data").is_dir()


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"no resource 'data/moon-rocks\.csv'"):
        asset("data", "moon-rocks.csv")
