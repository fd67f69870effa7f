"""The map of answers as text: letters and colours, what each doctrine holds, where it flips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from nobat.show import map_words
from nobat.show.charts import PALETTE
from nobat.show.flip import SURE
from nobat.show.language import _, latin, named, right_to_left
from nobat.show.layout import drawn, spoken
from nobat.show.numbers import NOTHING, chance_text, percent
from nobat.show.pages import Page
from nobat.show.stated import stated_text
from nobat.show.words import days, flow
from nobat.study.decision import LEAST_PAIRS
from nobat.study.map_surface import TIE

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from nobat.study.map_grid import Axis
    from nobat.study.map_parts import Holding, MapFlip
    from nobat.study.map_result import DecisionMap
    from nobat.study.map_surface import Raster

#: Columns and lines of the map in letters, where the screen has room for them.
_COLUMNS, _LINES = 60, 16
_NARROWEST = 10
_ENDLESS = 1000
_LEVEL, _BLANK = "=", "·"
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

        width = options.max_width
        yield Text(named(self._title), style="bold")
        yield Text(latin(self._scenario), style="dim")
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
        leads = _("leads by\n({unit})").format(unit=unit) if unit else _("leads by")
        heads = (_("doctrine"), _("best on"), _("surely"), _("best at"), _("surely"))
        return ("", *heads, leads)

    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """A row for each doctrine, and for ground that nobody holds."""
        answer = self._answer
        nobody = ((_LEVEL, _("(level)"), answer.level), (_BLANK, _("(no data)"), answer.no_data))
        return [
            *(
                self._row(letter, one)
                for letter, one in zip(letters(answer.doctrines), answer.holdings, strict=True)
            ),
            *(
                (sign, name, _part(one.share), NOTHING, _points(one.points), NOTHING, NOTHING)
                for sign, name, one in nobody
                if one.share or one.points
            ),
        ]

    def _row(self, letter: str, one: Holding) -> tuple[str, ...]:
        """What a doctrine holds."""
        enough = self._answer.enough
        return (
            letter,
            latin(one.doctrine),
            _part(one.share),
            percent(one.sure) if one.share and enough else NOTHING,
            _points(one.points),
            str(one.sure_points) if one.points and enough else NOTHING,
            map_words.leads_text(self._answer, one) or NOTHING,
        )

    def notes(self) -> list[str]:
        """What was run and how to read it."""
        answer = self._answer
        known = {
            "name": latin(answer.outcome.name),
            "meaning": _(answer.outcome.meaning),
            "days": days(answer.horizon_d),
        }
        return [
            _best_is(answer).format(**known),
            map_words.what_was_run(answer),
            *(
                stated_text(axis.path, axis.factor.quantity, (axis.low, axis.high))
                for axis in (answer.x, answer.y)
                if axis.factor.quantity is not None
            ),
            f"{_between(answer)} {_signs(answer)}",
            _surely() if answer.enough else map_words.too_few(answer),
        ]

    def _map(self, width: int) -> Iterator[Text]:
        """The map in letters, the highest y at the top, with the values along both axes."""
        answer = self._answer
        heading = f"{map_words.short(answer.y)}{_in_brackets(answer.y)}"
        room = max(min(_COLUMNS, width - 2 - _label_width(answer.y)), _NARROWEST)
        raster = answer.raster(room, _LINES)
        wide = max(1, room // raster.winner.shape[1])
        labels = _labels(answer.y, raster.winner.shape[0])
        margin = max(map(len, labels))
        columns = raster.winner.shape[1] * wide
        yield _laid(Text(heading, style="dim"), margin + 1 + columns)
        for i in reversed(range(len(labels))):
            label = Text.assemble((f"{labels[i]:>{margin}} ", "dim"))
            line = label.append_text(_line(raster, i, wide, letters(answer.doctrines)))
            yield _laid(line, margin + 1 + columns)
        for below in _below(answer.x, columns):
            line = Text(" " * (margin + 1) + below, style="dim")
            yield _laid(line, margin + 1 + columns)

    def _flips(self, width: int) -> list[str]:
        """Where the winner changes on each section, a line for each, along one axis and the other.

        A section along which nothing changes is left out.
        """
        answer = self._answer
        lines: list[str] = []
        for name, along, across in (("x", answer.x, answer.y), ("y", answer.y, answer.x)):
            if found := [one for one in answer.flips if one.along == name]:
                text = _("Along {path}, where {across} is")
                short = latin(map_words.short(across))
                lines.append(text.format(path=latin(along.path), across=short))
                lines += _changes(answer, found, width)
        return lines


def _laid(line: Text, width: int) -> Text:
    """A line of the map; from right to left it is as wide as the others, so that all keep left."""
    if not right_to_left():
        return line
    found = spoken(line)
    assert isinstance(found, Text)
    found.truncate(width, pad=True)
    return drawn(found)


def _changes(answer: DecisionMap, found: Sequence[MapFlip], width: int) -> Iterator[str]:
    """The flips along one axis, a line or more for each."""
    values = [map_words.plain(one.at) for one in found]
    margin = max(map(len, values))
    last = None
    for value, one in zip(values, found, strict=True):
        shown = "" if value == last else value
        last = value
        text = _("{before} to {after} at {value}")
        if one.p_exists is not None:
            text = _("{before} to {after} at {value}, in {share} of resamples")
            if one.p_exists < SURE:
                text = _("{before} to {after} at {value}, in {share} of resamples: it may be noise")
        text = text.format(
            before=latin(one.before),
            after=latin(one.after),
            value=map_words.flip_text(answer, one),
            share=chance_text(one.p_exists or 0.0),
        )
        first, *rest = flow(text, max(width - margin - 4, 20)).splitlines()
        yield f"  {shown:>{margin}}  {first}"
        yield from (" " * (margin + 4) + each for each in rest)


def _part(share: float) -> str:
    """A part of the map."""
    return chance_text(share) if share else NOTHING


def _points(count: int) -> str:
    """So many points."""
    return map_words.points(count) if count else NOTHING


def _between(answer: DecisionMap) -> str:
    """What is said between the points."""
    listed = [map_words.short(axis) for axis in (answer.x, answer.y) if axis.listed]
    if len(listed) == 2:
        return _("Each value is looked at by itself.")
    if listed:
        return _(
            "Each value of {path} is looked at by itself, its means straight lines between the "
            "points; no flip is told along {path}."
        ).format(path=latin(listed[0]))
    return _("Between the points the means are planes over triangles.")


def _best_is(answer: DecisionMap) -> str:
    """What the outcome is, and which of its values is the best; with gaps."""
    if answer.outcome.kind == "share":
        if answer.best == "highest":
            return _("{name}: {meaning}, within {days}; the highest is the best.")
        return _("{name}: {meaning}, within {days}; the lowest is the best.")
    if answer.best == "highest":
        return _("{name}: {meaning}; the highest is the best.")
    return _("{name}: {meaning}; the lowest is the best.")


def _signs(answer: DecisionMap) -> str:
    """What the marks of the map and the columns of the table say."""
    told = [
        _("Small letters: not beyond noise."),
        _("{sign}: the best are level.").format(sign=_LEVEL),
    ]
    if answer.no_data.points or answer.no_data.share:
        told.append(_("{sign}: no data.").format(sign=_BLANK))
    told.append(
        _(
            "Best on: the part of the map; best at: of the points that were run, with the least "
            "and the largest lead over the next best there, more than 0 is better."
        )
    )
    return " ".join(told)


def _surely() -> str:
    """When a winner is sure."""
    return _(
        "Surely: at a point, where Student's paired 95 % interval of its lead is above 0 and {n} "
        "pairs or more differ; elsewhere, where that is so at all points that the place lies "
        "between. Flips: 95 % bootstrap intervals."
    ).format(n=LEAST_PAIRS)


def _line(raster: Raster, row: int, wide: int, named: Sequence[str]) -> Text:
    """One line of the map: letters in their doctrine's colour, large where they are sure."""
    line = Text()
    boxes = zip(raster.winner[row].tolist(), raster.sure[row].tolist(), strict=True)
    for (winner, sure), run in groupby(boxes):
        count = wide * len(list(run))
        if winner < 0:
            line.append((_LEVEL if winner == TIE else _BLANK) * count, style="dim")
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
    text = f"{map_words.short(axis)}{_in_brackets(axis)}"
    numbers = _bands(axis, room) if axis.listed else _ends(axis, room)
    return [numbers, text.center(room).rstrip()]


