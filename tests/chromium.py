"""A Chromium for the browser tests: found, or installed once: ``python -m tests.chromium``.

Looked for in this order: NOBAT_CHROMIUM, the names on the PATH, playwright's own. Where there is
none, Debian's package is installed (by root, where there is apt-get), else playwright's own. A
machine that gets neither is told so in a line, and the browser tests are skipped there; with
NOBAT_REQUIRE_BROWSER=1 that is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATIENCE_S = 600  # for one command that installs
_SANDBOX_OFF = ["--no-sandbox"]  # root has no sandbox


def required() -> bool:
    """Whether tests without a browser are to fail and not to be skipped."""
    return os.environ.get("NOBAT_REQUIRE_BROWSER") == "1"


def given() -> str | None:
    """The program named by NOBAT_CHROMIUM or found on the PATH; None for playwright's own."""
    named = os.environ.get("NOBAT_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def works() -> str:
    """Start the browser once; its version, or nothing where there is none that starts."""
    with sync_playwright() as playwright:
        path = given()
        if path is None and not Path(playwright.chromium.executable_path).exists():
            return ""
        try:
            browser = playwright.chromium.launch(executable_path=path, args=_SANDBOX_OFF)
        except Exception as error:
            print(f"{path or playwright.chromium.executable_path}: {error}", file=sys.stderr)
            return ""
        version = browser.version
        browser.close()
        return version


def ways() -> list[list[list[str]]]:
    """What to try where there is none: each way is commands that must all succeed."""
    own = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.name == "nt" or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return [own]
    apt = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    with_libraries = [[*own[0], "--with-deps"]]
    return [[["apt-get", "update", "-qq"], apt], with_libraries]


def done(command: Sequence[str]) -> bool:
    """Run `command` without a word; its last ones where it fails."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        ended = subprocess.run(
            command,
            env=quiet,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr)
        return False
    if ended.returncode != 0:
        last = (ended.stdout + ended.stderr).strip().splitlines()[-3:]
        print(f"{' '.join(command)}: {' / '.join(last)}", file=sys.stderr)
    return ended.returncode == 0


def main() -> int:
    """Find or install a Chromium; 0 where there is one or none is required."""
    version = works()
    if not version and "NOBAT_CHROMIUM" not in os.environ:
        print("no Chromium here: installing one, once", flush=True)
        for way in ways():
            if all(map(done, way)) and (version := works()):
                break
    if version:
        print(f"Chromium {version}")
        return 0
    print("no Chromium: the browser tests are skipped (NOBAT_CHROMIUM can name one)")
    return 1 if required() else 0


if __name__ == "__main__":
    sys.exit(main())
