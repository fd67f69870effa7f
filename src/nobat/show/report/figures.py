"""Estimates as tables of the page: the same figures as in the tables of `run`."""

from __future__ import annotations

from collections.abc import Iterable

from nobat.show.language import _
from nobat.show.report.blocks import Cell, Column, Table, estimate_cell
from nobat.show.tables import Columns
from nobat.show.tables import Table as TextTable
from nobat.study.comparison import Comparison

_FIRST = "doctrine"


def doctrine_table(
    comparison: Comparison, columns: Columns, *, name: str, caption: str, note: str = ""
) -> Table:
    """A table of the doctrines: a row for each, a column for each estimate.

    columns: (heading, key) as in `nobat.show.tables`. name: of the table, and of its file.
    """
    rows = TextTable(comparison).rows("\n", columns)
    cells = [
        [
            Cell(row.name, row.name, strong=row.best),
            *(
                estimate_cell(comparison[row.name][key], text, strong=row.best)
                for (_heading, key), text in zip(columns, row.cells, strict=True)
            ),
        ]
        for row in rows
    ]
    heads = [Column(_FIRST, _("doctrine"), numeric=False), *heads_of(columns)]
    return Table(name, caption, heads, cells, note)


def heads_of(columns: Columns) -> Iterable[Column]:
    """The headings on one line; the key of the estimate is the column's name in a CSV file."""
    for heading, key in columns:
        yield Column(key, _(heading).replace("-\n", "").replace("\n", " "))
