"""How a scenario is run: horizon, step, replications, seed (MODEL 0). Plain numbers all."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from nobat.scenario.parts import Id, Part, worded
from nobat.scenario.quantity import COUNT, POSITIVE, Kind

_SEED = Kind("Seed", "a seed", "a whole number, 0 to 2^63 - 1", "", 0, 2**63 - 1, whole=True)
#: A seed as a plain number.
Seed = Annotated[int, BeforeValidator(_SEED.number), WithJsonSchema(_SEED.json_number())]
_HOURS_OF_DAY = 24


def divides_the_day(step_h: float) -> bool:
    """Whether a day is a whole number of steps of so many hours."""
    steps = _HOURS_OF_DAY / step_h if step_h > 0 else 0.0
    return 0.5 < steps < 1e9 and abs(steps - round(steps)) <= 1e-9 * steps


def _good_step(step_h: float) -> float:
    if not divides_the_day(step_h):
        raise worded(f"{step_h:g} h does not divide a day: 24, 12, 8, 6, 4, 3, 2, 1, 0.5, ...")
    return step_h


class Run(Part):
    """How the scenario is run unless the caller says otherwise."""

    horizon_d: Annotated[
        float, BeforeValidator(POSITIVE.number), WithJsonSchema(POSITIVE.json_number())
    ] = Field(default=60.0, description="Days after which a replication ends undecided.")
    step_h: Annotated[
        float,
        BeforeValidator(POSITIVE.number),
        AfterValidator(_good_step),
        WithJsonSchema(POSITIVE.json_number()),
    ] = Field(default=1.0, description="Length of a step, hours; it divides 24.")
    replications: Annotated[
        int, BeforeValidator(COUNT.number), WithJsonSchema(COUNT.json_number())
    ] = Field(default=10_000, description="Replications of each doctrine, a count.")
    seed: Seed = Field(
        default=1, description="Seed of all luck, a whole number from 0 to 2^63 - 1."
    )
    events: Literal["random", "deterministic"] = Field(
        default="random",
        description="Whether breaks and counter-attacks are drawn, or happen when their "
        "integrated hazard reaches 1 (MODEL 0).",
    )
    main: tuple[Id, ...] = Field(
        default=(),
        description="The main doctrines, which the guards of MODEL 18 look at; empty for all.",
    )
