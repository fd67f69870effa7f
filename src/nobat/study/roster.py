"""The question that a crews scenario asks."""

from __future__ import annotations

from dataclasses import replace

from nobat.engine.crews import Kind, Post, Question, Times
from nobat.scenario import Quantity
from nobat.scenario.crews import CrewKind, Crews, NewTimes, PostKind


def question_of_scenario(scenario: Crews) -> Question:
    """Crews, posts and calendar as the engine takes them.

    Posts are filled by priority, then in the order of the file; those of a surge come last.
    """
    horizon = scenario.run.horizon_d
    changes = scenario.calendar
    kinds = []
    for name, crew in scenario.crews.items():
        periods = [_times(crew)]
        for change in changes:
            new = change.crews.get(name)
            periods.append(_with(periods[-1], new) if new else periods[-1])
        kinds.append(Kind(name, int(crew.count.value), tuple(periods)))
    order = sorted(scenario.posts.items(), key=lambda pair: (pair[1].surge, pair[1].priority))
    stagger = scenario.start.stagger_d
    return Question(
        kinds=tuple(kinds),
        posts=tuple(_post(name, post, horizon) for name, post in order),
        from_d=scenario.run.from_d,
        horizon_d=horizon,
        switch=(1, *(int(change.from_d.value) for change in changes)),
        stagger_d=None if stagger is None else int(stagger.value),
        forgive_rest=scenario.forgive_rest,
        seed=scenario.run.seed,
        replication=0 if scenario.start.phases == "random" else None,
    )


def _times(crew: CrewKind) -> Times:
    window = crew.readiness_window_d
    return Times(
        tour_d=int(crew.tour_d.value),
        rest_d=int(crew.rest_d.value),
        recovery_d=int(crew.recovery_d.value),
        overlap_d=int(crew.overlap_d.value),
        gap_d=int(crew.gap_d.value),
        readiness_window_d=None if window is None else int(window.value),
    )


def _with(times: Times, new: NewTimes) -> Times:
    """The times with those that change."""
    given: dict[str, Quantity | None] = {name: getattr(new, name) for name in NewTimes.model_fields}
    return replace(
        times, **{name: int(value.value) for name, value in given.items() if value is not None}
    )


def _post(name: str, post: PostKind, horizon: int) -> Post:
    """A demand; a level without an end lasts to the horizon, that day included."""
    levels = tuple(
        (
            int(level.from_d.value),
            horizon + 1 if level.days is None else int(level.days.value),
            int(level.count.value),
        )
        for level in post.levels
    )
    return Post(name, levels, post.crews, post.surge)
