"""The map of answers as text: letters and colours, what each doctrine holds, where it flips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from nobat.engine.runner import counted
from nobat.show import map_words
from nobat.show.charts import PALETTE
from nobat.show.numbers import NOTHING, chance_text, percent
from nobat.show.pages import Page
from nobat.show.words import days, flow

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

    from nobat.study.map_grid import Axis
    from nobat.study.map_result import DecisionMap
    from nobat.study.map_surface import Raster

#: Columns and lines of the map in letters, where the screen has room for them.
_COLUMNS, _LINES = 60, 16
_NARROWEST = 10
_ENDLESS = 1000
_TIE = "="
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def letters(names: Sequence[str]) -> tuple[str, ...]:
    """A letter for each doctrine: the first of its name that is still free, else of the alphabet.

    Beyond 26 doctrines letters repeat.
    """
    found: list[str] = []
    for name in names:
        wanted = [*(c for c in name.upper() if c in _ALPHABET), *_ALPHABET]
        found.append(next((c for c in wanted if c not in found), _ALPHABET[len(found) % 26]))
    return tuple(found)


class Table(Page):
    """A map as text: the sentence, the map in letters, what each doctrine holds, the flips."""

    def __init__(self, answer: DecisionMap) -> None:
        super().__init__(answer.title, answer.scenario)
        self._answer = answer

    def sentence(self) -> str:
        """Who wins where."""
        return map_words.sentence(self._answer)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the sentence, the map, the tables, the notes."""
        from rich.measure import Measurement
        from rich.text import Text

        width = options.max_width
        yield Text(self._title, style="bold")
        yield Text(self._scenario, style="dim")
        yield Text()
        yield Text(flow(self.sentence(), width))
        yield Text()
        yield from self._map(width)
        yield Text()
        grid = self._grid(" ")
        room = options.update(width=_ENDLESS)
        fits = Measurement.get(console, room, grid).maximum <= width
        yield grid if fits else Text(self._list(width))
        yield Text()
        if lines := self._flips(width):
            yield Text("\n".join(lines))
            yield Text()
        yield Text(flow(" ".join(self.notes()), width), style="dim")

    def headings(self) -> tuple[str, ...]:
        """The columns of what each doctrine holds."""
        unit = map_words.leads_unit(self._answer)
        leads = f"leads by\n({unit})" if unit else "leads by"
        return ("", "doctrine", "best on", "surely", "best at", "surely", leads)

    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """A row for each doctrine."""
        named = letters(self._answer.doctrines)
        return [
            (
                letter,
                one.doctrine,
                chance_text(one.share) if one.share else NOTHING,
                percent(one.sure) if one.share else NOTHING,
                counted(one.points, "point") if one.points else NOTHING,
                str(one.sure_points) if one.points else NOTHING,
                map_words.leads_text(self._answer, one) or NOTHING,
            )
            for letter, one in zip(named, self._answer.holdings, strict=True)
        ]

    def notes(self) -> list[str]:
        """What was run and how to read it."""
        answer = self._answer
        by_then = f", within {days(answer.horizon_d)}" if answer.outcome.kind == "share" else ""
        return [
            f"{answer.outcome.name}: {answer.outcome.meaning}{by_then}; the {answer.best} is the "
            "best.",
            map_words.what_was_run(answer),
            "Between the points the means are planes over triangles. Small letters: not beyond "
            f"noise. {_TIE}: nobody is ahead. Best on: the part of the map; best at: of the points "
            "that were run, with the least and the largest lead over the next best there.",
            "Surely: where it leads in 97.5 % of 2,000 bootstrap resamples; at a point, where "
            "Student's 95 % interval of its lead leaves out 0. Flips: 95 % "
            "bootstrap intervals.",
        ]

    def _map(self, width: int) -> Iterator[Text]:
        """The map in letters, the highest y at the top, with the values along both axes."""
        from rich.text import Text

        answer = self._answer
        heading = f"{map_words.short(answer.y)}{_in_brackets(answer.y)}"
        room = max(min(_COLUMNS, width - 2 - _label_width(answer.y)), _NARROWEST)
        raster = answer.raster(room, _LINES)
        wide = max(1, room // raster.winner.shape[1])
        labels = _labels(answer.y, raster.winner.shape[0])
        margin = max(map(len, labels))
        yield Text(heading, style="dim")
        for i in reversed(range(len(labels))):
            label = Text.assemble((f"{labels[i]:>{margin}} ", "dim"))
            yield label.append_text(_line(raster, i, wide, letters(answer.doctrines)))
        for below in _below(answer.x, raster.winner.shape[1] * wide):
            yield Text(" " * (margin + 1) + below, style="dim")

    def _flips(self, width: int) -> list[str]:
        """Where the winner changes on each section, a line for each."""
        answer = self._answer
        found = map_words.told(answer)
        if not found:
            return []
        along, across = (answer.x, answer.y)[:: 1 if found[0].along == "x" else -1]
        lines = [f"Along {along.path}, where {map_words.short(across)} is"]
        values = [map_words.plain(one.at) for one in found]
        margin = max(map(len, values))
        last = None
        for value, one in zip(values, found, strict=True):
            shown = "" if value == last else value
            last = value
            text = (
                f"{one.before} to {one.after} at {map_words.flip_text(answer, one)}, in "
                f"{chance_text(one.p_exists)} of resamples"
            )
            first, *rest = flow(text, max(width - margin - 4, 20)).splitlines()
            lines.append(f"  {shown:>{margin}}  {first}")
            lines += [" " * (margin + 4) + each for each in rest]
        return lines


def _line(raster: Raster, row: int, wide: int, named: Sequence[str]) -> Text:
    """One line of the map: letters in their doctrine's colour, large where they are sure."""
    from rich.text import Text

    line = Text()
    boxes = zip(raster.winner[row].tolist(), raster.sure[row].tolist(), strict=True)
    for (winner, sure), run in groupby(boxes):
        count = wide * len(list(run))
        if winner < 0:
            line.append(_TIE * count, style="dim")
            continue
        letter = named[winner] if sure else named[winner].lower()
        line.append(letter * count, style=PALETTE[winner % len(PALETTE)])
    return line


def _labels(axis: Axis, count: int) -> list[str]:
    """What stands beside each line: every value of a listed axis, else the ends and the middle."""
    if axis.listed:
        return [map_words.plain(value) for value in axis.values]
    ends = {0: axis.low, count // 2: (axis.low + axis.high) / 2, count - 1: axis.high}
    return [map_words.plain(ends[i]) if i in ends else "" for i in range(count)]


def _label_width(axis: Axis) -> int:
    """The room that the labels of an axis take."""
    return max(len(map_words.plain(value)) for value in axis.values)


def _below(axis: Axis, room: int) -> list[str]:
    """The values below the map, and what they are."""
    low, middle, high = (
        map_words.plain(value) for value in (axis.low, (axis.low + axis.high) / 2, axis.high)
    )
    left = max(room // 2 - len(low) - len(middle) // 2, 1)
    right = max(room - len(low) - left - len(middle) - len(high), 1)
    between = " " * (left + len(middle) + right)
    if left > 1 and right > 1 and not axis.listed:
        between = " " * left + middle + " " * right
    text = f"{map_words.short(axis)}{_in_brackets(axis)}"
    return [f"{low}{between}{high}", text.center(room).rstrip()]


def _in_brackets(axis: Axis) -> str:
    """The unit of an axis in brackets; empty where it says nothing."""
    own = map_words.unit(axis).strip()
    return f" ({own})" if own else ""
