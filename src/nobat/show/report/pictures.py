"""The charts and maps of a report as pictures, for papers and slides: a file for each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nobat.engine.files import StoreError, reason, write_whole
from nobat.show.charts import Chart
from nobat.show.picture import png, svg
from nobat.show.report import map_picture
from nobat.show.report.blocks import Figure, Maps, shown_in
from nobat.show.report.material import gather
from nobat.show.report.sections import sections_of
from nobat.study.comparison import Comparison

Kind = Literal["png", "svg"]


@dataclass(frozen=True)
class Picture:
    """A chart by its name, or a map: then the chart is its heading, and inlay its drawing."""

    name: str
    chart: Chart
    inlay: str = ""

    def drawn(self, kind: Kind) -> bytes:
        """The file's content."""
        if kind == "png":
            return png(self.chart, inlay=self.inlay)
        return svg(self.chart, inlay=self.inlay).encode("utf-8")


def pictures_of(comparison: Comparison) -> Iterator[Picture]:
    """The charts and maps of a run, in the order of its report and the language that is spoken.

    Those of one campaign are of a typical one of the best doctrine. Raises RunError where no run
    was kept.
    """
    for block in shown_in(sections_of(gather(comparison))):
        if isinstance(block, Figure):
            yield Picture(block.id, block.chart)
        elif isinstance(block, Maps):
            for one in block.maps:
                chart = map_picture.heading(one, block.note)
                yield Picture(one.id, chart, map_picture.drawing(one))


def draw(comparison: Comparison, folder: Path, kind: Kind) -> Iterator[Path]:
    """Write every picture of a run into a folder, `NAME.png` or `NAME.svg`; give each path.

    Raises StoreError if one cannot be written.
    """
    make_folder(folder)
    for picture in pictures_of(comparison):
        path = folder / f"{picture.name}.{kind}"
        write_whole(path, picture.drawn(kind))
        yield path


def make_folder(folder: Path) -> None:
    """Make a folder, if it is not there. Raises StoreError if pictures cannot lie in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise StoreError(f"{folder} is not a folder") from None
    except OSError as error:
        raise StoreError(f"{folder} cannot be made: {reason(error)}") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreError(f"{folder} cannot be written to")
