"""The guards of a scenario as text for a terminal and as plain JSON values."""

from __future__ import annotations

import re
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from nobat.show.language import _, joined, latin
from nobat.show.layout import Grid, indented
from nobat.show.numbers import chance_text
from nobat.study.guards import HIGHEST, LOWEST, Guards, Halved, Move

_PATH_WIDTH = 32


def report(guards: Guards) -> RenderableType:
    """All four answers, one below the other; fits 100 columns."""
    return Group(
        _heading(
            _("Chances of the main doctrines, between {low} and {high}").format(
                low=f"{LOWEST:.0%}", high=f"{HIGHEST:.0%}"
            ),
            guards.open,
        ),
        _indented(
            Text(joined(f"{latin(name)} {chance_text(p)}" for name, p in guards.chances.items()))
        ),
        _heading(_("The range of every mechanism moves an outcome"), guards.all_move),
        _indented(_mechanisms(guards)),
        _heading(_("The better doctrine changes inside declared ranges"), bool(guards.flips)),
        _indented(_flips(guards)),
        _heading(_("Half the step leaves the main outcomes where they are"), guards.steady),
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
    return line.append(_("yes") if ok else _("NO"), style="green" if ok else "bold red")


def _indented(thing: RenderableType) -> RenderableType:
    return indented(thing, 2)


def _table(*headings: str) -> Grid:
    table = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _mechanisms(guards: Guards) -> Grid:
    """The number that moves most, of each mechanism."""
    table = _table(_("number"), _("from .. to"), _("moves most"), _("under"), _("by"))
    for _name, move in sorted(guards.mechanisms.items()):
        effect = _("{n} sd") if move.visible else _("{n} sd (not visible)")
        table.add_row(
            _path(move.path),
            _ends(move.low, move.high),
            latin(move.outcome),
            latin(move.doctrine),
            effect.format(n=f"{move.effect:.1f}"),
        )
    return table


def _path(path: str) -> str:
    """A path in lines that fit a column, broken behind a dot."""
    lines = [""]
    for part in re.split(r"(?<=\.)", path):
        if len(lines[-1]) + len(part) > _PATH_WIDTH:
            lines.append("")
        lines[-1] += part
    return "\n".join(map(latin, lines))


def _ends(low: float, high: float) -> str:
    """A range as it stands in a column: `20 .. 60`."""
    return _("{low} .. {high}").format(low=f"{low:g}", high=f"{high:g}")


def _flips(guards: Guards) -> RenderableType:
    if not guards.flips:
        return Text(_("No range turns the order of the doctrines round beyond doubt."))
    table = _table(_("number"), _("from .. to"), _("best at low"), _("at default"), _("at high"))
    for move in guards.flips:
        ends = _ends(move.low, move.high)
        table.add_row(_path(move.path), ends, *map(latin, move.best))
    return table


def _steps(guards: Guards) -> RenderableType:
    """The largest change of each doctrine, as part of what is allowed."""
    table = _table(
        _("doctrine"), _("most changed"), _("step"), _("half step"), _("change"), _("allowed")
    )
    for name in guards.chances:
        own = [halved for halved in guards.halved if halved.doctrine == name]
        if own:
            worst = max(own, key=lambda h: abs(h.half - h.whole) / h.allowed if h.allowed else 0.0)
            change = worst.half - worst.whole
            table.add_row(
                latin(name), latin(worst.outcome), f"{worst.whole:,.4g}", f"{worst.half:,.4g}",
                f"{change:+,.3g}", f"{worst.allowed:,.3g}",
            )  # fmt: skip
    return table


def _idle(guards: Guards) -> list[RenderableType]:
    """The numbers whose whole range moves nothing visibly, by name: they decide nothing here."""
    idle = [move.path for move in guards.moves if not move.visible]
    if not idle:
        return []
    return [
        Text("\n" + _("Numbers that decide nothing here, over their whole range"), style="bold"),
        _indented(Text(joined(map(latin, idle)))),
    ]
