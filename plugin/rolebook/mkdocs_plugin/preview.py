"""Keeps `mkdocs serve` answering while a file has an error: the last good pages show the error.

On its own it leaves every request without an answer until a build succeeds again.
"""

import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from markupsafe import Markup
from mkdocs.livereload import LiveReloadServer

from rolebook.language import gettext_html
from rolebook.mkdocs_plugin.internals import can_inject
from rolebook.mkdocs_plugin.project import BuildStopped

MAX_LINES = 10
"""Lines that are shown; the terminal has all."""
_NOTE = Markup(
    '<div role="alert" style="position:fixed;left:0;right:0;bottom:0;z-index:9999;max-height:50vh;'
    'overflow:auto;padding:.8em 1.2em;background:#b00020;color:#fff;font:16px/1.4 system-ui,sans-serif">'
    "<p style='margin:0 0 .4em'>{}</p><ul style='margin:0;padding-left:1.2em'>{}</ul></div>"
)


def keep_answering(server: LiveReloadServer) -> None:
    """Have `server` show what is wrong when a build fails, until one succeeds."""
    if not can_inject(server):
        return
    shown = _Shown(server.builder, server._inject_js_into_html)
    server.builder = shown.build
    server._inject_js_into_html = shown.with_note  # type: ignore[method-assign]


class _Shown:
    """Shows the last build's errors on the pages of the build before."""

    def __init__(self, build: Callable[[], None], inject: Callable[[bytes, int], bytes]) -> None:
        self._build, self._inject = build, inject
        self._note = b""

    def build(self) -> None:
        """Build; what fails is noted, and the browser is told to reload as if it had not."""
        with _noted() as lines:
            try:
                self._build()
            except Exception as error:  # whatever a plugin raises; MkDocs' own Abort is one, too
                if isinstance(error, SystemExit):
                    print(error, file=sys.stderr)
                else:
                    traceback.print_exc()
                self._note = _note(lines, error)
            else:
                self._note = b""

    def with_note(self, content: bytes, epoch: int) -> bytes:
        """Add to the page what is wrong, and the script that reloads it."""
        page = self._inject(content, epoch)
        before, end, after = page.rpartition(b"</body>")
        return b"%b%b%b%b" % (before, self._note, end, after) if end else page + self._note


def _note(lines: "_Lines", error: BaseException) -> bytes:
    """What is shown on pages after a build that ended with `error`."""
    # That the build was stopped is no reason why.
    stopped = {f"{each}" for each in (error, error.__context__) if isinstance(each, BuildStopped)}
    items = [each for each in (*lines.errors, *lines.warnings) if each not in stopped] or [str(error)]
    listed = Markup("").join(Markup("<li>{}</li>").format(item) for item in items[:MAX_LINES])
    words = gettext_html(
        "<strong>This is the last page without an error.</strong> Correct this, and it is replaced:"
    )
    return str(_NOTE.format(words, listed)).encode()


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        lines = self.errors if record.levelno >= logging.ERROR else self.warnings
        lines.append(record.getMessage().removeprefix("rolebook: "))


@contextmanager
def _noted() -> Iterator[_Lines]:
    """Collect what MkDocs and its plugins warn of inside."""
    lines, logger = _Lines(), logging.getLogger("mkdocs")
    logger.addHandler(lines)
    try:
        yield lines
    finally:
        logger.removeHandler(lines)
