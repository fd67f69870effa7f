"""An audit as text: how the claims stand, then each claim with what backs its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nobat.show.audit_record import record_texts
from nobat.show.audit_words import asks, estimate, notes, sentences, summary, verdict_word
from nobat.show.language import _, latin, named
from nobat.show.layout import indented
from nobat.show.numbers import NOTHING, share_text
from nobat.show.pages import Page as Base
from nobat.show.words import flow

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from nobat.account.audited import Answer, Audit
    from nobat.account.verdict import Share

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
            share = NOTHING if answer.share is None else _share(answer.share, between)
            given = (_given(answer),) if self._audit.given_record else ()
            first = latin(_short(answer.deciders[0].path)) if answer.deciders else NOTHING
            found.append((latin(answer.claim.id), verdict_word(answer), *given, first, share))
        return found

    def notes(self) -> list[str]:
        """What was run and how to read it."""
        return notes(self._audit)

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
        head = f"{latin(answer.claim.id)}  {told_text(answer)}"
        told = list(sentences(answer, given=self._audit.given_record))
        return [head, question_text(answer), *told]

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


def told_text(answer: Answer) -> str:
    """What is told, and by whom if it was not the account."""
    told = named(answer.claim.told)
    if answer.claim.by == "record":
        return _("{claim} (told by the record)").format(claim=told)
    return told


def question_text(answer: Answer) -> str:
    """What is put to the model for a claim, and what that asks."""
    tested = _("Tested: {says}").format(says=named(answer.claim.test.says))
    return f"{tested} {asks(answer)}".rstrip()


def _share(share: Share, between: str) -> str:
    """A share of settings, and of how many."""
    found = share_text(estimate(share), between)
    return _("{share} of {n}").format(share=found, n=f"{share.settings:,}")


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
