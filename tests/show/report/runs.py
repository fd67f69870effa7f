"""Runs to report of: the whole small campaign, and its page taken apart."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

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
    """A page as the elements that it holds, in order."""

    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def of(cls, text: str) -> Page:
        """A page taken apart."""
        page = cls()
        page.feed(text)
        page.close()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements:
            self.elements[-1].text += data

    def with_id(self, name: str) -> Element:
        """The one element with an id."""
        (found,) = [one for one in self.elements if one.attributes.get("id") == name]
        return found

    def data(self, name: str) -> Any:
        """The JSON that an element holds."""
        return json.loads(self.with_id(name).text)

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