def _bands(axis: Axis, room: int) -> str:
    """The values of a listed axis, each below the middle of its columns, as many as there is room.

    The first and the last come before those between.
    """
    values = [map_words.plain(value) for value in axis.values]
    wide = room // len(values)
    line = [" "] * room
    for i in sorted(range(len(values)), key=lambda i: (i not in (0, len(values) - 1), i)):
        start = max(min(i * wide + (wide - len(values[i])) // 2, room - len(values[i])), 0)
        end = start + len(values[i])
        if not "".join(line[max(start - 1, 0) : end + 1]).strip():
            line[start:end] = values[i]
    return "".join(line).rstrip()


def _ends(axis: Axis, room: int) -> str:
    """The lowest value, the highest, and the one in the middle if there is room."""
    low, middle, high = (
        map_words.plain(value) for value in (axis.low, (axis.low + axis.high) / 2, axis.high)
    )
    left = max(room // 2 - len(low) - len(middle) // 2, 1)
    right = max(room - len(low) - left - len(middle) - len(high), 1)
    between = " " * (left + len(middle) + right)
    if left > 1 and right > 1:
        between = " " * left + middle + " " * right
    return f"{low}{between}{high}"


def _in_brackets(axis: Axis) -> str:
    """The unit of an axis in brackets; empty where it says nothing."""
    own = map_words.unit(axis).strip()
    return f" ({own})" if own else ""
