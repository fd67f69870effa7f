"""Fused reports as text: sentences, and for each report a row with a bar."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nobat.show.numbers import NOTHING, chance_text, number
from nobat.show.tables import WIDTH
from nobat.show.words import flow

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.table import Table as RichTable
    from rich.text import Text

    from nobat.theory.fusion import Fusion, Weighed

#: How long the longest bar is to each side, in columns.
_LONGEST = 12
_FOR, _AGAINST = "dodger_blue2", "dark_orange3"
_MARK, _PLAIN = "█", "#"
_HEADINGS = ("report", "says", "grade", "r", "s", "weight", "decibans", "without it")


class Table:
    """Fused reports: `str()` is plain text of 100 columns; rich fits it to the terminal."""

    def __init__(self, fusion: Fusion) -> None:
        self._fusion = fusion

    def sentences(self) -> list[str]:
        """The answer, and how far it moves with what the grades mean and with one report less."""
        found = self._fusion
        told = [
            f"{found.matter}{' Yes' if found.matter.endswith('?') else ': yes'} with a probability "
            f"of {chance_text(found.p)} ({found.word}), from {chance_text(found.prior)} before "
            f"{_counted(len(found.reports), 'report', 'reports')}."
        ]
        if found.reports:
            told.append(
                f"With every grade at the low end of its range {chance_text(found.at_low)}, at the "
                f"high end {chance_text(found.at_high)}; over all of their ranges between "
                f"{chance_text(found.lowest)} and {chance_text(found.highest)}."
            )
        if len(found.reports) > 1:
            least, most = (pick(found.reports, key=_without) for pick in (min, max))
            low, high = chance_text(least.without), chance_text(most.without)
            told.append(
                f"Without any one of them it would be {low}."
                if low == high
                else f"Without {least.id} it would be {low}, without {most.id} {high}."
            )
        return told

    def rows(self) -> list[tuple[str, ...]]:
        """A row of texts for each report, below the headings."""
        return [
            (
                one.id,
                one.says,
                one.grade,
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
            "r: chance that the source knows, s: that one that knows is right, both by the grade. "
            "Decibans: weight of evidence for yes; 10 make the odds ten times as large, and they "
            "add up."
        ]
        if any(one.group for one in self._fusion.reports):
            told.append(
                f"Weight: what is left of a report that hangs together with others (rho "
                f"{self._fusion.rho:g}): {self._groups()}. Without one of them the others count "
                "more."
            )
        if any(one.s.mid < 0.5 for one in self._fusion.reports):
            told.append("A report with s below 0.5 speaks against what it says.")
        told.append("The numbers behind the grades are a convention.")
        return told

    def _groups(self) -> str:
        """Which reports hang together: `a with b; c with d and e`."""
        groups: dict[str, list[str]] = {}
        for one in self._fusion.reports:
            if one.group:
                groups.setdefault(one.group, []).append(one.id)
        return "; ".join(" with ".join(ids) if len(ids) > 1 else ids[0] for ids in groups.values())

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the sentences, the rows with their bars, the notes."""
        from rich.text import Text

        yield Text(flow(" ".join(self.sentences()), options.max_width))
        if self._fusion.reports:
            yield Text()
            yield self._grid(options.max_width, options.ascii_only)
            yield Text()
            yield Text(flow(" ".join(self.notes()), options.max_width), style="dim")

    def _grid(self, width: int, ascii_only: bool) -> RichTable:
        """The rows; a bar beside each where there is room."""
        from rich import box
        from rich.table import Table as RichTable
        from rich.text import Text

        rows = self.rows()
        taken = sum(max(map(len, column)) + 2 for column in zip(_HEADINGS, *rows, strict=True))
        bars = list(self._bars(ascii_only)) if taken + 2 * _LONGEST + 1 <= width else None
        grid = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
        for place, heading in enumerate(_HEADINGS):
            text = place < _HEADINGS.index("r")
            grid.add_column(
                heading, justify="left" if text else "right", overflow="fold", no_wrap=place > 0
            )
        if bars is not None:
            grid.add_column(f"{'no':>{_LONGEST - 1}} | yes", no_wrap=True)
        for place, row in enumerate(rows):
            grid.add_row(*map(Text, row), *([bars[place]] if bars is not None else []))
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

    def __str__(self) -> str:
        """Plain text, 100 columns wide."""
        from rich.console import Console

        page = io.StringIO()
        console = Console(file=page, width=WIDTH, color_system=None, force_terminal=False)
        console.print(self)
        return "\n".join(line.rstrip() for line in page.getvalue().splitlines())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The text as it stands, in letters of one width."""
        return f'<pre style="line-height:1.15">{html.escape(str(self))}</pre>'


def _without(one: Weighed) -> float:
    return one.without


def _signed(value: float) -> str:
    text = number(value, 1)
    return text if text.startswith("-") or float(text.replace(",", "")) == 0 else f"+{text}"


def _counted(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"
