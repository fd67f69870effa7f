"""The locks hold what pyproject.toml asks for, and nothing of where they were made."""

from __future__ import annotations

import re

import pytest

from requirements import lock

NAMES = list(lock.wanted())
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; (?P<marker>.+))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def pins(name: str) -> dict[str, str]:
    """Package -> version and marker, as the lock `name` has them."""
    lines = (lock.HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    found = [match for line in lines if (match := PIN.match(line))]
    return {match["name"]: f"{match['version']} {match['marker'] or ''}" for match in found}


def test_there_is_a_lock_for_each_and_no_other() -> None:
    assert {path.stem for path in lock.HERE.glob("*.txt")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_holds_pins_and_hashes_alone(name: str) -> None:
    header, *lines = (lock.HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert header == lock.HEADER.strip()
    assert [line for line in lines if not PIN.match(line) and not HASH.match(line)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_holds_what_the_project_asks_for(name: str) -> None:
    asked = {
        re.split(r"[<>=!~\[ ;]", words)[0].lower().replace(".", "-").replace("_", "-")
        for words in lock.wanted()[name]
    }
    assert asked <= set(pins(name))


def test_the_locks_agree_so_that_any_of_them_go_together() -> None:
    agreed: dict[str, str] = {}
    for name in NAMES:
        for package, version in pins(name).items():
            assert agreed.setdefault(package, version).split()[0] == version.split()[0], package
