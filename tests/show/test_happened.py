"""What happened, in words: every kind of event, one person or many, one place or several."""

from __future__ import annotations

import numpy as np
import pytest

from nobat.model.events import KINDS
from nobat.show.happened import clock, groups, log, text_of, told
from nobat.study.cast import Cast, Layer, cast_of
from nobat.study.happened import Event, happened
from tests.small import small, whole

FIRST, CORE = Layer("mill", 1, False), Layer("mill", 2, True)


def cast() -> Cast:
    """Three places; a doctrine with rules."""
    rules = [{"when": "day > 2", "posture": "commit_all"}]
    return cast_of(whole().with_values({"doctrines.wait.rules": rules}), "wait")


def alone() -> Cast:
    """One place."""
    return cast_of(small(), "rotate")


CASES = [
    (Event(1, "posture", detail="rotate"), "orders: rotate"),
    (Event(9, "posture", detail="rotate"), "orders: rotate (no rule says otherwise)"),
    (Event(9, "posture", detail="pause", cause="day > 2"),
     "orders: pause, out of contact (day > 2)"),
    (Event(1, "posts", amount=1), "orders: 1 post"),
    (Event(1, "fire", detail="free"), "orders: fire free"),
    (Event(1, "corridor", detail="closed"), "orders: the way out closed"),
    (Event(9, "stage", amount=2, cause="secured"),
     "stage 2 begins (stage 1 is secured): The town"),
    (Event(9, "spent", unit="company 1", amount=80),
     "company 1 is spent, 80 persons left, and refits"),
    (Event(9, "spent", unit="company 1", amount=0), "company 1 has nobody left"),
    (Event(9, "back", unit="company 1", amount=1080), "company 1 is back, 1,080 strong"),
    (Event(9, "broke", "mill", FIRST, amount=3, cause="no_reserve"),
     "layer 1 of The mill breaks: no reserve left"),
    (Event(9, "broke", "mill", CORE, amount=3, cause="isolation"),
     "the core of The mill falls: cut off"),
    (Event(9, "rallied", "mill", CORE, amount=1),
     "the core of The mill gives way, but 1 fights on in it to the last"),
    (Event(9, "broke", "mill", FIRST, amount=3, cause="leader"),
     "layer 1 of The mill breaks: the leader believed dead"),
    (Event(1, "leader", cause="is_dead"), "the defenders believe their leader dead; he is"),
    (Event(1, "leader", cause="is_alive"),
     "the defenders believe their leader dead; he is alive"),
    (Event(9, "fell_back", "mill", CORE, amount=1), "1 falls back"),
    (Event(9, "set_out", "mill", amount=2), "2 want to leave"),
    (Event(9, "surrendered", "mill", CORE, amount=5), "5 surrender"),
    (Event(9, "surrendered", "mill", amount=1),
     "1 who wanted to leave at The mill surrenders"),
    (Event(9, "turned_back", "mill", amount=2),
     "2 who wanted to leave at The mill fight on: the way is closed"),
    (Event(9, "left", "mill", amount=12, count=1),
     "12 get away, 1 is hit on the way out from The mill"),
    (Event(9, "left", "mill", amount=0, count=3), "3 are hit on the way out from The mill"),
    (Event(9, "retaken", "mill", FIRST, amount=27),
     "a counter-attack retakes layer 1 of The mill, 27 hold it"),
    (Event(9, "repulsed", "mill"), "a counter-attack at The mill fails"),
    (Event(9, "reinforced", "mill", CORE, amount=1),
     "1 comes up from the reserve to the core of The mill"),
    (Event(9, "suicide", "mill", amount=0, count=1),
     "1 suicide attack at The mill: nobody lost"),
    (Event(9, "isolated", "town"), "The town is cut off from the defender's rear"),
    (Event(9, "joined", "town"), "The town is no longer cut off"),
    (Event(9, "dry", amount=0.5), "the attacker's supply runs short"),
    (Event(9, "supplied", amount=0.5), "the attacker has supply enough again"),
    (Event(9, "defender_dry", "mill"), "the defender's supply at The mill runs short"),
    (Event(9, "defender_supplied", "mill"), "the defender at The mill has supply enough again"),
    (Event(9, "secured"), "The town is secured"),
    (Event(9, "abandoned", cause="units_spent"),
     "the attacker gives up: too many of his units are spent at a time"),
    (Event(9, "horizon"), "the horizon: still undecided"),
]  # fmt: skip


@pytest.mark.parametrize(("event", "said"), CASES)
def test_every_kind_has_its_words(event: Event, said: str) -> None:
    assert text_of(event, cast()) == said


def test_no_kind_is_without_words() -> None:
    assert {event.kind for event, _ in CASES} == set(KINDS)


def test_what_a_step_begins_with_comes_before_what_it_ends_with() -> None:
    kinds = ("leader", "broke", "posture", "posts")
    rows = np.array([[1, KINDS.index(kind), 0 if kind == "broke" else -1, 1.0, 1, 0]
                     for kind in kinds])  # fmt: skip
    events = happened(rows, cast())
    assert [event.kind for event in events] == ["leader", "posture", "posts", "broke"]
    assert [line.split(": ")[0] for line in log(events, cast())] == [
        "day 0, 00:00", "day 0, 00:00", "day 0, 04:00",
    ]  # fmt: skip


def test_the_end_of_a_day_is_the_beginning_of_the_next() -> None:
    assert clock(cast(), 6) == clock(cast(), 7, opening=True) == "day 1, 00:00"


def test_a_single_place_is_not_named() -> None:
    layer = Layer("fort", 2, False)
    broke = (
        Event(20, "broke", "fort", layer, amount=66, cause="losses"),
        Event(20, "fell_back", "fort", Layer("fort", 3, True), amount=61),
        Event(20, "surrendered", "fort", layer, amount=5),
    )
    assert told(broke, alone()) == "layer 2 breaks: losses; 61 fall back, 5 surrender"
    (line,) = log(broke, alone())
    assert line == "day 3, 08:00: layer 2 breaks: losses; 61 fall back, 5 surrender"


def test_what_belongs_together_is_one_line() -> None:
    events = [
        Event(1, "posture", detail="commit_all"),
        Event(1, "posts", amount=3),
        Event(1, "fire", detail="free", cause="day > 2"),
        Event(2, "broke", "mill", FIRST, amount=9, cause="losses"),
        Event(2, "set_out", "mill", amount=9),
        Event(2, "broke", "town", Layer("town", 1, False), amount=0, cause="annihilation"),
        Event(2, "surrendered", "mill", amount=4),
        Event(3, "posts", amount=2, cause="day > 2"),
    ]
    assert [told(group, cast()) for group in groups(events)] == [
        "orders: commit everyone, fire free (day > 2)",
        "layer 1 of The mill breaks: losses; 9 want to leave",
        "layer 1 of The town breaks: nobody left in it",
        "4 who wanted to leave at The mill surrender",
        "orders: 2 posts (day > 2)",
    ]
