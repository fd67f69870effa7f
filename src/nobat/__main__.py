"""`python -m nobat` is the `nobat` command."""

import sys

from nobat.cli import main

if __name__ == "__main__":
    sys.exit(main())
