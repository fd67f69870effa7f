"""The fields in which doctrines differ, and whether anything but `other` can tell them apart."""

from __future__ import annotations

import pytest

import nobat
from nobat.scenario import Scenario
from nobat.study.unlike import Unlike, fight_alike, same_other, unlike
from tests.small import whole

RULE = "layers_carried >= 1"


def changed(**fields: object) -> Scenario:
    """The scenario with other fields for `wait`, which is `rotate` otherwise."""
    return whole().with_values({f"doctrines.wait.{name}": its for name, its in fields.items()})


def test_as_told_and_as_told_closed_differ_in_the_corridor() -> None:
    scenario = nobat.load("abu-kamal-2017")
    found = unlike(scenario, "as-told", "as-told-closed")
    assert found == (Unlike("corridor", "open", "closed"),)
    assert fight_alike(scenario, "as-told", "as-told-closed")
    assert not same_other(scenario, "as-told", "as-told-closed")


def test_every_field_is_told_with_its_rules() -> None:
    scenario = nobat.load("abu-kamal-2017")
    assert unlike(scenario, "as-told", "by-operation") == (
        Unlike("rotation", "three-groups", "by-operation"),
        Unlike("posture", "rotate; final_layers_carried >= 1 -> commit_all (latch)", "rotate"),
    )
    assert not fight_alike(scenario, "as-told", "by-operation")
    assert same_other(scenario, "as-told", "by-operation")


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, ()),
        ({"title": "Another"}, ()),
        ({"fire": "restrained"}, ()),  # the first one, which goes without saying
        ({"fire": "free"}, (Unlike("fire", "restrained", "free"),)),
        ({"corridor": "closed"}, (Unlike("corridor", "open", "closed"),)),
        ({"start": "hold"}, (Unlike("posture", "rotate", "hold"),)),
        ({"rules": [{"when": RULE, "posts": 2}]}, (Unlike("posts", "", f"{RULE} -> 2"),)),
        (
            {"rules": [{"when": RULE, "fire": "free", "latch": True}]},
            (Unlike("fire", "restrained", f"restrained; {RULE} -> free (latch)"),),
        ),
    ],
)
def test_a_field_that_differs(fields: dict[str, object], found: tuple[Unlike, ...]) -> None:
    scenario = changed(**fields)
    assert unlike(scenario, "rotate", "wait") == found
    assert unlike(scenario, "wait", "rotate") == tuple(
        Unlike(one.field, one.b, one.a) for one in found
    )
    assert fight_alike(scenario, "rotate", "wait") is all(one.other for one in found)


def test_a_number_is_the_same_however_it_is_written() -> None:
    rules = ([{"when": f"day > {number}", "posture": "hold"}] for number in ("2", "2.0"))
    values = dict(zip(("doctrines.wait.rules", "doctrines.rotate.rules"), rules, strict=True))
    assert unlike(whole().with_values(values), "rotate", "wait") == ()


def test_rules_on_fire_may_order_unlike_things() -> None:
    """They are the same rules, but each doctrine's see its own units."""
    rules = [{"when": "mean_effectiveness < 0.8", "fire": "free"}]
    scenario = changed(rules=rules, start="hold").with_values({"doctrines.rotate.rules": rules})
    assert [one.field for one in unlike(scenario, "rotate", "wait")] == ["posture"]
    assert not same_other(scenario, "rotate", "wait")
