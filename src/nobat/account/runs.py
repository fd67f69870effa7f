"""What has to be run for claims: doctrines with values, and the outcomes that are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nobat.scenario import Scenario
from nobat.scenario.claims import Claim, DatedRecord
from nobat.scenario.words import shown

Floats = NDArray[np.float64]
#: The outcome of a run at one setting, replication by replication.
Look = Callable[["Run", str], Floats]

#: The name under which a claim stands beside its rivals.
ITSELF = "claim"


@dataclass(frozen=True, slots=True)
class Run:
    """A doctrine, with values that are set over those that are drawn: path and value."""

    doctrine: str
    values: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, doctrine: str, values: Mapping[str, Any]) -> Run:
        """The run of a doctrine with values as a scenario writes them."""
        return cls(doctrine, tuple(values.items()))

    @property
    def name(self) -> str:
        """`as-told`, or with its values `as-told [places.town.layers.count = 7]`."""
        if not self.values:
            return self.doctrine
        pairs = (f"{p} = {v if isinstance(v, str) else shown(v)}" for p, v in self.values)
        return f"{self.doctrine} [{', '.join(pairs)}]"


def tested(claim: Claim) -> tuple[Run, ...]:
    """The runs that a claim's test compares: two, one, or none where nothing is run."""
    test = claim.test
    if test.compare is not None:
        return Run(test.compare.doctrine), Run(test.compare.against)
    if test.setting is not None:
        one = test.setting
        return Run.of(one.doctrine, one.set), Run.of(one.doctrine, one.instead)
    if test.figure is not None:
        return (Run.of(test.figure.doctrine, test.figure.set),)
    return ()


def outcome_of(claim: Claim) -> str | None:
    """The outcome that a claim's test looks at; None where nothing is run."""
    test = claim.test.compare or claim.test.setting or claim.test.figure
    return None if test is None else test.outcome


def standing(scenario: Scenario, claim: Claim) -> dict[str, dict[str, Run]]:
    """What stands for a claim (ITSELF) and for each rival that can be run, against the record.

    For each way to put into the model what was done, by its id; what the claim or a rival sets goes
    before what that way sets. Empty where there is no dated record, or no rival that can be run.
    """
    if scenario.record is None:
        return {}
    record = scenario.record
    rivals = [one for one in claim.rivals if one.doctrine is not None or one.set]
    found: dict[str, dict[str, Run]] = {}
    for way in record.ways() if rivals else ():
        base = {**record.set, **way.set}
        own = claim.doctrine or way.doctrine or record.doctrine
        found[way.id] = {ITSELF: Run.of(own, {**base, **claim.set})} | {
            rival.id: Run.of(rival.doctrine or own, {**base, **rival.set}) for rival in rivals
        }
    return found


def done(record: DatedRecord) -> dict[str, Run]:
    """The runs that stand for what was done, by the id of the way."""
    return {
        way.id: Run.of(way.doctrine or record.doctrine, {**record.set, **way.set})
        for way in record.ways()
    }


def dated(scenario: Scenario) -> tuple[str, ...]:
    """The outcomes that the dated record is about."""
    targets = scenario.record.targets if scenario.record is not None else ()
    named = [name for one in targets for name in (one.outcome, one.since) if name is not None]
    return tuple(dict.fromkeys(named))


def needed(scenario: Scenario, claims: Iterable[Claim]) -> dict[Run, tuple[str, ...]]:
    """Every run that the claims and the record need, and the outcomes of it, in order."""
    found: dict[Run, dict[str, None]] = {}

    def add(run: Run, outcomes: Iterable[str]) -> None:
        found.setdefault(run, {}).update(dict.fromkeys(outcomes))

    for claim in claims:
        outcome = outcome_of(claim)
        for run in tested(claim):
            add(run, () if outcome is None else (outcome,))
        for sides in standing(scenario, claim).values():
            for run in sides.values():
                add(run, dated(scenario))
    for run in {} if scenario.record is None else done(scenario.record).values():
        add(run, dated(scenario))
    return {run: tuple(outcomes) for run, outcomes in found.items()}
