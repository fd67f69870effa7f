"""Fused reports as text: sentences, and for each report a row with a bar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from nobat.show.language import _, latin, many, marked, named, parts, right_to_left
from nobat.show.layout import Grid, Printed, drawn
from nobat.show.numbers import NOTHING, chance_text, number
from nobat.show.words import flow

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

    from nobat.theory.fusion import Fusion, Weighed

#: How long the longest bar is to each side, in columns.
_LONGEST = 12
_FOR, _AGAINST = "dodger_blue2", "dark_orange3"
_MARK, _PLAIN = "█", "#"
_HEADINGS = (
    marked("report"),
    marked("says"),
    marked("grade"),
    "r",
    "s",
    marked("weight"),
    marked("decibans"),
    marked("without it"),
)
#: Between two words that run from right to left, and yet are to stay on their sides.
_APART = "\u200e|\u200e"
#: The columns that hold words.
_WORDS = 3


class Table(Printed):
    """Fused reports: `str()` is plain text of 100 columns; rich fits it to the terminal."""

    def __init__(self, fusion: Fusion) -> None:
        self._fusion = fusion

    def sentences(self) -> list[str]:
        """The answer, and how far it moves with what the grades mean and with one report less."""
        found = self._fusion
        answer = _("{matter}: yes with a probability of {p} ({word}), from {prior} before {n}.")
        if found.matter.endswith("?"):
            answer = _("{matter} Yes with a probability of {p} ({word}), from {prior} before {n}.")
        told = [
            answer.format(
                matter=named(found.matter),
                p=chance_text(found.p),
                word=_(found.word),
                prior=chance_text(found.prior),
                n=many(len(found.reports), "{n} report", "{n} reports"),
            )
        ]
        if found.reports:
            told.append(
                _(
                    "With every grade at the low end of its range {at_low}, at the high end "
                    "{at_high}; over all of their ranges between {lowest} and {highest}."
                ).format(
                    at_low=chance_text(found.at_low),
                    at_high=chance_text(found.at_high),
                    lowest=chance_text(found.lowest),
                    highest=chance_text(found.highest),
                )
            )
        if len(found.reports) > 1:
            told.append(self._without_one())
        return told

    def _without_one(self) -> str:
        """How far the answer moves with one report less."""
        least, most = (pick(self._fusion.reports, key=_without) for pick in (min, max))
        low, high = chance_text(least.without), chance_text(most.without)
        text = _("Without any one of them it would be {low}.")
        if low != high:
            text = _("Without {least} it would be {low}, without {most} {high}.")
        return text.format(least=latin(least.id), low=low, most=latin(most.id), high=high)

    def rows(self) -> list[tuple[str, ...]]:
        """A row of texts for each report, below the headings."""
        return [
            (
                latin(one.id),
                _(one.says),
                latin(one.grade),
                f"{one.r.mid:.2f}",
                f"{one.s.mid:.2f}",
                f"{one.weight:.2f}" if one.group else NOTHING,
                _signed(one.evidence_db),
                chance_text(one.without),
            )
            for one in self._fusion.reports
        ]

    def notes(self) -> list[str]:
        """What the columns are."""
        told = [
            _(
                "r: chance that the source knows, s: that one that knows is right, both by the "
                "grade. Decibans: weight of evidence for yes; 10 make the odds ten times as large, "
                "and they add up."
            )
        ]
        if any(one.group for one in self._fusion.reports):
            weight = _(
                "Weight: what is left of a report that hangs together with others (rho {rho}): "
                "{groups}. Without one of them the others count more."
            )
            told.append(weight.format(rho=f"{self._fusion.rho:g}", groups=self._groups()))
        if any(one.s.mid < 0.5 for one in self._fusion.reports):
            told.append(_("A report with s below 0.5 speaks against what it says."))
        told.append(_("The numbers behind the grades are a convention."))
        return told

    def _groups(self) -> str:
        """Which reports hang together: `a with b; c with d and e`."""
        groups: dict[str, list[str]] = {}
        for one in self._fusion.reports:
            if one.group:
                groups.setdefault(one.group, []).append(latin(one.id))
        return parts(_(" with ").join(ids) for ids in groups.values())

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the sentences, the rows with their bars, the notes."""
        from rich.text import Text

        yield Text(flow(" ".join(self.sentences()), options.max_width))
        if self._fusion.reports:
            yield Text()
            yield self._grid(options.max_width, options.ascii_only)
            yield Text()
            yield Text(flow(" ".join(self.notes()), options.max_width), style="dim")

    def _grid(self, width: int, ascii_only: bool) -> Grid:
        """The rows; a bar beside each where there is room."""
        from rich import box
        from rich.cells import cell_len
        from rich.text import Text

        rows = self.rows()
        heads = tuple(map(_, _HEADINGS))
        taken = sum(max(map(cell_len, column)) + 2 for column in zip(heads, *rows, strict=True))
        bars = list(self._bars(ascii_only)) if taken + 2 * _LONGEST + 1 <= width else None
        grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
        for place, heading in enumerate(heads):
            side: Literal["left", "right"] = "left" if place < _WORDS else "right"
            grid.add_column(heading, justify=side, overflow="fold", no_wrap=place > 0)
        if bars is not None:
            no, yes = _("no"), _("yes")
            apart = _APART if right_to_left() else "|"
            head = Text(f"{' ' * (_LONGEST - 1 - cell_len(no))}{no} {apart} {yes}")
            grid.add_column(_drawn(head, 2 * _LONGEST + 1), no_wrap=True)
        for place, row in enumerate(rows):
            own = [] if bars is None else [_drawn(bars[place], 2 * _LONGEST + 1)]
            grid.add_row(*map(Text, row), *own)
        return grid

    def _bars(self, ascii_only: bool) -> Iterator[Text]:
        """A bar for each report, to the left for no and to the right for yes."""
        from rich.text import Text

        mark = _PLAIN if ascii_only else _MARK
        most = max(abs(one.evidence_db) for one in self._fusion.reports) or 1.0
        for one in self._fusion.reports:
            size = round(_LONGEST * abs(one.evidence_db) / most)
            bar = Text()
            against = size if one.evidence_db < 0 else 0
            bar.append(" " * (_LONGEST - against)).append(mark * against, style=_AGAINST)
            bar.append("|").append(mark * (size - against), style=_FOR)
            yield bar


def _without(one: Weighed) -> float:
    return one.without


def _signed(value: float) -> str:
    text = number(value, 1)
    return text if text.startswith("-") or float(text.replace(",", "")) == 0 else f"+{text}"


def _drawn(text: Text, width: int) -> Text:
    """A bar or its heading: no and yes lie on the same sides in every language."""
    if right_to_left():
        text.truncate(width, pad=True)
    return drawn(text)
