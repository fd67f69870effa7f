"""Told distances in words: what is measured beside them, and why one does not fit."""

from __future__ import annotations

from nobat.account.measure import Measured
from nobat.show.geography import measured_text

_AB = ("Ay", "Bee")


def test_distances_in_words() -> None:
    both = Measured(("a", "b"), _AB, 3.0, 12.0, 14.0, 10.0, 25.0, ("a", "b"), ("Bee",), False, 4.0)
    assert measured_text(both) == (
        "Ay and Bee are 12.0 km apart in a straight line and 14.0 km [10.0, 25] by the shortest "
        "way of this scenario; told: 3.0 km, shorter than the straight line by a factor of 4.0. "
        "The position of Bee is not sure."
    )
    far = Measured(("a", "b"), _AB, 100.0, 25.0, None, None, None, (), (), False, 0.25)
    assert measured_text(far).endswith("told: 100 km, too long by a factor of 4.0.")
    way = Measured(("a", "b"), _AB, 30.0, None, 5.0, 1.0, 6.0, ("a", "b"), (), None, None)
    assert "30 km, which cannot be measured: a position is missing." in measured_text(way)
    none = Measured(("a", "b"), _AB, 3.0, None, None, None, None, (), (), None, None)
    assert "nothing to measure" in measured_text(none)


def test_a_told_distance_inside_a_range_that_was_stretched_for_it() -> None:
    """The range of the way takes in what was told, and yet the straight line rules it out."""
    told = Measured(("a", "b"), _AB, 2.0, 12.8, 13.0, 2.0, 15.0, ("a", "b"), (), False, 6.4)
    assert measured_text(told).endswith(
        "told: 2.0 km, shorter than the straight line by a factor of 6.4. Nothing is shorter than "
        "a straight line: the range of that way begins below it so as to take in what was told, "
        "and is assumed."
    )
    unplaced = Measured(("a", "b"), _AB, 2.0, None, 5.0, 1.0, 6.0, ("a", "b"), (), None, None)
    words = "2.0 km, within that range, but a position is missing: nothing is measured."
    assert words in measured_text(unplaced)
