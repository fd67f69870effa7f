"""The guards of a scenario as text for a terminal and as plain JSON values."""

from __future__ import annotations

import re
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nobat.show.numbers import chance_text
from nobat.study.guards import HIGHEST, LOWEST, Guards, Halved, Move

_PATH_WIDTH = 32


def report(guards: Guards) -> RenderableType:
    """All four answers, one below the other; fits 100 columns."""
    return Group(
        _heading(
            f"Chances of the main doctrines, between {LOWEST:.0%} and {HIGHEST:.0%}", guards.open
        ),
        _indented(
            Text(", ".join(f"{name} {chance_text(p)}" for name, p in guards.chances.items()))
        ),
        _heading("The range of every mechanism moves an outcome", guards.all_move),
        _indented(_mechanisms(guards)),
        _heading("The better doctrine changes inside declared ranges", bool(guards.flips)),
        _indented(_flips(guards)),
        _heading("Half the step leaves the main outcomes where they are", guards.steady),
        _indented(_steps(guards)),
        *_idle(guards),
    )


def to_json(guards: Guards) -> dict[str, Any]:
    """The answers as plain JSON values."""
    return {
        "good": guards.good,
        "replications": guards.replications,
        "chances": {"ok": guards.open, "p_secured": guards.chances},
        "ranges": {"ok": guards.all_move, "moves": [_move(move) for move in guards.moves]},
        "flips": {"ok": bool(guards.flips), "paths": [move.path for move in guards.flips]},
        "step": {"ok": guards.steady, "halved": [_halved(halved) for halved in guards.halved]},
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "path": move.path,
        "low": move.low,
        "high": move.high,
        "outcome": move.outcome,
        "doctrine": move.doctrine,
        "effect_sd": round(move.effect, 4),
        "visible": move.visible,
        "best_at_low_default_high": list(move.best),
        "flips": move.flips,
    }


def _halved(halved: Halved) -> dict[str, Any]:
    return {
        "doctrine": halved.doctrine,
        "outcome": halved.outcome,
        "step": halved.whole,
        "half_step": halved.half,
        "allowed": halved.allowed,
        "ok": halved.steady,
    }


def _heading(text: str, ok: bool) -> Text:
    line = Text("\n").append(text, style="bold").append(": ")
    return line.append("yes" if ok else "NO", style="green" if ok else "bold red")


def _indented(thing: RenderableType) -> Padding:
    return Padding(thing, (0, 0, 0, 2))


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _mechanisms(guards: Guards) -> Table:
    """The number that moves most, of each mechanism."""
    table = _table("number", "from .. to", "moves most", "under", "by")
    for _, move in sorted(guards.mechanisms.items()):
        sign = "" if move.visible else " (not visible)"
        table.add_row(
            _path(move.path),
            f"{move.low:g} .. {move.high:g}",
            move.outcome,
            move.doctrine,
            f"{move.effect:.1f} sd{sign}",
        )
    return table


def _path(path: str) -> str:
    """A path in lines that fit a column, broken behind a dot."""
    lines = [""]
    for part in re.split(r"(?<=\.)", path):
        if len(lines[-1]) + len(part) > _PATH_WIDTH:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)


def _flips(guards: Guards) -> RenderableType:
    if not guards.flips:
        return Text("No range turns the order of the doctrines round beyond doubt.")
    table = _table("number", "from .. to", "best at low", "at default", "at high")
    for move in guards.flips:
        table.add_row(_path(move.path), f"{move.low:g} .. {move.high:g}", *move.best)
    return table


def _steps(guards: Guards) -> RenderableType:
    """The largest change of each doctrine, as part of what is allowed."""
    table = _table("doctrine", "most changed", "step", "half step", "change", "allowed")
    for name in guards.chances:
        own = [halved for halved in guards.halved if halved.doctrine == name]
        if own:
            worst = max(own, key=lambda h: abs(h.half - h.whole) / h.allowed if h.allowed else 0.0)
            change = worst.half - worst.whole
            table.add_row(
                name, worst.outcome, f"{worst.whole:,.4g}", f"{worst.half:,.4g}",
                f"{change:+,.3g}", f"{worst.allowed:,.3g}",
            )  # fmt: skip
    return table


def _idle(guards: Guards) -> list[RenderableType]:
    """The numbers whose whole range moves nothing visibly, by name: they decide nothing here."""
    idle = [move.path for move in guards.moves if not move.visible]
    if not idle:
        return []
    return [
        Text("\nNumbers that decide nothing here, over their whole range", style="bold"),
        _indented(Text(", ".join(idle))),
    ]
