"""The command line: thin, one file per group of commands; what it does, `import nobat` offers."""

from __future__ import annotations

import gc
from collections.abc import Sequence

#: How many objects may come before the collector of cycles looks for rubbish, generation by
#: generation. A short run loads a million that stay, and few of them are rubbish: looking each time
#: that 700 more are there took a twentieth of it.
_SELDOM = (50_000, 20, 20)


def main(words: Sequence[str] | None = None) -> int:
    """Answer a command line; the words after `nobat` unless given. Returns the exit code.

    0 done, 1 failed while running, 2 bad input, 130 stopped by Ctrl-C.
    """
    gc.set_threshold(*_SELDOM)
    from nobat.cli.app import answer

    return answer(words)
