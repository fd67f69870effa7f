"""Compute every row and write the page: `python -m tests.verification`; exit 1 if any fails."""

from __future__ import annotations

import sys

from tests.verification.page import PAGE, every_row, page


def main() -> int:
    """Write the page; say which rows fail."""
    rows = every_row()
    PAGE.write_text(page(rows), encoding="utf-8")
    failed = [one.what for one, verdict in rows if verdict is not None and not verdict.passes]
    absent = sum(verdict is None for _, verdict in rows)
    print(f"{len(rows) - absent - len(failed)} rows pass, {len(failed)} fail, {absent} not at hand")
    for what in failed:
        print(f"fails: {what}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
