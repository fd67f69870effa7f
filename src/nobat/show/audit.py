"""An audit as text: how the claims stand, then each claim with what backs its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.show.audit_record import record_texts
from nobat.show.audit_words import estimate, sentences, summary, words_text
from nobat.show.language import _, latin, many, named
from nobat.show.layout import indented
from nobat.show.numbers import NOTHING, share_text
from nobat.show.pages import Page as Base
from nobat.show.words import flow

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from nobat.account.audited import Answer, Audit

_INDENT = 4
#: The longest path in the table of claims.
_WIDEST = 32


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
        given = (_("given the\nrecord"),) if self._audit.given_record else ()
        return (_("claim"), _("verdict"), *given, _("hangs most on"), _("holds in"))

    def rows(self, between: str = " ") -> list[tuple[str, ...]]:
        """A row for each claim."""
        found = []
        for answer in self._audit:
            share = NOTHING if answer.share is None else share_text(estimate(answer.share), between)
            given = (_given(answer),) if self._audit.given_record else ()
            first = latin(_short(answer.deciders[0].path)) if answer.deciders else NOTHING
            found.append((latin(answer.claim.id), _(answer.verdict), *given, first, share))
        return found

    def notes(self) -> list[str]:
        """What was run and how to read it."""
        audit = self._audit
        drawn = _(
            "All {quantities} numbers of the scenario that have a range ({assumed} of them "
            "assumed) were drawn from it at once, {settings} times over: each draw is a setting. "
            "In each setting what the claims need was run {runs}, on the same luck, seed {seed}."
        ).format(
            quantities=audit.quantities,
            assumed=audit.assumed,
            settings=f"{audit.settings:,}",
            runs=many(audit.replications, "{n} time", "{n} times"),
            seed=audit.seed,
        )
        meant = _(
            "A verdict is on what is tested, over these ranges; it is no probability that a thing "
            "happened. Intervals are 95 %."
        )
        return [drawn, meant, words_text()]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich prints: the claims with notes, the record, claim by claim, the sources."""
        from rich.text import Text

        yield from super().__rich_console__(console, options)
        for block in (self._record(), *map(self._claim, self._audit), self._sources()):
            if block:
                head, *others = block
                yield Text()
                yield Text(flow(head, options.max_width), style="bold")
                for text in others:
                    yield _hanging(text, options.max_width)
        if self._audit.path is not None:
            where = _("Every figure is in {folder}.").format(folder=latin(str(self._audit.path)))
            yield Text()
            yield Text(flow(where, options.max_width), style="dim")

    def _record(self) -> list[str]:
        """What looks like the dated record."""
        found = self._audit.likeness
        return [] if found is None else [_("The dated record"), *record_texts(found)]

    def _claim(self, answer: Answer) -> list[str]:
        """A claim, what is tested, and what is said of it."""
        claim = answer.claim
        head = f"{latin(claim.id)}  {named(claim.told)}"
        if claim.by == "record":
            head = _("{claim} (told by the record)").format(claim=head)
        told = list(sentences(answer, given=self._audit.given_record))
        return [head, _("Tested: {says}").format(says=named(claim.test.says)), *told]

    def _sources(self) -> list[str]:
        """The sources that are named: what they are, and who is speaking."""
        known = self._audit.sources()
        told = [
            _("{id}: {title} ({stance})").format(
                id=latin(name), title=named(one.title), stance=named(one.stance)
            )
            if one.stance
            else f"{latin(name)}: {named(one.title)}"
            for name, one in known.items()
        ]
        return [_("The sources that are named"), *told] if told else []


def _short(path: str) -> str:
    """A path for a column: the end of a long one, which stands in full below."""
    while len(path) > _WIDEST and "." in path.lstrip("…"):
        path = f"…{path.lstrip('…').partition('.')[2]}"
    return path


def _given(answer: Answer) -> str:
    return NOTHING if answer.given is None else _(answer.given.verdict)


def _hanging(text: str, width: int) -> RenderableType:
    """A paragraph that hangs under its heading."""
    from rich.text import Text

    first, *others = flow(text, width - _INDENT - 2).splitlines()
    return indented(Text("\n".join([first, *(f"  {line}" for line in others)])), _INDENT)
