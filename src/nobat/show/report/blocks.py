"""What a section of the report is made of: words, tiles, figures, tables, maps, the player.

A block says what is shown; `templates/blocks.html` says how, in a macro of the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from nobat.scenario.theatre import Holder, PlaceKind
from nobat.show.charts import Chart
from nobat.show.map_frame import Frame
from nobat.study.estimates import Estimate


class Block:
    """Anything that stands in a section. macro: the name of its macro."""

    macro: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Words(Block):
    """Paragraphs, names: words that stand out.

    look: `lead`, `plain`, `quiet`, `warning` or `command`.
    """

    macro: ClassVar[str] = "words"
    paragraphs: Sequence[str]
    look: str = "plain"
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure in large type: what it is, the figure, its interval, what it is of."""

    label: str
    value: str
    interval: str = ""
    note: str = ""
    #: The estimate itself, for whoever reads the page by program.
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Tiles(Block):
    """The few figures that matter most."""

    macro: ClassVar[str] = "tiles"
    tiles: Sequence[Tile]


@dataclass(frozen=True, slots=True)
class Figure(Block):
    """A chart. id: of the element; heading: whether its title is shown above it."""

    macro: ClassVar[str] = "figure"
    id: str
    chart: Chart
    heading: bool = True


@dataclass(frozen=True, slots=True)
class Figures(Block):
    """Charts side by side where there is room. note: what holds for all of them."""

    macro: ClassVar[str] = "figures"
    figures: Sequence[Figure]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in a CSV file, its heading, whether it holds numbers.

    path: whether it holds dotted names, whose lines break at their dots.
    """

    key: str
    label: str
    numeric: bool = True
    path: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what is shown, small print below it, and the values behind it.

    value: what it is sorted by and what a CSV file gets; low, high: of its interval.
    """

    text: str
    value: float | str | None = None
    small: str = ""
    low: float | None = None
    high: float | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table(Block):
    """Rows that can be sorted, copied and saved. id: also the name of the file.

    filter: the words beside a field that narrows the rows down; empty for none.
    """

    macro: ClassVar[str] = "table"
    id: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    filter: str = ""
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Listed(Block):
    """Terms and what is said of each, with lines of small print: (term, title, paragraphs)."""

    macro: ClassVar[str] = "listed"
    entries: Sequence[tuple[str, str, Sequence[str]]]
    look: str = "cards"


@dataclass(frozen=True, slots=True)
class Folded(Block):
    """Blocks that are shown on demand. printed: paper shows them, too."""

    macro: ClassVar[str] = "folded"
    summary: str
    blocks: Sequence[Block]
    open: bool = False
    printed: bool = False


@dataclass(frozen=True, slots=True)
class Part(Block):
    """A heading inside a section, and the blocks below it."""

    macro: ClassVar[str] = "part"
    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Place:
    """What a map says of a place besides where it lies."""

    title: str
    kind: PlaceKind
    holder: Holder
    taken: bool
    note: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A line of a map's legend. look: what is drawn, by its name in the style; code: a symbol."""

    words: str
    look: str = "symbol"
    code: str = ""


@dataclass(frozen=True, slots=True)
class Map(Block):
    """A map. places, routes: by id; picked: places and routes that are marked.

    live: whether the player moves it. legend: what its marks mean.
    """

    macro: ClassVar[str] = "map"
    id: str
    title: str
    frame: Frame
    places: Mapping[str, Place]
    routes: Mapping[str, tuple[str, str]]
    description: str
    picked: frozenset[str] = frozenset()
    live: bool = False
    legend: Sequence[Sample] = ()


@dataclass(frozen=True, slots=True)
class Maps(Block):
    """Maps side by side, with what the marks of all of them mean."""

    macro: ClassVar[str] = "maps"
    maps: Sequence[Map]
    legend: Sequence[Sample]
    note: str


@dataclass(frozen=True, slots=True)
class Player(Block):
    """Replications with a slider: the data for the script, and what is shown before it runs.

    state: name and words of what is told of each moment.
    """

    macro: ClassVar[str] = "player"
    data: Mapping[str, Any]
    defences: Sequence[tuple[str, str, int]]
    figures: Sequence[Figure]
    map: Map | None
    doctrines: Sequence[str]
    kinds: Sequence[tuple[str, str]]
    state: Sequence[tuple[str, str]]
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report: its anchor, its title, a line below it, its blocks."""

    id: str
    title: str
    blocks: Sequence[Block]
    about: str = ""


def estimate_cell(estimate: Estimate, text: str, *, strong: bool = False) -> Cell:
    """A cell of an estimate; text: its figure, and behind a line break its interval."""
    shown, _, small = text.partition("\n")
    return Cell(shown, estimate.mean, small, estimate.low, estimate.high, strong)


def shown_in(sections: Iterable[Section]) -> Iterator[Block]:
    """All blocks of some sections in their order, those inside others too."""
    for section in sections:
        yield from _with_inner(section.blocks)


def _with_inner(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks and those inside them."""
    for block in blocks:
        yield block
        if isinstance(block, Part | Folded):
            yield from _with_inner(block.blocks)
        elif isinstance(block, Maps):
            yield from block.maps
        elif isinstance(block, Figures):
            yield from block.figures
        elif isinstance(block, Player):
            yield from block.figures
            yield from [] if block.map is None else [block.map]
