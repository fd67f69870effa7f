"""`nobat theory`: closed forms, each a command of its own. Another one is another line."""

from __future__ import annotations

from nobat.cli import (
    theory_breach,
    theory_checkpoint,
    theory_duel,
    theory_fuse,
    theory_recurrence,
    theory_sleep,
    theory_supply,
)
from nobat.cli.group import Group

_HELP = """
Answer what can be known exactly, without running a campaign.

These are the closed forms that the model is tested against. Each has --json and --help.
"""

THEORY = Group(
    _HELP,
    {
        "breach": (theory_breach.breach, theory_breach.EXAMPLE),
        "checkpoint": (theory_checkpoint.checkpoint, theory_checkpoint.EXAMPLE),
        "duel": (theory_duel.duel, theory_duel.EXAMPLE),
        "fuse": (theory_fuse.fuse, theory_fuse.EXAMPLE),
        "recurrence": (theory_recurrence.recurrence, theory_recurrence.EXAMPLE),
        "sleep": (theory_sleep.sleep, theory_sleep.EXAMPLE),
        "supply": (theory_supply.supply, theory_supply.EXAMPLE),
    },
)
