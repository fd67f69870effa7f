"""Where the reports come from that are to be fused: a scenario, a YAML or a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from nobat.scenario import Scenario, load_any
from nobat.scenario.assemble import assembled
from nobat.scenario.checks import known_sources
from nobat.scenario.grades import PROBABILITY
from nobat.scenario.parts import ACROSS, FROZEN, Id, Part, ReadOnly, fail
from nobat.scenario.problems import Problem, ScenarioError, Written
from nobat.scenario.quantity import SHARE
from nobat.scenario.reading import decode, read_bytes, read_document
from nobat.scenario.record import Source
from nobat.scenario.reports import Reports
from nobat.scenario.words import Location, choice, quoted, shown
from nobat.theory.asked import Option, number_of
from nobat.theory.fusion import Fusion, fuse

PRIOR = Option("prior", PROBABILITY, "Probability of yes before any report.")
RHO = Option("rho", SHARE, "How far the reports of one group repeat each other.")

#: The columns of a CSV file: those that it must have, and all that are read.
NEEDED = ("who", "says", "grade")
COLUMNS = ("id", *NEEDED, "group", "date", "what", "note")


class Alone(Part):
    """A file of reports alone: the section `reports` of a scenario, and what it refers to."""

    sources: Annotated[Mapping[Id, Source], *FROZEN] = Field(
        default_factory=lambda: ReadOnly({}), description="What the reports refer to, by id."
    )
    reports: Reports = Field(description="The reports, as in a scenario.")

    @model_validator(mode="after")
    def _agrees(self) -> Alone:
        found = tuple(known_sources(self.model_dump(mode="json")))
        if found:
            raise fail(*found, kind=ACROSS)
        return self


def fuse_file(file: str | Path | None, *, prior: object = None, rho: object = None) -> Fusion:
    """Fuse the reports of a scenario (by name or file) or of a file of reports alone.

    file: YAML with a section `reports`, or CSV with the columns of `COLUMNS`. prior, rho: numbers
    or text, None for the file's own. Raises ScenarioError with all that is wrong.
    """
    problems: list[Problem] = []
    numbers = {
        option.name: None if raw is None else number_of(option, raw, problems)
        for option, raw in ((PRIOR, prior), (RHO, rho))
    }
    try:
        reports = read(file)
    except ScenarioError as error:
        raise ScenarioError([*error.problems, *problems]) from None
    if problems:
        raise ScenarioError(problems)
    return fuse(reports, **numbers)


def read(file: str | Path | None) -> Reports:
    """The reports in a scenario or a file. Raises ScenarioError with all that is wrong."""
    if file is None or not str(file):
        text = "is missing: a scenario, or a YAML or CSV file of reports"
        raise ScenarioError([Problem("FILE", None, text)])
    path, origin = Path(file), str(file) if str(file).isprintable() else quoted(str(file))
    if path.suffix.lower() == ".csv":
        text = decode(read_bytes(path, origin), origin)
        written, problems = _of_csv(text, origin, path.stem)
        return assembled(Alone, known_sources, written, problems).reports
    if path.suffix.lower() in (".yaml", ".yml"):
        document = read_document(read_bytes(path, origin), origin)
        if "told" in document.data and not {"reports", "format", "places"} & document.data.keys():
            text = "the list of reports stands below `reports:`, one step in (see nobat new)"
            raise ScenarioError([Problem("told", document.lines.get(("told",)), text)])
        if "reports" in document.data and not {"format", "places"} & document.data.keys():
            written = Written(document.data, document.lines)
            return assembled(Alone, known_sources, written, document.problems).reports
    scenario = load_any(file)
    reports = scenario.reports if isinstance(scenario, Scenario) else None
    if reports is None:
        raise ScenarioError([Problem("reports", None, f"there is no section reports in {origin}")])
    return reports


def _of_csv(text: str, origin: str, matter: str) -> tuple[Written, list[Problem]]:
    """A CSV file as the YAML that says the same, and what is wrong with its form.

    matter: what the file is called stands for it. Raises ScenarioError where nothing can be read.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(map(str.strip, cells))]
    except csv.Error as error:
        raise ScenarioError([Problem(origin, reader.line_num, f"is not CSV: {error}")]) from None
    if len(lines) < 2:
        text = f"lists no report: a row for each, below a first line {','.join(NEEDED)}"
        raise ScenarioError([Problem(origin, None, text)])
    (line, header), rows = (lines[0][0], [cell.strip() for cell in lines[0][1]]), lines[1:]
    problems = _wrong_columns(header, line)
    if problems:
        raise ScenarioError(problems)
    told: dict[str, dict[str, str]] = {}
    places: dict[Location, int] = {}
    for number, (at, cells) in enumerate(rows, start=1):
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        name = row.pop("id", "") or f"r{number}"
        if len(cells) > len(header):
            text = f"{len(cells) - len(header)} more than there are columns: put text in quotes"
            problems.append(Problem("cells", at, text))
        if name in told:
            text = f"{quoted(name)} is the id of another report too"
            problems.append(Problem("id", at, text))
        told[name] = {column: cell for column, cell in row.items() if cell}
        for column, written in (("says", str.lower), ("grade", str.upper)):
            if column in told[name]:
                told[name][column] = written(told[name][column])
        places["reports", "told", name] = at
    reports = {"matter": quoted(matter)[1:-1], "told": told}
    return Written({"reports": reports}, places), problems


def _wrong_columns(header: Sequence[str], line: int) -> list[Problem]:
    """Columns that are missing, double or unknown."""
    if len(header) == 1 and ";" in header[0]:
        text = "columns are separated by commas here, not by semicolons"
        return [Problem("columns", line, text)]
    problems = [
        Problem(name, line, f"the column is missing (columns: {', '.join(COLUMNS)})")
        for name in NEEDED
        if name not in header
    ]
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            problems.append(Problem(shown(name)[1:-1] or "columns", line, "stands there twice"))
        elif name not in COLUMNS:
            text = f"{quoted(name)} is not a column{choice(name, COLUMNS, 'columns')}"
            problems.append(Problem("columns", line, text))
    return problems
