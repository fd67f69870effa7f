"""Runs to report of: the whole small campaign, and its page taken apart."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from nobat.show.report.weave import GAP
from nobat.study.compare import compare
from nobat.study.comparison import Comparison
from tests.small import whole

DOCTRINES = ("rotate", "closed")
REPLICATIONS = 40


def whole_run(folder: Path, **run: object) -> Comparison:
    """A run of the scenario that has every mechanism."""
    return compare(
        whole(**run), doctrines=DOCTRINES, replications=REPLICATIONS, seed=5, out=folder / "run"
    )


@dataclass
class Element:
    """A start tag that a page holds, with its attributes, and the text up to the next tag."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """A page as the elements that one of its editions holds, in order.

    code: of the edition. around: the elements that belong to none; shared: the data of all.
    """

    code: str = "en"
    elements: list[Element] = field(default_factory=list)
    around: list[Element] = field(default_factory=list)
    shared: dict[str, Any] = field(default_factory=dict)
    edition: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._last: Element | None = None

    @classmethod
    def of(cls, text: str, code: str = "en") -> Page:
        """A page taken apart."""
        page = cls(code)
        page.feed(text)
        page.close()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "wbr":
            return
        own = dict(attrs)
        if own.get("class") == "edition":
            self.edition = own["data-edition"] or ""
        # What lies around an edition, and the scripts behind them all, are of none.
        elif tag == "template" or (tag == "script" and not own):
            self.edition = ""
        self._last = Element(tag, own)
        if self.edition == self.code:
            self.elements.append(self._last)
        elif not self.edition:
            self.around.append(self._last)

    def handle_data(self, data: str) -> None:
        if self._last is None:
            return
        self._last.text += data
        if self._last.attributes.get("id") == "data":
            self.shared = json.loads(self._last.text)

    def with_id(self, name: str) -> Element:
        """The one element with an id."""
        (found,) = [one for one in self.elements if one.attributes.get("id") == name]
        return found

    def words(self) -> Any:
        """What the scripts say."""
        (found,) = [one for one in self.elements if one.attributes.get("class") == "for-scripts"]
        return json.loads(found.text)

    def data(self, name: str) -> Any:
        """What a chart or the player draws from, in the words of the edition."""
        return filled(self.shared[name], self.words()["texts"])

    def rows(self, table: str) -> list[dict[str, Element]]:
        """The rows of a table by its id: each cell by the key of its column."""
        begin = self.elements.index(self.with_id(table))
        rest = self.elements[begin + 1 :]
        end = next(
            (k for k, one in enumerate(rest) if one.attributes.get("class") == "said"), len(rest)
        )
        inside = rest[:end]
        heads = [key for one in inside if (key := one.attributes.get("data-key"))]
        found: list[dict[str, Element]] = []
        for one in inside:
            if one.tag == "tr":
                found.append({})
            elif one.tag in ("td", "th") and "data-key" not in one.attributes and found:
                found[-1][heads[len(found[-1])]] = one
        return [row for row in found if row]


def filled(value: Any, texts: list[Any]) -> Any:
    """A value whose gaps are filled, as the page's script does it."""
    if isinstance(value, list):
        return [filled(one, texts) for one in value]
    if isinstance(value, dict):
        if GAP in value:
            return texts[value[GAP]]
        return {key: filled(one, texts) for key, one in value.items()}
    return value
