"""The command line as a person at a terminal has it, but in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from nobat.cli import main
from tests.small import FILE

SMALL = str(FILE)


@dataclass(frozen=True)
class Answer:
    """What a command line gave: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, Any]:
        """Standard output as the one JSON object that it must be."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


class Terminal:
    """Runs command lines and catches what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> Answer:
        """Run one command line."""
        self._capsys.readouterr()
        code = main(words)
        out, err = self._capsys.readouterr()
        assert "Traceback" not in err
        return Answer(code, out, err)
