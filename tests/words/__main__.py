"""Bring the catalogues up to date: `python -m tests.words`.

Texts that are new are added without a translation, those that are gone are dropped, and the `.mo`
files are made anew. Exit 1 if a text lacks its translation.
"""

from __future__ import annotations

import sys

from tests.words.catalogue import CODES, missing, update


def main() -> int:
    """Update every catalogue, and list what has to be translated."""
    lacking = 0
    for code in CODES:
        catalogue = update(code)
        untold = missing(catalogue)
        lacking += len(untold)
        for text in untold:
            print(f"{code}: {text!r}")
        print(f"{code}: {len(catalogue)} texts, {len(untold)} without a translation")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
