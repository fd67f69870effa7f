"""`nobat theory`: closed forms, each a command of its own. Another one is another line."""

from __future__ import annotations

from nobat.cli import theory_duel, theory_sleep, theory_supply
from nobat.cli.group import Group

_HELP = """
Answer what can be known exactly, without running a campaign.

These are the closed forms that the model is tested against. Each has --json and --help.
"""

THEORY = Group(
    _HELP,
    {
        "duel": (theory_duel.duel, theory_duel.EXAMPLE),
        "sleep": (theory_sleep.sleep, theory_sleep.EXAMPLE),
        "supply": (theory_supply.supply, theory_supply.EXAMPLE),
    },
)
