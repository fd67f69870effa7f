"""`nobat isolate`: its keys, its options, what it refuses."""

from __future__ import annotations

import pytest

from tests.cli.terminal import SMALL, Terminal
from tests.theatre import FILE

THEATRE = str(FILE)
KEYS = {
    "scenario", "title", "rear", "city", "by", "within", "budget", "now", "persons", "sets",
    "complete", "plan", "fewest_ways", "longest_way", "sentence",
}  # fmt: skip


def test_the_keys_that_scripts_rely_on(nobat: Terminal) -> None:
    found = nobat("isolate", THEATRE, "--json").json()
    assert found.keys() == KEYS
    assert (found["rear"], found["city"], found["by"]) == ("rear", ["city"], "both")
    assert (found["persons"], found["within"], found["complete"]) == (410, 0.25, True)
    assert found["sets"][0]["places"] == ["ford", "fort", "village"]
    assert found["plan"]["isolates"] is True
    assert found["fewest_ways"] is found["longest_way"] is found["budget"] is None


def test_what_may_be_picked(nobat: Terminal) -> None:
    places = nobat("isolate", THEATRE, "--by", "places", "--json").json()
    assert not any(one["routes"] for one in places["sets"])
    routes = nobat("isolate", THEATRE, "--by", "routes", "--json").json()
    assert not any(one["places"] for one in routes["sets"])
    assert routes["persons"] == 700


def test_options_reach_the_answer(nobat: Terminal) -> None:
    found = nobat(
        "isolate", THEATRE, "--budget", "300", "--within", "0", "--most", "1",
        "--set", "routes.river_road.km=9", "--json",
    ).json()  # fmt: skip
    assert (found["budget"], found["within"], len(found["sets"])) == (300, 0, 1)
    assert found["complete"] is False
    assert found["now"]["km"] == 14
    assert found["fewest_ways"]["ways"] == 1


def test_it_begins_with_the_answer(nobat: Terminal) -> None:
    lines = nobat("isolate", THEATRE).out.splitlines()
    assert lines[:2] == ["A city on a river", "theatre"]
    assert lines[3].startswith("The cheapest way to isolate The city from The rear is to hold")
    assert "persons  set" in "\n".join(lines)


@pytest.mark.parametrize("width", ["60", "80", "100"])
def test_it_fits_the_page(nobat: Terminal, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    text = nobat("isolate", THEATRE, "--budget", "300").out
    assert max(map(len, text.splitlines())) <= int(width)
    assert "cut river_road" in " ".join(text.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([SMALL], "routes: there are none: without routes nothing is ever isolated"),
        ([THEATRE, "--by", "rivers"], "rivers"),
        ([THEATRE, "--budget", "1.5"], "'1.5' is not a whole number, 0 or more"),
        ([THEATRE, "--within", "-1"], "'-1' is not a share: 0 or more"),
        ([THEATRE, "--within", "much"], "'much' is not a share: 0 or more"),
        ([THEATRE, "--most", "0"], "'0' is not a whole number, 1 or more"),
        ([THEATRE, "--set", "routes.river_rod.km=9"], "did you mean river_road?"),
        (["fire-crews"], "nobat.load_crews loads it"),
        (["nowhere"], "no shipped scenario and no file has this name"),
    ],
)
def test_what_is_refused(nobat: Terminal, words: list[str], said: str) -> None:
    found = nobat("isolate", *words)
    assert found.code == 2
    assert said in found.err
    assert found.out == ""
    assert nobat("isolate", *words, "--json").json()["error"]["exit"] == 2
