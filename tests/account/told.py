"""A small siege with claims that were planted: true, false, and hanging on one quantity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nobat.scenario import Scenario
from nobat.scenario.problems import Written
from nobat.scenario.scenario import scenario_of
from tests.small import small

Claim = dict[str, Any]

#: Numbers of the small scenario that are not sure, each with its range.
RANGES = {
    ("attrition", "attacker_rate"): (0.2, 0.12, 0.3),
    ("attrition", "defender_rate"): (0.12, 0.03, 0.3),
    ("counterattack", "per_day"): (0.8, 0.2, 2.0),
    ("works", "reorganise_h"): (24.0, 12.0, 48.0),
}


def claim(name: str, test: Mapping[str, Any], **others: Any) -> Claim:
    """A claim with a test, and what else it has."""
    says = {"says": f"what {name} says", **test}
    return {"id": name, "told": f"It was {name}.", "test": says, "needs": "A witness.", **others}


TRUE = claim(
    "true",
    {"compare": {"doctrine": "commit-all", "against": "wait", "outcome": "secured",
                 "expect": "more"}},
    about="reserve",
)  # fmt: skip
FALSE = claim(
    "false",
    {"compare": {"doctrine": "wait", "against": "commit-all", "outcome": "secured",
                 "expect": "more"}},
    rivals=[{"id": "turns", "says": "It was in turns.", "doctrine": "rotate"}],
)  # fmt: skip
HANGING = claim(
    "hanging",
    {"figure": {"doctrine": "rotate", "outcome": "attacker_losses", "at_most": 150}},
)
WIDER = claim(
    "wider",
    {"setting": {"doctrine": "commit-all", "set": {"contact.frontage": 800},
                 "instead": {"contact.frontage": 200}, "outcome": "duration_d", "expect": "less"}},
    rivals=[
        {"id": "narrow", "says": "It was narrow.", "set": {"contact.frontage": 200}},
        {"id": "other", "says": "It was elsewhere."},
    ],
    set={"contact.frontage": 800},
    doctrine="commit-all",
)  # fmt: skip
UNTESTABLE = claim("unasked", {"untestable": "Nobody was there."}, support=["ledger"])
CLAIMS = (TRUE, FALSE, HANGING, WIDER, UNTESTABLE)

TARGETS: list[dict[str, Any]] = [
    {"id": "fell", "what": "It fell.", "outcome": "day_core_taken", "low": 0, "high": 6,
     "tolerance": 1, "source": "ledger"},
    {"id": "cost", "what": "It cost many.", "outcome": "attacker_losses", "low": 40,
     "tolerance": 5},
]  # fmt: skip
RECORD: dict[str, Any] = {"doctrine": "commit-all", "targets": TARGETS}


def told(claims: Sequence[Claim] = CLAIMS, record: object = RECORD, /, **run: object) -> Scenario:
    """The small scenario with these claims and this record, and ranges for some numbers."""
    data = small(**run).canonical()
    for (section, name), (value, low, high) in RANGES.items():
        data[section][name] |= {"value": value, "low": low, "high": high}
    return scenario_of(Written({**data, "claims": list(claims), "record": record}))
