"""Names on a map: clear of symbols, of each other and, if it can be, of routes."""

from __future__ import annotations

import numpy as np

from nobat.show.map_labels import marks

_SIZE = (560, 460, 34)


def test_a_name_gives_way_to_a_route() -> None:
    place = {"mill": "The mill"}
    at = np.array([[280.0, 230.0]])
    (free,) = marks(place, at, [True], [], _SIZE)
    assert (free.anchor, free.label_y > free.y) == ("middle", True)
    down = np.column_stack([np.full(81, 280.0), np.linspace(230, 430, 81)])
    (beside,) = marks(place, at, [True], [down], _SIZE)
    assert beside.anchor != "middle" or beside.label_y < beside.y


def test_names_of_neighbours_do_not_meet() -> None:
    titles = {"a": "A long name of a place", "b": "Another long name"}
    at = np.array([[200.0, 230.0], [270.0, 230.0]])
    one, other = marks(titles, at, [True, False], [], _SIZE)
    assert (one.known, other.known) == (True, False)
    assert (one.anchor, one.label_y) != (other.anchor, other.label_y)


def test_a_name_stays_inside_the_frame() -> None:
    (mark,) = marks({"a": "A long name"}, np.array([[540.0, 440.0]]), [True], [], _SIZE)
    assert mark.label_x < 540.0
    assert mark.label_y < 456.0
