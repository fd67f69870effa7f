"""The ground of a map's chart: rectangles that cover it once."""

from __future__ import annotations

import numpy as np

from nobat.show.map_ground import rectangles


def test_rectangles_cover_what_is_true_once() -> None:
    rng = np.random.default_rng(8)
    for _ in range(20):
        there = rng.random((13, 17)) < 0.6
        counts = np.zeros(there.shape, int)
        for left, right, low, high in rectangles(there):
            counts[low:high, left:right] += 1
        assert (counts == there).all()
    assert rectangles(np.ones((4, 5), bool)) == [(0, 5, 0, 4)]
    assert rectangles(np.zeros((4, 5), bool)) == []
