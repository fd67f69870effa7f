"""The answer of an audit as its folder keeps it: read again, nothing run and nothing written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nobat.account.alike import Ratio
from nobat.account.audited import Answer, Audit, Decider, Level, RivalAnswer
from nobat.account.deciding import Index
from nobat.account.kept import ANSWER
from nobat.account.likeness import Given, GivenOne, Left, Likeness, Met, WayLikeness
from nobat.account.measure import Explained, Gap, Measured
from nobat.account.verdict import Share
from nobat.engine.files import read_text
from nobat.scenario import Scenario
from nobat.study.crossing import Crossing

Found = Mapping[str, Any]


def reread(path: Path, scenario: Scenario) -> Audit | None:
    """The answer that lies in the folder of an audit of this scenario.

    None where there is none, and where what lies there is no answer as this version writes it.
    """
    text = read_text(path / ANSWER)
    if text is None:
        return None
    try:
        return _audit(json.loads(text), scenario, path)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _audit(found: Found, scenario: Scenario, path: Path) -> Audit:
    claims = {claim.id: claim for claim in scenario.claims}
    record = found["record"]
    return Audit(
        scenario=scenario,
        settings=found["settings"],
        replications=found["replications"],
        seed=found["seed"],
        quantities=found["quantities"]["drawn"],
        assumed=found["quantities"]["assumed"],
        answers=tuple(_answer(one, claims[one["id"]]) for one in found["claims"]),
        likeness=None if record is None else _likeness(record, scenario),
        given_record=record is not None,
        path=path,
    )


def _answer(one: Found, claim: Any) -> Answer:
    measured, share = one["measured"], one["share"]
    rivals = tuple(map(_rival, one["rivals"]))
    gap = None
    if measured is not None:
        explained = tuple(Explained(rival.id, rival.says, rival.measured) for rival in rivals)
        gap = Gap(claim.id, claim.told, _measured(measured), explained)
    return Answer(
        claim=claim,
        model=one["by_the_settings"],
        sources=one["sources_speak"],
        verdict=one["verdict"],
        share=None if share is None else Share(**share),
        luck=one["luck_share_at_most"],
        floor=one["index_by_chance"],
        deciders=tuple(map(_decider, one["decided_by"])),
        rivals=rivals,
        gap=gap,
        given=None if one["given_record"] is None else _given(one["given_record"]),
    )


def _decider(one: Found) -> Decider:
    total = one["total"]
    return Decider(
        path=one["path"],
        unit=one["unit"],
        low=one["low"],
        high=one["high"],
        basis=one["basis"],
        first=Index(**one["first_order"]),
        total=None if total is None else Index(**total),
        share_low=one["holds_in_lowest_third"],
        share_high=one["holds_in_highest_third"],
        flips=tuple(Crossing(**each) for each in one["flips"]),
        along=tuple(Level(**each) for each in one["along"]),
    )


def _rival(one: Found) -> RivalAnswer:
    measured = None if one["measured"] is None else _measured(one["measured"])
    ratios = tuple(map(_ratio, one["likelihood_ratios"]))
    return RivalAnswer(one["id"], one["says"], tuple(one["runs"]), ratios, measured)


def _ratio(one: Found) -> Ratio:
    return Ratio(
        ways=tuple(one["stand_ins"]),
        targets=one["targets"],
        ratio=one["ratio"],
        low=one["low"],
        high=one["high"],
        own=one["replications_alike"],
        other=one["rival_replications_alike"],
        of=one["replications"],
    )


def _measured(one: Found) -> Measured:
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in one.items()}
    return Measured(**fields)


def _given(one: Found) -> Given:
    ways = tuple(
        GivenOne(
            each["stand_in"], each["by_the_settings"], Share(**each["share"]), each["replications"]
        )
        for each in one["by_stand_in"]
    )
    return Given(one["targets"], one["by_the_settings"], one["verdict"], ways)


def _likeness(one: Found, scenario: Scenario) -> Likeness:
    if scenario.record is None:
        raise ValueError(f"{scenario.name} has no dated record")
    kept = one["kept_at_hardest"]
    ways = tuple(
        WayLikeness(
            each["id"],
            each["says"],
            each["run"],
            tuple(Met(**met) for met in each["met"]),
            tuple(Left(**left) for left in each["left"]),
        )
        for each in one["stand_ins"]
    )
    return Likeness(
        targets=scenario.record.targets,
        ways=ways,
        settings=one["settings"],
        replications=one["replications"],
        asked=one["targets_asked"],
        least=one["least_settings"],
        hardest=one["hardest"],
        kept=None if kept is None else (kept[0], kept[1]),
    )
