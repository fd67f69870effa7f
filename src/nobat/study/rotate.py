"""Posts kept by crews in turns: ask with plain numbers, or with a crews scenario (MODEL 2)."""

from __future__ import annotations

from dataclasses import replace

from nobat.engine import crews
from nobat.engine.crews import Question, Record
from nobat.scenario.crews import Crews
from nobat.scenario.problems import Problem, ScenarioError
from nobat.study.required import searchable
from nobat.study.roster import question_of_scenario
from nobat.study.rotation import Rotation
from nobat.study.turns import question_of


def rotation(
    scenario: Crews | None = None,
    /,
    *,
    units: int | None = None,
    posts: int | None = None,
    operate_d: int | None = None,
    rest_d: int | None = None,
    overlap_d: int | None = None,
    gap_d: int | None = None,
    recovery_d: int | None = None,
    horizon_d: int | None = None,
    from_d: int | None = None,
    stagger_d: int | None = None,
    surge_start_d: int | None = None,
    surge_days: int | None = None,
    surge_extra: int | None = None,
    readiness_window_d: int | None = None,
    forgive_rest: bool = False,
    random_starts: bool = False,
    replications: int | None = None,
    seed: int | None = None,
    allowed_miss: float | None = None,
) -> Rotation:
    """Keep posts by crews in turns, day by day, and say what is covered and what rest is owed.

    scenario: a crews scenario, from `nobat.load_crews`; or else plain numbers, whole, of which
    the first four are needed. Cover is that of the days [from_d, horizon_d). A surge adds
    surge_extra posts on surge_days days from surge_start_d on. forgive_rest: rest that was missed
    is not owed. random_starts: crews start anywhere in their cycle, drawn from `seed`
    (1 unless given), `replications` times (1). allowed_miss: share of the post-days that the
    required crews may leave without a crew, 0 or more and below 1 (0).

    Raises ScenarioError with all that is wrong, TypeError for a scenario that is none.
    """
    if scenario is not None and not isinstance(scenario, Crews):
        raise TypeError(_no_scenario(scenario))
    numbers = {
        "units": units, "posts": posts, "operate_d": operate_d, "rest_d": rest_d,
        "overlap_d": overlap_d, "gap_d": gap_d, "recovery_d": recovery_d,
        "horizon_d": horizon_d, "from_d": from_d, "stagger_d": stagger_d,
        "surge_start_d": surge_start_d, "surge_days": surge_days, "surge_extra": surge_extra,
        "readiness_window_d": readiness_window_d,
    }  # fmt: skip
    chance = {
        "random_starts": random_starts or None, "replications": replications, "seed": seed,
    }  # fmt: skip
    if scenario is not None:
        others = {"forgive_rest": forgive_rest or None, "allowed_miss": allowed_miss}
        given = [
            name for name, value in {**numbers, **chance, **others}.items() if value is not None
        ]
        if given:
            text = "stands in the scenario: change it there, by with_values"
            raise ScenarioError(Problem(name, None, text) for name in given)
        run = scenario.run
        return answer(question_of_scenario(scenario), scenario, run.replications, run.allowed_miss)
    searchable(allowed_miss or 0.0)
    if not random_starts:
        idle = [name for name, value in chance.items() if value is not None]
        text = "means nothing without random_starts: nothing is drawn"
        if idle:
            raise ScenarioError(Problem(name, None, text) for name in idle)
    if replications is not None and replications < 1:
        raise ScenarioError([Problem("replications", None, f"{replications} is not 1 or more")])
    question = question_of(
        numbers,
        forgive_rest=forgive_rest,
        seed=1 if seed is None else seed,
        replication=0 if random_starts else None,
    )
    return answer(question, None, replications or 1, allowed_miss or 0.0)


def _no_scenario(given: object) -> str:
    """What to do with something that is no crews scenario."""
    if isinstance(given, str):
        return f'a name is not a scenario: nobat.rotation(nobat.load_crews("{given}"))'
    return f"{type(given).__name__} is not a crews scenario: nobat.load_crews gives one"


def answer(
    question: Question, scenario: Crews | None, replications: int, allowed_miss: float
) -> Rotation:
    """Run a question; with random starts so many times, for the spread of the cover."""
    record = crews.run(question)
    covers = [_cover(question, record)]
    for k in range(1, replications if question.replication is not None else 1):
        other = replace(question, replication=k)
        covers.append(_cover(other, crews.run(other, spells=False)))
    return Rotation(question, record, scenario, tuple(covers), allowed_miss)


def _cover(question: Question, record: Record) -> float:
    """Share of the post-days of the window that were held, surge posts left out."""
    lasting = [place for place, post in enumerate(question.posts) if not post.surge]
    days = slice(question.from_d, question.horizon_d)
    asked = int(record.asked[lasting, days].sum())
    return int(record.manned[lasting, days].sum()) / asked if asked else 1.0
