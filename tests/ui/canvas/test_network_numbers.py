from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from nnviz.ui.canvas.network_numbers import Box, least_taken, shared


def coords(box: QRectF) -> Box:
    return box.left(), box.top(), box.right(), box.bottom()


def test_boxes_share_what_their_rectangles_do(rng: np.random.Generator) -> None:
    for numbers in rng.uniform(0, 10, (200, 8)).round(1).tolist():
        one, other = QRectF(*numbers[:4]), QRectF(*numbers[4:])
        both = one.intersected(other)
        expected = both.width() * both.height()
        assert np.isclose(shared(coords(one), coords(other)), expected, atol=1e-9)


def test_a_number_stands_where_it_shares_the_least(rng: np.random.Generator) -> None:
    for _ in range(50):
        taken = [QRectF(*each) for each in rng.uniform(0, 20, (6, 4)).tolist()]
        centers = rng.uniform(0, 30, (9, 2)).tolist()
        boxes = []
        for x, y in centers:
            box = QRectF(0, 0, 8, 4)
            box.moveCenter(QPointF(x, y))
            boxes.append(box)
        known = [coords(each) for each in taken]
        least = min(boxes, key=lambda each: sum(shared(coords(each), other) for other in known))
        assert least_taken(QRectF(0, 0, 8, 4), centers, known) == least
