"""A Chromium that reaches no network, and the report of a real run in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

import nobat
from nobat.study.comparison import Comparison
from tests.chromium import given, required

#: Where pictures of the page are kept, for people to look at; not in git.
SHOTS = Path(__file__).resolve().parents[2] / "artefacts"
_DOCTRINES = ("rotate", "commit-all", "as-told", "as-told-closed")
_REPLICATIONS = 80


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser; skipped where there is none, an error with NOBAT_REQUIRE_BROWSER=1."""
    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=given(), args=["--no-sandbox"])
        except Exception as error:
            if required():
                raise
            pytest.skip(f"no Chromium (`python -m tests.chromium` gets one): {error}")
        yield found
        found.close()


@pytest.fixture(scope="session")
def result(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """A real run, and its report beside it."""
    found = nobat.compare(
        nobat.load("abu-kamal-2017"),
        doctrines=_DOCTRINES,
        replications=_REPLICATIONS,
        seed=1,
        out=tmp_path_factory.mktemp("browser") / "run",
    )
    found.report()
    return found


@dataclass
class Opened:
    """A page, what it asked for outside its file, and what it complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


class Opener:
    """Opens the report at a size and in a theme, without a network."""

    def __init__(self, browser: Browser, file: Path) -> None:
        self._browser = browser
        self._file = file
        self._close: list[Page] = []

    def __call__(
        self,
        width: int = 1440,
        height: int = 900,
        theme: str = "light",
        motion: str = "reduce",
        hash: str = "",
    ) -> Opened:
        """A new page, loaded. hash: what stands behind # in its address."""
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce" if motion == "reduce" else "no-preference",
            accept_downloads=True,
            offline=True,
        )
        opened = Opened(context.new_page())
        self._close.append(opened.page)

        def through(route: Route) -> None:
            url = route.request.url
            if url.startswith(("file:", "blob:", "data:")):
                route.continue_()
                return
            opened.asked.append(url)
            route.abort()

        def said(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                opened.complaints.append(message.text)

        context.route("**/*", through)
        opened.page.on("console", said)
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.goto(self._file.as_uri() + (f"#{hash}" if hash else ""))
        return opened

    def close(self) -> None:
        """Close what was opened."""
        for page in self._close:
            page.context.close()


@pytest.fixture
def opened(browser: Browser, result: Comparison) -> Iterator[Opener]:
    """Opens the report."""
    assert result.run is not None
    opener = Opener(browser, result.run.path.absolute() / "report.html")
    yield opener
    opener.close()
