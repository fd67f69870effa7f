"""An audit as text: how the claims stand, then each claim with what backs its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.engine.runner import counted
from nobat.show.audit_words import estimate, likeness_text, sentences, summary
from nobat.show.numbers import NOTHING, share_text
from nobat.show.pages import Page as Base
from nobat.show.words import flow

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from nobat.account.audited import Answer, Audit

_INDENT = 4


class Page(Base):
    """An audit as text: the sentence, a line for each claim, then every claim by itself."""

    def __init__(self, audit: Audit) -> None:
        super().__init__(audit.scenario.title, audit.scenario.name)
        self._audit = audit
        self.left = len(self.headings()) - 1

    def sentence(self) -> str:
        """How the claims stand."""
        return summary(self._audit)

    def headings(self) -> tuple[str, ...]:
        """The columns: the claim, its verdict, its share, what decides it most."""
        given = ("given the\nrecord",) if self._audit.given_record else ()
        return ("claim", "verdict", *given, "decided most by", "holds in")

    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """A row for each claim."""
        found = []
        for answer in self._audit:
            share = NOTHING if answer.share is None else share_text(estimate(answer.share), between)
            given = (_given(answer),) if self._audit.given_record else ()
            first = answer.deciders[0].path if answer.deciders else NOTHING
            found.append((answer.claim.id, answer.verdict, *given, first, share))
        return found

    def notes(self) -> list[str]:
        """What was run and how to read it."""
        audit = self._audit
        told = [] if audit.likeness is None else [likeness_text(audit.likeness)]
        return [
            f"{counted(audit.settings, 'setting')}: in each, all {audit.quantities} quantities "
            f"with a range were drawn from it at once ({audit.assumed} of them assumed), and what "
            f"the claims need was run {counted(audit.replications, 'time')} on the same luck, seed "
            f"{audit.seed}.",
            "A verdict is on what is tested, over these ranges; it is no probability that a thing "
            "happened. Intervals are 95 %.",
            *told,
        ]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the table of claims with its notes, then claim by claim."""
        from rich.text import Text

        yield from super().__rich_console__(console, options)
        width = options.max_width
        for answer in self._audit:
            claim = answer.claim
            teller = " (told by the record)" if claim.by == "record" else ""
            yield Text()
            yield Text(flow(f"{claim.id}  {claim.told}{teller}", width), style="bold")
            yield Text(_indented(f"Tested: {claim.test.says}", width))
            for text in sentences(answer):
                if not self._audit.given_record and text.startswith("Given the dated record"):
                    continue
                yield Text(_indented(text, width))
        if self._audit.path is not None:
            yield Text()
            yield Text(flow(f"Every figure is in {self._audit.path}.", width), style="dim")


def _given(answer: Answer) -> str:
    return NOTHING if answer.given is None else answer.given.verdict


def _indented(text: str, width: int) -> str:
    """A paragraph that hangs under its claim."""
    blank = " " * _INDENT
    lines = flow(text, width - _INDENT - 2).splitlines()
    return "\n".join([blank + lines[0], *(f"{blank}  {line}" for line in lines[1:])])
