from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nnviz.experiment.spec import Experiment
from nnviz.export.request import SHOTS, ExportRequest
from nnviz.mistake import Mistake


def request_for(folder: Path, name: str = "out.gif", **others: Any) -> ExportRequest:
    return ExportRequest(Experiment(), folder / name, **others)


@pytest.mark.parametrize("view", SHOTS.keys)
def test_every_view_can_be_asked_for(tmp_path: Path, view: str) -> None:
    assert request_for(tmp_path, view=view).view == view


@pytest.mark.parametrize(
    ("name", "epochs", "every", "frames"),
    [("a.gif", 200, 10, 21), ("a.gif", 205, 10, 21), ("a.gif", 0, 1, 1), ("a.png", 200, 1, 1)],
)
def test_an_animation_has_a_frame_for_every_few_epochs_and_the_first(
    tmp_path: Path, name: str, epochs: int, every: int, frames: int
) -> None:
    assert request_for(tmp_path, name, epochs=epochs, every=every).frames == frames


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"view": "moon"}, "There is no view 'moon'; there are boundary, network"),
        ({"theme": "pink"}, "theme is 'pink'; it must be light or dark"),
        ({"epochs": -1}, "epochs is -1; it must be from 0"),
        ({"every": 0}, "every is 0; it must be from 1"),
        ({"width": 1}, "width is 1; it must be from 64 to 8192"),
        ({"fps": 60}, "fps is 60"),
        ({"epochs": 100_000}, "make 100,001 frames; there may be up to 10,000"),
        ({"name": "a.doc"}, "ends in .doc, which cannot be written"),
        ({"name": "nowhere/a.gif"}, "there is no folder"),
    ],
)
def test_what_cannot_be_done_is_said_before_any_work(
    tmp_path: Path, wrong: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Mistake) as caught:
        request_for(tmp_path, **wrong)
    assert sentence in str(caught.value)


def test_the_format_follows_the_ending(tmp_path: Path) -> None:
    assert request_for(tmp_path, "A.PNG").format == "png"
