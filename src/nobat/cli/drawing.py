"""What the closed forms that can also be drawn share: luck that is not asked for, and waiting."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from nobat.cli.output import say
from nobat.cli.progress import EVERY_S

#: The method that draws; what belongs to it alone.
_DRAWS = "simulate"
_LUCK = ("replications", "seed")


def mind_luck(given: Mapping[str, object], method: str) -> None:
    """Say so where replications or a seed were given and nothing is drawn: they change nothing."""
    idle = [f"--{name}" for name in _LUCK if given.get(name) is not None]
    if idle and method != _DRAWS:
        verb = "means" if len(idle) == 1 else "mean"
        why = f"with --method {method} nothing is drawn"
        say(f"{' and '.join(idle)} {verb} nothing here: {why} (--method {_DRAWS} draws)")


def teller(compiling: str | None, things: str) -> Callable[[int, int], None]:
    """Say what is compiled first, if anything; then now and then how many are drawn.

    compiling: what, and how long it takes. things: what is counted, in the plural.
    """
    if compiling is not None:
        say(f"compiling {compiling} ...")
    said = began = time.monotonic()

    def told(done: int, total: int) -> None:
        nonlocal said
        now = time.monotonic()
        if now - said >= EVERY_S and done < total:
            said = now
            say(f"{done:,} of {total:,} {things}, {done / (now - began):,.0f} a second")

    return told
