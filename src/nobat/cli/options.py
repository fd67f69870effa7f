"""Options that several commands share, and the words for what they do not allow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import CoercionError, Parameter, Token

MOST_SEED = 2**63 - 1


def _refuse(token: Token, allowed: str) -> CoercionError:
    """An error that names the value and what is allowed; cyclopts puts the option before it."""
    return CoercionError(msg=f"{token.value!r} is not {allowed}", token=token)


def whole(least: int, most: int | None = None) -> Callable[[Any, Sequence[Token]], int]:
    """A converter to a whole number from `least` to `most`: neither 2.7 nor 1e3 is rounded."""
    allowed = f"a whole number, {least} or more"
    if most is not None:
        allowed = f"a whole number from {least} to {most}"

    def convert(_: Any, tokens: Sequence[Token]) -> int:
        text = tokens[0].value
        # A number of more than 18 digits is above any limit; int() would balk at thousands.
        plain = re.fullmatch(r"[+-]?[0-9]{1,19}", text)
        if plain is None or int(text) < least or (most is not None and int(text) > most):
            raise _refuse(tokens[0], allowed)
        return int(text)

    return convert


def above_zero(_: Any, tokens: Sequence[Token]) -> float:
    """A converter to a finite number above 0."""
    try:
        number = float(tokens[0].value)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise _refuse(tokens[0], "a number above 0")
    return number


def settings(words: Sequence[str] | None) -> dict[str, object]:
    """`PATH=VALUE` words as values by path; the last one wins. Raises ScenarioError."""
    from nobat.scenario import parse_setting

    return dict(parse_setting(word) for word in words or ())


def check_apart(values: Mapping[str, object], over: Iterable[str]) -> None:
    """ScenarioError for what --set sets and a study varies: what is set would say nothing.

    over: paths, or what --over takes. A value with a range of its own, {low: ..., high: ...}, may
    be set: it says over what the number is varied.
    """
    from nobat.scenario import Problem, ScenarioError

    fixed = (path for path, value in values.items() if not isinstance(value, Mapping))
    plain = {path.removesuffix(".value") for path in fixed}
    varied = [one.partition("=")[0].strip().removesuffix(".value") for one in over]
    text = "is varied, so --set cannot say what it is: leave one of the two out"
    if both := [path for path in dict.fromkeys(varied) if path in plain]:
        raise ScenarioError(Problem(path, None, text) for path in both)


Json = Annotated[
    bool,
    Parameter(
        name="--json",
        negative="",
        show_default=False,
        help="One JSON object on standard output and nothing else there.",
    ),
]

Set = Annotated[
    list[str] | None,
    Parameter(
        name="--set",
        negative="",
        metavar="PATH=VALUE",
        help="Change a value of the scenario, as in contact.frontage=1500; repeat it.",
    ),
]

Doctrines = Annotated[
    list[str] | None,
    Parameter(
        name="--doctrine",
        negative="",
        metavar="NAME",
        help="Run only this doctrine; repeat it for more (default: all).",
    ),
]

Solver = Annotated[
    str,
    Parameter(
        name="--solver",
        metavar="NAME",
        help="monte-carlo draws luck; mean-field puts expected values in its place; exact works "
        "out every chance of a small scenario.",
    ),
]

Replications = Annotated[
    int | None,
    Parameter(
        name=("--replications", "-n"),
        converter=whole(1),
        metavar="N",
        help="Replications of each doctrine (default: the scenario's, else 10000).",
    ),
]

Seed = Annotated[
    int | None,
    Parameter(
        name="--seed",
        converter=whole(0, MOST_SEED),
        metavar="N",
        help="Seed of the luck (default: the scenario's, else 1).",
    ),
]

StepH = Annotated[
    float | None,
    Parameter(
        name="--step-h",
        converter=above_zero,
        metavar="H",
        help="Length of a step, hours; it divides 24 (default: the scenario's, else 1).",
    ),
]

Jobs = Annotated[
    int | None,
    Parameter(
        name="--jobs",
        converter=whole(1),
        metavar="J",
        help="Threads (default: the processors there are).",
    ),
]

Out = Annotated[
    Path | None,
    Parameter(name="--out", metavar="DIR", help="The run's folder (default: runs/NAME-HASH)."),
]
