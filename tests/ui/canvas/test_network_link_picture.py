from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from nnviz.ui.canvas import network_link_picture
from nnviz.ui.canvas.network_layout import lay_out
from nnviz.ui.canvas.network_link_picture import LinkPicture
from nnviz.ui.canvas.network_links import link_up
from nnviz.ui.canvas.network_view import FeatureView, NetworkView
from nnviz.ui.canvas.pens import blank
from nnviz.ui.theme import LIGHT

AT_ONCE = None
A_WHILE = 10.0


def view_of(weight: float) -> NetworkView:
    return NetworkView(
        features=(FeatureView("a", "a", is_on=True), FeatureView("b", "b", is_on=True)),
        widths=(2,),
        outputs=1,
        activations=("tanh", "tanh"),
        weights=(np.array([[weight, -1.0], [0.2, 3.0]]), np.array([[1.0, -2.0]])),
        biases=(np.zeros(2), np.zeros(1)),
    )


@pytest.fixture
def links(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> LinkPicture:
    monkeypatch.setattr(network_link_picture, "_SHORTEST_PAUSE_S", 0.0)
    layout = lay_out((400, 300), (2, 2, 1), 1.0, 0)
    made = LinkPicture()
    backdrop = blank(QSize(400, 300), 1.0, Qt.GlobalColor.white)
    made.prepare(link_up(layout, np.array([0, 1], np.intp)), backdrop, LIGHT, 8.0)
    made.weigh(view_of(1.0))
    made.work(AT_ONCE)
    return made


def seen(links: LinkPicture) -> QImage:
    return links.pixmap.toImage()


def test_what_trembles_is_drawn_at_rest_only(links: LinkPicture) -> None:
    before = seen(links)
    links.weigh(view_of(0.87))
    links.work(A_WHILE)
    assert seen(links) == before
    links.work(AT_ONCE)
    assert seen(links) != before


def test_what_changes_much_is_drawn_while_weights_flow(links: LinkPicture) -> None:
    before = seen(links)
    links.weigh(view_of(-4.0))
    links.work(A_WHILE)
    assert seen(links) != before
    links.weigh(view_of(1.0))
    links.work(A_WHILE)
    assert seen(links) == before


def test_a_lock_is_shown_at_once(links: LinkPicture) -> None:
    before = seen(links)
    held = (np.array([[True, False], [False, False]]), np.zeros((1, 2), np.bool_))
    links.weigh(replace(view_of(1.0), held=held))
    links.work(A_WHILE)
    assert seen(links) != before


def test_outlines_that_were_kept_draw_as_those_just_made(
    links: LinkPicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = seen(links)
    monkeypatch.setattr(network_link_picture, "_MOST_SHAPES", 0)
    for weight in (3.0, -3.0, 1.0):
        links.weigh(view_of(weight))
        links.work(AT_ONCE)
    assert seen(links) == before
