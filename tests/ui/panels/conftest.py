from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nnviz.ui.theme import LIGHT, apply
from tests.ui.panels.bench import Bench


@pytest.fixture
def bench(qapp: QApplication, tmp_path: Path) -> Bench:
    apply(qapp, LIGHT)
    return Bench(tmp_path)
