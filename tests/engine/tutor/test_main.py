from __future__ import annotations

import json
from math import inf
from pathlib import Path

import numpy as np
import pytest

from nnviz.engine.learned import read_units
from nnviz.engine.optimizers import SGD, Adam
from nnviz.engine.tutor import __main__ as command
from nnviz.engine.tutor import exam
from nnviz.engine.tutor.exam import examined


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exam of some moments."""
    monkeypatch.setattr(exam, "STEPS", 5)
    monkeypatch.setattr(exam, "RATES", np.array([0.01, 10.0]))
    monkeypatch.setattr(exam, "LESSONS", (("xor", 1),))


@pytest.mark.usefixtures("short")
def test_the_command_writes_a_file_that_can_be_read_the_same_every_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = []
    for name in ("one.json", "other.json"):
        command.main([str(tmp_path / name), "--rounds", "1", "--seed", "5"])
        texts.append((tmp_path / name).read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    assert len(read_units(tmp_path / "one.json")) == 8
    content = json.loads(texts[0])
    assert (content["recipe"]["seed"], content["recipe"]["rounds"]) == (5, 1)
    assert "round 1 of 1" in capsys.readouterr().err


@pytest.mark.usefixtures("short")
def test_who_diverges_is_beaten_by_everyone() -> None:
    marks = examined([SGD(10.0), Adam(0.01)])["surface rosenbrock"]
    assert marks["sgd"].default == inf
    assert marks["sgd"].rate == 0.01 or marks["sgd"].tuned == inf
    assert marks["adam"].default < inf
