"""What the closed forms that can also be drawn share: luck that is not asked for, and waiting."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from nobat.cli.output import say
from nobat.cli.progress import EVERY_S
from nobat.show.language import latin, listed, n_

#: The method that draws; what belongs to it alone.
_DRAWS = "simulate"
_LUCK = ("replications", "seed")


def mind_luck(given: Mapping[str, object], method: str) -> None:
    """Say so where replications or a seed were given and nothing is drawn: they change nothing."""
    idle = [f"--{name}" for name in _LUCK if given.get(name) is not None]
    if idle and method != _DRAWS:
        text = n_(
            "{options} means nothing here: with {method} nothing is drawn ({draws} draws)",
            "{options} mean nothing here: with {method} nothing is drawn ({draws} draws)",
            len(idle),
        )
        say(
            text.format(
                options=listed(map(latin, idle)),
                method=latin(f"--method {method}"),
                draws=latin(f"--method {_DRAWS}"),
            )
        )


def teller(compiling: str | None, things: str) -> Callable[[int, int], None]:
    """Say what is compiled first, if anything; then now and then how many are drawn.

    compiling: the sentence that says so. things: a sentence with gaps for what is done, what there
    is in all, and how many a second.
    """
    if compiling is not None:
        say(compiling)
    said = began = time.monotonic()

    def told(done: int, total: int) -> None:
        nonlocal said
        now = time.monotonic()
        if now - said >= EVERY_S and done < total:
            said = now
            rate = f"{done / (now - began):,.0f}"
            say(things.format(done=f"{done:,}", total=f"{total:,}", rate=rate))

    return told
