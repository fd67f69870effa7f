"""The command line: thin, one file per group of commands; what it does, `import nobat` offers."""

from __future__ import annotations

from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> int:
    """Answer a command line; the words after `nobat` unless given. Returns the exit code.

    0 done, 1 failed while running, 2 bad input, 130 stopped by Ctrl-C.
    """
    from nobat.cli.app import answer

    return answer(words)
