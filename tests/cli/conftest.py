from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nnviz.cli.entry import run
from nnviz.experiment.files import Document, save
from nnviz.experiment.spec import Experiment


@dataclass(frozen=True)
class Answer:
    """What a command line gave back."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def nnviz(capfd: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Runs a command line."""

    def call(*arguments: object) -> Answer:
        status = run([str(each) for each in arguments])
        out, err = capfd.readouterr()
        return Answer(status, out, err)

    return call


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[[Experiment], Path]:
    """Writes an experiment into a file."""

    def write(experiment: Experiment) -> Path:
        path = tmp_path / "experiment.nnviz"
        save(path, Document(experiment))
        return path

    return write
